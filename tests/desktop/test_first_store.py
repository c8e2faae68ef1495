"""A store that needs a name and a password, set up in the first run: by every role, over real servers on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, Language
from officer_app.casework import stores
from officer_app.casework.firstrun import Stage
from officer_app.desktop.screens.intake.screen import IntakeScreen
from officer_app.desktop.screens.signin.joining import Joining
from officer_app.exchange.addresses import Credentials, StoreKind, read_address
from officer_app.exchange.opening import open_store
from officer_app.headoffice import stores as office_stores
from officer_app.headoffice.desk import open_desk
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.authority import new_authority
from tests.support.demo import HandClock
from tests.support.layout import clipped, nameless, too_small
from tests.support.newcomer import PASSWORD, answered, vault
from tests.support.servers import SECRET, SERVERS, Server, bad_line, badly_certified, free_port
from tests.support.typing import focused, press, type_text
from tests.support.window import Window

Open = Callable[[Path], Window]
Begun = Callable[[Server], "Newcomer"]
# Each kind of server, by some role each; with an authority of its own too.
EACH = {
    Role.OFFICER: "rclone-s3",
    Role.SECOND_OFFICER: "rclone-dav",
    Role.MANAGER: "openssh-sftp",
    Role.REVIEWER: "rclone-s3-tls",
    Role.AUDITOR: "rclone-dav-tls",
}


class Newcomer:
    """At the step where the store is asked for."""

    def __init__(self, window: Window, sheet: Joining) -> None:
        self.window = window
        self.sheet = sheet
        self.placing = sheet.placing

    def give(self, server: Server, files: Path, address: str = "") -> None:
        """What the server asks, by the keyboard: address if none stands there, name, secret; a file by its button."""
        known = server.credentials
        self._take_files(known, files)
        if address:
            press(self.placing.kind.buttons()[1], Qt.Key.Key_Space)
            self.placing.store.line.setFocus()
            self.placing.store.line.clear()
            type_text(focused(), address)
            press(focused(), Qt.Key.Key_Return)
        if not self.placing.way.name.isHidden():
            assert focused() is self.placing.way.name.line
            self.placing.way.name.line.clear()
            type_text(focused(), known.name)
            press(focused(), Qt.Key.Key_Return)
        assert focused() is self.placing.way.secret.line
        self.placing.way.secret.line.clear()
        type_text(focused(), known.secret)
        press(focused(), Qt.Key.Key_Return)
        self.window.until(self.sheet.go_on.isEnabled)
        self.window.settle()

    def _take_files(self, known: Credentials, files: Path) -> None:
        files.mkdir(exist_ok=True)
        for name, text in (("key", known.private_key), ("authority.pem", known.authority)):
            if text:
                (files / name).write_text(text)
                self.placing.use_key(files / name)


@pytest.fixture
def start(qtbot: QtBot, clock: HandClock) -> Iterator[Open]:
    opened: list[Window] = []

    def opens(folder: Path) -> Window:
        opened.append(Window(qtbot, folder, clock))
        return opened[-1]

    yield opens
    for window in opened:
        window.close()


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[Callable[[str], Server]]:
    with ExitStack() as running:
        yield lambda name: running.enter_context(SERVERS[name](tmp_path / name))


def _at_the_store(
    window: Window, demo: Demo, clock: HandClock, folder: Path, role: Role = Role.OFFICER, store: str = ""
) -> Newcomer:
    sheet = vault(window, role)
    type_text(sheet.branch.line, "城关网点")
    sheet.save_request(folder / "request.pem")
    window.settle()
    sheet.forward()
    window.settle()
    sheet.take_answer(answered(demo, (folder / "request.pem").read_bytes(), clock, store=store))
    window.until(lambda: sheet.step == Stage.FINGERPRINT)
    sheet.same.click()
    sheet.forward()
    window.settle()
    assert sheet.step == Stage.STORE
    return Newcomer(window, sheet)


@pytest.mark.parametrize("role", EACH)
def test_each_role_types_what_the_server_asks_and_nothing_more(
    start: Open, demo: Demo, clock: HandClock, serving: Callable[[str], Server], tmp_path: Path, role: Role
) -> None:
    """The address came with the answer; an SSH server's key is confirmed once; a file is taken where needed."""
    server = serving(EACH[role])
    url = server.url("" if read_address(server.url("")).kind is StoreKind.SFTP else "branch")
    window = start(tmp_path / "data")
    at = _at_the_store(window, demo, clock, tmp_path, role, store=url)
    assert at.placing.address() == read_address(url).text
    unknown = replace(server, credentials=replace(server.credentials, host_key=""))
    at.give(unknown, tmp_path / "files")
    if server.credentials.host_key:
        assert at.sheet.step == Stage.STORE
        assert "SHA256:" in at.sheet.fault.words()
        assert focused() is at.placing.way.confirm
        press(focused(), Qt.Key.Key_Space)
    window.until(lambda: at.sheet.step == Stage.READY)
    window.settle()
    work = window.application.work
    assert work is not None
    known = stores.credentials(work.desk, read_address(url))
    assert known is not None
    assert (known.secret, known.private_key) == (server.credentials.secret, server.credentials.private_key)
    at.sheet.exchange.click()
    window.settle()
    assert "交换完成" in at.sheet.fault.words()
    press(at.sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: not window.shell.is_covered())
    window.settle()
    window.close()
    _no_secret_lies_about(tmp_path, server)


