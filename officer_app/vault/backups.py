"""Backup into a folder. Everything in a backup is as encrypted as in the vault.

A backup folder holds `blobs/` shared by all backups in it and one folder per backup with the database, the keyring
and, written last, `backup.json` that names and digests every file: a backup cut short is none, and the one before
it stays whole until the next is complete. Later backups into the same folder copy only what is new.
"""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import told_apart
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.vault import audit, blobs, settings
from officer_app.vault.backupmanifest import BackupManifest, complete_backups, read_manifest, write_manifest
from officer_app.vault.copying import Copied, copy_whole
from officer_app.vault.layout import Layout, is_blob_name
from officer_app.vault.records import BlobId
from officer_app.vault.store import Vault

PLACES: Final = "backup-places"  # every folder that ever took a backup from here, with the time of its newest


@dataclass(frozen=True, slots=True)
class BackupResult:
    """Where the backup lies, and how much of it was copied this time."""

    folder: Path
    files: int
    copied: int
    copied_bytes: int


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
    for older in complete_backups(target)[:-1]:
        shutil.rmtree(older)
    _forget_files(target)
    with vault.writing() as tx:
        known = settings.get(tx, PLACES)
        settings.put(tx, PLACES, {**(known if isinstance(known, dict) else {}), str(target.resolve()): now})
    return result


def _forget_files(target: Path) -> None:
    """What was deleted since goes from the backup as well: files that the newest does not name."""
    known = _known_copies(target)
    for path in Layout(target).blobs.glob("??/*"):
        if is_blob_name(path.name) and path.name not in known:
            path.unlink(missing_ok=True)


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
    write_manifest(place, now, BackupManifest(database, ring, entries))
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
    return {blob: copy for place in complete_backups(target) for blob, copy in read_manifest(place).blobs.items()}
