"""A newer checklist is told quietly in the visit, taken on the officer's word, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework import visitlog
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.drawn import drawn
from officer_app.casework.visits import Visit, answer, begin_visit, resume_visit
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.drafts import WITHOUT_PLACE, ChangesPanel, DraftLines, WithoutPlace
from officer_app.desktop.screens.visit.drawn import DrawnLine, DrawnPanel
from officer_app.desktop.screens.visit.paper import MoreButton
from officer_app.desktop.widgets.labels import ElidedText
from officer_app.desktop.widgets.sections import SectionList
from officer_app.desktop.widgets.table import DataTable
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.newer_form import GONE, NEW, PERSONS, VERSION, receive
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[VisitWindow]:
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)
    answer(desk, visit, GONE, "他嫂子说是老周的店")
    receive(desk)
    made = shown(qtbot, VisitWindow(desk, speech), (1366, 768))
    made.show_visit(visit.case)
    yield made
    made.close()


def opened(window: VisitWindow) -> OpenCase:
    found = window.work.open_case
    assert found is not None
    return found


def lines(window: VisitWindow) -> DraftLines:
    return window.findChild(DraftLines)


def moved(window: VisitWindow) -> None:
    lines(window).newer.button.click()
    press(window.findChild(ChangesPanel), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_it_is_told_and_nothing_moves_by_itself(window: VisitWindow) -> None:
    assert lines(window).newer.isVisible()
    assert opened(window).visit.record.form_version != VERSION
    lines(window).newer.button.click()
    panel = window.findChild(ChangesPanel)
    assert panel.isVisible()
    assert panel.findChild(DataTable).model().rowCount() == 3
    press(panel, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert opened(window).visit.record.form_version != VERSION


def test_on_the_officers_word_it_moves_and_what_lost_its_question_can_be_read(window: VisitWindow) -> None:
    moved(window)
    assert opened(window).visit.record.form_version == VERSION
    assert not lines(window).newer.isVisible()
    assert lines(window).moved.isVisible()
    sections = window.findChild(SectionList)
    sections.chosen.emit(WITHOUT_PLACE)
    table = window.findChild(WithoutPlace).findChild(DataTable)
    assert table.isVisible()
    assert table.model().index(0, 1).data() == "他嫂子说是老周的店"


def test_it_is_taken_back_until_the_next_answer(window: VisitWindow) -> None:
    moved(window)
    lines(window).moved.button.click()
    assert opened(window).visit.record.form_version != VERSION
    assert opened(window).session.value(GONE) == "他嫂子说是老周的店"
    moved(window)
    opened(window).answer(NEW, "2")
    assert not lines(window).moved.isVisible()


def broken_off(desk: Desk) -> Visit:
    """A visit in whose first sitting one answer was given, and then the machine went off."""
    visit = begin_visit(desk, open_case(desk, NewCase("周敏")).id)
    visitlog.sit_down(desk, visit, fresh=True)
    assert visit.log is not None
    visit.log.answered(PERSONS, "", "4")
    answer(desk, visit, PERSONS, "4")
    return visit


def test_an_interrupted_visit_says_where_and_leads_there(window: VisitWindow, desk: Desk, clock: HandClock) -> None:
    assert not lines(window).interrupted.isVisible()
    visit = broken_off(desk)
    clock.move(minutes=30)
    window.show_visit(visit.case)
    line = lines(window).interrupted
    assert line.isVisible()
    assert "2026年10月8日" in line.findChild(ElidedText).text()
    assert "本人和家庭" in line.findChild(ElidedText).text()
    line.button.click()
    assert not line.isVisible()
    QApplication.processEvents()
    assert PERSONS in {row.question.ref for row in window.findChild(SectionView).rows()}


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
@pytest.mark.parametrize("language", ["zh_CN", ENGLISH])
def test_lines_and_panel_have_room(window: VisitWindow, speech: Speech, size: QSize, language: str) -> None:
    window.resize(size)
    speech.set_language(language)
    lines(window).newer.button.click()
    for part in (lines(window), window.findChild(ChangesPanel)):
        assert clipped(part) + too_small(part) == []


def test_every_word_is_translated(window: VisitWindow, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    lines(window).newer.button.click()
    assert untranslated(window.findChild(ChangesPanel)) == []
    assert untranslated(lines(window)) == []


def test_the_checklist_is_printed_with_the_code_of_its_visit(window: VisitWindow, tmp_path: Path) -> None:
    button = window.findChild(MoreButton)
    file = tmp_path / "sheet.pdf"
    button.save_sheet(file)
    text = PdfReader(file).pages[0].extract_text()
    assert f"{opened(window).case.number}/1" in text
    assert "他嫂子" not in text


def test_drawn_questions_are_put_in_their_section_and_kept(window: VisitWindow) -> None:
    line, panel = window.findChild(DrawnLine), window.findChild(DrawnPanel)
    assert not line.isVisible()
    window.findChild(SectionList).chosen.emit("/data/asked_again")
    assert line.isVisible()
    line.button.click()
    assert panel.isVisible()
    asked = drawn(opened(window).visit)
    for number, one in enumerate(asked, start=1):
        field = panel.fields[one.question.id]
        type_text(field.focusProxy() or field, str(number))
        field.finish()
    assert [one.answer for one in drawn(opened(window).visit)] == ["1", "2", "3", "4", "5"]
    kept = resume_visit(window.work.desk, opened(window).visit.record.id)
    assert [one.answer for one in drawn(kept)] == ["1", "2", "3", "4", "5"]
    for language in ("zh_CN", ENGLISH):
        window.work.speech.set_language(language)
        window.resize(1093, 614)
        assert clipped(panel) + too_small(panel) == []
    window.work.speech.set_language(PSEUDO)
    panel.fields[asked[0].question.id].setFocus()
    press(focused(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert untranslated(line) == []
