"""One process per data folder, by a lock of the operating system: it goes when the process goes, however it goes.

The file stays and tells by its one word whether the last session was closed in order.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import told_apart

_OPEN: Final = b"open  "
_CLOSED: Final = b"closed"
# Windows locks are mandatory: the locked byte must lie beyond what anyone reads.
_LOCKED_BYTE: Final = 1024


class FolderLock:
    """Held from construction to `release`. Errors: VAULT_IN_USE, FOLDER_READ_ONLY."""

    def __init__(self, path: Path) -> None:
        """Take the lock, or raise VAULT_IN_USE at once."""
        with told_apart(path):
            self._handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise Fault(Code.VAULT_IN_USE) from error
        os.lseek(self._handle, 0, os.SEEK_SET)
        self.left_in_order = os.read(self._handle, len(_CLOSED)) == _CLOSED
        self._mark(_OPEN)

    def release(self, *, in_order: bool = True) -> None:
        """Give the lock back; `in_order` says that nothing is left to sweep."""
        if in_order:
            self._mark(_CLOSED)
        os.close(self._handle)

    def _mark(self, word: bytes) -> None:
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, word)


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
