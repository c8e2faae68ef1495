"""What a backup says of itself: every file with its size and digest, written last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.vault.copying import Copied
from officer_app.vault.layout import is_blob_name
from officer_app.vault.records import BlobId

MANIFEST: Final = "backup.json"
_VERSION: Final = 1
_LIMIT: Final = 500_000_000


@dataclass(frozen=True, slots=True)
class BackupManifest:
    """The files of one backup."""

    database: Copied
    keyring: Copied
    blobs: Mapping[BlobId, Copied]


def complete_backups(target: Path) -> list[Path]:
    """The complete backups in a folder, oldest first."""
    return sorted(path.parent for path in target.glob(f"*/{MANIFEST}"))


def read_manifest(place: Path) -> BackupManifest:
    """Errors: BACKUP_BROKEN, VAULT_NEWER."""
    try:
        found = json.loads(read_limited(place / MANIFEST, _LIMIT))
        known = found["v"] == _VERSION
        copies = {BlobId(blob): Copied(**copy) for blob, copy in found["blobs"].items() if is_blob_name(blob)}
        manifest = BackupManifest(Copied(**found["vault.db"]), Copied(**found["keyring.json"]), copies)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise Fault(Code.BACKUP_BROKEN, where=place.name, file=MANIFEST) from error
    if not known:
        raise Fault(Code.VAULT_NEWER)
    return manifest


def write_manifest(place: Path, made: str, manifest: BackupManifest) -> None:
    """Make a backup complete."""
    said: Json = {
        "v": _VERSION,
        "made": made,
        "vault.db": _said(manifest.database),
        "keyring.json": _said(manifest.keyring),
        "blobs": {blob: _said(copy) for blob, copy in manifest.blobs.items()},
    }
    write_whole(place / MANIFEST, encode(said))


def _said(copy: Copied) -> Json:
    return {"size": copy.size, "sha256": copy.sha256}
