"""A further visit begun in the real window, and the one before it read there."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, ENGLISH, PSEUDO
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.revisits import ANOTHER_VISIT
from officer_app.casework.visits import answer, begin_visit, visits_of
from officer_app.desktop.kit.open_case import OpenCase
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.screens.visit.missing import MissingList
from officer_app.desktop.screens.visit.screen import VisitScreen
from officer_app.desktop.screens.visit.visits import BeginPanel, VisitStrip
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.table import DataTable
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

LEFT = "/data/application/request/term_months"
AGAIN = "/data/blind/ten_people/again_household"
PERSONS = "/data/person/family/household_persons"
PLATE = "/data/shots/outside/shot_door_plate"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, clock: HandClock) -> Iterator[VisitWindow]:
    """A case above 200,000, whose lane asks for two visits; four at the table, and a picture of the door plate."""
    visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳", requested_amount=Decimal(300_000))).id)
    answer(desk, visit, PERSONS, "4")
    seeding.photograph(desk, visit, read_demo_case("salon", clock.now()), ("shot_door_plate",))
    clock.move(days=5)
    made = shown(qtbot, VisitWindow(desk, speech), (1366, 768))
    made.show_visit(visit.case)
    yield made
    made.close()


def opened(window: VisitWindow) -> OpenCase:
    found = window.work.open_case
    assert found is not None
    return found


def chips(window: VisitWindow) -> list[QPushButton]:
    strip = window.findChild(VisitStrip)
    return [chip for chip in strip.findChildren(QPushButton) if chip.isVisible()]


def begun_by_keys(window: VisitWindow, checklist: str = "business_visit") -> None:
    press(window, Qt.Key.Key_F8)
    panel = window.findChild(BeginPanel)
    assert panel.isVisible()
    assert panel.checklist.value() == "second_visit", "the blind one is offered first"
    panel.checklist.turn_to(checklist)
    type_text(focused(), "周敏")
    press(focused(), Qt.Key.Key_Return)
    type_text(focused(), "看晚市")
    press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)


def test_the_gap_leads_to_the_panel_and_a_visit_begins_by_keys(window: VisitWindow) -> None:
    assert chips(window) == [], "with one visit there is nothing to choose"
    press(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    refs = [gap.ref for gap in opened(window).gaps()]
    table = window.findChild(MissingList).findChild(DataTable)
    table.setCurrentIndex(table.model().index(refs.index(ANOTHER_VISIT), 0))
    press(table, Qt.Key.Key_Return)
    panel = window.findChild(BeginPanel)
    assert panel.isVisible()
    told = [label.text() for label in panel.findChildren(type(panel._title)) if label.isVisible()]
    assert any("“双人两次调查”通道要求调查2次" in text for text in told)
    begun_by_keys(window)
    first, second = visits_of(window.work.desk, opened(window).case_id)
    assert opened(window).visit.record.id == second.id
    assert (second.second_officer, second.purpose) == ("周敏", "lane path\n看晚市")
    assert [chip.text() for chip in chips(window)] == ["第1次，2026年10月8日，已结束", "第2次，2026年10月13日"]
    assert opened(window).session.question(PERSONS, "zh_CN").value == "", "a question asked again is answered afresh"
    assert opened(window).findings.facts.site_visit.officer_b == "周敏"  # type: ignore[union-attr]
    assert ANOTHER_VISIT not in {gap.ref for gap in opened(window).gaps()}
    assert first.id != second.id


def test_the_earlier_visit_is_read_and_not_changed(window: VisitWindow) -> None:
    begun_by_keys(window)
    typist = Typist(window)
    typist.answer(PERSONS, "6")
    QTest.mouseClick(chips(window)[0], Qt.MouseButton.LeftButton)
    row = next(row for row in window.findChild(SectionView).rows() if row.question.ref == PERSONS)
    assert row.question.value == "4"
    assert not row.can_be_typed_in
    assert row.field is not None
    row.field.committed.emit("9")
    window.findChild(SectionView).answered.emit(PERSONS, "9")
    press(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert opened(window).session.question(PERSONS, "zh_CN").value == "6"
    QTest.mouseClick(chips(window)[1], Qt.MouseButton.LeftButton)
    row = next(row for row in window.findChild(SectionView).rows() if row.question.ref == PERSONS)
    assert row.question.value == "6"
    assert row.can_be_typed_in
    told = [one.key for one in opened(window).findings.contradictions]
    assert "TOLD_TWICE:household.persons" in told


def test_the_blind_checklist_asks_again_and_what_differs_is_told(window: VisitWindow) -> None:
    begun_by_keys(window, "second_visit")
    assert opened(window).visit.record.form == "second_visit"
    assert [chip.isChecked() for chip in chips(window)] == [False, True]
    assert opened(window).session.question(AGAIN, "zh_CN").value == "", "blind: nothing of the first visit is shown"
    Typist(window).answer(AGAIN, "6")
    told = [one.key for one in opened(window).findings.contradictions]
    assert "TOLD_TWICE:household.persons" in told
    QTest.mouseClick(chips(window)[0], Qt.MouseButton.LeftButton)
    assert window.findChild(SectionView).rows(), "the first visit is read by its own checklist"
    QTest.mouseClick(chips(window)[1], Qt.MouseButton.LeftButton)


def test_what_only_the_first_checklist_asks_leads_to_a_visit_with_it(window: VisitWindow) -> None:
    """What the first visit left open is owed after the blind one, whose pages have no place for it."""
    begun_by_keys(window, "second_visit")
    press(window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    refs = [gap.ref for gap in opened(window).gaps()]
    table = window.findChild(MissingList).findChild(DataTable)
    table.setCurrentIndex(table.model().index(refs.index(LEFT), 0))
    press(table, Qt.Key.Key_Return)
    panel = window.findChild(BeginPanel)
    assert panel.isVisible()
    assert panel.checklist.value() == "business_visit"
    panel.note.turn_to("补问期限")
    press(panel.note, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert [one.form for one in visits_of(window.work.desk, opened(window).case_id)][2:] == ["business_visit"]
    assert LEFT in {gap.ref for gap in opened(window).gaps()}, "asked here, no more and no less than what was open"


def test_pictures_belong_to_their_visit(window: VisitWindow) -> None:
    begun_by_keys(window)
    Typist(window).question(PLATE)
    page = window.findChild(SectionView)
    row = next(row for row in page.rows() if row.question.ref == PLATE)
    assert row.question.value == ""
    assert row.field._thumb.isHidden()  # type: ignore[union-attr]
    QTest.mouseClick(chips(window)[0], Qt.MouseButton.LeftButton)
    row = next(row for row in page.rows() if row.question.ref == PLATE)
    assert row.question.value
    assert not row.field._thumb.isHidden()  # type: ignore[union-attr]


def test_without_a_reason_one_has_to_be_given(window: VisitWindow) -> None:
    begun_by_keys(window)
    Typist(window).answer("/data/application/request/requested_amount", "30000")
    press(window, Qt.Key.Key_F8)
    panel = window.findChild(BeginPanel)
    assert panel.isVisible()
    press(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(visits_of(window.work.desk, opened(window).case_id)) == 2
    assert focused() is panel.note.line
    press(focused(), Qt.Key.Key_Escape)
    assert not panel.isVisible()
    assert window.findChild(VisitScreen).isVisible()


@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
def test_strip_and_panel_have_room(window: VisitWindow, size: QSize, language: str) -> None:
    begun_by_keys(window)
    window.resize(size)
    window.work.speech.set_language(language)
    press(window, Qt.Key.Key_F8)
    panel, strip = window.findChild(BeginPanel), window.findChild(VisitStrip)
    assert clipped(panel) + clipped(strip) == []
    assert too_small(panel) + too_small(strip) == []


def test_every_text_is_translated(window: VisitWindow) -> None:
    begun_by_keys(window)
    window.work.speech.set_language(PSEUDO)
    press(window, Qt.Key.Key_F8)
    assert untranslated(window.findChild(BeginPanel)) == []
    assert untranslated(window.findChild(VisitStrip)) == []
