"""Copies of encrypted files: whole, durable, with their digest."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from officer_app.base.files import sync_folder, told_apart

_CHUNK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Copied:
    """What was copied."""

    size: int
    sha256: str


def copy_whole(source: Path, target: Path) -> Copied:
    """Copy one file beside, sync, replace; a crash leaves the old target or the new. Errors: DISK_FULL and kin."""
    part = target.with_name(target.name + ".part")
    size = source.stat().st_size
    with told_apart(target, size):
        target.parent.mkdir(parents=True, exist_ok=True)
        digest = _copy(source, part)
        part.replace(target)
        sync_folder(target.parent)
    return Copied(size, digest)


def _copy(source: Path, part: Path) -> str:
    digest = hashlib.sha256()
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with source.open("rb") as read, os.fdopen(handle, "wb") as written:
        while chunk := read.read(_CHUNK):
            digest.update(chunk)
            written.write(chunk)
        written.flush()
        os.fsync(written.fileno())
    return digest.hexdigest()


def file_digest(path: Path) -> str:
    """SHA-256 of a file as it lies there."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
