"""The statements as spreadsheets: typed like in Excel, each cell an answer of the visit, totals at once."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from officer_app.base.words import PSEUDO
from officer_app.casework.desk import Desk
from officer_app.credit.figures import known
from officer_app.credit.vocabulary import VOCABULARY
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import Place
from officer_app.desktop.screens.statements.plan import PLAN, Lines, Statement
from officer_app.desktop.screens.statements.screen import StatementsScreen
from officer_app.desktop.widgets.sheet import SheetGrid
from tests.support.case_window import CaseWindow
from tests.support.furnished import Furnished
from tests.support.pseudo import untranslated
from tests.support.typing import press


@pytest.fixture
def desk(furnished: Furnished, tmp_path: Path) -> Iterator[Desk]:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        yield desk


@pytest.fixture
def window(qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished) -> CaseWindow:
    window = CaseWindow(desk, speech, furnished.cases["fruit"])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QTest.qWait(20)
    return window


def opened(window: CaseWindow, statement: Statement = Statement.BALANCE) -> StatementsScreen:
    screen = window.open(Place.STATEMENTS.value)
    assert isinstance(screen, StatementsScreen)
    QTest.qWait(20)
    for _ in range(list(Statement).index(statement)):
        press(screen, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    QTest.qWait(0)
    assert screen.shown is statement
    return screen


def grid(screen: StatementsScreen, name: str) -> SheetGrid:
    found = [one for one in screen.findChildren(SheetGrid) if one.isVisible() and one.accessibleName() == name]
    assert len(found) == 1, [one.accessibleName() for one in screen.findChildren(SheetGrid) if one.isVisible()]
    return found[0]


def texts(sheet: SheetGrid) -> list[list[str]]:
    model = sheet.model()
    return [
        [str(model.index(row, column).data() or "") for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def figure(text: str) -> Decimal:
    return Decimal(text.replace(",", "").replace("−", "-"))


def stand(sheet: SheetGrid, row: int, column: int) -> None:
    sheet.setFocus()
    sheet.setCurrentIndex(sheet.model().index(row, column))


def type_in(sheet: SheetGrid, text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Open the cell with F2, write over what stands there, and leave it."""
    QTest.keyClick(sheet, Qt.Key.Key_F2)
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    assert editor.selectedText() == editor.text()
    editor.insert(text)  # QTest types Latin letters alone
    QTest.keyClick(editor, end)
    QTest.qWait(20)


def test_every_cell_is_a_fact() -> None:
    for parts in PLAN.values():
        for part in parts:
            if isinstance(part, Lines):
                for line in part.lines:
                    assert line.fact in VOCABULARY, line
                    assert not line.source or line.source in VOCABULARY, line
            else:
                assert {f"{part.fact}.{name}" for name in (*part.columns, *part.totals)} <= set(VOCABULARY), part


def test_the_keyboard_begins_on_the_first_figure(window: CaseWindow) -> None:
    owned = grid(opened(window), "有什么")
    assert owned.hasFocus()
    assert (owned.currentIndex().row(), owned.currentIndex().column()) == (0, 1)


def test_a_sum_is_reckoned_stored_and_added_up(window: CaseWindow) -> None:
    screen = opened(window)
    owned = grid(screen, "有什么")
    before = Decimal(texts(owned)[-1][1].replace(",", ""))
    stand(owned, 0, 1)
    type_in(owned, "12*1500+500")
    # 21,000 becomes 18,500: 2,500 less in all.
    assert texts(owned)[0][1] == "18,500"
    assert Decimal(texts(owned)[-1][1].replace(",", "")) == before - 2500
    assert owned.currentIndex().row() == 1
    work = window.work.open_case
    assert work is not None
    assert known(work.findings.facts.assets.cash_on_hand) == Decimal(18_500)
    assert known(work.findings.assessment.balance_sheet.total_assets_declared) == before - 2500


def test_what_is_no_number_is_said_and_changes_nothing(window: CaseWindow) -> None:
    screen = opened(window)
    owned = grid(screen, "有什么")
    stand(owned, 0, 1)
    type_in(owned, "2万多")
    assert texts(owned)[0][1] == "21,000"
    assert "2万多" in screen.complaint


def test_the_first_character_opens_the_cell(window: CaseWindow) -> None:
    owned = grid(opened(window), "有什么")
    stand(owned, 0, 1)
    QTest.keyClicks(owned, "7")
    editor = QApplication.focusWidget()
    assert isinstance(editor, QLineEdit)
    QTest.keyClicks(editor, "00")
    QTest.keyClick(editor, Qt.Key.Key_Return)
    QTest.qWait(20)
    assert texts(owned)[0][1] == "700"


def test_escape_leaves_the_cell_as_it_was(window: CaseWindow) -> None:
    owned = grid(opened(window), "有什么")
    stand(owned, 0, 1)
    type_in(owned, "999", Qt.Key.Key_Escape)
    assert texts(owned)[0][1] == "21,000"


