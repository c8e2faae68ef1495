"""Writing why something was not seen, and notes on questions, in the real window, by keys and by mouse."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import begin_visit, resume_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.noting import NoteLine
from officer_app.desktop.questions.pictures import PictureField
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.hidden import HiddenList
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.labels import Text
from officer_app.desktop.widgets.press_cards import PressCard
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
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
    made = shown(qtbot, VisitWindow(desk, speech), (1093, 614))
    made.show_visit(visit.case)
    yield made
    made.close()


def named(window: VisitWindow, name: str) -> str:
    assert window.work.open_case is not None
    return next(ref for ref in window.work.open_case.session.state() if ref.rpartition("/")[2] == name)


def line_of(window: VisitWindow) -> NoteLine:
    return next(line for line in window.findChildren(NoteLine) if line.isVisible())


def test_why_a_picture_is_missing_is_written_with_the_keyboard_and_stands_under_it(
    window: VisitWindow, desk: Desk
) -> None:
    ref = named(window, "shot_front")
    row = Typist(window).question(ref)
    assert isinstance(row.field, PictureField)
    row.field.unseen.click()
    assert line_of(window).not_seen.isChecked(), "what asks for a picture begins as not seen"
    type_text(focused(), "下雨，卷帘门没开")
    press(focused(), Qt.Key.Key_Return)
    assert row.noted() == "没看到，原因：下雨，卷帘门没开"
    assert row.isAncestorOf(focused())
    assert not window.findChildren(NoteLine)[0].isVisible()
    assert window.work.open_case is not None
    kept = resume_visit(desk, window.work.open_case.visit.record.id)
    assert [note.seen for note in kept.notes.values()] == ["下雨，卷帘门没开"]
    assert not clipped(window)
    assert not too_small(window)


def test_a_note_is_changed_by_mouse_and_taken_away_by_emptying_it(window: VisitWindow, speech: Speech) -> None:
    ref = named(window, "has_debts")
    page = window.findChild(SectionView)
    row = Typist(window).question(ref)
    page.focus_question(ref)
    next(one for one in row.actions() if one.text() == "备注").trigger()
    assert not line_of(window).not_seen.isChecked()
    type_text(focused(), "想了很久")
    press(focused(), Qt.Key.Key_Return)
    assert row.noted() == "备注：想了很久"
    speech.set_language(ENGLISH)
    assert row.noted() == "Note: 想了很久"
    press(focused(), Qt.Key.Key_F5)
    line_of(window).not_seen.click()
    assert row.noted() == "Not seen, because 想了很久"
    line_of(window).field.line.clear()
    line_of(window).field.line.textEdited.emit("")
    press(line_of(window).field.line, Qt.Key.Key_Return)
    assert row.noted() == ""


def test_escape_leads_back_to_the_question(window: VisitWindow) -> None:
    ref = named(window, "has_debts")
    row = Typist(window).question(ref)
    window.findChild(SectionView).focus_question(ref)
    press(focused(), Qt.Key.Key_F5)
    press(focused(), Qt.Key.Key_Escape)
    assert row.isAncestorOf(focused())
    assert row.noted() == ""


def test_what_is_not_asked_says_when_it_is_and_leads_to_the_question(window: VisitWindow, speech: Speech) -> None:
    page = window.findChild(SectionView)
    ref = named(window, "has_debts")
    Typist(window).question(ref)
    press(window.findChild(VisitScreen), Qt.Key.Key_H, Qt.KeyboardModifier.ControlModifier)
    hidden = window.findChild(HiddenList)
    assert hidden.isVisible()
    assert not page.isVisible()
    cards = [card for card in hidden.findChildren(PressCard) if card.isVisible()]
    texts = [text.text() for text in cards[0].findChildren(Text)]
    assert texts == ["欠款", "当“有没有欠别人钱（不管是他说的还是查出来的）”答“是”，才会问。"]
    assert not clipped(window)
    assert cards[0] is focused()
    speech.set_language(PSEUDO)
    assert untranslated(hidden) == []
    press(focused(), Qt.Key.Key_Return)
    QApplication.processEvents()
    assert page.current_ref() == ref


def test_no_word_of_a_note_escapes_the_catalogues(window: VisitWindow, speech: Speech) -> None:
    ref = named(window, "has_debts")
    Typist(window).question(ref)
    window.findChild(SectionView).focus_question(ref)
    press(focused(), Qt.Key.Key_F5)
    speech.set_language(PSEUDO)
    QApplication.processEvents()
    assert untranslated(line_of(window)) == []


def test_a_picture_at_a_question_that_asks_for_none_leaves_its_answer_alone(window: VisitWindow) -> None:
    """F4 works on any question: the picture stands beside the answer, never in its place."""
    ref = "/data/application/request/term_months"
    opened = window.work.open_case
    assert opened is not None
    opened.answer(ref, "12")
    data = io.BytesIO()
    Image.radial_gradient("L").convert("RGB").save(data, "JPEG")
    opened.attach("beleg.jpg", data.getvalue(), ref, "term_months")
    assert [photo.record.ref for photo in opened.findings.photos] == [ref]
    assert opened.session.peek(ref) == "12"
    window.findChild(VisitScreen)._open_question(ref)
    QApplication.processEvents()
    page = window.findChild(SectionView)
    pictured = {row.question.ref: row.pictured() for row in page.rows() if row.pictured()}
    assert pictured == {ref: "已添加照片"}
