"""Where things lie in a data folder."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from officer_app.base.files import sync_folder

if TYPE_CHECKING:
    from officer_app.vault.records import BlobId

_BLOB: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True, slots=True)
class Layout:
    """The names in one data folder."""

    folder: Path

    @property
    def database(self) -> Path:
        """The encrypted database."""
        return self.folder / "vault.db"

    @property
    def unborn(self) -> Path:
        """The database while it is being created."""
        return self.folder / "vault.db.new"

    @property
    def keyring(self) -> Path:
        """The vault's key, once under each user's passphrase."""
        return self.folder / "keyring.json"

    @property
    def attempts(self) -> Path:
        """How often a passphrase failed, and when last."""
        return self.folder / "attempts.json"

    @property
    def lock(self) -> Path:
        """The file that the one process holds."""
        return self.folder / "vault.lock"

    @property
    def reserve(self) -> Path:
        """Space given up when the disk is full, so that answers can still be saved."""
        return self.folder / "reserve"

    @property
    def blobs(self) -> Path:
        """Encrypted files, in folders by the first two characters of their ids."""
        return self.folder / "blobs"

    @property
    def restoring(self) -> Path:
        """Beside the folder: a backup on its way in."""
        return self.folder.with_name(self.folder.name + ".restoring")

    @property
    def restored(self) -> Path:
        """Says, in a folder on its way in, that it was proved whole."""
        return self.folder / "restored.json"

    @property
    def former(self) -> Path:
        """Beside the folder: what a restore put aside."""
        return self.folder.with_name(self.folder.name + ".before-restore")

    def finish_restore(self) -> None:
        """Mend a restore that was cut between putting the former data aside and moving the new in."""
        if not self.folder.exists() and Layout(self.restoring).restored.is_file():
            self.restoring.replace(self.folder)
            sync_folder(self.folder.parent)

    def blob(self, blob: BlobId) -> Path:
        """Where one encrypted file lies."""
        return self.blobs / blob[:2] / blob

    def before_upgrades(self) -> tuple[Path, ...]:
        """Every copy taken before an upgrade that still lies there."""
        return tuple(sorted(self.folder.glob("vault.db.before-upgrade-from-*")))

    def before_upgrade(self, revision: str) -> Path:
        """The copy of the database taken before it was changed from `revision`."""
        return self.folder / f"vault.db.before-upgrade-from-{revision}"


def is_blob_name(name: str) -> bool:
    """Is this the name of an encrypted file of ours?"""
    return _BLOB.fullmatch(name) is not None
