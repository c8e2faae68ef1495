"""A folder as a store: a USB stick, a shared folder, a disk.

An object is written beside (`.part`), synced, renamed, and the folder synced; no hard links, since exFAT has none.
A crash leaves at most a `.part`, which the next try overwrites. The folder itself is never made here when it is
missing: a stick that was pulled must not become an empty folder on the laptop's disk.
"""

from __future__ import annotations

import contextlib
import errno
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import sync_folder, told_apart
from officer_app.base.progress import Cancelled, check, never
from officer_app.exchange.layout import (
    LARGEST_OBJECT,
    check_name,
    check_piece,
    counter_of,
    is_device,
    is_object,
    is_whole,
)
from officer_app.exchange.stores import UNKNOWN, Found, Sealed, Told

_PART: Final = ".part"
# What the system says when the stick is no longer there, or its cable is loose.
_GONE: Final = frozenset(
    {errno.ENOENT, errno.ENODEV, errno.ENXIO, errno.EIO, errno.ESTALE, errno.ENOTDIR, errno.ENOTCONN, errno.EHOSTDOWN}
)


class FolderStore:
    """Objects as files in a folder."""

    width = 1

    def __init__(self, root: Path) -> None:
        """Take a folder that is there. Errors: STORE_GONE."""
        self._root = root
        self._check_there()

    def put(self, name: str, data: bytes) -> bool:
        """As `Store.put`."""
        path = self._path(name)
        with self._guarded(path, len(data)):
            self._check_there()
            if self._has(path, data, name):
                return False
            self._make_folders(path.parent)
            self._write(path, data)
        return True

    def get(self, name: str) -> bytes | None:
        """As `Store.get`."""
        path = self._path(name)
        with self._guarded(path):
            if not path.is_file():
                self._check_there()
                return None
            with path.open("rb") as file:
                size = os.fstat(file.fileno()).st_size
                # No more room is made than it takes; one byte more shows whether it grows.
                data = file.read(min(size, LARGEST_OBJECT) + 1)
        if size > LARGEST_OBJECT or len(data) > LARGEST_OBJECT:
            raise Fault(Code.OBJECT_TOO_LARGE, where=name, name=name)
        return data

    def put_all(self, objects: Iterable[Sealed], told: Told, cancelled: Cancelled = never) -> None:
        """As `Store.put_all`, one after the other."""
        for item in objects:
            check(cancelled)
            told(item.name, self.put(item.name, item.data))
            if self.size(item.name) != len(item.data):
                raise Fault(Code.STORE_CONFLICT, where=item.name, name=item.name)

    def get_all(self, names: Sequence[str], sizes: Mapping[str, int] = UNKNOWN) -> list[Found]:  # noqa: ARG002
        """As `Store.get_all`; a file tells its own size for nothing."""
        return [self._found(name) for name in names]

    def _found(self, name: str) -> Found:
        try:
            data = self.get(name)
        except Fault as fault:
            if fault.code is not Code.OBJECT_TOO_LARGE:
                raise
            return fault
        if data is not None and not is_whole(name, data):
            return Fault(Code.OBJECT_CHANGED, where=name, name=name)
        return data

    def close(self) -> None:
        """Nothing is held: a stick may be pulled."""

    def remove(self, name: str) -> bool:
        """As `Store.remove`; what a cut left beside it goes too."""
        path = self._path(check_piece(name))
        with self._guarded(path):
            self._check_there()
            path.with_name(path.name + _PART).unlink(missing_ok=True)
            if not path.is_file():
                return False
            path.unlink()
            sync_folder(path.parent)
        return True

    def size(self, name: str) -> int | None:
        """As `Store.size`."""
        path = self._path(name)
        with self._guarded(path):
            if path.is_file():
                return path.stat().st_size
            self._check_there()
            return None

    def devices(self) -> tuple[str, ...]:
        """As `Store.devices`."""
        return tuple(name for name in self._names(self._root / "i") if is_device(name))

    def counters(self, device: str) -> tuple[int, ...]:
        """As `Store.counters`."""
        if not is_device(device):
            raise Fault(Code.STORE_NAME, name=device[:100])
        found = (counter_of(name) for name in self._names(self._root / "i" / device))
        return tuple(counter for counter in found if counter is not None)

    def _path(self, name: str) -> Path:
        return self._root.joinpath(*check_name(name).split("/"))

    def _names(self, folder: Path) -> list[str]:
        with self._guarded(folder):
            self._check_there()
            return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def _check_there(self) -> None:
        if not self._root.is_dir():
            raise self._gone()

    def _has(self, path: Path, data: bytes, name: str) -> bool:
        """Whether the very bytes are there.

        A piece is named by its bytes, so other bytes under its name are damage, and written over; an index is
        not, so other bytes under its name are another delivery, and stay.
        """
        if not path.is_file():
            return False
        if path.stat().st_size == len(data) and path.read_bytes() == data:
            return True
        if is_object(name):
            return False
        raise Fault(Code.STORE_CONFLICT, where=name, name=name)

    def _make_folders(self, folder: Path) -> None:
        """The two folders below the root, each synced into its parent; never the root itself."""
        missing = []
        while folder != self._root and not folder.is_dir():
            missing.append(folder)
            folder = folder.parent
        for path in reversed(missing):
            path.mkdir(exist_ok=True)
            sync_folder(path.parent)

    def _write(self, path: Path, data: bytes) -> None:
        part = path.with_name(path.name + _PART)
        part.unlink(missing_ok=True)
        # A planted link must not lead the write elsewhere: the file is made here and now, or not at all.
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o644)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)

    @contextlib.contextmanager
    def _guarded(self, path: Path, size: int = 0) -> Iterator[None]:
        """The system's refusals by their number: full or read-only as everywhere, the rest is a store that left."""
        try:
            yield
        except OSError as error:
            if error.errno in _GONE or not self._root.is_dir():
                raise self._gone() from error
            with told_apart(path, size):
                raise

    def _gone(self) -> Fault:
        return Fault(Code.STORE_GONE, where=self._root.name, store=str(self._root))
