"""A process that works in a vault until it is killed, or until it kills itself before its n-th durable step.

`python dying.py FOLDER JOB DIE_AT`: every line on stdout is an acknowledgement, written after the vault said that
the thing is durable. DIE_AT 0 works on until somebody kills it.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from sqlalchemy import Engine, event

from officer_app.base.canonical import digest
from officer_app.base.ids import CaseId, RecordId, VisitId
from officer_app.vault import answers, audit, blobs, deletions, photos
from officer_app.vault.backups import backup
from officer_app.vault.records import DeletionRecord
from officer_app.vault.restores import restore
from officer_app.vault.store import Vault
from tests.support.vaults import LOGIN, PASSPHRASE, START, StillClock, a_case, a_photo

NEW_PASSPHRASE = "another day's work"
CASE, VISIT = CaseId("c" * 32), VisitId("d" * 32)


def command(folder: Path, job: str, die_at: int = 0) -> list[str]:
    """How to start such a process; -P keeps this folder's module names out of its way."""
    return [sys.executable, "-P", __file__, str(folder), job, str(die_at)]


def say(*words: object) -> None:
    """Acknowledge; a pipe, so that what was written survives us."""
    sys.stdout.write("\t".join(map(str, words)) + "\n")
    sys.stdout.flush()


def picture(number: int) -> bytes:
    """Some 100 kB that belong to a number."""
    return number.to_bytes(4, "big") * 25_000


def write_answers(folder: Path) -> Iterator[None]:
    """Answers one by one, each with its audit entry."""
    with Vault.open(folder, LOGIN, PASSPHRASE, StillClock()) as vault:
        for number in count(1):
            with vault.writing() as tx:
                answers.store(tx, VISIT, {f"/data/q{number % 40}": str(number)})
                audit.append(tx, "answer", VISIT, {"n": number})
            say("answer", number)
            yield


def take_photos(folder: Path) -> Iterator[None]:
    """Photos one by one, each of three files and a row."""
    with Vault.open(folder, LOGIN, PASSPHRASE, StillClock()) as vault:
        for number in count(1):
            data = picture(number)
            with vault.writing() as tx:
                whole, view, thumb = (blobs.add(tx, data[part:]) for part in (0, 1, 2))
                case = a_case(vault.user.id, id=CASE)
                name = f"IMG_{number}.jpg"
                photos.add(tx, a_photo(case, whole, view=view, thumb=thumb, sha256=digest(data), file_name=name))
                audit.append(tx, "photo", CASE, {"n": number})
            say("photo", number)
            yield


def change_passphrase(folder: Path) -> Iterator[None]:
    """Once."""
    with Vault.open(folder, LOGIN, PASSPHRASE, StillClock()) as vault:
        vault.change_passphrase(PASSPHRASE, NEW_PASSPHRASE)
    say("changed", 1)
    yield


def back_up(folder: Path) -> Iterator[None]:
    """Once, into the folder beside."""
    clock = StillClock()
    clock.pass_time(60)
    with Vault.open(folder, LOGIN, PASSPHRASE, clock) as vault:
        backup(vault, folder.parent / "backups")
    say("backed up", 1)
    yield


def bring_back(folder: Path) -> Iterator[None]:
    """Once, from the folder beside."""
    restore(folder.parent / "backups", folder, LOGIN, PASSPHRASE, StillClock())
    say("restored", 1)
    yield


def delete_for_good(folder: Path) -> Iterator[None]:
    """Once: a case with everything in it, and the scrub after it."""
    with Vault.open(folder, LOGIN, PASSPHRASE, StillClock()) as vault:
        with vault.reading() as tx:
            again = deletions.is_deleted(tx, CASE)
        if not again:
            with vault.writing() as tx:
                record = DeletionRecord(RecordId("e" * 32), CASE, "2026-0001", "refused", START, b"{}", b"")
                deletions.delete(tx, record)
            vault.scrub()
    say("deleted", 1)
    yield


def sit(folder: Path) -> Iterator[None]:
    """Only hold the vault open."""
    with Vault.open(folder, LOGIN, PASSPHRASE, StillClock()):
        say("open", 1)
        sys.stdin.read()
    yield


JOBS: dict[str, Callable[[Path], Iterator[None]]] = {
    "answers": write_answers,
    "photos": take_photos,
    "passphrase": change_passphrase,
    "backup": back_up,
    "restore": bring_back,
    "delete": delete_for_good,
    "sit": sit,
}


def die_before_step(wanted: int) -> None:
    """Kill this process before its n-th sync or rename done from Python, or commit of a database."""
    steps = count(1)

    def counted(real: Callable[..., Any]) -> Callable[..., Any]:
        def step(*words: Any, **more: Any) -> Any:
            if next(steps) == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            return real(*words, **more)

        return step

    event.listen(Engine, "commit", counted(lambda _connection: None))
    for name in ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir"):
        setattr(os, name, counted(getattr(os, name)))


def main(folder: str, job: str, die_at: str) -> None:
    """Work."""
    if int(die_at):
        die_before_step(int(die_at))
    for _ in JOBS[job](Path(folder)):
        pass


if __name__ == "__main__":
    main(*sys.argv[1:])
