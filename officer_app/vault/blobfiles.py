"""Encrypted files beside the database: whole or not there, each bound to its own id."""

from __future__ import annotations

import os
from collections.abc import Container, Iterator
from pathlib import Path

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, sync_folder, told_apart, write_whole
from officer_app.base.ids import new_id
from officer_app.trust import boxes
from officer_app.vault.layout import Layout, is_blob_name
from officer_app.vault.records import BlobId

_OVERHEAD = 64


class BlobFiles:
    """The files of one vault. Reading is safe from any thread."""

    def __init__(self, layout: Layout, key: bytes) -> None:
        """Take where they lie and the key that seals them."""
        self._layout = layout
        self._key = key

    def write(self, data: bytes) -> BlobId:
        """Seal and keep `data` under a new id, durable before this returns. Errors: DISK_FULL, FILE_TOO_LARGE."""
        blob = BlobId(new_id())
        path = self._layout.blob(blob)
        self._make_folder(path.parent)
        try:
            write_whole(path, boxes.seal(self._key, data, blob))
        except BaseException:
            # On a full disk half a picture is room that an answer could use.
            path.with_name(path.name + ".part").unlink(missing_ok=True)
            raise
        return blob

    def read(self, blob: BlobId) -> bytes:
        """The bytes as they were given. Errors: BLOB_MISSING, BLOB_BROKEN."""
        try:
            box = read_limited(self._layout.blob(blob), boxes.LIMIT + _OVERHEAD)
            return boxes.unseal(self._key, box, blob)
        except Fault as fault:
            code = {Code.FILE_MISSING: Code.BLOB_MISSING, Code.BOX_BROKEN: Code.BLOB_BROKEN}.get(fault.code)
            if code is None:
                raise
            raise Fault(code, where=blob) from fault

    def delete(self, blob: BlobId) -> None:
        """Remove one file; nothing happens when it is not there."""
        with told_apart(self._layout.blob(blob)):
            self._layout.blob(blob).unlink(missing_ok=True)

    def sweep(self, known: Container[str]) -> int:
        """Remove files that no row names, and halves of files; gives how many went."""
        orphans = [path for path in self._all() if path.name not in known]
        for path in orphans:
            path.unlink(missing_ok=True)
        return len(orphans)

    def _all(self) -> Iterator[Path]:
        for folder in sorted(self._layout.blobs.glob("??")):
            with os.scandir(folder) as entries:
                for entry in entries:
                    if is_blob_name(entry.name.removesuffix(".part")):
                        yield Path(entry.path)

    def _make_folder(self, folder: Path) -> None:
        if folder.is_dir():
            return
        with told_apart(folder):
            folder.mkdir(parents=True, exist_ok=True)
            sync_folder(folder.parent)
            sync_folder(self._layout.folder)
