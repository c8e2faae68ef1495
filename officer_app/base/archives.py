"""What a zip from a stranger may look like before anything in it is believed.

Nothing of ours unpacks a zip into a folder. What leads elsewhere, lies about its size or means two things at once is
refused all the same: the next reader of the same file, an unpacker at head office, may be less careful.
"""

from __future__ import annotations

import re
import stat
import zipfile
from collections.abc import Iterable
from typing import Final

# An honest workbook has some dozens of parts, a checklist with its files at most 201.
MOST_ENTRIES: Final = 5_000
_LONGEST: Final = 250
_HEAD: Final = 30  # bytes of an entry's own head, before its name
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com[0-9]|lpt[0-9])(\..*)?", re.IGNORECASE | re.ASCII)
_STRANGE: Final = re.compile(r"[\\:*?\"<>|\x00-\x1f\x7f]")


class ArchiveRefused(ValueError):  # noqa: N818  a refusal, told on as the reader's own
    """A zip that no honest program makes; the word says why, for the log."""


def check_archive(archive: zipfile.ZipFile) -> None:
    """Look at a zip's list alone, before a byte is unpacked. Errors: ArchiveRefused.

    Refused are more entries than `MOST_ENTRIES`, names that lead elsewhere or that some system reads otherwise, two
    entries of one name (large and small letters alike), links and devices, and entries that lie over each other or
    claim more bytes than are there.
    """
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise ArchiveRefused("entries")
    for entry in entries:
        _check_name(entry.orig_filename)
        _check_kind(entry)
    if len({entry.filename.casefold() for entry in entries}) != len(entries):
        raise ArchiveRefused("double")
    _check_places(entries, archive.start_dir)


def _check_name(name: str) -> None:
    steps = name.removesuffix("/").split("/")
    outside = any(step in {"", ".", ".."} for step in steps)
    if outside or len(name) > _LONGEST or _STRANGE.search(name):
        raise ArchiveRefused("name")
    if any(_RESERVED.fullmatch(step) or step[-1] in ". " for step in steps):
        raise ArchiveRefused("reserved name")


def _check_kind(entry: zipfile.ZipInfo) -> None:
    kind = stat.S_IFMT(entry.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise ArchiveRefused("link")


def _check_places(entries: Iterable[zipfile.ZipInfo], end: int) -> None:
    """Each entry ends before the next begins, and the last before the list; a stored one is as long as it says."""
    begun = end
    for entry in sorted(entries, key=lambda one: one.header_offset, reverse=True):
        least = _HEAD + len(entry.orig_filename.encode("utf-8", "surrogateescape")) + entry.compress_size
        if entry.header_offset + least > begun:
            raise ArchiveRefused("overlap")
        if entry.compress_type == zipfile.ZIP_STORED and entry.compress_size != entry.file_size:
            raise ArchiveRefused("size")
        begun = entry.header_offset
