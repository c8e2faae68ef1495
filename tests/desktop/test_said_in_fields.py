"""A number field takes what people say, shows what it made of it, and keeps the words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from officer_app.base.spoken.converting import Side, target_of
from officer_app.base.words import ENGLISH, PSEUDO
from officer_app.casework.captures import said_of
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import begin_visit, resume_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.number_field import Flow, Kind, NumberField
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

SALES = "/data/sales/sales_told/declared_monthly_sales"


@pytest.fixture
def field(qtbot: QtBot, speech: Speech) -> NumberField:
    made = NumberField(speech, Kind.MONEY, flow=Flow(target_of("money/month"), Side.LOWER))
    qtbot.addWidget(made)
    made.resize(700, 60)
    made.show()
    made.line.setFocus()
    return made


@pytest.mark.parametrize(
    ("typed", "stored", "echo"),
    [
        ("350/天", "10500", "每天 350 → 10,500（一个月按 30 天）"),
        ("1.2万 每季", "4000", "每季 12,000 → 4,000"),
        ("两万多/天", "600000", "每天 至少 20,000 → 600,000（一个月按 30 天）"),
        ("一天两三百", "6000", "每天 200 到 300 → 6,000（一个月按 30 天）"),
        ("三万五", "35000", "35,000"),
        ("9800", "9800", "玖仟捌佰元整"),
        ("12*30", "360", "= 360"),
    ],
)
def test_said_and_stored(field: NumberField, typed: str, stored: str, echo: str) -> None:
    type_text(field.line, typed)
    field.finish()
    assert field.value() == stored
    assert field.echo() == echo


@pytest.mark.parametrize("typed", ["房租三千二", "三十斤", "三千 五千"])
def test_what_is_not_one_amount_of_the_unit_is_refused_and_stays(field: NumberField, typed: str) -> None:
    type_text(field.line, typed)
    field.finish()
    assert field.value() == ""
    assert field.line.text() == typed


def test_the_days_of_the_month_are_turned_in_the_field(field: NumberField) -> None:
    type_text(field.line, "350/天")
    press(field.line, Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    field.finish()
    assert field.value() == "9100"
    assert "26" in field.echo()


def test_a_field_without_a_unit_takes_numbers_alone(qtbot: QtBot, speech: Speech) -> None:
    plain = NumberField(speech, Kind.DECIMAL)
    qtbot.addWidget(plain)
    type_text(plain.line, "350/天")
    plain.finish()
    assert plain.value() == ""


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[VisitWindow]:
    visit = begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
    made = shown(qtbot, VisitWindow(desk, speech), (1366, 768))
    made.show_visit(visit.case)
    made.open("visit", SALES)
    qtbot.waitUntil(lambda: made.current()._page.current_ref() == SALES)
    yield made
    made.close()


def hint_of(window: VisitWindow) -> str:
    row = next(row for row in window.current()._page.rows() if row.question.ref == SALES)
    return row._row._hint.text()


def test_the_words_stand_under_the_field_and_are_there_tomorrow(window: VisitWindow, desk: Desk) -> None:
    type_text(focused(), "350/天")
    press(focused(), Qt.Key.Key_Return)
    assert window.work.open_case.session.peek(SALES) == "10500"
    assert hint_of(window) == "原话：350/天（每天 350 → 10,500（一个月按 30 天））"
    again = resume_visit(desk, window.work.open_case.visit.record.id)
    said = said_of(again, SALES, "10500")
    assert said is not None
    assert said.words == "350/天"


def test_another_answer_forgets_the_words(window: VisitWindow) -> None:
    type_text(focused(), "350/天")
    press(focused(), Qt.Key.Key_Return)
    assert "350" in hint_of(window)
    window.work.open_case.answer(SALES, "9000")
    assert "350" not in hint_of(window)


def test_the_words_are_said_in_the_windows_language(window: VisitWindow) -> None:
    type_text(focused(), "350/天")
    press(focused(), Qt.Key.Key_Return)
    window.work.speech.set_language(ENGLISH)
    assert hint_of(window) == "Said: 350/天 (350 a day → 10,500, a month of 30 days)"
    window.work.speech.set_language(PSEUDO)
    assert not untranslated(window.current()._page)
