"""A backup brought back: fetched beside, proved whole, then put in place; what was there stays."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import sync_folder, told_apart, write_whole
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.vault import audit, deletions, settings
from officer_app.vault.backupmanifest import MANIFEST, BackupManifest, complete_backups, read_manifest
from officer_app.vault.copying import Copied, copy_whole, file_digest
from officer_app.vault.layout import Layout
from officer_app.vault.locking import FolderLock
from officer_app.vault.records import DeletionRecord
from officer_app.vault.store import Vault
from officer_app.vault.verify import verify


@dataclass(frozen=True, slots=True)
class RestoreResult:
    """Where the data are, and where the former data were put, if there were any.

    `deleted_again` counts cases that the backup brought back and that had been deleted since.
    """

    folder: Path
    former: Path | None
    deleted_again: int = 0


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
            again = _prove(layout, user, passphrase, clock, cancelled)
            write_whole(Layout(fresh).restored, b"{}")
        except BaseException:
            _discard(fresh)
            raise
    return RestoreResult(folder, _swap(layout), again)


def _fetch(source: Path, fresh: Path, progress: Progress, cancelled: Cancelled) -> None:
    found = complete_backups(source)
    if not found:
        raise Fault(Code.BACKUP_BROKEN, where=source.name, file=MANIFEST)
    manifest = read_manifest(found[-1])
    layout = Layout(fresh)
    with told_apart(fresh):
        fresh.mkdir(mode=0o700, parents=True)
    files = list(_files(manifest, source, found[-1], layout))
    for done, (origin, goal, wanted) in enumerate(files):
        check(cancelled)
        progress(done, len(files))
        _fetch_one(origin, goal, wanted)
    progress(len(files), len(files))


def _files(
    manifest: BackupManifest, source: Path, place: Path, layout: Layout
) -> Iterator[tuple[Path, Path, Copied]]:
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


def _prove(layout: Layout, user: str, passphrase: str, clock: Clock, cancelled: Cancelled) -> int:
    with Vault.open(layout.restoring, user, passphrase, clock) as vault:
        report = verify(vault, cancelled=cancelled)
        if not report.ok:
            where = report.problems[0].where
            raise Fault(Code.BACKUP_BROKEN, where=where, file=where)
        with vault.writing() as tx:
            audit.append(tx, "vault.restored", str(settings.get(tx, "vault.id")))
        return _delete_again(vault, layout)


def _delete_again(vault: Vault, layout: Layout) -> int:
    """What was deleted since the backup was made goes from it too, before it takes the place of anything."""
    with vault.reading() as tx:
        known = {one.id for one in deletions.all(tx)}
    since = [one for one in _deletions_here(vault, layout) if one.id not in known]
    for one in since:
        with vault.writing() as tx:
            deletions.delete(tx, one)
    if since:
        vault.scrub()
    return len(since)


def _deletions_here(vault: Vault, layout: Layout) -> tuple[DeletionRecord, ...]:
    """What the data that are to be put aside know of deletions; none where they cannot be read any more."""
    if not layout.database.is_file():
        return ()
    try:
        former = vault.open_beside(layout.database)
    except Fault:
        return ()  # damaged, or another vault's: head office has the certificates
    try:
        if not former.run("SELECT 1 FROM sqlite_master WHERE name = 'deletion'"):
            return ()
        with former.transaction(writing=False) as sql, vault.reading() as tx:
            return deletions.all(replace(tx, sql=sql))
    finally:
        former.close()


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
