"""A repeat client's visit in the real window: what may stand is taken by one act, and nothing stands by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, ENGLISH, PSEUDO
from officer_app.casework import lasttime, visits
from officer_app.casework.desk import Desk
from officer_app.casework.gate import gaps
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.lasttime import LastTimePanel, LastTimeStrip
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.widgets.table import DataTable
from officer_app.training.demo_cases import DemoCase
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaptureState
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.pseudo import untranslated
from tests.support.repeat_client import repeat_client, second_case, untold
from tests.support.typing import press
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

ROLE: Final = "/data/person/identity/borrower_role"
CONSENT: Final = "/data/person/identity/consent"
CASH: Final = "/data/stock/liquid/cash_on_hand"
SPOUSE: Final = "/data/person/family/spouse_presence"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def client(clock: HandClock) -> DemoCase:
    return repeat_client(clock)


@pytest.fixture
def again(desk: Desk, client: DemoCase, clock: HandClock) -> visits.Visit:
    return second_case(desk, client, clock)


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, again: visits.Visit) -> Iterator[VisitWindow]:
    made = shown(qtbot, VisitWindow(desk, speech), (1366, 768))
    made.show_visit(again.case)
    yield made
    made.close()


def opened(window: VisitWindow) -> OpenCase:
    found = window.work.open_case
    assert found is not None
    return found


def turn_to(window: VisitWindow, ref: str) -> None:
    screen = window.findChild(VisitScreen)
    screen._open_question(ref)


def row_hint(window: VisitWindow, ref: str) -> str:
    rows = window.findChild(SectionView).rows()
    row = next(row for row in rows if row.question.ref == ref)
    said = row._hint()
    return window.work.speech.say(said) if said is not None else ""


def chips(window: VisitWindow) -> list[str]:
    return [window.work.speech.say(chip.words) for chip in window.findChild(VisitScreen).head().chips]


def take_everything(window: VisitWindow) -> None:
    for section in opened(window).session.sections("en"):
        turn_to(window, f"{section.ref}/x")
        press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)


def test_taking_is_one_change_with_its_source_and_undone_as_one(window: VisitWindow, desk: Desk) -> None:
    case = opened(window)
    strip = window.findChild(LastTimeStrip)
    turn_to(window, ROLE)
    assert strip.isVisible()
    assert case.session.peek(ROLE) == "", "nothing is filled in by itself"
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert case.session.peek(ROLE) == "店主"
    assert row_hint(window, ROLE) == "照上次：2026年10月8日核实，2026-0001 号档案"
    assert not strip.isVisible()
    stored = visits.resume_visit(desk, case.visit.record.id)
    assert stored.session.peek(ROLE) == "店主"
    assert lasttime.standing(stored)[ROLE].case == "2026-0001", "the source is on the disk"
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert case.session.peek(ROLE) == ""
    assert {line.state for line in case.visit.captures.values()} == {CaptureState.DROPPED}
    assert strip.isVisible(), "it is offered again"


def test_what_must_be_fresh_is_not_taken(window: VisitWindow) -> None:
    take_everything(window)
    session = opened(window).session
    for ref in (CONSENT, SPOUSE, CASH, "/data/sales/sales_told/declared_monthly_sales", "/data/debts/has_debts"):
        assert session.peek(ref) == "", ref
    assert session.peek("/data/soft/soft_row[1]/soft_answer") == "yes"
    for row in (2, 11, 12):  # the spouse agrees, the same answer twice, a clean report
        assert session.peek(f"/data/soft/soft_row[{row}]/soft_answer") == ""
    assert not [
        ref
        for ref in lasttime.standing(opened(window).visit)
        if ref.startswith(("/data/stock/liquid", "/data/debts"))
    ]


def test_an_answer_given_here_is_left_alone(window: VisitWindow) -> None:
    case = opened(window)
    case.answer(ROLE, "股东")
    turn_to(window, ROLE)
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert case.session.peek(ROLE) == "股东"
    assert ROLE not in lasttime.standing(case.visit)


def test_a_changed_answer_is_his_own_again(window: VisitWindow) -> None:
    case = opened(window)
    turn_to(window, ROLE)
    press(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    case.answer(ROLE, "股东")
    assert ROLE not in lasttime.standing(case.visit)
    assert "照上次" not in row_hint(window, ROLE)


def test_the_list_shows_what_would_be_taken(window: VisitWindow) -> None:
    turn_to(window, ROLE)
    screen = window.findChild(VisitScreen)
    screen._last.strip.looked.emit()
    panel = window.findChild(LastTimePanel)
    assert panel.isVisible()
    assert not window.findChild(SectionView).isVisible()
    table = panel.findChild(DataTable)
    assert table.model().rowCount() == len(screen._last._offer.answers)
    press(table, Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert opened(window).session.peek(ROLE) == ""


def test_the_head_counts_his_own_questions_within_the_limit(
    window: VisitWindow, client: DemoCase, clock: HandClock, desk: Desk
) -> None:
    """Taken first, then everything told as the honest customer tells it: within the policy's number all the time."""
    case = opened(window)
    counted = [_counted(window)]
    take_everything(window)
    counted.append(_counted(window))
    for step in untold(case.session, client, clock):
        if case.session.peek(step.ref) is None:
            case.add_repeat(step.ref.rpartition("[")[0])
        case.answer(step.ref, step.text)
    counted.append(_counted(window))
    before, after, done = counted
    print(f"blank {before}, taken {after}, everything told {done}")
    assert before > 40 >= max(after, done)
    assert all(
        gap.kind.value != "answer" for gap in gaps(desk, case.visit, case.findings) if "/shots/" not in gap.ref
    )


