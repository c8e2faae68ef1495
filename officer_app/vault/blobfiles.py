"""Encrypted files beside the database: whole or not there, each bound to its own id.

A file of a case names the case's key in its first bytes and is sealed under it; what belongs to no case, and files of
earlier programs, are sealed under the vault's own.
"""

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
_OF_A_CASE = b"\x02"
_NAME_BYTES = 16


class BlobFiles:
    """The files of one vault. Reading is safe from any thread."""

    def __init__(self, layout: Layout, key: bytes, wrapping: bytes) -> None:
        """Take where they lie, the key that seals those of no case, and the one that wraps the keys of cases."""
        self._layout = layout
        self._key = key
        self._held: dict[str, bytes] = {}
        self.wrapping = wrapping

    def hold(self, name: str, key: bytes) -> None:
        """Have a case's key at hand."""
        self._held[name] = key

    def let_go(self, name: str) -> None:
        """Forget a key that was destroyed."""
        self._held.pop(name, None)

    def write(self, data: bytes, key_name: str = "") -> BlobId:
        """Seal and keep `data` under a new id, durable before this returns; under a case's key when it is named.

        Errors: DISK_FULL, FILE_TOO_LARGE.
        """
        blob = BlobId(new_id())
        path = self._layout.blob(blob)
        self._make_folder(path.parent)
        try:
            write_whole(path, self._sealed(data, blob, key_name))
        except BaseException:
            # On a full disk half a picture is room that an answer could use.
            path.with_name(path.name + ".part").unlink(missing_ok=True)
            raise
        return blob

    def read(self, blob: BlobId) -> bytes:
        """The bytes as they were given. Errors: BLOB_MISSING, BLOB_BROKEN."""
        try:
            box = read_limited(self._layout.blob(blob), boxes.LIMIT + _OVERHEAD)
            return self._unsealed(box, blob)
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

    def _sealed(self, data: bytes, blob: BlobId, key_name: str) -> bytes:
        if not key_name:
            return boxes.seal(self._key, data, blob)
        return _OF_A_CASE + bytes.fromhex(key_name) + boxes.seal(self._held[key_name], data, blob)

    def _unsealed(self, box: bytes, blob: BlobId) -> bytes:
        """Errors: BOX_BROKEN, also where the case's key is no more."""
        if not box.startswith(_OF_A_CASE):
            return boxes.unseal(self._key, box, blob)
        head = len(_OF_A_CASE) + _NAME_BYTES
        key = self._held.get(box[len(_OF_A_CASE) : head].hex())
        if key is None:
            raise Fault(Code.BOX_BROKEN, where=blob)
        return boxes.unseal(key, box[head:], blob)

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
