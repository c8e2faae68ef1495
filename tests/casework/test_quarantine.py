"""What was put aside: written for support without a word about a customer, asked for again, listed by the command."""

from __future__ import annotations

import errno
import io
import json
import os
import queue
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from officer_app.base import canonical
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId
from officer_app.casework import delivery, quarantine
from officer_app.casework.desk import Desk
from officer_app.cli import exchange as exchange_commands
from officer_app.cli import opening
from officer_app.cli.main import run
from officer_app.exchange.layout import frame_index, index_name
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.trust.sealing import seal
from officer_app.vault import audit
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage

STRANGER = "0" * 16
SEALED_NOISE = b"neither a letter nor anything else"


@pytest.fixture
def stage(submitted_once: Stage, tmp_path: Path) -> Stage:
    """The manager's laptop has put one delivery aside: sealed for it, and no letter."""
    stage = submitted_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        reader = manager.certified(Role.MANAGER)[1].person.reader
        path = Path(stage.demo.store) / index_name(STRANGER, 1)
        path.parent.mkdir(parents=True)
        path.write_bytes(frame_index(seal(SEALED_NOISE, [reader])))
        assert len(delivery.sync(manager, stage.demo.store).quarantined) == 1
    return stage


@pytest.fixture
def manager(stage: Stage) -> Iterator[Desk]:
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as desk:
        yield desk


def _aside(desk: Desk) -> RecordId:
    (one,) = delivery.status(desk).quarantined
    return one.id


def test_two_files_tell_why_and_nothing_else(stage: Stage, manager: Desk, tmp_path: Path) -> None:
    (one,) = delivery.status(manager).quarantined
    why, index = quarantine.export_aside(manager, one.id, tmp_path)
    assert [why.name, index.name] == [f"quarantine-{STRANGER}-000000000001{end}" for end in (".json", ".index")]
    told = canonical.decode(why.read_bytes())
    assert isinstance(told, dict)
    assert (told["schema"], told["device"], told["counter"]) == ("firsthand/quarantine/1", STRANGER, 1)
    assert (told["code"], told["received_at"]) == ("DELIVERY_UNREADABLE", to_text(one.received))
    assert told["index_sha256"] == canonical.digest(index.read_bytes())
    lying = (Path(stage.demo.store) / index_name(STRANGER, 1)).read_bytes()
    assert lying.endswith(index.read_bytes()), "it is the sealed index as it lay there"
    assert SEALED_NOISE not in index.read_bytes(), "sealed as it was"
    for path in (why, index):
        assert path.stat().st_mode & 0o077 == 0
        assert not any(word.encode() in path.read_bytes() for word in ("陈国栋", "李慧", manager.user.login))
    with manager.vault.reading() as tx:
        (event,) = [event for event in audit.events(tx) if event.kind == "quarantine_exported"]
    assert (event.subject, event.detail) == (STRANGER, {"counter": 1, "code": "DELIVERY_UNREADABLE"})


def test_written_again_it_is_the_same(manager: Desk, tmp_path: Path) -> None:
    first = [path.read_bytes() for path in quarantine.export_aside(manager, _aside(manager), tmp_path)]
    assert [path.read_bytes() for path in quarantine.export_aside(manager, _aside(manager), tmp_path)] == first


def test_what_is_not_aside_is_not_written(manager: Desk, tmp_path: Path) -> None:
    for name in ("", "0" * 32, "../../x"):
        with pytest.raises(Fault) as caught:
            quarantine.export_aside(manager, RecordId(name), tmp_path)
        assert caught.value.code is Code.RECORD_MISSING
        with pytest.raises(Fault) as caught:
            delivery.ask_again(manager, RecordId(name))
        assert caught.value.code is Code.RECORD_MISSING
    assert list(tmp_path.glob("quarantine-*")) == []


@pytest.mark.parametrize(("number", "code"), [(errno.ENOSPC, Code.DISK_FULL), (errno.EACCES, Code.FOLDER_READ_ONLY)])
def test_a_stick_that_takes_nothing(
    manager: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, code: Code
) -> None:
    real, aside = os.fsync, _aside(manager)

    def refused(handle: int) -> None:
        if str(tmp_path / "quarantine-") in str(Path(f"/proc/self/fd/{handle}").readlink()):
            raise OSError(number, "refused")
        real(handle)

    monkeypatch.setattr(os, "fsync", refused)
    with pytest.raises(Fault) as caught:
        quarantine.export_aside(manager, aside, tmp_path)
    assert caught.value.code is code
    with manager.vault.reading() as tx:
        assert "quarantine_exported" not in {event.kind for event in audit.events(tx)}


def test_a_folder_that_is_not_there(manager: Desk, tmp_path: Path) -> None:
    with pytest.raises(Fault) as caught:
        quarantine.export_aside(manager, _aside(manager), tmp_path / "nowhere")
    assert caught.value.code is Code.FOLDER_READ_ONLY
    assert not (tmp_path / "nowhere").exists()


# --- from the command line -----------------------------------------------------------------------------------------


