"""Cards and cameras that are plugged in: folders of the camera standard (DCIM), and the pictures in them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

from officer_app.base.progress import Cancelled, check

_DCIM: Final = "dcim"
_SUFFIXES: Final = frozenset({".jpg", ".jpeg", ".png", ".heic", ".heif", ".avif", ".webp"})
_MOST: Final = 5_000  # files looked at in one folder: a whole disk is no card
_DEEPEST: Final = 4


@dataclass(frozen=True, slots=True)
class Card:
    """A plugged camera or card; `name` is what the system calls it."""

    name: str
    folder: Path


def mounted() -> tuple[Path, ...]:
    """Where this system has mounted anything, phones over USB among it."""
    found = [Path(volume.rootPath()) for volume in QStorageInfo.mountedVolumes() if volume.isReady()]
    desktop = Path(f"/run/user/{os.getuid()}/gvfs") if hasattr(os, "getuid") else None
    if desktop is not None and desktop.is_dir():
        for device in _folders(desktop):  # MTP: the phone, then its stores
            found += [device, *_folders(device)]
    return tuple(found)


def cards(roots: Iterable[Path]) -> tuple[Card, ...]:
    """The DCIM folders right below `roots`."""
    return tuple(
        Card(root.name or str(root), folder)
        for root in roots
        for folder in _folders(root)
        if folder.name.casefold() == _DCIM
    )


def pictures_in(folder: Path, since: datetime | None, cancelled: Cancelled) -> tuple[Path, ...]:
    """The pictures in a folder and below, oldest name first; `since` leaves out what was written before.

    Names alone are looked at here: what a file is shows when it is read. Errors: CANCELLED.
    """
    found = []
    for path in _walk(folder, cancelled):
        if path.suffix.casefold() in _SUFFIXES and not path.name.startswith("."):
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if since is None or written >= since:
                found.append(path)
    return tuple(sorted(found))


def _walk(folder: Path, cancelled: Cancelled) -> Iterator[Path]:
    waiting, seen = [(folder, 0)], 0
    while waiting:
        here, depth = waiting.pop()
        with os.scandir(here) as entries:
            for entry in entries:
                check(cancelled)
                seen += 1
                if seen > _MOST:
                    return
                if entry.is_dir(follow_symlinks=False) and depth < _DEEPEST:
                    waiting.append((Path(entry.path), depth + 1))
                elif entry.is_file(follow_symlinks=False):
                    yield Path(entry.path)


def _folders(root: Path) -> list[Path]:
    """The folders right below; a stick pulled at this moment has none."""
    try:
        return sorted(path for path in root.iterdir() if path.is_dir())
    except OSError:
        return []
