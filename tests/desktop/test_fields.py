"""Fields, by keyboard alone: what is typed, what is stored, what is said about it."""

from __future__ import annotations

from datetime import date

import pytest
import shiboken6
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.words import ENGLISH, Verbatim, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList, MultiChoice
from officer_app.desktop.widgets.date_field import DateField, read_date, read_month
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.number_field import Kind, NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.text_field import LineField, TextArea
from tests.support.typing import focused, press, type_text

TODAY = date(2026, 10, 8)


def shown(qtbot: QtBot, field: QWidget) -> list[str]:
    """Show it in a window with the keyboard in it; gives what it commits from now on."""
    window = QWidget()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(field)
    window.resize(700, 300)
    window.show()
    # Python must hold the window for as long as its field is used.
    vars(field)["held"] = window
    field.setFocus()
    qtbot.waitUntil(lambda: window.isAncestorOf(focused()) if window.focusWidget() else False)
    stored: list[str] = []
    if isinstance(field, Field):
        field.committed.connect(stored.append)
    return stored


def test_a_sum_is_stored_as_its_result_and_read_back_in_words(qtbot: QtBot, speech: Speech) -> None:
    field = NumberField(speech, Kind.MONEY)
    stored = shown(qtbot, field)
    type_text(field.line, "12*30+5万")
    assert field.echo() == "= 50,360 · 伍万零叁佰陆拾元整"
    with qtbot.waitSignal(field.left):
        press(field.line, Qt.Key.Key_Return)
    assert stored == ["50360"]


def test_leaving_shows_the_number_and_coming_back_shows_the_sum(qtbot: QtBot, speech: Speech) -> None:
    pair = QWidget()
    field, other = NumberField(speech, Kind.MONEY), LineField(speech)
    column = QVBoxLayout(pair)
    column.addWidget(field)
    column.addWidget(other)
    pair.setFocusProxy(field)
    shown(qtbot, pair)
    type_text(field.line, "１，２００＊３")
    other.setFocus()
    assert field.line.text() == "3,600"
    assert field.value() == "3600"
    field.setFocus()
    assert field.line.text() == "１，２００＊３"


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        (Kind.MONEY, "三百", "这不是数字。请输入数字或算式，例如 12*30+500。"),
        (Kind.INTEGER, "7/2", "此处须填整数。"),
        (Kind.DECIMAL, "12*", "这不是数字。请输入数字或算式，例如 12*30+500。"),
    ],
)
def test_what_cannot_be_stored_stays_and_is_explained(
    qtbot: QtBot, speech: Speech, kind: Kind, typed: str, why: str
) -> None:
    row = FieldRow(speech, NumberField(speech, kind))
    row.show_words(Verbatim("月销售额"))
    field = row.field
    assert isinstance(field, NumberField)
    stored = shown(qtbot, row)
    field.committed.connect(stored.append)
    type_text(field.line, typed)
    press(field.line, Qt.Key.Key_Return)
    assert field.line.text() == typed
    assert row.error() == why
    assert stored == []
    field.line.selectAll()
    type_text(field.line, "12")
    press(field.line, Qt.Key.Key_Return)
    assert row.error() == ""
    assert stored == ["12"]


def test_an_answer_is_kept_without_enter_after_a_pause(qtbot: QtBot, speech: Speech) -> None:
    field = LineField(speech)
    shown(qtbot, field)
    with qtbot.waitSignal(field.committed, timeout=2000) as kept:
        type_text(field.line, "周记烧烤")
    assert kept.args == ["周记烧烤"]


def test_a_pause_in_the_middle_of_a_sum_stores_nothing_and_scolds_nobody(qtbot: QtBot, speech: Speech) -> None:
    field = NumberField(speech, Kind.MONEY)
    stored = shown(qtbot, field)
    refusals: list[object] = []
    field.refused.connect(refusals.append)
    type_text(field.line, "12*")
    field._pause.setInterval(0)
    field._pause.start()
    qtbot.waitUntil(lambda: not field._pause.isActive())
    assert stored == []
    assert refusals == []


def test_an_answer_from_outside_does_not_disturb_typing(qtbot: QtBot, speech: Speech) -> None:
    field = LineField(speech)
    shown(qtbot, field)
    field.show_value("甲")
    type_text(field.line, "乙")
    field.show_value("甲")
    assert field.line.text() == "甲乙"
    field.show_value("丙")
    assert field.line.text() == "丙"


