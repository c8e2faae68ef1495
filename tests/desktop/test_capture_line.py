"""Quick capture in the real window over a real desk: filed, kept in the tray, dropped, taken back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, ENGLISH, PSEUDO, Verbatim
from officer_app.casework.captures import said_of, waiting
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.gate import Lacking
from officer_app.casework.visits import begin_visit, resume_visit
from officer_app.desktop.app.capture import Capture
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.capture_line import KEYS, CaptureLine
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaptureState
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped, too_small
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow

DEBT = "/data/debts/debt[{}]/"
COST = "/data/costs/operating_cost[{}]/"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


class Captured(VisitWindow):
    """A visit with the line of captures over it, bound as the application binds it."""

    def __init__(self, desk: Desk, speech: Speech) -> None:
        super().__init__(desk, speech)
        self.capture = Capture(self.work, self)
        self.shortcuts.add(KEYS, Verbatim("K"), self.capture.toggle)

    @property
    def line(self) -> CaptureLine:
        return self.capture.line

    def say(self, text: str) -> None:
        """Type a line and let the pause pass."""
        type_text(self.line.line, text)
        self.line.sought.emit(text)

    def peek(self, ref: str) -> str | None:
        return self.work.open_case.session.peek(ref)

    def told(self) -> str:
        return self.line._told.text()


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk) -> Iterator[Captured]:
    visit = begin_visit(desk, open_case(desk, NewCase("周德旺")).id)
    made = Captured(desk, speech)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    qtbot.waitActive(made)
    made.show_visit(visit.case)
    qtbot.wait(1)
    press(focused(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert made.capture.is_open
    yield made
    made.close()


def control(window: Captured, key: Qt.Key) -> None:
    press(window.line.line, key, Qt.KeyboardModifier.ControlModifier)


def test_a_debt_is_filed_with_all_that_was_said(window: Captured) -> None:
    window.say("欠弟弟6万没说")
    press(window.line.line, Qt.Key.Key_Return)
    assert window.peek(DEBT.format(1) + "debt_balance") == "60000"
    assert window.peek(DEBT.format(1) + "debt_creditor") == "弟弟"
    assert window.peek(DEBT.format(1) + "debt_told") == "no"
    assert window.peek("/data/debts/has_debts") == "yes"
    assert window.told() == "已记到 欠别人的 › 欠款 › 还欠多少（元）（第 1 条）：弟弟 60,000。撤销按 Ctrl+Z"
    assert window.line.line.text() == ""


def test_a_second_debt_is_a_second_entry(window: Captured) -> None:
    for said in ("欠弟弟6万没说", "欠信用社三万"):
        window.say(said)
        press(window.line.line, Qt.Key.Key_Return)
    assert window.peek(DEBT.format(2) + "debt_balance") == "30000"
    assert window.peek(DEBT.format(2) + "debt_kind") == "institution"
    control(window, Qt.Key.Key_Z)
    assert window.peek(DEBT.format(2) + "debt_balance") is None
    assert window.peek(DEBT.format(1) + "debt_balance") == "60000"


def test_a_filing_that_is_taken_back_waits_in_the_tray(window: Captured, desk: Desk) -> None:
    window.say("房租 9800/月")
    press(window.line.line, Qt.Key.Key_Return)
    opened = window.work.open_case
    assert window.peek(COST.format(1) + "cost_amount") == "9800"
    assert waiting(opened.visit) == ()
    control(window, Qt.Key.Key_Z)
    assert not window.peek(COST.format(1) + "cost_amount")
    assert [one.words for one in waiting(opened.visit)] == ["房租 9800/月"]
    again = resume_visit(desk, opened.visit.record.id)
    assert [one.words for one in waiting(again)] == ["房租 9800/月"]


def test_what_was_said_stays_beside_the_answer_and_on_the_disk(window: Captured, desk: Desk) -> None:
    window.say("一天卖350")
    press(window.line.line, Qt.Key.Key_Return)
    visit = resume_visit(desk, window.work.open_case.visit.record.id)
    ref = "/data/sales/sales_told/declared_monthly_sales"
    said = said_of(visit, ref, "10500")
    assert visit.session.peek(ref) == "10500"
    assert said is not None
    assert said.words == "一天卖350"
    assert said.read_as == {
        "en": "350 a day → 10,500, a month of 30 days",
        "zh_CN": "每天 350 → 10,500（一个月按 30 天）",
    }
    assert said_of(visit, ref, "9000") is None


def test_the_days_of_a_month_are_turned(window: Captured) -> None:
    window.say("一天卖350")
    assert not window.line.days.isHidden()
    control(window, Qt.Key.Key_D)
    press(window.line.line, Qt.Key.Key_Return)
    assert window.peek("/data/sales/sales_told/declared_monthly_sales") == "9100"


def test_what_has_no_place_waits_and_is_a_gap(window: Captured) -> None:
    window.say("嗯嗯哼")
    press(window.line.line, Qt.Key.Key_Return)
    opened = window.work.open_case
    gaps = [gap for gap in opened.gaps() if gap.kind is Lacking.CAPTURE]
    assert len(gaps) == 1
    assert window.told() == "已放进速记夹，现有 1 条。"
    assert "速记夹：1" in [
        chip.words and window.work.speech.say(chip.words) for chip in window.current().head().chips
    ]


def test_a_line_of_the_tray_is_taken_up_and_filed(window: Captured) -> None:
    window.say("电费 1200")
    control(window, Qt.Key.Key_Return)
    opened = window.work.open_case
    assert len(waiting(opened.visit)) == 1
    press(window.line.line, Qt.Key.Key_Return)
    assert window.line.line.text() == "电费 1200"
    press(window.line.line, Qt.Key.Key_Return)
    assert waiting(opened.visit) == ()
    assert window.peek(COST.format(1) + "cost_amount") == "1200"
    assert len(opened.visit.captures) == 1


def test_a_line_of_the_tray_is_dropped_and_comes_back(window: Captured) -> None:
    window.say("嗯嗯哼")
    control(window, Qt.Key.Key_Return)
    opened = window.work.open_case
    press(window.line.line, Qt.Key.Key_Delete)
    assert [one.state for one in opened.visit.captures.values()] == [CaptureState.DROPPED]
    assert window.told() == "已丢掉：嗯嗯哼。撤销按 Ctrl+Z"
    control(window, Qt.Key.Key_Z)
    assert [one.words for one in waiting(opened.visit)] == ["嗯嗯哼"]
    control(window, Qt.Key.Key_Return)
    assert [one.state for one in opened.visit.captures.values()] == [CaptureState.NOTED]
    assert all(gap.kind is not Lacking.CAPTURE for gap in opened.gaps())


def test_arrows_choose_another_question(window: Captured) -> None:
    window.say("房租 9800/月")
    press(window.line.line, Qt.Key.Key_Down)
    press(window.line.line, Qt.Key.Key_Up)
    press(window.line.line, Qt.Key.Key_Down)
    press(window.line.line, Qt.Key.Key_Return)
    assert not window.peek(COST.format(1) + "cost_amount")
    filed = [one for one in window.work.open_case.visit.captures.values() if one.state is CaptureState.FILED]
    assert window.peek(filed[0].ref) == "9800"


def test_esc_leaves_and_the_field_has_the_keyboard_again(window: Captured) -> None:
    press(window.line.line, Qt.Key.Key_Escape)
    assert not window.capture.is_open
    assert focused() is not window.line.line


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(1093, 614)])
@pytest.mark.parametrize("language", [CHINESE, ENGLISH])
def test_nothing_is_clipped(window: Captured, size: QSize, language: str) -> None:
    window.work.speech.set_language(language)
    window.resize(size)
    window.say("欠弟弟一天两三百没说" if language == CHINESE else "owes his brother 60k, not told")
    QTest.qWait(1)
    assert not clipped(window.line)
    assert not too_small(window.line)


def test_every_word_is_translated(window: Captured) -> None:
    window.work.speech.set_language(PSEUDO)
    window.say("一天卖350")
    assert not untranslated(window.line)


THREE = "房租3200 水电800 煤气380一瓶"


def keys(window: Captured, text: str) -> None:
    """The line by keys alone; the pause that a person makes is not waited for: Enter makes up for it."""
    type_text(window.line.line, text)


def test_letters_and_digits_need_no_input_method(window: Captured, desk: Desk) -> None:
    keys(window, "fz3200/y")
    press(window.line.line, Qt.Key.Key_Return)
    assert window.peek(COST.format(1) + "cost_amount") == "3200"
    assert window.peek(COST.format(1) + "cost_item") == "房租"
    visit = resume_visit(desk, window.work.open_case.visit.record.id)
    said = said_of(visit, COST.format(1) + "cost_amount", "3200")
    assert said is not None
    assert said.words == "房租3200/月"


@pytest.mark.parametrize("line", [THREE, "fz3200 sd800 mq380/p", "fz3200sd800mq380/p"])
def test_three_answers_in_one_line_are_seen_filed_and_taken_back_together(window: Captured, line: str) -> None:
    before = window.work.open_case.session.state()
    window.say(line)
    shown = [window.line.table.model().index(row, 0).data() for row in range(window.line.table.model().rowCount())]
    assert len(shown) == 3
    press(window.line.line, Qt.Key.Key_Return)
    assert [window.peek(COST.format(n) + "cost_amount") for n in (1, 2)] == ["3200", "800"]
    assert [window.peek(COST.format(n) + "cost_item") for n in (1, 2)] == ["房租", "水电"]
    assert window.peek("/data/signs/meter[1]/meter_price") == "380"
    assert window.told().startswith("已归位 3 条：房租·")
    control(window, Qt.Key.Key_Z)
    assert window.work.open_case.session.state() == before
    words = ["房租3200", "水电800", "煤气380/瓶" if line[0] == "f" else "煤气380一瓶"]
    assert [one.words for one in waiting(window.work.open_case.visit)] == words


def test_tab_gives_a_part_its_next_place_and_enter_files_that(window: Captured) -> None:
    window.say(THREE)
    offered = window.capture._parts[0].offered
    press(window.line.line, Qt.Key.Key_Tab)
    assert window.line.line.hasFocus()
    press(window.line.line, Qt.Key.Key_Return)
    assert window.peek(offered[1].ref) == "3200"
    assert window.peek(offered[0].ref) != "3200"
    assert window.peek(COST.format(1) + "cost_item") == "水电"


def test_a_digit_files_under_another_place_at_once(window: Captured) -> None:
    window.say("xj1460")
    second = window.capture._parts[0].offered[1]
    control(window, Qt.Key.Key_2)
    assert window.peek(second.ref) == second.value
    assert window.line.line.text() == ""
    control(window, Qt.Key.Key_9)


def test_what_may_mean_two_things_is_offered_as_two(window: Captured) -> None:
    """fz is rent and house: nothing is filed before Enter, and both can be seen."""
    window.say("fz45w")
    facts = {fact for one in window.capture._parts[0].offered for fact in one.facts}
    assert {"operating_costs[].monthly_amount", "assets.buildings"} <= facts
    assert not window.work.open_case.session.can_undo


def test_plus_goes_on_in_the_list_and_equals_at_the_question(window: Captured) -> None:
    for line in ("qxys3w", "+nsh2w", "=2.5w"):
        keys(window, line)
        press(window.line.line, Qt.Key.Key_Return)
    assert [window.peek(DEBT.format(n) + "debt_creditor") for n in (1, 2)] == ["信用社", "农商行"]
    assert [window.peek(DEBT.format(n) + "debt_balance") for n in (1, 2)] == ["30000", "25000"]


def test_a_line_of_the_tray_with_several_answers_leaves_it(window: Captured) -> None:
    window.say(THREE)
    control(window, Qt.Key.Key_Return)
    press(window.line.line, Qt.Key.Key_Return)
    press(window.line.line, Qt.Key.Key_Return)
    assert waiting(window.work.open_case.visit) == ()
    assert len(window.work.open_case.visit.captures) == 3
