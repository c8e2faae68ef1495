"""Help over the window: F1 anywhere, a word finds the page, and back to where the keyboard was."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLineEdit, QTableWidget, QTableWidgetItem
from pytestqt.qtbot import QtBot

from officer_app.base.words import CHINESE, ENGLISH, message
from officer_app.desktop.app.helping import Helping
from officer_app.desktop.app.shell import Shell
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.screens.help.pages import read_pages
from officer_app.desktop.screens.help.sheet import HelpSheet
from officer_app.desktop.screens.new_case.screen import NewCaseScreen
from tests.support.typing import focused, press, type_text
from tests.support.vaults import PASSPHRASE, StillClock, vault_folder
from tests.support.window import Window
from tests.support.windows import in_window

Open = Callable[[Path], Window]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Open]:
    opened: list[Window] = []

    def begin(folder: Path) -> Window:
        opened.append(Window(qtbot, folder, StillClock()))
        return opened[-1]

    yield begin
    for window in opened:
        window.close()


@pytest.fixture
def sheet(qtbot: QtBot, speech: Speech) -> HelpSheet:
    made = HelpSheet(speech)
    in_window(qtbot, made, 1093, 614)
    made.turn_to("visit")
    return made


def _shown(sheet: HelpSheet) -> str:
    page = sheet.reader.page()
    assert page is not None
    return page.name


def _bold_in_text(sheet: HelpSheet) -> set[str]:
    found, block = set(), sheet.reader.document().begin()
    while block.isValid():
        piece = block.begin()
        while not piece.atEnd():
            if piece.fragment().charFormat().fontWeight() >= QFont.Weight.Bold:
                found.add(piece.fragment().text())
            piece += 1
        block = block.next()
    return found


def _open(window: Window) -> bool:
    return window.application.helping.sheet is not None


def test_help_opens_by_f1_and_comes_back_to_the_keyboard(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "张桂")
    for leave in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
        press(focused(), Qt.Key.Key_F1)
        sheet = window.application.helping.sheet
        assert sheet is not None
        window.until(sheet.isVisible)
        window.until(sheet.search.hasFocus)
        press(focused(), Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
        assert sheet.isVisible(), "keys of the window rest under help"
        press(focused(), leave)
        assert not _open(window)
        window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "芬")
    assert screen.fields["applicant"].line.text() == "张桂芬"  # type: ignore[attr-defined]  # a LineField


def test_help_lies_over_sign_in_and_gives_the_password_box_back(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    entrance = window.entrance()
    window.until(entrance.box.line.hasFocus)
    press(focused(), Qt.Key.Key_F1)
    assert window.application.helping.sheet is not None
    press(focused(), Qt.Key.Key_F1)
    assert window.shell.is_covered(), "sign-in is still up"
    window.until(entrance.box.line.hasFocus)
    window.sign_in(PASSPHRASE)
    assert window.application.work is not None


def test_the_lock_takes_help_away_and_unlocking_leads_to_the_work(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    window.shell.rail.button("help").click()
    assert _open(window)
    window.application.lock()
    assert not _open(window)
    window.give(PASSPHRASE)
    window.until(lambda: not window.shell.is_covered())
    assert screen.isVisible()


def test_a_cell_that_is_being_edited_gives_the_keyboard_back_to_its_table(qtbot: QtBot, speech: Speech) -> None:
    shell = Shell(speech, message("Help"))
    qtbot.addWidget(shell)
    table = QTableWidget(1, 1)
    shell.cover(table)
    shell.show()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is shell)
    helping = Helping(shell, speech)
    table.setFocus()
    cell = QTableWidgetItem("12")
    table.setItem(0, 0, cell)
    table.editItem(cell)
    qtbot.waitUntil(lambda: isinstance(focused(), QLineEdit))
    helping.open()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    helping.leave()
    qtbot.waitUntil(table.hasFocus)
    assert cell.text() == "12"


def test_the_page_nearest_to_the_place_opens_first(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    window.shell.open("exchange")
    window.application.helping.open()
    sheet = window.application.helping.sheet
    assert sheet is not None
    assert _shown(sheet) == "stores"
    window.application.helping.leave()


def test_typing_turns_to_the_page_and_marks_the_word(sheet: HelpSheet) -> None:
    type_text(sheet.search, "sftp")
    press(sheet.search, Qt.Key.Key_Return)
    assert _shown(sheet) == "stores"
    assert sheet.reader.textCursor().selectedText().casefold() == "sftp"
    assert sheet.reader.hasFocus()


def test_nothing_found_is_said_and_the_page_stays(sheet: HelpSheet) -> None:
    type_text(sheet.search, "qqqqqq")
    press(sheet.search, Qt.Key.Key_Return)
    assert sheet.list.isHidden()
    assert _shown(sheet) == "visit"
    left: list[None] = []
    sheet.closed.connect(lambda: left.append(None))
    press(sheet.search, Qt.Key.Key_Escape)
    assert sheet.list.count() > 1
    assert not left
    press(sheet.search, Qt.Key.Key_Escape)
    assert left


def test_a_link_is_followed_by_keys_and_gone_back_from(sheet: HelpSheet) -> None:
    sheet.turn_to("decision")
    sheet.reader.setFocus()
    press(sheet.reader, Qt.Key.Key_Tab)
    press(sheet.reader, Qt.Key.Key_Return)
    assert _shown(sheet) == "stores"
    press(focused(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _shown(sheet) == "decision"
    press(focused(), Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _shown(sheet) == "visit"
    assert not sheet.back.isEnabled()


def test_the_page_follows_the_language(sheet: HelpSheet, speech: Speech) -> None:
    for language, word in ((ENGLISH, "The visit"), (CHINESE, "实地调查")):
        speech.set_language(language)
        assert sheet.reader.toPlainText().startswith(word)
        assert sheet.list.item(1).text() == word


def test_no_page_is_wider_than_the_smallest_window(sheet: HelpSheet) -> None:
    for row in range(sheet.list.count()):
        sheet.list.setCurrentRow(row)
        QApplication.processEvents()
        wide = sheet.reader.document().size().width()
        assert wide <= sheet.reader.viewport().width(), _shown(sheet)


def test_no_sign_of_markdown_is_left_over(sheet: HelpSheet, speech: Speech) -> None:
    """Between Chinese characters bold may fail to end: what was meant as a button runs on, or its stars are seen."""
    for language in (ENGLISH, CHINESE):
        speech.set_language(language)
        for page in read_pages(language):
            sheet.turn_to(page.name)
            meant = re.findall(r"(?<!`)\*\*([^*`]+)\*\*", page.text)
            assert _bold_in_text(sheet) >= {*meant}, page.name


def test_help_costs_the_start_nothing() -> None:
    code = "import officer_app.desktop.app.start, sys; print('officer_app.desktop.screens.help.sheet' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, timeout=120)
    assert done.stdout.strip() == "False"
