"""Contradictions take their exits by keys alone; checks tell everything; nothing is lost on the way."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.ids import CaseId
from officer_app.base.words import CHINESE, PSEUDO, say
from officer_app.casework.desk import Desk
from officer_app.casework.fact_places import FactPlaces
from officer_app.casework.findings import Standing
from officer_app.credit.asknext import ask_next
from officer_app.credit.assessment import Verdict
from officer_app.credit.moved import what_moved
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.checks.rows import CheckDetails
from officer_app.desktop.screens.checks.screen import ChecksScreen
from officer_app.desktop.widgets.press_cards import PressCard
from officer_app.vault.records import Exit
from tests.support.case_window import CaseWindow
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def fruit(furnished: Furnished, tmp_path: Path) -> Iterator[tuple[Desk, CaseId]]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk, furnished.cases["fruit"]


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, fruit: tuple[Desk, CaseId]) -> CaseWindow:
    desk, case = fruit
    made = CaseWindow(desk, speech, case)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitActive(made)
    return made


def opened(window: CaseWindow, what: object = None) -> ChecksScreen:
    screen = window.open(Place.CHECKS.value, what)
    QTest.qWait(0)
    QApplication.processEvents()
    assert isinstance(screen, ChecksScreen)
    return screen


def standing(window: CaseWindow, key: str) -> Standing:
    case = window.work.open_case
    assert case is not None
    return next(one.standing for one in case.findings.contradictions if one.key == key)


def first(window: CaseWindow) -> str:
    case = window.work.open_case
    assert case is not None
    return case.findings.open[0].key


def test_opening_the_list_puts_everything_found_on_file(window: CaseWindow) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    assert case.findings.contradictions
    assert all(one.record is not None for one in case.findings.contradictions)
    severe = [card.matter.one.severe for card in screen.disputes.cards()]
    assert severe.count(True) == 4
    assert severe == sorted(severe, reverse=True)


def test_explained_with_a_picture_by_keys_alone(window: CaseWindow) -> None:
    screen, key = opened(window), first(window)
    press(focused(), Qt.Key.Key_Return)
    editor = screen.disputes.editor()
    assert editor is not None
    assert focused() is editor.area.text
    type_text(focused(), "年关一周 only")
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_Space)
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert standing(window, key) is Standing.EXPLAINED
    card = screen.disputes.card(key)
    assert card is not None
    record = card.matter.one.record
    assert record is not None
    assert (record.explanation, len(record.photos)) == ("年关一周 only", 1)
    assert len(card.matter.photos) == 1


def test_money_apart_is_asked_for_its_proof_before_it_is_explained(window: CaseWindow) -> None:
    """188,421 yuan a month and more are apart: words alone stay in the editor, a paper or a person closes it."""
    screen, key = opened(window), first(window)
    press(focused(), Qt.Key.Key_Return)
    editor = screen.disputes.editor()
    assert editor is not None
    type_text(focused(), "year end")
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert editor.error()
    assert focused() is editor.proof.line
    assert standing(window, key) is Standing.OPEN
    type_text(focused(), "slips of July")
    assert not editor.error()
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert standing(window, key) is Standing.EXPLAINED
    card = screen.disputes.card(key)
    assert card is not None
    assert card.matter.one.record is not None
    assert card.matter.one.record.proof == "slips of July"
    assert any("slips of July" in text.text() for text in card.findChildren(QLabel))


def test_an_exit_without_words_is_asked_for_them(window: CaseWindow) -> None:
    screen, key = opened(window), first(window)
    press(focused(), Qt.Key.Key_Return)
    press(focused(), Qt.Key.Key_Return, CTRL)
    editor = screen.disputes.editor()
    assert editor is not None
    assert editor.error()
    assert standing(window, key) is Standing.OPEN
    press(focused(), Qt.Key.Key_Escape)
    assert screen.disputes.editor() is None
    card = screen.disputes.card(key)
    assert card is not None
    assert focused() is card.exits["explained"]


def test_it_stands_unexplained_and_can_be_looked_at_again(window: CaseWindow) -> None:
    screen = opened(window)
    key = first(window)
    opened(window, (key, "unexplained"))
    type_text(focused(), "no answer")
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert standing(window, key) is Standing.STANDS
    card = screen.disputes.card(key)
    assert card is not None
    card.exits["reopen"].setFocus()
    press(focused(), Qt.Key.Key_Return)
    assert standing(window, key) is Standing.OPEN


def test_a_correction_closes_itself_when_the_answer_is_put_right(window: CaseWindow, qtbot: QtBot) -> None:
    case = window.work.open_case
    assert case is not None
    key = next(one.key for one in case.findings.open if one.key.startswith("UTILITY"))
    screen = opened(window, (key, "corrected"))
    type_text(focused(), "paid since")
    press(focused(), Qt.Key.Key_Return, CTRL)
    assert standing(window, key) is Standing.OPEN, "said to be wrong is not yet put right"
    QApplication.processEvents()
    card = screen.disputes.card(key)
    assert card is not None
    assert card.being_corrected
    assert focused() is card.links.buttons[0]
    with qtbot.waitSignal(window.opened) as gone:
        press(focused(), Qt.Key.Key_Return)
    assert gone.args == [Place.VISIT.value]
    ref = next(a.ref for a in case.session.bound_answers() if a.path == "utilities[0].arrears_amount")
    case.answer(ref, "0")
    assert standing(window, key) is Standing.CORRECTED
    screen = opened(window)
    card = screen.disputes.card(key)
    assert card is not None
    record = card.matter.one.record
    assert record is not None
    assert record.exit is Exit.CORRECTED


def test_what_is_being_typed_survives_a_change_of_the_findings(window: CaseWindow) -> None:
    case = window.work.open_case
    assert case is not None
    screen = opened(window, (first(window), "explained"))
    type_text(focused(), "half a sentence")
    case.answer("/data/debts/debt[1]/debt_balance", "43000")
    editor = screen.disputes.editor()
    assert editor is not None
    assert editor.area.text.toPlainText() == "half a sentence"


def test_every_check_is_listed_and_tells_all_of_itself(window: CaseWindow) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    checks = case.findings.assessment.checks
    screen.table.setFocus()
    screen.table.selectRow(0)
    press(screen.table, Qt.Key.Key_Space)
    assert screen.table.unfolded() == next(check.id for check in checks if check.verdict is Verdict.FAILED)
    assert screen.table.model().rowCount() == len(checks) + 1
    inside = screen.table.inside()
    assert isinstance(inside, CheckDetails)
    assert inside.links.buttons
    press(screen.table, Qt.Key.Key_Down)
    assert screen.table.currentIndex().row() == 2, "the opened part is no row of its own"
    press(screen.table, Qt.Key.Key_Escape)
    assert screen.table.unfolded() == ""
    assert screen.table.model().rowCount() == len(checks)


def test_a_check_that_was_not_done_leads_to_what_would_do_it(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    screen.show_check("BOOKS")
    inside = screen.table.inside()
    assert isinstance(inside, CheckDetails)
    with qtbot.waitSignal(screen.go) as going:
        inside.links.buttons[0].click()
    assert going.args[0] == Place.VISIT.value
    assert str(going.args[1]).startswith("/data/sales")


def test_ctrl_enter_goes_from_one_to_the_next_and_then_on(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    for one in case.findings.open:
        case.let_stand(one, "asked twice")
    with qtbot.waitSignal(screen.go) as going:
        press(focused(), Qt.Key.Key_Return, CTRL)
    assert going.args == [Place.CAPACITY.value, None]


def test_facts_lead_to_questions_also_when_nobody_answered_yet(window: CaseWindow) -> None:
    case = window.work.open_case
    assert case is not None
    places = FactPlaces(case.session)
    assert places.ref("liabilities[2].balance") == "/data/debts/debt[3]/debt_balance"
    assert places.ref("application.first_month_of_cash_flow") == "/data/application/request/first_payment_month"
    assert places.ref("sales.books") == "/data/sales/has_books", "asked behind the question that opens it"
    assert places.ref("no.such.fact") == ""


@pytest.mark.parametrize("what", ["explained", "corrected", "unexplained"])
def test_no_text_is_outside_the_catalogues(qtbot: QtBot, fruit: tuple[Desk, CaseId], what: str) -> None:
    desk, case = fruit
    window = CaseWindow(desk, Speech(PSEUDO), case)
    qtbot.addWidget(window)
    window.show()
    screen = opened(window)
    opened(window, (first(window), what))
    screen.show_check("EQUITY")
    assert untranslated(screen) == []


# --- a lie ------------------------------------------------------------------------------------------------------


def test_a_lie_is_marked_by_keys_alone_with_both_its_sentences(window: CaseWindow) -> None:
    screen = opened(window)
    key = first(window)
    opened(window, (key, "unexplained"))
    type_text(focused(), "no answer")
    editor = screen.disputes.editor()
    assert editor is not None
    assert editor.lie.said.isHidden()
    press(focused(), Qt.Key.Key_Tab)
    press(focused(), Qt.Key.Key_Space)
    assert not editor.lie.said.isHidden()
    press(focused(), Qt.Key.Key_Tab)
    type_text(focused(), "no debt")
    editor.keep()
    assert editor.error(), "what is true is wanted too"
    assert focused() is editor.lie.found.line
    type_text(focused(), "60000 to his brother")
    press(focused(), Qt.Key.Key_Return)
    assert standing(window, key) is Standing.STANDS
    case = window.work.open_case
    assert case is not None
    assert [(lie.said, lie.found) for lie in case.findings.facts.lies] == [("no debt", "60000 to his brother")]
    QApplication.processEvents()
    card = screen.disputes.card(key)
    assert card is not None
    assert any("60000 to his brother" in text.text() for text in card.findChildren(QLabel))


def test_an_explanation_is_no_lie(window: CaseWindow) -> None:
    screen = opened(window, (first(window), "explained"))
    editor = screen.disputes.editor()
    assert editor is not None
    assert editor.lie.isHidden()


def test_a_half_typed_lie_survives_a_change_of_the_findings(window: CaseWindow) -> None:
    screen = opened(window, (first(window), "corrected"))
    editor = screen.disputes.editor()
    assert editor is not None
    editor.lie.box.click()
    editor.lie.said.setFocus()
    type_text(focused(), "half")
    case = window.work.open_case
    assert case is not None
    case.answer("/data/debts/debt[1]/debt_balance", "43000")
    editor = screen.disputes.editor()
    assert editor is not None
    assert (editor.lie.ticked(), editor.lie.said.line.text()) == (True, "half")


# --- ask next ---------------------------------------------------------------------------------------------------


def cards(screen: ChecksScreen) -> list[PressCard]:
    return [card for card in screen.side().findChildren(PressCard) if card.isVisible()]


def test_three_questions_stand_beside_the_list_and_lead_to_their_question(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    qtbot.waitUntil(lambda: bool(case.questions))
    assert case.questions == ask_next(case.findings.facts, case.findings.assessment.policy)
    shown = cards(screen)
    assert len(shown) == len(case.questions) == 3
    assert shown[0].accessibleName() == say(case.questions[0].ask, CHINESE)
    worth = f"{case.questions[0].worth:,}"
    assert any(worth in text.text() for text in shown[0].findChildren(QLabel))
    with qtbot.waitSignal(screen.go) as going:
        shown[0].setFocus()
        press(focused(), Qt.Key.Key_Return)
    assert going.args[0] == Place.VISIT.value


def test_an_answer_says_what_it_moved_and_weighs_the_questions_anew(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    qtbot.waitUntil(lambda: bool(case.questions))
    with qtbot.waitSignal(case.questions_changed):
        case.answer(next(a.ref for a in case.session.bound_answers() if a.path == "household.persons"), "9")
    moved = what_moved(case.before.assessment, case.findings.assessment) if case.before is not None else None
    assert moved is not None
    assert moved.by < 0
    said = " ".join(text.text() for text in screen.side().findChildren(QLabel) if text.isVisible())
    assert f"{moved.was:,.0f}" in said
    assert all(say(line, CHINESE) in said for line in moved.beside[:3])
    assert moved.beside
    assert case.questions == ask_next(case.findings.facts, case.findings.assessment.policy)


def test_another_case_has_its_own_questions(window: CaseWindow, qtbot: QtBot) -> None:
    screen = opened(window)
    case = window.work.open_case
    assert case is not None
    qtbot.waitUntil(lambda: bool(case.questions))
    window.work.close_case()
    assert cards(screen) == []