def _no_secret_lies_about(folder: Path, server: Server) -> None:
    """Neither on the disk nor beside the vault: what lets one in lies in it encrypted, and nowhere else."""
    kept = [path for path in (*(folder / "data").rglob("*"), folder / "window.json") if path.is_file()]
    secrets = [text.encode() for text in (server.credentials.secret, server.credentials.private_key) if text]
    assert kept
    assert secrets
    assert [path.name for path in kept for secret in secrets if secret in path.read_bytes()] == []


def _wrong(name: str, running: ExitStack, folder: Path) -> tuple[str, Credentials]:
    s3 = running.enter_context(SERVERS["rclone-s3"](folder / "s3"))
    match name:
        case "unreached":
            return s3.url("x", free_port()), s3.credentials
        case "certificate":
            tls = running.enter_context(SERVERS["rclone-s3-tls"](folder / "tls"))
            return tls.url("x"), replace(tls.credentials, authority="")
        case "day":
            authority = new_authority()
            old = running.enter_context(badly_certified(folder / "old", authority, days=-1))
            return old.url("x"), replace(old.credentials, authority=authority.pem)
        case "refused":
            return s3.url("x"), replace(s3.credentials, secret="not this one")
        case "missing":
            return s3.url("x").replace("/bucket/", "/nobodys-bucket/"), s3.credentials
        case _:
            line = running.enter_context(bad_line(s3, told_time=b"20200101T000000Z"))[0]
            return line.url("x"), s3.credentials


FAULTS = {
    "unreached": Code.STORE_UNREACHED,
    "certificate": Code.STORE_CERTIFICATE,
    "day": Code.STORE_CERTIFICATE_DAY,
    "refused": Code.STORE_REFUSED,
    "missing": Code.STORE_PLACE_MISSING,
    "clock": Code.STORE_CLOCK,
}


def test_what_is_wrong_is_said_in_a_sentence_of_its_own_and_mended_on_the_spot(
    start: Open, demo: Demo, clock: HandClock, tmp_path: Path
) -> None:
    window = start(tmp_path / "data")
    at = _at_the_store(window, demo, clock, tmp_path)
    said: dict[str, str] = {}
    for name, code in FAULTS.items():
        with ExitStack() as running:
            address, known = _wrong(name, running, tmp_path / name)
            at.placing.way._authority = ""
            at.give(Server(name, address, 0, known), tmp_path / name, address)
        assert at.sheet.step == Stage.STORE, name
        place = read_address(address)
        assert at.sheet.fault.words() == window.appearance.speech.say(
            Fault(code, where=place.text, store=place.text, host=place.host).sentence
        ), name
        said[name] = at.sheet.fault.words()
    assert len(set(said.values())) == len(FAULTS)
    work = window.application.work
    assert work is not None
    assert stores.known_stores(work.desk) == (), "nothing that does not work is kept"
    with SERVERS["rclone-s3"](tmp_path / "right") as server:
        at.give(server, tmp_path / "files", server.url("x"))
        window.until(lambda: at.sheet.step == Stage.READY)
        kept = tuple((tmp_path / "right" / "bucket" / "x").rglob("*"))
        assert len([path for path in kept if path.is_file()]) == 1, "one small object is left, which no index names"


def _resumed(start: Open, folder: Path) -> tuple[Window, Joining]:
    """The program started again, and signed in to."""
    window = start(folder / "data")
    window.give(PASSWORD)
    window.until(lambda: bool([one for one in window.shell.findChildren(Joining) if one.isVisible()]))
    window.shell.activateWindow()  # as a window manager does with a new window
    window.until(lambda: QApplication.activeWindow() is window.shell)
    window.settle()
    return window, window.sheet(Joining)


