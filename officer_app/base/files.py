"""Files appear whole or not at all: write beside, sync, replace, sync the folder."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from officer_app.base.errors import Code, Fault

_PART: Final = ".part"
_READ_ONLY: Final = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, durable before this returns; a crash leaves the old file or the new one.

    The file is readable by its owner alone from its first byte. Errors: DISK_FULL, FOLDER_READ_ONLY (also for a
    folder that is no longer there: a stick was pulled).
    """
    part = path.with_name(path.name + _PART)
    with told_apart(path, len(data)):
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise Fault(Code.FOLDER_READ_ONLY, folder=str(path.parent)) from error
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
        sync_folder(path.parent)


def read_limited(path: Path, limit: int) -> bytes:
    """All bytes of a stranger's file, or FILE_TOO_LARGE. Errors: FILE_MISSING, FILE_UNREADABLE.

    Only regular files are read: a device or a pipe would never end.
    """
    try:
        if not path.is_file():
            raise Fault(Code.FILE_MISSING, file=path.name)
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise Fault(Code.FILE_UNREADABLE, file=path.name) from error
    if len(data) > limit:
        raise Fault(Code.FILE_TOO_LARGE, file=path.name, limit_mb=limit // 1_000_000)
    return data


def fresh_folder(folder: Path) -> None:
    """Make an empty folder for its owner alone; what lay there goes, unless somebody holds it.

    Errors: DISK_FULL, FOLDER_READ_ONLY.
    """
    shutil.rmtree(folder, ignore_errors=True)
    with told_apart(folder):
        folder.mkdir(mode=0o700, exist_ok=True)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` survive a power cut, where the system knows how."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextlib.contextmanager
def told_apart(path: Path, size: int = 0) -> Iterator[None]:
    """Turn the system's refusals into ours by their number; what is not known goes on as it is."""
    try:
        yield
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Fault(Code.DISK_FULL, where=path.name, needed_mb=size // 1_000_000 + 1) from error
        if error.errno in _READ_ONLY:
            raise Fault(Code.FOLDER_READ_ONLY, folder=str(path.parent)) from error
        raise
