"""A second start on a data folder that is open brings the first window to the front, unlocks nothing, and ends."""

from __future__ import annotations

import json
import os
import random
import secrets
import signal
import stat
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import QDeadlineTimer, Qt
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from officer_app.base.paths import default_data_folder, settings_folder
from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.desktop.app import single
from officer_app.desktop.app.single import LONGEST, Single, bring_to_front, identity, ring_with, token_of
from officer_app.desktop.app.start import ALREADY_OPEN
from tests.support.vaults import LOGIN, PASSPHRASE, StillClock, vault_folder
from tests.support.window import Window

PATIENCE_S = 60


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A person's own folders, for this process and those it starts: a vault where the program looks for it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    folder = default_data_folder()
    assert tmp_path in folder.parents
    folder.parent.mkdir(parents=True)
    vault_folder(folder.parent).rename(folder)
    # As short as a person's: the test's own folder may be too long for a socket.
    with tempfile.TemporaryDirectory() as config:
        monkeypatch.setenv("XDG_CONFIG_HOME", config)
        yield folder


def _start(*words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "officer_app", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _end(program: subprocess.Popen[str]) -> tuple[int, str]:
    try:
        said, _ = program.communicate(timeout=PATIENCE_S)
    finally:
        program.kill()
        program.communicate()
    return program.returncode, said.strip()


@contextmanager
def _open_window(home: Path) -> Iterator[subprocess.Popen[str]]:
    """The program in a process of its own, once it hears its bell."""
    program = _start()
    try:
        patience = QDeadlineTimer(PATIENCE_S * 1000)
        while not Single(home, settings_folder()).ring(patience_ms=100):
            assert program.poll() is None
            assert not patience.hasExpired()
        yield program
    finally:
        program.kill()
        program.communicate()


def _bell(home: Path) -> Path:
    return settings_folder() / f"{identity(home)}.bell"


def test_a_second_process_says_so_and_ends_well_and_the_first_goes_on(home: Path) -> None:
    with _open_window(home) as first:
        assert stat.S_IMODE(_bell(home).stat().st_mode) & 0o077 == 0, "others may ring"
        code, said = _end(_start())
        assert (code, first.poll()) == (0, None)
        assert said in {say(ALREADY_OPEN, language) for language in (CHINESE, ENGLISH)}
        first.send_signal(signal.SIGTERM)
        assert first.wait(PATIENCE_S) == 0
    assert not _bell(home).exists(), "a window that was closed leaves no bell"


def test_what_a_killed_window_left_keeps_nobody_out(home: Path) -> None:
    with _open_window(home) as first:
        os.kill(first.pid, signal.SIGKILL)
        first.wait(PATIENCE_S)
    assert _bell(home).exists(), "the socket of the dead is what this is about"
    with _open_window(home) as next_one:
        assert next_one.poll() is None
        assert _end(_start())[0] == 0


def test_in_a_home_too_long_for_a_socket_the_bell_rings_too(qtbot: QtBot, tmp_path: Path) -> None:
    long = tmp_path / ("x" * 120)
    claim, rung = Single(tmp_path, long), []
    claim.rung.connect(rung.append)
    assert claim.claim()
    claim.listen()
    caller = QLocalSocket()
    caller.connectToServer(Single(tmp_path, long)._name)
    assert caller.waitForConnected(5_000)
    socket = Path(caller.fullServerName())
    assert socket.is_absolute()
    caller.write(ring_with("abc"))
    qtbot.waitUntil(lambda: rung == ["abc"], timeout=10_000)
    assert stat.S_IMODE(socket.stat().st_mode) & 0o077 == 0, "others may ring"
    claim.release()
    assert not socket.exists()


@pytest.fixture
def window(qtbot: QtBot, home: Path) -> Iterator[Window]:
    opened = Window(qtbot, home, StillClock())
    claim = Single(home, settings_folder())
    assert claim.claim()
    claim.rung.connect(lambda token: bring_to_front(opened.shell, token))
    claim.listen()
    yield opened
    claim.release()
    claim.deleteLater()
    opened.close()


def _rung_by_another(window: Window) -> tuple[int, str]:
    program = _start()
    window.until(lambda: program.poll() is not None)
    return _end(program)


def test_the_window_comes_back_from_the_taskbar_with_the_work_in_it(window: Window) -> None:
    window.sign_in(PASSPHRASE)
    window.shell.showMinimized()
    assert _rung_by_another(window)[0] == 0
    assert not window.shell.isMinimized()
    assert window.shell.isVisible()
    assert not window.shell.is_covered()
    window.until(window.shell.isActiveWindow)


def test_a_locked_window_comes_back_locked(window: Window) -> None:
    window.sign_in(PASSPHRASE)
    window.application.lock()
    window.shell.showMinimized()
    assert _rung_by_another(window)[0] == 0
    assert not window.shell.isMinimized()
    assert window.shell.is_covered()
    assert window.entrance().isVisible()


def test_a_maximised_window_stays_so(window: Window) -> None:
    window.shell.setWindowState(Qt.WindowState.WindowMaximized | Qt.WindowState.WindowMinimized)
    assert _rung_by_another(window)[0] == 0
    assert window.shell.isMaximized()


def test_a_command_without_a_window_is_refused_as_ever(window: Window, home: Path, tmp_path: Path) -> None:
    window.sign_in(PASSPHRASE)
    window.shell.showMinimized()
    (tmp_path / "password").write_text(PASSPHRASE)
    access = ["--data", str(home), "--user", LOGIN, "--passphrase-file", str(tmp_path / "password")]
    code, said = _end(_start("vault", "verify", *access, "--json"))
    assert (code, json.loads(said)["error"]["code"]) == (1, "VAULT_IN_USE")
    assert window.shell.isMinimized(), "nobody asked for the window"


def test_one_folder_has_one_name_by_whatever_way_it_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "data")
    assert identity(tmp_path / "link") == identity(tmp_path / "data" / ".." / "data")
    assert identity(tmp_path / "data") != identity(tmp_path)