def _counted(window: VisitWindow) -> int:
    screen = window.findChild(VisitScreen)
    screen._last.count()
    told = [found for chip in chips(window) if (found := re.search(r"要问 (\d+) 题，最多 40 题", chip))]
    assert len(told) == 1
    return int(told[0][1])


def test_a_large_loan_is_asked_anew(desk: Desk, again: visits.Visit, qtbot: QtBot, speech: Speech) -> None:
    """Above the lane's amount nothing is offered, though the same file is there."""
    visits.answer(desk, again, "/data/application/request/requested_amount", "80000")
    made = VisitWindow(desk, speech)
    qtbot.addWidget(made)
    made.show()
    made.show_visit(again.case)
    assert not made.findChild(LastTimeStrip).isVisible()
    assert not any("题" in chip for chip in chips(made))
    made.close()


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_it_fits(window: VisitWindow, speech: Speech, language: str, size: QSize) -> None:
    window.resize(size)
    speech.set_language(language)
    turn_to(window, ROLE)
    strip = window.findChild(LastTimeStrip)
    assert clipped(strip) == []
    assert too_small(strip) == []
    window.findChild(VisitScreen)._last.strip.looked.emit()
    panel = window.findChild(LastTimePanel)
    assert clipped(panel) == []


def test_every_word_is_translated(window: VisitWindow, speech: Speech) -> None:
    speech.set_language(PSEUDO)
    turn_to(window, ROLE)
    assert untranslated(window.findChild(LastTimeStrip)) == []
    window.findChild(VisitScreen)._last.strip.looked.emit()
    assert untranslated(window.findChild(LastTimePanel)) == []


def test_a_second_loan_has_the_first_one_noted_before_anything_is_offered(
    qtbot: QtBot, speech: Speech, desk: Desk, client: DemoCase, clock: HandClock
) -> None:
    """The first file could not know the loan that was lent on it: the strip says so and leads to the question."""
    borrower = client.facts["borrower"]
    assert isinstance(borrower, dict)
    told = {name: node for name, node in borrower.items() if name != "history_loans"}
    second = second_case(desk, replace(client, facts={**client.facts, "borrower": told}), clock)
    window = shown(qtbot, VisitWindow(desk, speech), (1093, 614))
    window.show_visit(second.case)
    strip = window.findChild(LastTimeStrip)
    assert strip.isVisible()
    assert strip.loan.isVisible()
    for language in (CHINESE, ENGLISH):
        speech.set_language(language)
        assert clipped(strip) + too_small(strip) == []
    strip.loan.click()
    QApplication.processEvents()
    page = window.findChild(SectionView)
    assert page.current_ref() == "/data/person/more_person"  # what opens the part in which it is asked
    window.work.open_case.answer("/data/person/more_person", "history")  # type: ignore[union-attr]
    page.finish()
    contract = "/data/person/past_loan[1]/past_loan_contract"
    if window.work.open_case.session.peek(contract) is None:  # type: ignore[union-attr]
        window.work.open_case.add_repeat("/data/person/past_loan")  # type: ignore[union-attr]
    window.work.open_case.answer(contract, "JK-2025-0001")  # type: ignore[union-attr]
    assert not strip.loan.isVisible()
    window.close()
