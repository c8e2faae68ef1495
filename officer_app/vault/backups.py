"""Backup into a folder, and back. Everything in a backup is as encrypted as in the vault.

A backup folder holds `blobs/` shared by all backups in it and one folder per backup with the database, the keyring
and, written last, `backup.json` that names and digests every file: a backup cut short is none, and the one before
it stays whole until the next is complete. Later backups into the same folder copy only what is new.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import Clock, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, sync_folder, told_apart, write_whole
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.vault import audit, blobs, settings
from officer_app.vault.copying import Copied, copy_whole, file_digest
from officer_app.vault.layout import Layout, is_blob_name
from officer_app.vault.locking import FolderLock
from officer_app.vault.records import BlobId
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify

_MANIFEST: Final = "backup.json"
_VERSION: Final = 1
_LIMIT: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class BackupResult:
    """Where the backup lies, and how much of it was copied this time."""

    folder: Path
    files: int
    copied: int
    copied_bytes: int


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """Where the data are, and where the former data were put, if there were any."""

    folder: Path
    former: Path | None


def backup(vault: Vault, target: Path, progress: Progress = silent, cancelled: Cancelled = never) -> BackupResult:
    """Back an open vault up into `target`. Errors: CANCELLED, DISK_FULL, FOLDER_READ_ONLY, BACKUP_INSIDE."""
    if target.resolve().is_relative_to(vault.folder.resolve()):
        raise Fault(Code.BACKUP_INSIDE)
    now = to_text(vault.clock.now())
    place = target / now.replace(":", "").replace(".", "")
    with told_apart(target):
        place.mkdir(mode=0o700, parents=True)
    try:
        result = _fill(vault, target, place, now, progress, cancelled)
    except BaseException:
        shutil.rmtree(place, ignore_errors=True)
        raise
    for older in _backups(target)[:-1]:
        shutil.rmtree(older)
    return result


def _fill(
    vault: Vault, target: Path, place: Path, now: str, progress: Progress, cancelled: Cancelled
) -> BackupResult:
    """Database first, so that every file it names is there to be copied; the manifest last."""
    with vault.writing() as tx:
        audit.append(tx, "vault.backed_up", str(settings.get(tx, "vault.id")))
    database = _snapshot(vault, place / "vault.db")
    with vault.reading() as tx:
        wanted = sorted(blobs.all_digests(tx))
    known = _known_copies(target)
    copied: dict[BlobId, Copied] = {}
    for done, blob in enumerate(wanted):
        check(cancelled)
        progress(done, len(wanted))
        if not _lies_there(target, blob, known):
            copied[blob] = _copy_blob(vault.layout, target, blob)
    ring = copy_whole(vault.layout.keyring, place / "keyring.json")
    entries = {blob: known[blob] if blob not in copied else copied[blob] for blob in wanted}
    _write_manifest(place, now, database, ring, entries)
    progress(len(wanted), len(wanted))
    return BackupResult(
        place, len(wanted) + 2, len(copied) + 2, sum(c.size for c in (*copied.values(), database, ring))
    )


def _copy_blob(layout: Layout, target: Path, blob: BlobId) -> Copied:
    if not layout.blob(blob).is_file():
        raise Fault(Code.BLOB_MISSING, where=blob)
    return copy_whole(layout.blob(blob), Layout(target).blob(blob))


def _snapshot(vault: Vault, path: Path) -> Copied:
    """The database as of one moment, encrypted with the same key."""
    part = path.with_name(path.name + ".new")
    vault.database.run("VACUUM INTO ?", str(part))
    done = copy_whole(part, path)
    part.unlink()
    return done


def _lies_there(target: Path, blob: BlobId, known: Mapping[BlobId, Copied]) -> bool:
    path = Layout(target).blob(blob)
    return blob in known and path.is_file() and path.stat().st_size == known[blob].size


def _known_copies(target: Path) -> dict[BlobId, Copied]:
    """What earlier complete backups in the same folder have copied."""
    return {blob: copy for place in _backups(target) for blob, copy in _read_manifest(place).blobs.items()}


def _write_manifest(place: Path, now: str, database: Copied, ring: Copied, entries: Mapping[BlobId, Copied]) -> None:
    said: Json = {
        "v": _VERSION,
        "made": now,
        "vault.db": _said(database),
        "keyring.json": _said(ring),
        "blobs": {blob: _said(copy) for blob, copy in entries.items()},
    }
    write_whole(place / _MANIFEST, encode(said))


def _said(copy: Copied) -> Json:
    return {"size": copy.size, "sha256": copy.sha256}


@dataclass(frozen=True, slots=True)
class _Manifest:
    database: Copied
    keyring: Copied
    blobs: dict[BlobId, Copied]


def _backups(target: Path) -> list[Path]:
    """The complete backups in a folder, oldest first."""
    return sorted(path.parent for path in target.glob(f"*/{_MANIFEST}"))


def _read_manifest(place: Path) -> _Manifest:
    try:
        found = json.loads(read_limited(place / _MANIFEST, _LIMIT))
        if found["v"] != _VERSION:
            raise Fault(Code.VAULT_NEWER)
        copies = {BlobId(blob): Copied(**copy) for blob, copy in found["blobs"].items() if is_blob_name(blob)}
        return _Manifest(Copied(**found["vault.db"]), Copied(**found["keyring.json"]), copies)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Fault(Code.BACKUP_BROKEN, where=place.name, file=_MANIFEST) from error


def restore(
    source: Path,
    folder: Path,
    user: str,
    passphrase: str,
    clock: Clock,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> RestoreResult:
    """Bring the newest backup in `source` to `folder`, proved whole before it takes the place of anything.

    What was there stays beside it. Errors: BACKUP_BROKEN, WRONG_PASSPHRASE, VAULT_IN_USE, CANCELLED, DISK_FULL.
    """
    layout = Layout(folder)
    layout.finish_restore()
    _refuse_strange(layout)
    fresh = layout.restoring
    with _nobody_in(layout):
        _discard(fresh)
        try:
            _fetch(source, fresh, progress, cancelled)
            _prove(fresh, user, passphrase, clock, cancelled)
            write_whole(Layout(fresh).restored, encode({"v": _VERSION}))
        except BaseException:
            _discard(fresh)
            raise
    return RestoreResult(folder, _swap(layout))


def _fetch(source: Path, fresh: Path, progress: Progress, cancelled: Cancelled) -> None:
    found = _backups(source)
    if not found:
        raise Fault(Code.BACKUP_BROKEN, where=source.name, file=_MANIFEST)
    manifest = _read_manifest(found[-1])
    layout = Layout(fresh)
    with told_apart(fresh):
        fresh.mkdir(mode=0o700, parents=True)
    files = list(_files(manifest, source, found[-1], layout))
    for done, (origin, goal, wanted) in enumerate(files):
        check(cancelled)
        progress(done, len(files))
        _fetch_one(origin, goal, wanted)
    progress(len(files), len(files))


def _files(manifest: _Manifest, source: Path, place: Path, layout: Layout) -> Iterator[tuple[Path, Path, Copied]]:
    yield place / "vault.db", layout.database, manifest.database
    yield place / "keyring.json", layout.keyring, manifest.keyring
    for blob, copy in manifest.blobs.items():
        yield Layout(source).blob(blob), layout.blob(blob), copy


def _fetch_one(origin: Path, goal: Path, wanted: Copied) -> None:
    try:
        whole = origin.is_file() and origin.stat().st_size == wanted.size and file_digest(origin) == wanted.sha256
    except OSError as error:
        raise Fault(Code.BACKUP_BROKEN, where=origin.name, file=origin.name) from error
    if not whole or copy_whole(origin, goal) != wanted:
        raise Fault(Code.BACKUP_BROKEN, where=origin.name, file=origin.name)


def _prove(fresh: Path, user: str, passphrase: str, clock: Clock, cancelled: Cancelled) -> None:
    with Vault.open(fresh, user, passphrase, clock) as vault:
        report = verify(vault, cancelled=cancelled)
        if not report.ok:
            where = report.problems[0].where
            raise Fault(Code.BACKUP_BROKEN, where=where, file=where)
        with vault.writing() as tx:
            audit.append(tx, "vault.restored", str(settings.get(tx, "vault.id")))


def _is_vault(layout: Layout) -> bool:
    return layout.keyring.exists() or layout.database.exists()


def _refuse_strange(layout: Layout) -> None:
    """A folder with other things in it is nobody's to move. Errors: VAULT_EXISTS."""
    if _is_vault(layout) or not layout.folder.exists():
        return
    if not layout.folder.is_dir() or any(path != layout.lock for path in layout.folder.iterdir()):
        raise Fault(Code.VAULT_EXISTS, folder=str(layout.folder))


@contextmanager
def _nobody_in(layout: Layout) -> Iterator[None]:
    """Nobody has the folder open while the block runs. Errors: VAULT_IN_USE."""
    lock = FolderLock(layout.lock) if layout.folder.is_dir() else None
    try:
        yield
    finally:
        if lock is not None:
            lock.release(in_order=lock.left_in_order)


def _swap(layout: Layout) -> Path | None:
    """The former data step aside, the new step in; `Layout.finish_restore` mends a cut between the two."""
    former = None
    with told_apart(layout.folder):
        if _is_vault(layout):
            former = layout.former
            _discard(former)
            layout.folder.replace(former)
        elif layout.folder.exists():
            layout.lock.unlink(missing_ok=True)
            layout.folder.rmdir()
        layout.restoring.replace(layout.folder)
        sync_folder(layout.folder.parent)
    return former


def _discard(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)