@pytest.fixture
def access(stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The manager's words for signing in, on the stage's day."""
    for module in (exchange_commands, opening):
        monkeypatch.setattr(module, "SystemClock", lambda: stage.clock)
    secret = tmp_path / "password.txt"
    secret.write_text(PASSPHRASE + "\n")
    person = stage.demo.person(Role.MANAGER)
    data = stage.demo.data(Role.MANAGER)
    return ["--data", str(data), "--user", person.login, "--passphrase-file", str(secret), "--json"]


def _said(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(capsys.readouterr().out)
    return found


def test_the_command_lists_writes_and_asks_again(
    stage: Stage, access: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exchange", "quarantine", *access]) == 0
    (listed,) = _said(capsys)["quarantine"]
    assert (listed["device"], listed["counter"], listed["code"]) == (STRANGER, 1, "DELIVERY_UNREADABLE")
    written = ["--export", listed["id"], "--out", str(tmp_path)]
    assert run(["exchange", "quarantine", *access[:-1], *written]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[0].split("\t")[:3] == [listed["id"], STRANGER, "1"]
    assert [Path(line).name for line in shown[1:]] == sorted(
        (path.name for path in tmp_path.glob("quarantine-*")), reverse=True
    )
    # Asked for again, it is fetched again, and as it is still none it is aside once, not twice.
    assert run(["exchange", "quarantine", *access, "--retry", listed["id"]]) == 0
    capsys.readouterr()
    assert run(["exchange", "sync", *access, "--store", stage.demo.store]) == 0
    assert _said(capsys)["quarantined"] == ["DELIVERY_UNREADABLE"]
    assert run(["exchange", "quarantine", *access]) == 0
    assert len(_said(capsys)["quarantine"]) == 1


def test_bad_words_are_one_json_document(
    access: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for words in (["--retry", "nonsense"], ["--export", "nonsense", "--out", str(tmp_path)]):
        assert run(["exchange", "quarantine", *access, *words]) == 1
        assert _said(capsys)["error"]["code"] == "RECORD_MISSING"
    assert run(["exchange", "sync", *access, "--store", "nonsense://x"]) == 1
    assert _said(capsys)["error"]["code"] == "STORE_UNKNOWN"
    assert run(["exchange", "quarantine", *access, "--nonsense"]) == 2
    capsys.readouterr()
    with OtherPassword(access):
        assert run(["exchange", "quarantine", *access]) == 1
    assert _said(capsys)["error"]["code"] == "WRONG_PASSPHRASE"


class OtherPassword:
    """For a while the password's file holds another."""

    def __init__(self, access: list[str]) -> None:
        self._file = Path(access[access.index("--passphrase-file") + 1])

    def __enter__(self) -> None:
        self._file.write_text("not the password\n")

    def __exit__(self, *_: object) -> None:
        self._file.write_text(PASSPHRASE + "\n")


def test_a_store_is_tried_kept_and_forgotten(
    stage: Stage, access: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["exchange", "store", *access, "--store", stage.demo.store]) == 0
    assert _said(capsys)["devices"] >= 2
    assert run(["exchange", "store", *access, "--store", str(stage.demo.folder / "nowhere")]) == 1
    assert _said(capsys)["error"]["code"] == "STORE_GONE"
    assert run(["exchange", "store", *access, "--store", "sftp://me@host/x", "--forget"]) == 0
    assert _said(capsys) == {"forgotten": "sftp://me@host/x"}
    assert run(["exchange", "status", *access]) == 0
    assert _said(capsys)["quarantined"] == 1


class Lender(HandClock):
    """Time stands until the lending is over."""

    over = False

    def elapsed(self) -> float:
        return 1e9 if self.over else 0.0


class Heard(io.StringIO):
    """A screen whose lines another thread reads."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: queue.Queue[str] = queue.Queue()

    def write(self, text: str) -> int:
        self.lines.put(text.strip())
        return super().write(text)


def test_lending_from_the_command_line(stage: Stage, access: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    """The officer lends by the command; the manager exchanges with the address shown; what came back is taken."""
    lender, screen, out, codes = Lender(stage.time), Heard(), io.StringIO(), list[int]()
    for module in (exchange_commands, opening):
        monkeypatch.setattr(module, "SystemClock", lambda: lender)
    words = [*access, "--host", "127.0.0.1", "--minutes", "1"]
    words[1], words[3] = str(stage.demo.data(Role.OFFICER)), stage.demo.person(Role.OFFICER).login
    with monkeypatch.context() as patched:
        patched.setattr(sys, "stderr", screen)
        patched.setattr(sys, "stdout", out)
        thread = threading.Thread(  # noqa: TID251  the other laptop
            target=lambda: codes.append(run(["exchange", "lend", *words]))
        )
        thread.start()
        try:
            address = next(line for line in iter(lambda: screen.lines.get(timeout=30), None) if "lan://" in line)
            with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
                assert delivery.sync(manager, address).dossiers == 1
        finally:
            lender.over = True
            thread.join(30)
    assert codes == [0]
    told = json.loads(out.getvalue())
    assert (told["sent"], told["dossiers"], told["quarantined"]) == (0, 0, [])