def test_amounts_are_grouped_and_read_back_in_english(qtbot: QtBot, speech: Speech) -> None:
    speech.set_language(ENGLISH)
    field = NumberField(speech, Kind.MONEY, unit=message("Passed"))
    shown(qtbot, field)
    field.line.clearFocus()
    field.show_value("55350.50")
    assert field.line.text() == "55,350.50"
    assert field.echo() == "55 thousand 350 yuan 50 fen"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("2026-10-08", "2026-10-08"),
        ("20261008", "2026-10-08"),
        ("２０２６年１０月８日", "2026-10-08"),
        ("10-8", "2026-10-08"),
        ("1008", "2026-10-08"),
        ("10月8日", "2026-10-08"),
        ("2026.1.5", "2026-01-05"),
        ("2024-02-29", "2024-02-29"),
        ("2026-10", "2026-10-01"),
    ],
)
def test_dates_are_typed(qtbot: QtBot, speech: Speech, typed: str, stored: str) -> None:
    field = DateField(speech, TODAY)
    kept = shown(qtbot, field)
    type_text(field.line, typed)
    press(field.line, Qt.Key.Key_Return)
    assert kept == [stored]


def test_the_weekday_catches_slips(qtbot: QtBot, speech: Speech) -> None:
    field = DateField(speech, TODAY)
    shown(qtbot, field)
    type_text(field.line, "10-8")
    assert field.echo() == "2026年10月8日 星期四"


@pytest.mark.parametrize("typed", ["2026-02-30", "13-1", "昨天", "2026", "1-2-3-4", "10/8/2026x"])
def test_days_that_do_not_exist_are_refused(qtbot: QtBot, speech: Speech, typed: str) -> None:
    row = FieldRow(speech, DateField(speech, TODAY))
    kept = shown(qtbot, row)
    field = row.field
    assert isinstance(field, DateField)
    field.committed.connect(kept.append)
    type_text(field.line, typed)
    press(field.line, Qt.Key.Key_Return)
    assert kept == []
    assert row.error().startswith("没有这一天")
    assert field.line.text() == typed


@given(st.text(max_size=20))
def test_no_text_breaks_the_reading_of_dates(text: str) -> None:
    for read in (read_date, read_month):
        day = read(text, TODAY)
        assert day is None or day.year >= 1


@pytest.mark.parametrize(
    ("typed", "stored"),
    [("2026-11", "2026-11-01"), ("202611", "2026-11-01"), ("11", "2026-11-01"), ("2027年1月", "2027-01-01")],
)
def test_months_are_typed(qtbot: QtBot, speech: Speech, typed: str, stored: str) -> None:
    field = DateField(speech, TODAY, months=True)
    kept = shown(qtbot, field)
    type_text(field.line, typed)
    press(field.line, Qt.Key.Key_Return)
    assert kept == [stored]
    field.show_value(stored)
    field.turn_to(stored)
    assert field.line.text() == stored[:7]


@pytest.mark.parametrize("typed", ["13", "2026-13", "冬月", "1-2-3-4"])
def test_months_that_do_not_exist_are_refused(typed: str) -> None:
    assert read_month(typed, TODAY) is None


OPTIONS = (
    Option("seen", Verbatim("亲眼看见")),
    Option("paper", Verbatim("看到凭证")),
    Option("told", Verbatim("听说")),
)


def test_one_is_chosen_by_arrows_digits_and_enter(qtbot: QtBot, speech: Speech) -> None:
    field = ChoiceList(speech)
    field.show_options(OPTIONS)
    stored = shown(qtbot, field)
    press(focused(), Qt.Key.Key_Right)
    press(focused(), Qt.Key.Key_Space)
    press(focused(), Qt.Key.Key_3)
    assert stored == ["paper", "told"]
    assert [row.isChecked() for row in field.buttons()] == [False, False, True]
    press(focused(), Qt.Key.Key_3)
    assert stored == ["paper", "told", ""]
    press(focused(), Qt.Key.Key_Left)
    with qtbot.waitSignal(field.left):
        press(focused(), Qt.Key.Key_Return)
    assert stored[-1] == "paper"


def test_new_words_for_the_same_choices_keep_the_keyboard(qtbot: QtBot, speech: Speech) -> None:
    field = ChoiceList(speech)
    field.show_options(OPTIONS)
    shown(qtbot, field)
    press(focused(), Qt.Key.Key_2)
    here = focused()
    field.show_options(tuple(Option(option.key, Verbatim(option.key)) for option in OPTIONS))
    assert focused() is here
    assert [row.text() for row in field.buttons()] == ["seen", "paper", "told"]
    assert field.buttons()[1].isChecked()


def test_several_are_stored_in_the_order_of_the_list(qtbot: QtBot, speech: Speech) -> None:
    field = MultiChoice(speech)
    field.show_options(OPTIONS)
    stored = shown(qtbot, field)
    press(focused(), Qt.Key.Key_3)
    press(focused(), Qt.Key.Key_1)
    assert stored == ["told", "seen told"]
    field.show_value("paper")
    assert [row.isChecked() for row in field.buttons()] == [False, True, False]