def test_undo_and_redo(window: CaseWindow) -> None:
    screen = opened(window)
    owned = grid(screen, "有什么")
    stand(owned, 0, 1)
    type_in(owned, "1")
    press(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert texts(owned)[0][1] == "21,000"
    press(screen, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert texts(owned)[0][1] == "1"


def test_the_empty_row_becomes_a_row(window: CaseWindow) -> None:
    screen = opened(window)
    owed = grid(screen, "欠什么")
    rows = texts(owed)
    assert rows[-2][0] == ""
    stand(owed, len(rows) - 2, 0)
    type_in(owed, "表哥", Qt.Key.Key_Tab)
    after = texts(owed)
    assert len(after) == len(rows) + 1
    assert after[-3][0] == "表哥"
    stand(owed, len(after) - 3, 2)
    type_in(owed, "5000")
    work = window.work.open_case
    assert work is not None
    debts = work.findings.facts.liabilities
    assert isinstance(debts, tuple)
    assert [debt.creditor for debt in debts][-1] == "表哥"
    assert known(debts[-1].balance) == Decimal(5000)


def test_a_row_goes_and_comes_back(window: CaseWindow) -> None:
    screen = opened(window, Statement.INCOME)
    costs = grid(screen, "经营费用")
    before = texts(costs)
    stand(costs, 0, 0)
    QTest.keyClick(costs, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert [row[0] for row in texts(costs)] == [row[0] for row in before[1:]]
    press(screen, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert texts(costs) == before


def test_a_block_from_excel_goes_in_and_out(window: CaseWindow) -> None:
    screen = opened(window, Statement.INCOME)
    costs = grid(screen, "经营费用")
    last = len(texts(costs)) - 2
    stand(costs, last, 0)
    QGuiApplication.clipboard().setText("网费\t120\r\n水果筐\t3*150\r\n")
    QTest.keyClick(costs, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.qWait(0)
    assert [row[:2] for row in texts(costs)[last : last + 2]] == [["网费", "120"], ["水果筐", "450"]]
    costs.clearSelection()
    model, selection = costs.model(), costs.selectionModel()
    for row in (last, last + 1):
        for column in (0, 1):
            selection.select(model.index(row, column), selection.SelectionFlag.Select)
    assert costs.copied() == "网费\t120\n水果筐\t450"


def test_enter_below_the_last_row_goes_on_to_the_next_grid(window: CaseWindow) -> None:
    screen = opened(window, Statement.INCOME)
    told, products = grid(screen, "自述销售"), grid(screen, "主要产品")
    stand(told, 1, 1)
    QTest.keyClick(told, Qt.Key.Key_Return)
    assert products.hasFocus()


def test_a_case_that_was_handed_over_takes_nothing(
    qtbot: QtBot, speech: Speech, desk: Desk, furnished: Furnished
) -> None:
    window = CaseWindow(desk, speech, furnished.cases["fruit"])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QTest.qWait(20)
    owned = grid(opened(window), "有什么")
    owned.show_sheet(owned.model().columns, owned.model().rows, editable=False)  # type: ignore[attr-defined]
    stand(owned, 0, 1)
    QTest.keyClicks(owned, "5")
    assert not isinstance(QApplication.focusWidget(), QLineEdit)


def test_income_statement_adds_up(window: CaseWindow) -> None:
    screen = opened(window, Statement.INCOME)
    rows = {
        row[0]: [Decimal(cell.replace(",", "").replace("−", "-")) for cell in row[1:]]
        for row in texts(grid(screen, "算下来"))
    }
    for place in range(3):
        gross = rows["采用的销售额"][place] + rows["销售成本"][place]
        assert abs(gross - rows["毛利"][place]) <= Decimal("0.01")
        profit = rows["毛利"][place] + rows["固定费用"][place] + rows["变动费用"][place]
        assert abs(profit - rows["经营利润"][place]) <= Decimal("0.02")
    assert abs(rows["经营利润"][2] - rows["经营利润"][1] * 12) <= Decimal("0.12")


@pytest.mark.parametrize("statement", list(Statement))
def test_no_text_is_left_untranslated(qtbot: QtBot, desk: Desk, furnished: Furnished, statement: Statement) -> None:
    window = CaseWindow(desk, Speech(PSEUDO), furnished.cases["fruit"])
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    QTest.qWait(20)
    assert untranslated(opened(window, statement)) == []


def test_totals_are_the_sum_of_their_column(window: CaseWindow) -> None:
    owed = grid(opened(window), "欠什么")
    rows = texts(owed)
    told = [Decimal(row[2].replace(",", "")) for row in rows[:-2] if row[2]]
    assert Decimal(rows[-1][2].replace(",", "")) == sum(told)
    assert rows[-1][0] == "合计"
