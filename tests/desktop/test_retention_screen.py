"""Keeping and deleting in the window: the list says why, the keyboard is enough, the certificates can be saved."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from officer_app.base.words import PSEUDO
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.confirmed import note_time
from officer_app.casework.deleting import read_certificate
from officer_app.casework.visits import begin_visit
from officer_app.desktop.screens.retention.screen import RetentionScreen
from officer_app.desktop.screens.settings.screen import SettingsScreen
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of, founded
from tests.support.pseudo import untranslated
from tests.support.typing import press, type_text
from tests.support.window import Window

NAMES = ("欧阳秀兰测试", "司马建国测试")


@pytest.fixture(scope="module")
def drafts_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    """Two drafts of half a year ago, by head office's time."""
    clock, folder = HandClock(), tmp_path_factory.mktemp("drafts")
    demo = founded(folder, clock)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        for name in NAMES:
            begin_visit(desk, open_case(desk, NewCase(name)).id)
        clock.move(days=200)
        with desk.vault.writing() as tx:
            note_time(tx, clock.now())
    return folder / "demo", clock


@pytest.fixture
def start(
    qtbot: QtBot, drafts_once: tuple[Path, HandClock], tmp_path: Path
) -> Iterator[Callable[..., tuple[Window, RetentionScreen]]]:
    shutil.copytree(drafts_once[0], tmp_path / "demo")
    demo, clock, windows = Demo(tmp_path / "demo"), HandClock(drafts_once[1].time), []

    def begin(role: Role = Role.OFFICER, language: str = "zh_CN") -> tuple[Window, RetentionScreen]:
        window = Window(qtbot, demo.data(role), clock, language=language)
        windows.append(window)
        window.sign_in(PASSPHRASE)
        return window, window.open("retention", RetentionScreen)

    yield begin
    for window in windows:
        window.close()


def cells(screen: RetentionScreen) -> list[list[str]]:
    model = screen.table.model()
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_it_is_reached_from_the_settings_and_says_what_may_go(
    start: Callable[..., tuple[Window, RetentionScreen]],
) -> None:
    window, _ = start()
    settings = window.open("settings", SettingsScreen)
    settings.retention.open.click()
    window.settle()
    screen = window.screen()
    assert isinstance(screen, RetentionScreen)
    assert [row[3] for row in cells(screen)] == ["可以删除", "可以删除"]
    assert screen.delete.text().startswith("彻底删除 2 份案卷")
    assert not screen.delete.isEnabled(), "without the password nothing is deleted"
    assert not screen.subject.hold.isVisible(), "an officer sets no hold"


def test_deleted_by_keys_alone_with_certificates_that_hold(
    start: Callable[..., tuple[Window, RetentionScreen]], tmp_path: Path
) -> None:
    window, screen = start()
    screen.box.setFocus()
    type_text(screen.box.line, PASSPHRASE)
    press(screen.box.line, Qt.Key.Key_Return)
    window.settle()
    window.settle()
    assert window.told("deleted")
    assert cells(screen) == []
    assert screen.box.passphrase() == ""
    assert screen.deleted.model().rowCount() == len(NAMES)
    screen.save_certificates(tmp_path / "proofs")
    window.settle()
    root = window.application.work.desk.institution.root  # type: ignore[union-attr]  # signed in, enrolled
    proofs = [read_certificate(path, root) for path in sorted((tmp_path / "proofs").glob("*.json"))]
    assert len(proofs) == len(NAMES)
    for proof in proofs:
        assert not any(name.encode() in proof.record_bytes for name in NAMES)


def test_a_wrong_password_is_told_and_deletes_nothing(start: Callable[..., tuple[Window, RetentionScreen]]) -> None:
    window, screen = start()
    screen.box.line.setText("not the password")
    screen.start()
    window.settle()
    assert window.told("fault:WRONG_PASSPHRASE")
    assert len(cells(screen)) == len(NAMES)


def test_a_withdrawn_consent_is_said_with_a_reason(start: Callable[..., tuple[Window, RetentionScreen]]) -> None:
    window, screen = start()
    screen.table.selectRow(0)
    assert not screen.subject.end.isEnabled()
    screen.subject.reason.line.setText("客户来电要求删除")
    screen.subject.end.click()
    window.settle()
    window.settle()
    assert "已撤回同意" in {row[1] for row in cells(screen)}


def test_a_manager_without_cases_sees_what_the_place_is_for(
    start: Callable[..., tuple[Window, RetentionScreen]],
) -> None:
    _, screen = start(Role.MANAGER)
    assert not screen.table.isVisible()
    assert not screen.delete.isVisible()
    assert screen._empty.isVisible()


def test_every_word_of_it_is_translated(start: Callable[..., tuple[Window, RetentionScreen]]) -> None:
    window, screen = start()
    window.appearance.speech.set_language(PSEUDO)
    screen.table.selectRow(0)
    window.settle()
    assert untranslated(window.shell) == []
