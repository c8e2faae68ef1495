"""Signing in: wrong passwords, broken folders, the first run, and the lock."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, message, say
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.screens.new_case.screen import NewCaseScreen
from officer_app.desktop.screens.signin.entrance import Entrance
from officer_app.desktop.screens.signin.setup import Recovery, Welcome
from officer_app.vault.layout import Layout
from officer_app.vault.locking import FolderLock
from tests.support.typing import focused, press, type_text
from tests.support.vaults import LOGIN, PASSPHRASE, RECOVERY, StillClock, vault_folder
from tests.support.window import Window
from tests.support.windows import in_window

Open = Callable[[Path], Window]


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture
def start(qtbot: QtBot, clock: StillClock) -> Iterator[Open]:
    opened: list[Window] = []

    def begin(folder: Path) -> Window:
        opened.append(Window(qtbot, folder, clock))
        return opened[-1]

    yield begin
    for window in opened:
        window.close()


def test_one_person_signs_in_with_the_password_alone(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    assert not window.entrance().fault.words()
    window.sign_in(PASSPHRASE)
    work = window.application.work
    assert work is not None
    assert work.desk.user.login == LOGIN


@pytest.mark.parametrize(("logins", "entered"), [((LOGIN,), [[LOGIN, PASSPHRASE]]), ((LOGIN, "other"), [])])
def test_enter_before_the_names_are_read_counts_for_the_only_one(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, logins: tuple[str, ...], entered: list[list[str]]
) -> None:
    appearance = Appearance(qapp, Preferences(tmp_path / "window.json"), bundled_fonts=True)
    entrance = Entrance(appearance, message("Sign in"))
    in_window(qtbot, entrance)
    asked: list[list[str]] = []
    entrance.entered.connect(lambda *given: asked.append(list(given)))
    type_text(entrance.box.line, PASSPHRASE)
    press(entrance.box.line, Qt.Key.Key_Return)
    assert asked == []
    entrance.show_people(logins)
    assert asked == entered
    assert entrance.box.passphrase() == PASSPHRASE


def test_a_wrong_password_is_said_and_marked_for_overtyping(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.give("not this one")
    entrance = window.entrance()
    assert entrance.fault.words() == say(Fault(Code.WRONG_PASSPHRASE).sentence, CHINESE)
    assert entrance.box.line.selectedText() != ""
    assert entrance.button.isEnabled()


def test_too_many_wrong_ones_are_counted_down_and_nothing_is_lost(
    start: Open, clock: StillClock, tmp_path: Path
) -> None:
    window = start(vault_folder(tmp_path))
    for _ in range(4):
        window.give("not this one")
    entrance = window.entrance()
    assert entrance.waiting() == 5
    assert "5" in entrance.fault.words()
    assert not entrance.button.isEnabled()
    assert entrance.box.passphrase() == "not this one"
    press(entrance.box.line, Qt.Key.Key_Return)
    assert entrance.waiting() == 5, "Enter must not jump the queue"
    entrance._clock.setInterval(1)
    clock.pass_time(6)
    window.until(entrance.button.isEnabled)
    assert entrance.waiting() == 0
    window.sign_in(PASSPHRASE)


def test_a_broken_keyring_is_a_sentence_and_trying_again_helps(start: Open, tmp_path: Path) -> None:
    folder = vault_folder(tmp_path)
    ring = Layout(folder).keyring
    whole = ring.read_bytes()
    ring.write_bytes(b"{}")
    window = start(folder)
    entrance = window.entrance()
    assert entrance.fault.words() == say(Fault(Code.VAULT_BROKEN, file="keyring.json").sentence, CHINESE)
    assert not entrance.button.isVisible()
    assert ring.read_bytes() == b"{}", "a broken folder is left as it is"
    ring.write_bytes(whole)
    entrance._again.click()
    window.settle()
    window.sign_in(PASSPHRASE)


def test_a_folder_that_is_open_elsewhere_is_a_sentence(start: Open, tmp_path: Path) -> None:
    folder = vault_folder(tmp_path)
    window = start(folder)
    elsewhere = FolderLock(Layout(folder).lock)
    window.give(PASSPHRASE)
    assert window.entrance().fault.words() == say(Fault(Code.VAULT_IN_USE).sentence, CHINESE)
    elsewhere.release()
    window.entrance()._again.click()
    window.settle()
    window.sign_in(PASSPHRASE)


def test_the_recovery_code_opens_with_a_new_password(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.entrance()._recovery.click()
    window.settle()
    sheet = window.sheet(Recovery)
    sheet.code.show_value(RECOVERY)
    sheet.code.line.setText(RECOVERY)
    for box in (sheet.first, sheet.second):
        box.line.setText("a new honest day")
    sheet.button.click()
    window.until(lambda: not window.shell.is_covered())


def test_without_data_there_are_two_ways(start: Open, tmp_path: Path) -> None:
    window = start(tmp_path / "data")
    welcome = window.sheet(Welcome)
    assert welcome.demo.isVisible()
    assert welcome.setup.isVisible()
    assert not (tmp_path / "data").exists(), "looking must not make anything"


def test_lock_and_unlock_keep_what_is_being_typed(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    screen = window.open("new_case", NewCaseScreen)
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "张桂")
    window.application.lock()
    assert window.shell.is_covered()
    window.give("wrong one here")
    assert window.shell.is_covered()
    window.shell.shortcuts.listed()
    press(window.entrance().box.line, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    assert window.shell.is_covered(), "keys of the window rest under the lock"
    window.give(PASSPHRASE)
    window.until(lambda: not window.shell.is_covered())
    assert screen.fields["applicant"].line.text() == "张桂"  # type: ignore[attr-defined]  # a LineField
    window.until(lambda: screen.fields["applicant"].isAncestorOf(focused()))
    type_text(focused(), "芬")
    assert screen.fields["applicant"].line.text() == "张桂芬"  # type: ignore[attr-defined]  # as above


def test_five_idle_minutes_lock_and_a_closed_lid_counts(start: Open, clock: StillClock, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    window.application.idle.touch()
    clock.pass_time(299)
    window.application.idle.look()
    assert not window.shell.is_covered()
    clock.moment = clock.moment.replace(hour=clock.moment.hour + 1)  # asleep: only the wall clock went on
    window.application.idle.look()
    assert window.shell.is_covered()
    assert isinstance(window.entrance(), Entrance)


def test_somebody_else_can_sign_in_at_the_lock(start: Open, tmp_path: Path) -> None:
    window = start(vault_folder(tmp_path))
    window.sign_in(PASSPHRASE)
    window.application.lock()
    window.entrance()._other.click()
    window.until(lambda: window.application.work is None and window.entrance().button.isEnabled())
    assert window.application.session.desk is None
    window.sign_in(PASSPHRASE)
