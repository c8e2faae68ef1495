"""Backups: complete or none, small after the first, proved before they replace anything."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.vault import audit, blobs, cases, photos
from officer_app.vault.backups import backup
from officer_app.vault.records import CaseRecord
from officer_app.vault.restores import restore
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify
from tests.support.vaults import LOGIN, PASSPHRASE, StillClock, a_case, a_photo, opened


def _case(vault: Vault) -> CaseRecord:
    case = a_case(vault.user.id)
    with vault.writing() as tx:
        cases.add(tx, case)
    return case


def _photo(vault: Vault, case: CaseRecord, data: bytes) -> None:
    with vault.writing() as tx:
        photos.add(tx, a_photo(case, blobs.add(tx, data), file_name=f"{len(data)}.jpg"))


def _contents(folder: Path, clock: StillClock) -> set[tuple[str, bytes]]:
    with Vault.open(folder, LOGIN, PASSPHRASE, clock) as vault:
        assert verify(vault).ok
        with vault.reading() as tx:
            case = cases.of_number(tx, "2026-0001", vault.user.id)
            assert case is not None
            kept = photos.of_case(tx, case.id)
        return {(photo.file_name, vault.read_blob(photo.original)) for photo in kept}


def test_there_and_back(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        case = _case(vault)
        _photo(vault, case, b"one" * 1000)
        heard: list[tuple[int, int]] = []
        done = backup(vault, tmp_path / "stick", lambda at, total: heard.append((at, total)))
        assert (done.files, done.copied, heard[-1]) == (3, 3, (1, 1))
        _photo(vault, case, b"since then" * 1000)
    result = restore(tmp_path / "stick", folder, LOGIN, PASSPHRASE, clock)
    assert result.former is not None
    assert _contents(folder, clock) == {("3000.jpg", b"one" * 1000)}
    assert len(_contents(result.former, clock)) == 2
    with opened(folder, clock) as vault, vault.reading() as tx:
        kinds = [event.kind for event in audit.events(tx)]
        assert "vault.restored" in kinds
        assert "vault.backed_up" in kinds


def test_a_second_backup_copies_only_what_is_new(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        case = _case(vault)
        for size in range(1000, 1005):
            _photo(vault, case, os.urandom(size))
        backup(vault, tmp_path / "stick")
        clock.pass_time(60)
        _photo(vault, case, os.urandom(2000))
        done = backup(vault, tmp_path / "stick")
    assert (done.files, done.copied) == (8, 3)
    assert len(list((tmp_path / "stick").glob("*/backup.json"))) == 1
    restored = restore(tmp_path / "stick", tmp_path / "elsewhere", LOGIN, PASSPHRASE, clock)
    assert restored.former is None
    assert len(_contents(tmp_path / "elsewhere", clock)) == 6


def test_a_copy_that_shrank_on_the_stick_is_made_again(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        _photo(vault, _case(vault), os.urandom(1000))
        backup(vault, tmp_path / "stick")
        copy = next(path for path in (tmp_path / "stick" / "blobs").rglob("*") if path.is_file())
        copy.write_bytes(b"cut")
        clock.pass_time(60)
        backup(vault, tmp_path / "stick")
    restore(tmp_path / "stick", tmp_path / "elsewhere", LOGIN, PASSPHRASE, clock)


def test_any_changed_byte_refuses_the_restore(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    """And leaves what is there alone."""
    with opened(folder, clock) as vault:
        _photo(vault, _case(vault), os.urandom(1000))
        backup(vault, tmp_path / "stick")
    before = {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    chance = random.Random(7)  # noqa: S311  picks bytes to damage
    for path in [path for path in sorted((tmp_path / "stick").rglob("*")) if path.is_file()]:
        whole = path.read_bytes()
        bad = bytearray(whole)
        at = chance.randrange(len(bad))
        bad[at] ^= 1 << chance.randrange(8)
        for damaged in (bytes(bad), whole[:-1], None):
            if damaged is None:
                path.unlink()
            else:
                path.write_bytes(damaged)
            with pytest.raises(Fault) as found:
                restore(tmp_path / "stick", folder, LOGIN, PASSPHRASE, clock)
            assert found.value.code in (Code.BACKUP_BROKEN, Code.VAULT_NEWER), (path.name, at)
            path.write_bytes(whole)
    assert {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()} == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "stick"]


def test_a_wrong_password_restores_nothing(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    with opened(folder, clock) as vault:
        _case(vault)
        backup(vault, tmp_path / "stick")
    with pytest.raises(Fault) as found:
        restore(tmp_path / "stick", folder, LOGIN, "not the password", clock)
    assert found.value.code is Code.WRONG_PASSPHRASE
    opened(folder, clock).close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "stick"]


def test_an_open_vault_is_not_replaced(vault: Vault, tmp_path: Path, clock: StillClock) -> None:
    backup(vault, tmp_path / "stick")
    with pytest.raises(Fault) as found:
        restore(tmp_path / "stick", vault.folder, LOGIN, PASSPHRASE, clock)
    assert found.value.code is Code.VAULT_IN_USE


@pytest.mark.parametrize("content", ["a letter.txt", "photos"])
def test_a_folder_with_other_things_is_left_alone(
    vault: Vault, tmp_path: Path, clock: StillClock, content: str
) -> None:
    backup(vault, tmp_path / "stick")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / content).write_text("mine")
    with pytest.raises(Fault) as found:
        restore(tmp_path / "stick", tmp_path / "documents", LOGIN, PASSPHRASE, clock)
    assert found.value.code is Code.VAULT_EXISTS
    assert [path.name for path in (tmp_path / "documents").iterdir()] == [content]


def test_into_an_empty_folder(vault: Vault, tmp_path: Path, clock: StillClock) -> None:
    _case(vault)
    backup(vault, tmp_path / "stick")
    (tmp_path / "new").mkdir()
    assert restore(tmp_path / "stick", tmp_path / "new", LOGIN, PASSPHRASE, clock).former is None
    assert _contents(tmp_path / "new", clock) == set()


def test_a_backup_stopped_on_request_is_none(vault: Vault, tmp_path: Path) -> None:
    case = _case(vault)
    for size in (10, 20, 30):
        _photo(vault, case, os.urandom(size))
    asked = iter([False, False, True])
    with pytest.raises(Fault) as found:
        backup(vault, tmp_path / "stick", cancelled=lambda: next(asked))
    assert found.value.code is Code.CANCELLED
    assert not list((tmp_path / "stick").glob("*/backup.json"))
    backup(vault, tmp_path / "stick")


def test_a_restore_stopped_on_request_changes_nothing(vault: Vault, tmp_path: Path, clock: StillClock) -> None:
    _photo(vault, _case(vault), b"picture")
    backup(vault, tmp_path / "stick")
    asked = iter([False, True])
    with pytest.raises(Fault) as found:
        restore(tmp_path / "stick", tmp_path / "new", LOGIN, PASSPHRASE, clock, cancelled=lambda: next(asked))
    assert found.value.code is Code.CANCELLED
    assert not (tmp_path / "new").exists()


def test_not_into_itself(vault: Vault) -> None:
    with pytest.raises(Fault) as found:
        backup(vault, vault.folder / "blobs" / "backup")
    assert found.value.code is Code.BACKUP_INSIDE


def test_a_vault_that_misses_a_file_says_which(vault: Vault, tmp_path: Path) -> None:
    _photo(vault, _case(vault), b"picture")
    with vault.reading() as tx:
        blob = next(iter(blobs.all_digests(tx)))
    vault.layout.blob(blob).unlink()
    with pytest.raises(Fault) as found:
        backup(vault, tmp_path / "stick")
    assert (found.value.code, found.value.where) == (Code.BLOB_MISSING, blob)


def test_no_backup_there(tmp_path: Path, clock: StillClock) -> None:
    with pytest.raises(Fault) as found:
        restore(tmp_path / "empty", tmp_path / "new", LOGIN, PASSPHRASE, clock)
    assert found.value.code is Code.BACKUP_BROKEN
    assert not (tmp_path / "new").exists()