def test_left_in_the_middle_everything_but_the_secret_is_there_again(
    start: Open, demo: Demo, clock: HandClock, serving: Callable[[str], Server], tmp_path: Path
) -> None:
    server = serving("rclone-s3")
    window = start(tmp_path / "data")
    at = _at_the_store(window, demo, clock, tmp_path)
    wrong = replace(server, credentials=replace(server.credentials, secret="not this one"))
    at.give(wrong, tmp_path / "files", server.url("x"))
    assert at.sheet.step == Stage.STORE
    window.close()
    again = Newcomer(*_resumed(start, tmp_path))
    window = again.window
    assert again.placing.address() == server.url("x")
    assert again.placing.way.name.line.text() == server.credentials.name
    assert again.placing.way.secret.passphrase() == ""
    assert focused() is again.placing.way.name.line
    again.give(server, tmp_path / "files")
    window.until(lambda: again.sheet.step == Stage.READY)
    window.settle()
    press(again.sheet, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert again.sheet.step == Stage.STORE
    press(again.sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: again.sheet.step == Stage.READY)
    window.settle()
    assert server.credentials.secret not in (tmp_path / "window.json").read_text()


def test_a_server_that_says_nothing_can_be_left(
    start: Open, demo: Demo, clock: HandClock, serving: Callable[[str], Server], tmp_path: Path
) -> None:
    server = serving("rclone-s3")
    window = start(tmp_path / "data")
    at = _at_the_store(window, demo, clock, tmp_path)
    with bad_line(server, hole=True) as (silent, _):
        press(at.placing.kind.buttons()[1], Qt.Key.Key_Space)
        at.placing.store.turn_to(silent.url("x"))
        at.placing.way.secret.line.setText(SECRET)
        press(at.sheet.go_on, Qt.Key.Key_Return)
        assert not at.sheet.go_on.isEnabled()
        at.sheet.progress.cancelled.emit()
        window.until(at.sheet.go_on.isEnabled)
        window.settle()
    assert at.sheet.step == Stage.STORE
    assert at.sheet.fault.words() == window.appearance.speech.say(Fault(Code.CANCELLED).sentence)


@pytest.mark.parametrize("resumed", [False, True], ids=["at once", "on another day"])
def test_head_office_takes_in_through_the_server_it_set_up(
    start: Open, serving: Callable[[str], Server], tmp_path: Path, resumed: bool
) -> None:
    """Founded here, the folder is open and keeps the way in at once; on another day with the folder's passphrase."""
    server = serving("rclone-dav")
    window = start(tmp_path / "data")
    sheet = vault(window, Role.HEAD_OFFICE)
    type_text(sheet.founding.name.line, "安信村镇银行")
    type_text(sheet.founding.folder.line, str(tmp_path / "office"))
    for box in (sheet.founding.first, sheet.founding.second):
        type_text(box.line, "another honest sentence")
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: sheet.step == Stage.STORE)
    window.settle()
    if resumed:
        window.close()
        window, sheet = _resumed(start, tmp_path)
    Newcomer(window, sheet).give(server, tmp_path / "files", server.url("x"))
    window.until(lambda: sheet.step == Stage.READY)
    window.settle()
    press(sheet.go_on, Qt.Key.Key_Return)
    window.until(lambda: not window.shell.is_covered())
    window.settle()
    screen = window.screen()
    assert isinstance(screen, IntakeScreen)
    if resumed:
        type_text(screen.connect_card.folder.line, str(tmp_path / "office"))
        type_text(screen.connect_card.passphrase.line, "another honest sentence")
        screen.connect_card.open.click()
        window.settle()
    assert screen.where.line.text() == server.url("x")
    screen.publish.click()
    window.settle()
    with_office = open_desk(tmp_path / "office", "another honest sentence", issuing=False)
    place = read_address(server.url("x"))
    assert office_stores.credentials(with_office, place) is not None
    store = open_store(server.url("x"), server.credentials)
    assert store.devices() == (with_office.device,)
    store.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_careful_eye_finds_nothing(
    start: Open, demo: Demo, clock: HandClock, tmp_path: Path, language: Language
) -> None:
    window = start(tmp_path / "data")
    window.appearance.set_language(ENGLISH if language == ENGLISH else CHINESE)
    window.shell.resize(1093, 614)
    at = _at_the_store(window, demo, clock, tmp_path)
    press(at.placing.kind.buttons()[1], Qt.Key.Key_Space)
    for address in ("", "s3://s3.example.org/branch", "davs://example.org/x", "sftp://li@example.org/x"):
        at.placing.store.turn_to(address)
        for unknown in (False, True):
            at.placing.way.confirm.setVisible(unknown)
            at.placing.changed.emit()
            window.settle()
            assert (clipped(at.sheet), too_small(at.sheet), nameless(at.sheet)) == ([], [], []), address
