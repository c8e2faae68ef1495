"""Zips made to do harm, and every reader of zips in the program held against them, in a process of its own.

`python -m tests.support.hostile_archives FOLDER`: works in FOLDER and prints one JSON document: for each reader and
attack whether it was refused, in how many seconds, and the memory that the whole took at its height.
"""

from __future__ import annotations

import json
import os
import re
import stat
import struct
import sys
import time
import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO
from pathlib import Path

from officer_app.base.errors import Fault
from officer_app.checklists.authoring.container import Unreadable
from officer_app.checklists.authoring.xlsx import read_xlsx
from officer_app.checklists.bundles import Bundle, bundled, opened
from officer_app.workbooks.reading import read_workbook
from tests.support.excel import plain_workbook, workbook

MANY = 20_000
Zip = bytes


def _entries(source: Zip) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(source)) as old:
        return {entry.filename: old.read(entry) for entry in old.infolist()}


def _again(source: Zip, *more: tuple[zipfile.ZipInfo, bytes]) -> Zip:
    """The same zip with entries added, as it is packed."""
    target = BytesIO()
    packing = zipfile.ZIP_STORED if _is_bundle(source) else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(target, "w", packing) as new:
        for name, data in _entries(source).items():
            new.writestr(name, data)
        for entry, data in more:
            new.writestr(entry, data)
    return target.getvalue()


def _is_bundle(source: Zip) -> bool:
    return b"form.xml" in source[:60]


def _named(name: str) -> Callable[[Zip], Zip]:
    """One more entry of this name; where a folder is expected, within it too."""
    return lambda source: _again(source, (zipfile.ZipInfo(f"media/{name}" if _is_bundle(source) else name), b"x"))


def _link(source: Zip) -> Zip:
    entry = zipfile.ZipInfo("media/passwd" if _is_bundle(source) else "xl/passwd")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    return _again(source, (entry, b"/etc/passwd"))


def _double(source: Zip) -> Zip:
    first = sorted(_entries(source))[-1]
    return _with_list(_again(source, (zipfile.ZipInfo(_like(first)), b"other")), _like(first), first)


def _like(name: str) -> str:
    """A name of the same length that is not in it yet."""
    return name[:-1] + ("q" if name[-1] != "q" else "w")


def _with_list(source: Zip, name: str, instead: str) -> Zip:
    return source.replace(name.encode(), instead.encode())


def _cases(source: Zip) -> Zip:
    return _again(source, (zipfile.ZipInfo(sorted(_entries(source))[-1].upper()), b"other"))


def _lying(size: int) -> Callable[[Zip], Zip]:
    """Every entry of the list claims to unpack to so many bytes."""

    def lie(source: Zip) -> Zip:
        changed = bytearray(source)
        at = changed.find(b"PK\x01\x02")
        while at >= 0:
            struct.pack_into("<I", changed, at + 24, size)
            at = changed.find(b"PK\x01\x02", at + 4)
        return bytes(changed)

    return lie


def _overlapping(source: Zip) -> Zip:
    """Every entry of the list points at the bytes of the first."""
    changed = bytearray(source)
    at = changed.find(b"PK\x01\x02")
    (first,) = struct.unpack_from("<I", changed, at + 42)
    while at >= 0:
        struct.pack_into("<I", changed, at + 42, first)
        at = changed.find(b"PK\x01\x02", at + 4)
    return bytes(changed)


def _flood(source: Zip) -> Zip:
    folder = "media/" if _is_bundle(source) else "xl/"
    return _again(source, *((zipfile.ZipInfo(f"{folder}{number}.bin"), b"") for number in range(MANY)))


ATTACKS: Mapping[str, Callable[[Zip], Zip]] = {
    "a name that climbs": _named("../../climbed"),
    "a name from the root": _named("/rooted"),
    "a name of another system": _named("..\\..\\climbed"),
    "a name with a drive": _named("C:climbed"),
    "a name with a NUL": lambda source: _named("good.csv#x")(source).replace(b"good.csv#", b"good.csv\0"),
    "a device's name": _named("aux.csv"),
    "a name that ends in a dot": _named("note.csv."),
    "a link": _link,
    "two of one name": _double,
    "large and small letters alike": _cases,
    "sizes too small": _lying(1),
    "sizes of a gigabyte": _lying(1 << 30),
    "entries over each other": _overlapping,
    "twenty thousand entries": _flood,
}


def _honest_bundle() -> Zip:
    return bundled(Bundle(b"<h:html/>", {"stalls.csv": b"name,label\na,A\n", "door.jpg": bytes(range(256))}))


READERS: Mapping[str, tuple[Callable[[], Zip], Callable[[Zip], object]]] = {
    "checklist with its files": (_honest_bundle, opened),
    "checklist in Excel": (workbook, read_xlsx),
    "list in Excel": (plain_workbook, read_workbook),
}


def _refused(read: Callable[[Zip], object], source: Zip) -> bool:
    try:
        read(source)
    except (Fault, Unreadable):
        return True
    return False


def main() -> None:
    """Hold every reader against every attack."""
    found = []
    for reader, (honest, read) in READERS.items():
        assert not _refused(read, honest()), reader
        for attack, spoil in ATTACKS.items():
            source = spoil(honest())
            began = time.perf_counter()
            refused = _refused(read, source)
            found.append({"reader": reader, "attack": attack, "refused": refused, "s": time.perf_counter() - began})
    json.dump({"found": found, "megabytes": _height()}, sys.stdout)


def _height() -> float:
    """The most memory this process ever held: what `getrusage` tells counts its parent's too."""
    told = Path("/proc/self/status").read_text()
    return int(re.findall(r"VmHWM:\s*(\d+) kB", told)[0]) / 1024


if __name__ == "__main__":
    os.chdir(Path(sys.argv[1]))
    main()
