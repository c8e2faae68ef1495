"""The window turned to the customer: one question, nothing else, and no key but two does anything."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from officer_app.base.words import PSEUDO
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import begin_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.customer import CustomerView, masked
from officer_app.desktop.screens.visit.missing import MissingList
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.tour.typist import Typist
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

CONTROL = Qt.KeyboardModifier.ControlModifier
RENT = "/data/costs/operating_cost[1]/cost_amount"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[VisitWindow]:
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳", resident_id="990103197304120016")).id)
    made = shown(qtbot, VisitWindow(desk, speech), (1093, 614))
    made.show_visit(visit.case)
    assert made.work.open_case is not None
    made.work.open_case.answer(RENT, "3200")
    Typist(made).question(RENT)
    made.findChild(SectionView).focus_question(RENT)
    yield made
    made.close()


def turned(window: VisitWindow) -> CustomerView:
    press(focused(), Qt.Key.Key_F9)
    view = window.findChild(CustomerView)
    assert view.isVisible()
    return view


def test_it_covers_everything_and_shows_the_question_with_its_answer_in_words(window: VisitWindow) -> None:
    view = turned(window)
    assert view.geometry() == window.rect()
    texts = [label.text() for label in view.findChildren(QLabel) if label.isVisible()]
    assert texts == ["每月（元/月）", "3,200", "叁仟贰佰元整"]
    window.resize(1366, 768)
    assert view.geometry() == window.rect()
    assert window.childAt(20, 20) in {view, *view.findChildren(QLabel)} or view.isAncestorOf(window.childAt(20, 20))
    assert "罗秀芳" not in window.windowTitle()


def test_no_other_key_does_anything_and_both_keys_lead_back_to_the_question(window: VisitWindow) -> None:
    view = turned(window)
    for key, modifier in (
        (Qt.Key.Key_M, CONTROL),
        (Qt.Key.Key_H, CONTROL),
        (Qt.Key.Key_PageDown, CONTROL),
        (Qt.Key.Key_Z, CONTROL),
        (Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier),
        (Qt.Key.Key_5, Qt.KeyboardModifier.NoModifier),
    ):
        press(focused(), key, modifier)
    assert focused() is view
    assert not window.findChild(MissingList).isVisible()
    assert window.work.open_case is not None
    assert window.work.open_case.session.peek(RENT) == "3200"
    press(focused(), Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert window.findChild(SectionView).current_ref() == RENT
    press(focused(), Qt.Key.Key_F9)
    assert view.isVisible()
    press(focused(), Qt.Key.Key_F9)
    assert not view.isVisible()


def test_without_a_question_it_asks_for_patience(window: VisitWindow, speech: Speech) -> None:
    window.findChild(VisitScreen).setFocus()
    focused().clearFocus()
    screen = window.findChild(VisitScreen)
    press(screen, Qt.Key.Key_M, CONTROL)
    press(screen, Qt.Key.Key_F9)
    view = window.findChild(CustomerView)
    assert [label.text() for label in view.findChildren(QLabel) if label.isVisible()] == ["请稍等。"]
    speech.set_language(PSEUDO)
    assert untranslated(view) == []


def test_numbers_by_which_people_are_known_are_masked() -> None:
    assert masked("990103197304120016") == "9901**********0016"
    assert masked("电话 13800138000，身份证 99010319730412001X") == "电话 138****8000，身份证 9901**********001X"
    assert masked("120000") == "120000"
