"""Keeping one's own laptop: passphrase, backup, the look at everything, and what is typed but no record yet."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.vault import backups, settings
from officer_app.vault.backups import BackupResult
from officer_app.vault.verify import Report, verify

_LAST_BACKUP = "backup-last"


@allowed(*EVERYONE)
def confirm_person(desk: Desk, passphrase: str) -> None:
    """Is it still the person who signed in? Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT."""
    desk.vault.verify_passphrase(passphrase)


@allowed(*EVERYONE)
def change_passphrase(desk: Desk, old: str, new: str) -> None:
    """From now on the new one opens. Errors: WRONG_PASSPHRASE, PASSPHRASE_WAIT, PASSPHRASE_SHORT, DISK_FULL."""
    desk.vault.change_passphrase(old, new)


@allowed(*EVERYONE)
def back_up(desk: Desk, folder: Path, progress: Progress = silent, cancelled: Cancelled = never) -> BackupResult:
    """Copy everything, encrypted as it is, into a folder; a later one copies only what is new.

    Errors: CANCELLED, DISK_FULL, FOLDER_READ_ONLY, BACKUP_INSIDE. A backup cut short leaves the one before it.
    """
    result = backups.backup(desk.vault, folder, progress, cancelled)
    with desk.vault.writing() as tx:
        settings.put(tx, _LAST_BACKUP, desk.clock.now().isoformat())
    return result


@allowed(*EVERYONE)
def last_backup(desk: Desk) -> str:
    """When the last backup was made from here, as ISO text, or nothing."""
    with desk.vault.reading() as tx:
        found = settings.get(tx, _LAST_BACKUP)
    return found if isinstance(found, str) else ""


@allowed(*EVERYONE)
def look_over(desk: Desk, progress: Progress = silent, cancelled: Cancelled = never) -> Report:
    """Look at every page, row, file and log entry of the vault. Errors: CANCELLED."""
    return verify(desk.vault, progress, cancelled)


@allowed(*EVERYONE)
def keep_unfinished(desk: Desk, name: str, values: Mapping[str, str]) -> None:
    """Keep what stands in a form that is no record yet; nothing in it forgets it."""
    kept = {key: value for key, value in values.items() if value}
    with desk.vault.writing() as tx:
        settings.put(tx, _unfinished(desk, name), dict(kept))


@allowed(*EVERYONE)
def unfinished(desk: Desk, name: str) -> dict[str, str]:
    """What `keep_unfinished` kept last for this person."""
    with desk.vault.reading() as tx:
        found = settings.get(tx, _unfinished(desk, name))
    return {key: str(value) for key, value in found.items()} if isinstance(found, dict) else {}


def _unfinished(desk: Desk, name: str) -> str:
    return f"unfinished:{desk.user.id}:{name}"
