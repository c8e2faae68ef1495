"""A full disk is told in plain words, loses nothing, and ends when room is made."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, VisitId
from officer_app.base.meanings import Kind
from officer_app.vault import answers, blobs, cases, photos
from officer_app.vault.backups import backup
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify
from tests.support.vaults import StillClock, a_case, a_photo, a_visit, opened, vault_folder

SIZE_MB = 24


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own in memory."""
    place = tmp_path / "disk"
    place.mkdir()
    options = ["-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(place)]
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, *options], capture_output=True, check=False).returncode:
        pytest.skip("no right to mount a small disk here; the limit on file size is tested in its place")
    yield place
    subprocess.run(["umount", str(place)], check=True)


def _fill(disk: Path, leave: int) -> Path:
    """Another program takes the room, all but a few bytes."""
    ballast = disk / "ballast"
    free = os.statvfs(disk)
    with ballast.open("wb") as file:
        file.write(bytes(max(0, free.f_bavail * free.f_frsize - leave)))
    return ballast


def _prepared(vault: Vault) -> tuple[CaseId, VisitId]:
    case = a_case(vault.user.id)
    visit = a_visit(case)
    with vault.writing() as tx:
        cases.add(tx, case)
        answers.add_visit(tx, visit)
        answers.store(tx, visit.id, {"/data/rent": "0"})
    return case.id, visit.id


def _answer_until_full(vault: Vault, visit: VisitId, most: int) -> int:
    """The last answer that was acknowledged."""
    last = 0
    with pytest.raises(Fault) as found:  # noqa: PT012  which of them fails is what we want to know
        for number in range(1, most):
            with vault.writing() as tx:
                answers.store(tx, visit, {f"/data/q{number}": str(number) * 2000})
            last = number
    assert found.value.code is Code.DISK_FULL
    assert found.value.code.value.kind is Kind.ENVIRONMENT
    assert found.value.parameters["needed_mb"]
    return last


@pytest.mark.parametrize("leave", [0, 20_000, 300_000, 1_000_000])
def test_answers_on_a_full_disk(small_disk: Path, clock: StillClock, leave: int) -> None:
    folder = vault_folder(small_disk)
    with opened(folder, clock) as vault:
        _, visit = _prepared(vault)
        ballast = _fill(small_disk, leave)
        last = _answer_until_full(vault, visit, 20_000)
        # The reserve was given up: what is typed now is saved again.
        for value in range(50):
            with vault.writing() as tx:
                answers.store(tx, visit, {"/data/rent": str(value)})
    with opened(folder, clock) as vault:
        assert verify(vault).ok
        with vault.reading() as tx:
            kept = answers.all(tx, visit)
        assert kept["/data/rent"] == "49"
        assert sum(1 for ref in kept if ref.startswith("/data/q")) == last
        ballast.unlink()
        with vault.writing() as tx:
            answers.store(tx, visit, {"/data/after": "x" * 100_000})
    with opened(folder, clock):
        assert (folder / "reserve").stat().st_size == 4_000_000


@pytest.mark.parametrize("leave", [0, 150_000, 1_300_000, 2_500_000])
def test_photos_on_a_full_disk(small_disk: Path, clock: StillClock, leave: int) -> None:
    """Wholly in or wholly out; and the fill is told with the room that is needed."""
    folder = vault_folder(small_disk)
    picture = os.urandom(1_000_000)
    with opened(folder, clock) as vault:
        case, _ = _prepared(vault)
        ballast = _fill(small_disk, leave)
        taken = 0
        with pytest.raises(Fault) as found:  # noqa: PT012  as above
            for _ in range(20):
                with vault.writing() as tx:
                    whole, thumb = blobs.add(tx, picture), blobs.add(tx, picture[:50_000])
                    photos.add(tx, a_photo(cases.get(tx, case), whole, thumb=thumb))
                taken += 1
        assert found.value.code is Code.DISK_FULL
        needed = found.value.parameters["needed_mb"]
        assert isinstance(needed, int)
        assert needed >= 1
        assert verify(vault).ok
        with vault.reading() as tx:
            kept = photos.of_case(tx, case)
        assert len(kept) == taken
        ballast.unlink()
        with vault.writing() as tx:
            photos.add(tx, a_photo(cases.get(tx, case), blobs.add(tx, picture)))
    with opened(folder, clock) as vault, vault.reading() as tx:
        lying = {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}
        assert lying == set(blobs.all_digests(tx))


def test_signing_in_on_a_full_disk(small_disk: Path, clock: StillClock) -> None:
    """Else nobody could look at the work, or send it off to make room."""
    folder = vault_folder(small_disk)
    with opened(folder, clock) as vault:
        _, visit = _prepared(vault)
    _fill(small_disk, 0)
    with opened(folder, clock) as vault, vault.reading() as tx:
        assert answers.all(tx, visit) == {"/data/rent": "0"}


def test_a_backup_onto_a_full_disk_leaves_nothing(small_disk: Path, vault: Vault) -> None:
    case, _ = _prepared(vault)
    with vault.writing() as tx:
        photos.add(tx, a_photo(cases.get(tx, case), blobs.add(tx, os.urandom(500_000))))
    _fill(small_disk, 800_000)
    with pytest.raises(Fault) as found:
        backup(vault, small_disk / "backups")
    assert found.value.code is Code.DISK_FULL
    assert not list((small_disk / "backups").glob("*/backup.json"))
    assert verify(vault).ok


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_write_that_the_system_refuses(folder: Path, clock: StillClock) -> None:
    """A limit on file size, in the middle of a transaction: an error of the disk, nothing lost, and on it goes."""
    with opened(folder, clock) as vault:
        _, visit = _prepared(vault)
        large = {f"/data/q{n}": "x" * 10_000 for n in range(200)}
        with pytest.raises(Fault) as found, _files_no_larger_than(600_000), vault.writing() as tx:
            answers.store(tx, visit, large)
        assert found.value.code in (Code.DISK_ERROR, Code.DISK_FULL)
        with vault.reading() as tx:
            assert answers.all(tx, visit) == {"/data/rent": "0"}
        with vault.writing() as tx:
            answers.store(tx, visit, large)
    with opened(folder, clock) as vault:
        assert verify(vault).ok
        with vault.reading() as tx:
            assert len(answers.all(tx, visit)) == 201
