"""kill -9 at any moment loses nothing that was acknowledged, and leaves nothing half done.

A sample in every run; all of it with --full.
"""

from __future__ import annotations

import random
import secrets
import select
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.vault import answers, audit, blobs, cases, photos
from officer_app.vault.backups import backup
from officer_app.vault.restores import restore
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify
from tests.support.dying import CASE, NEW_PASSPHRASE, VISIT, command, picture
from tests.support.vaults import LOGIN, PASSPHRASE, StillClock, a_case, a_photo, a_visit, opened, vault_folder

SAMPLE, WHOLE = 8, 200


@dataclass(frozen=True)
class Killed:
    """What a process had acknowledged when it went, and whether it went before its work was done."""

    acknowledged: tuple[int, ...]
    early: bool


def _child(folder: Path, job: str, die_at: int = 0) -> subprocess.Popen[str]:
    return subprocess.Popen(command(folder, job, die_at), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _numbers(text: str) -> tuple[int, ...]:
    return tuple(int(line.split("\t")[1]) for line in text.splitlines())


def _killed_after(folder: Path, job: str, lines: int, seconds: float) -> Killed:
    """Let a process acknowledge so many things and work on for a moment, then kill it."""
    with _child(folder, job) as child:
        assert child.stdout is not None
        heard = "".join(child.stdout.readline() for _ in range(lines))
        select.select([], [], [], seconds)  # the random moment itself, not a wait for something
        child.kill()
        heard += child.stdout.read()
    return Killed(_numbers(heard), early=True)


def _dead_at_step(folder: Path, job: str, step: int) -> Killed:
    with _child(folder, job, step) as child:
        heard, _ = child.communicate(timeout=60)
    assert child.returncode in (0, -9), heard
    return Killed(_numbers(heard), early=child.returncode != 0)


def _founded(parent: Path) -> Path:
    folder = vault_folder(parent)
    with opened(folder) as vault, vault.writing() as tx:
        case = a_case(vault.user.id, id=CASE)
        cases.add(tx, case)
        answers.add_visit(tx, a_visit(case, id=VISIT))
    return folder


def _whole(vault: Vault) -> None:
    report = verify(vault)
    assert report.ok, report.problems
    with vault.reading() as tx:
        kept = set(blobs.all_digests(tx))
    lying = {path.name for path in (vault.folder / "blobs").rglob("*") if path.is_file()}
    assert lying == kept, "files without rows, or rows without files"


def _answers_hold(folder: Path, acknowledged: tuple[int, ...]) -> None:
    with opened(folder) as vault:
        _whole(vault)
        with vault.reading() as tx:
            written = [int(event.new or 0) for event in answers.history(tx, VISIT)]
            noted = [event.detail for event in audit.events(tx, VISIT, limit=100_000)]
            present = answers.all(tx, VISIT)
    assert set(acknowledged) <= set(written), "an acknowledged answer is lost"
    assert written == list(range(1, len(written) + 1))
    assert len(written) - len(acknowledged) in (0, 1), "at most the one under way"
    assert len(noted) == len(written), "an answer without its log entry, or the reverse"
    assert {int(value) for value in present.values()} == set(written[-40:])


def _photos_hold(folder: Path, acknowledged: tuple[int, ...]) -> None:
    with opened(folder) as vault:
        _whole(vault)
        with vault.reading() as tx:
            kept = photos.of_case(tx, CASE)
        numbers = [int(photo.file_name[4:-4]) for photo in kept]
        for photo, number in zip(kept, numbers, strict=True):
            assert vault.read_blob(photo.original) == picture(number)
            assert photo.thumb is not None
            assert vault.read_blob(photo.thumb) == picture(number)[2:]
    assert set(acknowledged) <= set(numbers), "an acknowledged photo is lost"
    assert len(numbers) - len(acknowledged) in (0, 1)


@pytest.mark.timeout(1800)
def test_random_moments_while_saving_answers(tmp_path: Path, full: bool) -> None:
    seed, chance = _chance()
    sampled = []
    for number in range(WHOLE if full else SAMPLE // 2):
        folder = _founded(_new(tmp_path, number))
        lines, seconds = chance.randrange(0, 60), chance.random() * 0.05
        killed = _killed_after(folder, "answers", lines, seconds)
        _answers_hold(folder, killed.acknowledged)
        sampled.append(len(killed.acknowledged))
    print(f"seed {seed}: killed after so many acknowledged answers: {sampled}")


@pytest.mark.timeout(1800)
def test_random_moments_while_taking_photos_in(tmp_path: Path, full: bool) -> None:
    seed, chance = _chance()
    sampled = []
    for number in range(WHOLE if full else SAMPLE // 2):
        folder = _founded(_new(tmp_path, number))
        lines, seconds = chance.randrange(0, 12), chance.random() * 0.05
        killed = _killed_after(folder, "photos", lines, seconds)
        _photos_hold(folder, killed.acknowledged)
        sampled.append(len(killed.acknowledged))
    print(f"seed {seed}: killed after so many acknowledged photos: {sampled}")


def _chance() -> tuple[int, random.Random]:
    """Other moments in every run, and the seed that gives them again."""
    seed = secrets.randbelow(10**9)
    return seed, random.Random(seed)  # noqa: S311  picks moments


def _steps(full: bool, most: int = 400) -> Iterator[int]:
    """Every step, until the work is done; in a sample, some."""
    if full:
        yield from range(1, most)
    else:
        yield from sorted(random.sample(range(2, 30), 3))


def _new(parent: Path, number: int) -> Path:
    folder = parent / str(number)
    folder.mkdir()
    return folder


@pytest.mark.timeout(1800)
def test_each_step_of_a_photo(tmp_path: Path, full: bool) -> None:
    """Up to the second photo: 60 syncs, renames and folders made."""
    for step in range(1, 60, 1 if full else 23):
        folder = _founded(_new(tmp_path, step))
        killed = _dead_at_step(folder, "photos", step)
        assert killed.early
        _photos_hold(folder, killed.acknowledged)


@pytest.mark.timeout(1800)
def test_each_step_of_a_new_passphrase(tmp_path: Path, full: bool) -> None:
    """The old one works or the new one works; never neither, never both."""
    tried = []
    for step in _steps(full):
        folder = _founded(_new(tmp_path, step))
        killed = _dead_at_step(folder, "passphrase", step)
        works = [word for word in (PASSPHRASE, NEW_PASSPHRASE) if _opens(folder, word)]
        assert len(works) == 1, (step, works)
        assert works == [NEW_PASSPHRASE] or not killed.acknowledged
        tried.append(step)
        if not killed.early:
            break
    print(f"died before steps {tried}")


def _opens(folder: Path, passphrase: str) -> bool:
    try:
        with Vault.open(folder, LOGIN, passphrase, StillClock()) as vault:
            _whole(vault)
    except Fault as fault:
        assert fault.code is Code.WRONG_PASSPHRASE  # noqa: PT017  only this one is an answer
        return False
    return True


@pytest.mark.timeout(1800)
def test_each_step_of_a_second_backup(tmp_path: Path, full: bool) -> None:
    """The backup before it stays whole until the new one is."""
    tried = []
    for step in _steps(full):
        folder, backups = _with_backup(_new(tmp_path, step))
        killed = _dead_at_step(folder, "backup", step)
        found = restore(backups, tmp_path / f"back-{step}", LOGIN, PASSPHRASE, StillClock())
        with opened(found.folder) as vault, vault.reading() as tx:
            assert len(photos.of_case(tx, CASE)) in ({2} if killed.acknowledged else {1, 2})
        tried.append(step)
        if not killed.early:
            break
    print(f"died before steps {tried}")


@pytest.mark.timeout(1800)
def test_each_step_of_a_restore(tmp_path: Path, full: bool) -> None:
    """The former data or the restored ones are there, whole; and doing it again completes it."""
    tried = []
    for step in _steps(full):
        folder, backups = _with_backup(_new(tmp_path, step))
        killed = _dead_at_step(folder, "restore", step)
        with opened(folder) as vault:
            _whole(vault)
            with vault.reading() as tx:
                assert len(photos.of_case(tx, CASE)) == 1 or not killed.acknowledged
        restore(backups, folder, LOGIN, PASSPHRASE, StillClock())
        with opened(folder) as vault, vault.reading() as tx:
            assert len(photos.of_case(tx, CASE)) == 1
        tried.append(step)
        if not killed.early:
            break
    print(f"died before steps {tried}")


def _with_backup(parent: Path) -> tuple[Path, Path]:
    """A vault with one photo in its backup and a second one since."""
    folder, backups = _founded(parent), parent / "backups"
    _add_photo(folder, 1)
    with opened(folder) as vault:
        backup(vault, backups)
    _add_photo(folder, 2)
    return folder, backups


def _add_photo(folder: Path, number: int) -> None:
    with opened(folder) as vault, vault.writing() as tx:
        whole = blobs.add(tx, picture(number))
        case = cases.get(tx, CASE)
        photos.add(tx, a_photo(case, whole, sha256=digest(picture(number)), file_name=f"IMG_{number}.jpg"))
