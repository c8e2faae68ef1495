"""The evening entry: the paper's order and numbers, Enter from line to line, and honest in the log of the visit."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO, say
from officer_app.casework import fieldsheets, visitlog
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import begin_visit, resume_visit
from officer_app.checklists.onpaper import Asked
from officer_app.checklists.visitlog import Event
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.evening import EveningPanel
from officer_app.desktop.screens.visit.evening_rows import EveningLine, EveningList
from officer_app.desktop.screens.visit.paper import MoreButton
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault import visitlog as kept
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, nameless, too_small
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[VisitWindow]:
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳", resident_id="990103197304120016")).id)
    made = shown(qtbot, VisitWindow(desk, speech), (1093, 614))
    made.show_visit(visit.case)
    QApplication.processEvents()
    press(focused(), Qt.Key.Key_E, CONTROL)
    QApplication.processEvents()
    yield made
    made.close()


def panel(window: VisitWindow) -> EveningPanel:
    found = window.findChild(EveningPanel)
    assert found is not None
    return found


def here(window: VisitWindow) -> EveningLine | EveningList:
    focus = focused()
    return next(line for line in panel(window).lines() if line.isAncestorOf(focus))


def jump(window: VisitWindow, number: int) -> EveningLine | EveningList:
    press(focused(), Qt.Key.Key_G, CONTROL)
    type_text(focused(), str(number))
    press(focused(), Qt.Key.Key_Return)
    return here(window)


def numbers(window: VisitWindow) -> dict[str, int]:
    """The paper's numbers by question."""
    opened = window.work.open_case
    assert opened is not None
    parts = fieldsheets.order_of(window.work.desk, opened.visit.record)
    return {item.ref: item.number for part in parts for item in part.items if isinstance(item, Asked)}


def test_the_lines_have_the_numbers_of_the_paper_in_its_order(window: VisitWindow) -> None:
    view = panel(window)
    assert view.isVisible()
    assert [line.number for line in view.lines()] == sorted(line.number for line in view.lines())
    assert view.lines()[0].number == 1
    every = sorted(numbers(window).values())
    assert len(every) == len(set(every)) > 60


def test_enter_leads_from_line_to_line_and_a_number_to_its_question(window: VisitWindow) -> None:
    by_ref = numbers(window)
    line = jump(window, by_ref["/data/person/identity/borrower_phone"])
    assert isinstance(line, EveningLine)
    type_text(focused(), "13800138000")
    press(focused(), Qt.Key.Key_Return)
    assert here(window).number == line.number + 1
    opened = window.work.open_case
    assert opened is not None
    assert opened.session.peek("/data/person/identity/borrower_phone") == "13800138000"
    other = jump(window, by_ref["/data/application/request/term_months"])
    assert isinstance(other, EveningLine)
    assert other.ref == "/data/application/request/term_months"
    type_text(focused(), "12")
    press(focused(), Qt.Key.Key_Return)
    assert opened.session.peek("/data/application/request/term_months") == "12"
    jump_box = panel(window).jump
    press(focused(), Qt.Key.Key_G, CONTROL)
    type_text(jump_box, "4000")
    press(jump_box, Qt.Key.Key_Return)
    assert "4,000" in " ".join(text.text() for text in panel(window).findChildren(type(panel(window)._told)))


def test_what_is_not_asked_is_told_and_passed_over(window: VisitWindow) -> None:
    view = panel(window)
    for _page in range(30):
        closed = [line for line in view.lines() if isinstance(line, EveningLine) and not line.takes_keys]
        if closed:
            break
        view.step(1)
    assert closed
    assert not any(line.field is not None and line.field.isVisible() for line in closed)


def test_a_list_is_a_table_and_its_first_entry_is_made_by_a_button(window: VisitWindow) -> None:
    view = panel(window)
    opened = window.work.open_case
    assert opened is not None
    opened.remove_repeat("/data/costs/operating_cost", 1)
    found: list[EveningLine | EveningList] = []
    for _page in range(30):
        found = [line for line in view.lines() if line.ref == "/data/costs/operating_cost"]
        if found:
            break
        view.step(1)
    one = found[0]
    assert isinstance(one, EveningList)
    assert not one.add.isHidden()
    assert opened.session.count(one.ref) == 0
    one.add.click()
    assert opened.session.count(one.ref) == 1
    assert one.table.isVisible()
    assert one.table.isAncestorOf(focused())


def test_the_log_says_what_came_from_paper_and_its_pace_is_not_judged(window: VisitWindow) -> None:
    by_ref = numbers(window)
    opened = window.work.open_case
    assert opened is not None
    visit = opened.visit.record.id
    jump(window, by_ref["/data/application/request/term_months"])
    type_text(focused(), "12")
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Escape)
    assert panel(window).isHidden()
    window.findChild(SectionView).focus_question("/data/application/request/annual_rate")
    opened.answer("/data/application/request/requested_amount", "30000")
    desk = window.work.desk
    with desk.vault.reading() as tx:
        events = kept.of_visit(tx, visit)
    told = [event.event for event in events if event.event in (Event.PAPER, Event.PAPER_END)]
    assert told == ["paper entry", "paper entry end"]
    found = visitlog.paper_of_visit(desk, visit)
    assert found is not None
    assert found.answers == 1
    pace = visitlog.pace(events, [])
    assert pace["from_paper"] == "1"
    assert b"paper entry" in visitlog.exported(desk, visit)
    fast = "answers" in pace and pace["answers"] != "1"
    assert not fast, "what came from paper is not counted as asked"


def test_nothing_is_clipped_and_every_word_is_translated(window: VisitWindow, speech: Speech) -> None:
    for language in ("zh_CN", ENGLISH):
        speech.set_language(language)
        QApplication.processEvents()
        assert clipped(panel(window)) == []
        assert too_small(panel(window)) == []
        assert nameless(panel(window)) == []
    speech.set_language(PSEUDO)
    assert untranslated(panel(window)) == []


def test_a_visit_is_exported_with_its_log(window: VisitWindow, tmp_path: Path) -> None:
    more = window.findChild(MoreButton)
    told: list[str] = []
    more.told.connect(lambda news: told.append(say(news.words, ENGLISH)))
    assert len(more.menu_of().actions()) == 4
    more.save_instance(tmp_path / "visit.xml")
    opened = window.work.open_case
    assert opened is not None
    assert (tmp_path / "visit.xml").read_bytes() == resume_visit(
        window.work.desk, opened.visit.record.id
    ).session.finalised()
    assert told[0].startswith("Saved as")
    opened.answer("/data/application/request/term_months", "6")
    more.save_instance(tmp_path / "again.xml")
    assert b"<term_months>6</term_months>" in (tmp_path / "again.xml").read_bytes()
    assert (tmp_path / "again-audit.csv").read_bytes().startswith(b"event,node,start,end")
