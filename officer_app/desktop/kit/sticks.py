"""Sticks that are plugged in now, as the system mounts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QStorageInfo

# Where systems mount what was plugged in by hand; a Windows drive other than the system's own counts by its letter.
_PLACES: Final = ("/media/", "/run/media/", "/Volumes/")
_OF_STICKS: Final = frozenset({"vfat", "exfat", "msdos", "fat32", "fuseblk", "ntfs", "ntfs3", "fat", "apfs", "hfs"})
EXCHANGE: Final = "exchange"


@dataclass(frozen=True, slots=True)
class Stick:
    """One stick: its name for a person, where it is mounted, and how many bytes are free."""

    name: str
    root: Path
    free: int

    @property
    def exchange(self) -> Path:
        """The folder on it that is exchanged through."""
        return self.root / EXCHANGE


def sticks() -> tuple[Stick, ...]:
    """What is plugged in and can be written, by name."""
    found = (
        (volume.displayName(), volume.rootPath(), bytes(volume.fileSystemType().data()).decode(), volume)
        for volume in QStorageInfo.mountedVolumes()
        if volume.isReady() and not volume.isReadOnly() and not volume.isRoot()
    )
    return chosen((name, root, kind, volume.bytesAvailable()) for name, root, kind, volume in found)


def chosen(volumes: Iterable[tuple[str, str, str, int]]) -> tuple[Stick, ...]:
    """Those of (name, root, file system, free bytes) that are sticks."""
    found = [
        Stick(Path(root).name or name or root, Path(root), free)
        for name, root, kind, free in volumes
        if root.startswith(_PLACES) or (root[1:2] == ":" and root[:1].upper() != "C" and kind.lower() in _OF_STICKS)
    ]
    return tuple(sorted(found, key=lambda stick: stick.name))