def test_another_folder_is_another_window(tmp_path: Path) -> None:
    claims = [Single(tmp_path / name, tmp_path) for name in ("one", "two", "one")]
    assert [claim.claim() for claim in claims] == [True, True, False]
    claims[0].release()
    assert claims[2].claim()
    for claim in claims:
        claim.release()


def test_a_home_that_takes_nothing_still_opens_a_window(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    claim = Single(tmp_path, tmp_path / "file" / "below")
    assert claim.claim()
    claim.listen()
    claim.release()


def test_a_first_window_that_does_not_answer_keeps_nobody_waiting_for_ever(tmp_path: Path) -> None:
    first, second = Single(tmp_path, tmp_path), Single(tmp_path, tmp_path)
    assert first.claim()
    assert not second.claim()
    assert not second.ring(patience_ms=200)
    first.release()


# --- what comes through the bell ------------------------------------------------------------------------------------


@pytest.mark.parametrize("token", ["", "gnome-shell/Files/1234-2-laptop_TIME345678", "9f3c-1", "x" * 200])
def test_a_ring_is_read_as_it_was_written(token: str) -> None:
    assert token_of(ring_with(token)) == token


@pytest.mark.parametrize("token", ["x" * 201, "a b", "a\nfirsthand raise ", "令牌", "a\0", "\udcff"])
def test_a_token_that_no_shell_gives_is_left_out(token: str) -> None:
    assert token_of(ring_with(token)) == ""


def test_nothing_but_a_ring_is_taken_for_one() -> None:
    """Two hundred thousand changes of a good line, and noise: never an error, never more than a token."""
    seed = secrets.randbelow(10**9)
    chance = random.Random(seed)  # noqa: S311  picks bytes
    good, taken = ring_with("abc"), 0
    for _ in range(200_000):
        line = bytearray(good)
        for _ in range(chance.randrange(1, 4)):
            at = chance.randrange(len(line) + 1)
            line[at : at + chance.randrange(2)] = chance.randbytes(chance.randrange(3))
        token = token_of(bytes(line))
        if token is not None:
            taken += 1
            assert ring_with(token) == bytes(line), seed
    for size in (0, 1, LONGEST, LONGEST + 1, 100_000):
        assert token_of(chance.randbytes(size)) is None, seed
    assert 0 < taken < 100_000, "both kinds were tried"


@pytest.mark.parametrize(
    "sent",
    [b"firsthand open\n", b"\0" * 50, b"x" * 2_000_000, b"firsthand raise \n" * 1_000, b"{}\n"],
    ids=["another word", "nothing but noughts", "two megabytes", "a thousand rings", "json"],
)
def test_a_caller_with_anything_else_is_hung_up_on(qtbot: QtBot, tmp_path: Path, sent: bytes) -> None:
    claim, rung = Single(tmp_path, tmp_path), []
    claim.rung.connect(rung.append)
    assert claim.claim()
    claim.listen()
    caller = QLocalSocket()
    caller.connectToServer(claim._name)
    assert caller.waitForConnected(5_000)
    caller.write(sent)
    qtbot.waitUntil(lambda: caller.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
    assert rung == []
    assert Single(tmp_path, tmp_path).claim() is False, "the window is still there"
    claim.release()


def test_a_caller_who_says_nothing_is_hung_up_on(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(single, "_CALLER_MS", 50)
    claim = Single(tmp_path, tmp_path)
    assert claim.claim()
    claim.listen()
    caller = QLocalSocket()
    caller.connectToServer(claim._name)
    assert caller.waitForConnected(5_000)
    caller.write(b"firsthand")
    qtbot.waitUntil(lambda: caller.state() is QLocalSocket.LocalSocketState.UnconnectedState, timeout=10_000)
    claim.release()