def test_rows_are_large_enough_for_a_finger(qtbot: QtBot, speech: Speech) -> None:
    field = ChoiceList(speech)
    field.show_options((*OPTIONS, Option("long", Verbatim("很长的一个选项" * 12))))
    shown(qtbot, field)
    assert all(row.height() >= CONTROL for row in field.buttons())
    assert field.buttons()[3].height() > CONTROL


TRADES = tuple(
    Option(key, Verbatim(label))
    for key, label in (
        ("bbq", "烧烤"),
        ("salon", "理发"),
        ("fruit", "水果批发"),
        ("fish", "水产养殖"),
        ("stone", "石材加工"),
    )
)


@pytest.mark.parametrize(
    ("typed", "offered"),
    [("水", ("fruit", "fish")), ("sg", ("fruit",)), ("lifa", ("salon",)), ("sc", ("fish", "stone")), ("zzz", ())],
)
def test_a_long_list_is_found_by_signs_and_pinyin(
    qtbot: QtBot, speech: Speech, typed: str, offered: tuple[str, ...]
) -> None:
    field = ChoiceCombo(speech)
    field.show_options(TRADES)
    shown(qtbot, field)
    type_text(field.line, typed)
    assert field.offered() == offered


def test_enter_takes_the_only_fit(qtbot: QtBot, speech: Speech) -> None:
    field = ChoiceCombo(speech)
    field.show_options(TRADES)
    stored = shown(qtbot, field)
    type_text(field.line, "lf")
    press(field.line, Qt.Key.Key_Return)
    assert stored == ["salon"]
    field._popup.hide()
    field.line.clearFocus()
    assert field.line.text() == "理发"


def test_what_is_not_in_the_list_stays_and_is_explained(qtbot: QtBot, speech: Speech) -> None:
    row = FieldRow(speech, ChoiceCombo(speech))
    field = row.field
    assert isinstance(field, ChoiceCombo)
    field.show_options(TRADES)
    stored = shown(qtbot, row)
    field.committed.connect(stored.append)
    type_text(field.line, "飞机")
    press(field.line, Qt.Key.Key_Return)
    assert stored == []
    assert row.error() == "请从列表中选择一项。"
    assert field.line.text() == "飞机"


def test_in_a_text_area_enter_breaks_and_ctrl_enter_goes_on(qtbot: QtBot, speech: Speech) -> None:
    field = TextArea(speech)
    stored = shown(qtbot, field)
    type_text(field.text, "一")
    press(field.text, Qt.Key.Key_Return)
    type_text(field.text, "二")
    with qtbot.waitSignal(field.left):
        press(field.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert stored == ["一\n二"]


def test_a_row_turns_when_it_is_narrow_and_nothing_is_cut(qtbot: QtBot, speech: Speech) -> None:
    field = ChoiceList(speech)
    field.show_options(OPTIONS)
    row = FieldRow(speech, field)
    row.show_words(Verbatim("怎么看到的这件事"), Verbatim("自己看，不要只听他说"), required=True)
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(row)
    column.addStretch(1)
    for width in (700, 400, 300):
        window.resize(width, 600)
        window.show()
        qtbot.waitUntil(lambda width=width: row.width() == width and (field.x() > 100) is (width >= 520))
        qtbot.waitUntil(lambda width=width: row.height() >= row.heightForWidth(width))
        assert field.height() >= field.heightForWidth(field.width())


def test_caps_lock_and_chinese_input_are_told(qtbot: QtBot, speech: Speech) -> None:
    box = PassphraseBox(speech, Verbatim("口令"))
    shown(qtbot, box)
    type_text(box.line, "abc")
    assert box.hint() == ""
    QTest.keyClick(box.line, "D", Qt.KeyboardModifier.ShiftModifier)
    assert box.passphrase() == "abcD"
    assert box.hint() == ""
    type_text(box.line, "E")
    assert "大写锁定" in box.hint()
    box.line.setText("口令")
    assert "中文输入法" in box.hint()
    with qtbot.waitSignal(box.entered):
        press(box.line, Qt.Key.Key_Return)
    box.clear()
    assert box.passphrase() == ""
    assert box.hint() == ""


def test_the_search_box_waits_a_moment_and_esc_empties_it(qtbot: QtBot, speech: Speech) -> None:
    box = SearchBox(speech, Verbatim("找"))
    shown(qtbot, box)
    with qtbot.waitSignal(box.sought) as sought:
        type_text(box, "张")
    assert sought.args == ["张"]
    with qtbot.waitSignal(box.sought) as sought:
        press(box, Qt.Key.Key_Escape)
    assert sought.args == [""]
    with qtbot.waitSignal(box.to_results):
        press(box, Qt.Key.Key_Down)


def test_a_field_that_is_gone_no_longer_hears_the_language(qtbot: QtBot, speech: Speech) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    combo = ChoiceCombo(speech, page)
    shiboken6.delete(combo)
    speech.set_language(ENGLISH)
