"""A list as a table: typed into like a spreadsheet, Excel pasted in, what is no answer marked and not kept."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from officer_app.base.words import PSEUDO, Verbatim
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.visits import Visit, begin_visit, resume_visit
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.questions.cell_reading import asked_in_cells, lines_of, placed, read_cell
from officer_app.desktop.questions.entry_table import EntryGrid, EntryTable
from officer_app.desktop.questions.noting import Noted
from officer_app.desktop.questions.section_view import SectionView
from officer_app.desktop.tour.typist import Typist
from officer_app.desktop.widgets.choice_cell import ChoiceCell
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.checklist_page import ChecklistPage
from tests.support.demo import HandClock, desk_of
from tests.support.layout import clipped
from tests.support.pseudo import untranslated
from tests.support.typing import focused, press, type_text
from tests.support.visit_window import VisitWindow
from tests.support.windows import shown

CONTROL = Qt.KeyboardModifier.ControlModifier
TODAY = date(2026, 10, 8)
DEBTS = """
| survey | | | | | | | |
| | type | name | label::中文 (zh) | label::English (en) | required | relevant | constraint |
| | begin_group | debts | 欠别人的 | Debts | | | |
| | text | first | 先问一句 | A first question | | | |
| | begin_repeat | debt | 欠款 | Debt | | | |
| | text | creditor | 欠谁的 | Creditor | yes | | |
| | decimal | balance | 还欠多少（元） | Balance (yuan) | yes | | . >= 0 |
| | select_one kind | kind | 对方是 | That is | | | |
| | date | due | 哪天到期 | Due on | | | |
| | text | bank | 哪家银行 | Which bank | | ${kind} = 'bank' | |
| | end_repeat | | | | | | |
| | text | last | 还有什么 | Anything else | | | |
| | end_group | | | | | | |
| choices | | | | |
| | list_name | name | label::中文 (zh) | label::English (en) |
| | kind | bank | 银行 | Bank |
| | kind | friend | 亲友 | Friends |
| settings | | | |
| | form_title | form_id | default_language |
| | 欠款 | debts | 中文 (zh) |
"""
REF = "/data/debts/debt"


@pytest.fixture
def page(qtbot: QtBot, speech: Speech) -> ChecklistPage:
    page = ChecklistPage(qtbot, speech, DEBTS)
    page.view.focus_question(f"{REF}[1]/creditor")
    press(focused(), Qt.Key.Key_F7)
    return page


def grid_of(page: ChecklistPage) -> EntryGrid:
    found = page.view.findChild(EntryGrid)
    assert found is not None
    return found


def cells(page: ChecklistPage) -> list[list[str]]:
    model = grid_of(page).model()
    return [
        [model.index(row, column).data() or "" for column in range(model.columnCount() - 1)]
        for row in range(model.rowCount())
    ]


def stand(page: ChecklistPage, row: int, column: int) -> None:
    grid = grid_of(page)
    grid.setFocus()
    grid.setCurrentIndex(grid.model().index(row, column))


def paste(page: ChecklistPage, text: str) -> None:
    QGuiApplication.clipboard().setText(text)
    press(grid_of(page), Qt.Key.Key_V, CONTROL)


def told(page: ChecklistPage) -> str:
    table = page.view.findChild(EntryTable)
    assert table is not None
    return table.complaint()


def settle() -> None:
    """Qt closes the editor with one event, and what was typed goes out with the next."""
    for _ in range(2):
        QApplication.processEvents()


def type_cell(text: str, end: Qt.Key = Qt.Key.Key_Return) -> None:
    """Type into the cell that the cursor is on, as the first key opens it."""
    press(focused(), Qt.Key.Key_F2)
    editor = focused()
    assert isinstance(editor, QLineEdit)
    type_text(editor, text)
    press(editor, end)
    settle()


def answers_of(desk: Desk, visit: Visit) -> dict[str, str]:
    """What the disk holds."""
    return dict(resume_visit(desk, visit.record.id).session.answers())


def test_the_key_turns_a_list_into_a_table_and_back(page: ChecklistPage) -> None:
    assert focused() is grid_of(page)
    assert cells(page) == [["", "", "", ""], ["", "", "", ""]], "an entry, and a row that waits for the next"
    assert "creditor" not in page.shown()
    press(focused(), Qt.Key.Key_F7)
    assert "creditor" in page.shown()
    assert not grid_of(page).isVisible()


def test_typing_writes_enter_goes_down_and_the_spare_row_becomes_an_entry(page: ChecklistPage) -> None:
    stand(page, 0, 1)
    type_cell("5*1200")
    assert grid_of(page).currentIndex().row() == 1
    type_cell("3万")
    assert page.session.peek(f"{REF}[1]/balance") == "6000"
    assert page.session.peek(f"{REF}[2]/balance") == "30000"
    assert page.session.count(REF) == 2
    page.session.undo()
    page.refresh()
    assert page.session.count(REF) == 1, "the entry and its figure were one change"


def test_a_choice_opens_its_list_and_a_question_that_is_asked_then_gets_a_column(page: ChecklistPage) -> None:
    stand(page, 0, 2)
    press(grid_of(page), Qt.Key.Key_F2)
    cell = focused()
    assert isinstance(cell, ChoiceCell)
    assert cell.offered() == ("bank", "friend")
    press(cell, Qt.Key.Key_Down)
    press(cell, Qt.Key.Key_Up)
    press(cell, Qt.Key.Key_Return)
    settle()
    assert page.session.peek(f"{REF}[1]/kind") == "bank"
    assert grid_of(page).model().columnCount() == 6


@pytest.mark.parametrize(("typed", "kept"), [("qy", "friend"), ("yin", "bank"), ("亲", "friend"), ("Y", "bank")])
def test_a_choice_is_found_by_a_part_its_pinyin_or_the_initials(page: ChecklistPage, typed: str, kept: str) -> None:
    """The first key opens the cell and counts; Enter takes what is marked and goes down."""
    stand(page, 0, 2)
    type_text(grid_of(page), typed[0]) if typed.isascii() else press(grid_of(page), Qt.Key.Key_F2)
    cell = focused()
    assert isinstance(cell, ChoiceCell)
    type_text(cell, typed[1:] if typed.isascii() else typed)
    assert cell.offered() == (kept,)
    press(cell, Qt.Key.Key_Return)
    settle()
    assert page.session.peek(f"{REF}[1]/kind") == kept
    assert grid_of(page).currentIndex().row() == 1


def test_what_is_not_among_the_choices_stays_in_its_cell_and_is_told(page: ChecklistPage) -> None:
    stand(page, 0, 2)
    press(grid_of(page), Qt.Key.Key_F2)
    type_text(focused(), "xyz")
    press(focused(), Qt.Key.Key_Return)
    settle()
    assert page.session.peek(f"{REF}[1]/kind") == ""
    assert told(page) == "有 1 格不是答案，已标 ■，没有保存。"


def test_a_choice_left_as_it_was_stays(page: ChecklistPage) -> None:
    page.session.set(f"{REF}[1]/kind", "friend")
    page.refresh()
    stand(page, 0, 2)
    for keys in ((Qt.Key.Key_Return,), (Qt.Key.Key_Escape,)):
        stand(page, 0, 2)
        press(grid_of(page), Qt.Key.Key_F2)
        for key in keys:
            press(focused(), key)
        settle()
        assert page.session.peek(f"{REF}[1]/kind") == "friend"


def test_a_note_is_written_at_a_cell_and_marks_it(page: ChecklistPage) -> None:
    """F5 in the table as on any question: the words stand under the table while the cursor is on the cell."""
    ref = f"{REF}[1]/balance"
    table = page.view.findChild(EntryTable)
    assert table is not None
    page.view.note_wanted.connect(page.view.open_note)
    kept: list[tuple[str, str, bool]] = []
    page.view.note_kept.connect(lambda *said: kept.append(said))
    stand(page, 0, 1)
    assert page.view.current_ref() == ref
    press(grid_of(page), Qt.Key.Key_F5)
    type_text(focused(), "借条没带")
    press(focused(), Qt.Key.Key_Return)
    assert kept == [(ref, "借条没带", False)]
    assert focused() is grid_of(page)
    page.around_noted[ref] = Noted("借条没带", not_seen=True, sentence=Verbatim("没看到：借条没带"))
    page.refresh()
    stand(page, 0, 1)
    assert table.noted() == "没看到：借条没带"
    assert grid_of(page).cell(grid_of(page).currentIndex()).noted
    stand(page, 0, 0)
    assert table.noted() == ""


def test_rows_of_excel_come_in_as_one_change(page: ChecklistPage) -> None:
    stand(page, 0, 0)
    paste(page, "弟弟\t60,000\t亲友\t2026/11/3\r\n农行\t¥12,000.50\t银行\t2027年3月1日\r\n老赵\t8000\t亲友\t\r\n")
    assert cells(page)[:3] == [
        ["弟弟", "60,000", "亲友", "2026-11-03", "—"],
        ["农行", "12,000.5", "银行", "2027-03-01", ""],
        ["老赵", "8,000", "亲友", "", "—"],
    ]
    assert told(page) == ""
    page.session.undo()
    page.refresh()
    assert cells(page) == [["", "", "", ""], ["", "", "", ""]]


def test_what_is_no_answer_stays_in_its_cell_and_is_told_and_never_stored(page: ChecklistPage) -> None:
    stand(page, 0, 0)
    paste(page, "弟弟\t六万多\t同学\t2026-13-40\n农行\t-5\t银行\t\n老赵\t(800)\t\t")
    assert told(page) == "有 4 格不是答案，已标 ■，没有保存。"
    assert cells(page)[0] == ["弟弟", "六万多", "同学", "2026-13-40", "—"]
    kept = page.session.answers()
    assert [kept.get(f"{REF}[1]/{name}") for name in ("balance", "kind", "due")] == [None, None, None]
    assert kept[f"{REF}[2]/balance"] == "-5", "outside what the form allows: kept and marked, as in its field"
    assert grid_of(page).cell(grid_of(page).model().index(1, 1)).wrong is not None
    assert f"{REF}[3]/balance" not in kept, "brackets are a loss in Excel and must not turn into a gain"
    stand(page, 0, 1)
    type_cell("60000")
    assert told(page) == "有 3 格不是答案，已标 ■，没有保存。"
    page.session.undo()
    page.session.undo()
    page.refresh()
    assert told(page) == ""


def test_headings_that_were_copied_along_say_which_column_is_which(page: ChecklistPage) -> None:
    stand(page, 0, 0)
    paste(page, "还欠多少\t欠谁的\n60000\t弟弟\n12000\t农行")
    assert [row[:2] for row in cells(page)] == [["弟弟", "60,000"], ["农行", "12,000"], ["", ""]]


def test_cells_beside_the_table_are_told(page: ChecklistPage) -> None:
    stand(page, 0, 3)
    paste(page, "2026-11-03\t多的\t也多")
    assert told(page) == "有 2 格超出表格，没有放进来。"


def test_a_row_goes_by_its_key_and_delete_empties_a_cell(page: ChecklistPage) -> None:
    stand(page, 0, 0)
    paste(page, "弟弟\t60000\n农行\t12000")
    stand(page, 0, 0)
    press(grid_of(page), Qt.Key.Key_Minus, CONTROL)
    assert [row[0] for row in cells(page)] == ["农行", ""]
    stand(page, 0, 1)
    press(grid_of(page), Qt.Key.Key_Delete)
    assert cells(page)[0][:2] == ["农行", ""]


def test_a_question_that_is_sought_is_found_in_its_cell_and_in_the_form_of_its_entry(page: ChecklistPage) -> None:
    stand(page, 0, 0)
    paste(page, "弟弟\t60000\n农行\t12000")
    assert page.view.focus_question(f"{REF}[2]/balance")
    index = grid_of(page).currentIndex()
    assert (index.row(), index.column()) == (1, 1)
    press(focused(), Qt.Key.Key_F7)
    assert page.view.focus_question(f"{REF}[1]/balance")
    assert page.field("balance").value() == "60000"
    assert page.view.focus_question(f"{REF}[2]/balance")
    assert page.field("balance").value() == "12000"


def test_down_below_the_last_row_leads_on(page: ChecklistPage) -> None:
    stand(page, 1, 0)
    press(grid_of(page), Qt.Key.Key_Down)
    assert page.row("last").field is not None
    assert page.row("last").isAncestorOf(focused())


def test_in_the_window_a_paste_is_saved_and_ctrl_z_takes_the_whole_of_it_back(
    qtbot: QtBot, speech: Speech, demo: Demo, clock: HandClock
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        visit = begin_visit(desk, open_case(desk, NewCase("罗秀芳")).id)
        window = shown(qtbot, VisitWindow(desk, speech), (1093, 614))
        window.show_visit(visit.case)
        costs = "/data/costs/operating_cost"
        Typist(window).question(f"{costs}[1]/cost_item")
        press(window.findChild(SectionView), Qt.Key.Key_F7)
        grid = next(one for one in window.findChildren(EntryGrid) if one.isVisible())
        grid.setFocus()
        grid.setCurrentIndex(grid.model().index(0, 0))
        before = answers_of(desk, visit)
        QGuiApplication.clipboard().setText("房租\t3000\n水电\t600\n工资\t9,000")
        press(grid, Qt.Key.Key_V, CONTROL)
        stored = answers_of(desk, visit)
        assert [stored[f"{costs}[{row}]/cost_amount"] for row in (1, 2, 3)] == ["3000", "600", "9000"]
        assert window.work.open_case is not None
        assert window.work.open_case.is_saved
        assert not clipped(window)
        press(grid, Qt.Key.Key_Z, CONTROL)
        assert answers_of(desk, visit) == before
        window.close()


def test_no_word_of_the_table_escapes_the_catalogues(page: ChecklistPage, speech: Speech) -> None:
    stand(page, 0, 0)
    paste(page, "弟弟\t六万多\t\t\t\t\t多")
    speech.set_language(PSEUDO)
    page.refresh()
    assert untranslated(page.view.window()) == []


def test_line_breaks_inside_quotes_belong_to_their_cell() -> None:
    assert lines_of('弟弟\t"住村东\n不急"\n农行\t12') == (("弟弟", "住村东\n不急"), ("农行", "12"))


def test_labels_are_read_in_the_language_of_the_window_and_days_with_their_time(page: ChecklistPage) -> None:
    block = next(one for one in page.session.section(page.section, "en").items if hasattr(one, "instances"))
    assert placed(block, (("a", "1.5", "Bank"),), 0, 0, TODAY, grows=True).answers == {
        f"{REF}[1]/creditor": "a",
        f"{REF}[1]/balance": "1.5",
        f"{REF}[1]/kind": "bank",
    }
    due = next(one for one in asked_in_cells(block) if one.name == "due")
    assert read_cell(due, "2026-10-08 00:00:00", TODAY) == "2026-10-08"
