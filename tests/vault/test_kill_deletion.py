"""kill -9 at every step of a deletion: the case is wholly there or wholly gone, and the next opening leaves no trace.

A sample in every run; every step with --full.
"""

from __future__ import annotations

import random
import subprocess
from pathlib import Path

import pytest

from officer_app.base.canonical import digest
from officer_app.vault import answers, blobs, cases, deletions, photos
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify
from tests.support.dying import CASE, VISIT, command, picture
from tests.support.opened_pages import database_key, opened_bytes
from tests.support.vaults import START, StillClock, a_case, a_photo, a_visit, opened, vault_folder

SAID = "账本第三页撕掉了"
PHOTOS = 4
STEPS = 60  # more than a deletion of so many files takes, so that the last ones run to the end


def _founded(parent: Path) -> Path:
    folder = vault_folder(parent)
    with opened(folder) as vault, vault.writing() as tx:
        case = a_case(vault.user.id, id=CASE, note=SAID)
        cases.add(tx, case)
        answers.add_visit(tx, a_visit(case, id=VISIT))
        answers.store(tx, VISIT, {"/data/a": SAID})
        for number in range(PHOTOS):
            data = picture(number)
            whole, view = (blobs.add(tx, data[part:], CASE) for part in (0, 1))
            photos.add(tx, a_photo(case, whole, view=view, sha256=digest(data), file_name=f"{number}.jpg"))
    return folder


def _dead_at(folder: Path, step: int) -> bool:
    """Whether it was killed before its work was done."""
    child = subprocess.run(command(folder, "delete", step), capture_output=True, text=True, timeout=60, check=False)
    assert child.returncode in (0, -9), child.stderr
    return child.returncode == -9


def _all_or_nothing(vault: Vault, folder: Path) -> bool:
    """Whether it is gone; either way nothing is half there."""
    report = verify(vault)
    assert report.ok, report.problems
    with vault.reading() as tx:
        gone, kept = deletions.is_deleted(tx, CASE), set(blobs.all_digests(tx))
        pictures = photos.of_case(tx, CASE)
    lying = {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}
    assert lying == kept
    if gone:
        assert not kept
        assert SAID.encode() not in opened_bytes(folder, database_key(vault))
    else:
        assert {vault.read_blob(photo.original) for photo in pictures} == {picture(n) for n in range(PHOTOS)}
    return gone


@pytest.mark.timeout(1800)
def test_killed_before_any_step(tmp_path: Path, full: bool) -> None:
    steps = list(range(1, STEPS)) if full else [1, *sorted(random.sample(range(2, 30), 5)), STEPS - 1]
    outcomes = []
    for step in steps:
        parent = tmp_path / str(step)
        parent.mkdir()
        folder = _founded(parent)
        early = _dead_at(folder, step)
        with opened(folder) as vault:
            gone = _all_or_nothing(vault, folder)
        assert gone or early, "said to be deleted, and is there"
        assert not _dead_at(folder, 0), "the next run completes"
        with opened(folder, StillClock(START)) as vault:
            assert _all_or_nothing(vault, folder)
        outcomes.append((early, gone))
    assert outcomes[0] == (True, False), "killed before the first step, nothing has happened"
    assert outcomes[-1] == (False, True), "and the last of them ran to the end"
