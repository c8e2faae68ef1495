"""The typist can do what a person at the window can, nothing more, and says which question it could not answer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from officer_app.base.words import Verbatim
from officer_app.casework.cases import NewCase, open_case
from officer_app.checklists.session import FormSession
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.tour.hands import OutOfReachError
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.labels import Text
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

COSTS = "/data/costs/operating_cost"
DEBTS = "/data/debts"


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, demo: Demo, clock: HandClock) -> Iterator[VisitWindow]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        made = shown(qtbot, VisitWindow(desk, speech))
        made.show_visit(open_case(desk, NewCase("测试甲")).id)
        yield made
        made.close()


@pytest.fixture
def typist(window: VisitWindow) -> Typist:
    made = Typist(window)
    made.settle()
    return made


def session(window: VisitWindow) -> FormSession:
    opened = window.work.open_case
    assert opened is not None
    return opened.session


def value(window: VisitWindow, ref: str) -> str:
    return session(window).question(ref, "en").value


@pytest.mark.parametrize(
    ("ref", "why"),
    [
        ("/data/nowhere/question", "no section of the checklist holds it"),
        ("/data/application/request/no_such", "does not stand on the page"),
        ("/data/debts/debt[1]/debt_creditor", "does not stand on the page"),
        ("/data/costs/operating_cost[7]/cost_item", "rows"),
    ],
)
def test_a_question_out_of_reach_is_named(typist: Typist, ref: str, why: str) -> None:
    with pytest.raises(OutOfReachError, match=why) as refused:
        typist.answer(ref, "1")
    assert refused.value.what.startswith(ref.partition("[")[0])


def test_what_the_window_refuses_is_told_with_its_question(window: VisitWindow, typist: Typist) -> None:
    ref = "/data/application/request/requested_amount"
    with pytest.raises(OutOfReachError, match="这不是数字") as refused:
        typist.answer(ref, "abc")
    assert refused.value.what == ref
    typist.answer(ref, "12000")
    assert value(window, ref) == "12000"


def test_answers_are_corrected_and_taken_back(window: VisitWindow, typist: Typist) -> None:
    purpose, method = "/data/application/purpose/purpose_declared", "/data/application/request/repayment_method"
    for text in ("添两台冰柜 2 台", "进货", ""):
        typist.answer(purpose, text)
        assert value(window, purpose) == text
    for text in ("equal_instalment", "principal_schedule", ""):
        typist.answer(method, text)
        assert value(window, method) == text


def test_rows_of_a_list_are_added_turned_to_and_removed(window: VisitWindow, typist: Typist) -> None:
    items = ("房租", "水电", "工资")
    for number, item in enumerate(items, 1):
        if number > 1:
            typist.add_instance(COSTS)
        typist.answer(f"{COSTS}[{number}]/cost_item", item)
    typist.answer(f"{COSTS}[1]/cost_item", "店面房租")
    typist.remove_instance(f"{COSTS}[2]")
    typist.answer(f"{COSTS}[2]/cost_item", "两人工资")
    assert [value(window, f"{COSTS}[{number}]/cost_item") for number in (1, 2)] == ["店面房租", "两人工资"]
    assert int(session(window).answers()[COSTS]) == 2


def test_nothing_under_a_cover_can_be_clicked(window: VisitWindow, typist: Typist, speech: Speech) -> None:
    row = typist.question("/data/application/request/term_months")
    assert row.field is not None
    editor = row.field.focusProxy()
    assert editor is not None
    window.cover(Text(speech, Verbatim("已锁定")))
    with pytest.raises(OutOfReachError):
        typist.click(editor)
    window.uncover()
    typist.click(editor)
    assert row.isAncestorOf(typist.focused())


def test_tab_goes_where_the_eye_goes(window: VisitWindow, typist: Typist) -> None:
    """Also through rows and lists that came up later, and out of the page at its end; back by Shift+Tab."""
    typist.answer(f"{DEBTS}/has_debts", "yes")
    typist.answer(f"{DEBTS}/debt[1]/debt_creditor", "农商行")
    typist.answer(f"{DEBTS}/has_outflows", "yes")
    typist.answer(f"{DEBTS}/has_debts", "no")
    typist.answer(f"{DEBTS}/has_debts", "yes")
    typist.settle()
    page = next(one for one in window.findChildren(SectionView) if one.isVisible())
    rows = [row for row in page.rows() if row.can_be_typed_in]
    page.focus_question(rows[0].question.ref)
    there = _walk(page, typist, Qt.Key.Key_Tab)
    assert [row.question.ref for row in rows] == _in_turn(page, there)
    page.focus_question(rows[-1].question.ref)
    back = _walk(page, typist, Qt.Key.Key_Backtab)
    assert [row.question.ref for row in reversed(rows)] == _in_turn(page, back)
    heights = [widget.mapTo(window, QPoint(0, 0)).y() - page.widget().y() for widget in there]
    assert len(set(heights)) > len(rows) // 2


@pytest.mark.parametrize(
    ("opener", "answer", "first"),
    [
        ("/data/business/more_business", "customers", "/data/business/customer[1]/customer_name"),
        ("/data/signs/more_signs", "payroll meters", "/data/signs/payroll/payroll_persons"),
        ("/data/sales/has_seasons", "yes", "/data/sales/month_factor[1]/month_level"),
        ("/data/asked_again/more_accounts", "spouse", "/data/asked_again/account_spouse/spouse_sales"),
        ("/data/shots/more_visit", "yes", "/data/shots/visit_block/visited_on"),
    ],
)
def test_enter_leads_into_what_an_answer_opens(
    window: VisitWindow, typist: Typist, opener: str, answer: str, first: str
) -> None:
    """Parts that were closed are made when they open: the keyboard must find them at once."""
    typist.answer(opener, answer)
    page = next(one for one in window.findChildren(SectionView) if one.isVisible())
    assert page.current_ref() == first
    typist.answer(opener, "" if answer != "yes" else "no")
    assert first not in {row.question.ref for row in page.rows() if row.isVisible()}


def _walk(page: SectionView, typist: Typist, key: Qt.Key) -> list[QWidget]:
    """What has the keyboard in turn, until it leaves the page."""
    seen: list[QWidget] = []
    while page.isAncestorOf(typist.focused()) and len(seen) < 100:
        seen.append(typist.focused())
        typist.press(key)
    assert QApplication.focusWidget() is not None
    assert not page.isAncestorOf(typist.focused()), "Tab leads out of the page"
    return seen


def _in_turn(page: SectionView, seen: list[QWidget]) -> list[str]:
    """The questions, each once when the keyboard comes into it."""
    refs = [next((row.question.ref for row in page.rows() if row.isAncestorOf(one)), "") for one in seen]
    return [ref for place, ref in enumerate(refs) if ref and (place == 0 or refs[place - 1] != ref)]
