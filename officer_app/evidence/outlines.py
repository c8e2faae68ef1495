"""The skeleton of a picture file: stored size, EXIF block, where the picture ends. Nothing is decoded here.

Bytes come from strangers: every step is bounded by the data, and what does not fit is left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from officer_app.evidence import webp
from officer_app.evidence.kinds import PhotoKind
from officer_app.evidence.skeletons import EXIF_PREFIX, Outline

_MAX_BOXES: Final = 4_096
_MAX_SEGMENTS: Final = 4_096
_MARKER: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF})
_XMP: Final = b"http://ns.adobe.com/xap/1.0/\x00"
_XMP_TEXT: Final = b"XML:com.adobe.xmp\x00\x00\x00"  # not compressed; a compressed one is left alone
_XMP_TYPE: Final = b"application/rdf+xml\x00"
_SEQUENCES: Final = frozenset({b"avis", b"msf1", b"hevc", b"hevx"})


def outline(data: bytes, kind: PhotoKind) -> Outline:
    """The skeleton of a file of that kind; what cannot be read is left empty."""
    match kind:
        case PhotoKind.JPEG:
            return _jpeg(data)
        case PhotoKind.PNG:
            return _png(data)
        case PhotoKind.WEBP:
            return webp.outline(data)
        case PhotoKind.HEIC | PhotoKind.AVIF:
            return _boxed(data)


def _jpeg(data: bytes) -> Outline:
    found = Outline()
    at = 2
    for _ in range(_MAX_SEGMENTS):
        mark = _MARKER.search(data, at)
        if mark is None:
            return found
        code = mark[0][1]
        if code == 0xD9:
            return replace(found, end=mark.end())
        size = int.from_bytes(data[mark.end() : mark.end() + 2], "big")
        if size < 2:  # no segment: marks without a length, or noise
            at = mark.end()
            continue
        body = data[mark.end() + 2 : mark.end() + size]
        found = _jpeg_segment(found, code, body)
        at = mark.end() + size
    return found


def _jpeg_segment(found: Outline, code: int, body: bytes) -> Outline:
    if code in _FRAMES and len(body) >= 5 and not found.width:
        height, width = int.from_bytes(body[1:3], "big"), int.from_bytes(body[3:5], "big")
        return replace(found, width=width, height=height)
    if code == 0xE1 and body.startswith(EXIF_PREFIX) and not found.exif:
        return replace(found, exif=body[len(EXIF_PREFIX) :])
    if code == 0xE1 and body.startswith(_XMP) and not found.xmp:
        return replace(found, xmp=body[len(_XMP) :])
    if code == 0xDB and len(body) >= 65 and body[0] == 0 and not found.coarseness:
        return replace(found, coarseness=sum(body[1:65]))
    return found


def _png(data: bytes) -> Outline:
    found = Outline()
    at = 8
    for _ in range(_MAX_BOXES * 16):
        size, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        if len(name) < 4 or at + 12 + size > len(data):
            return found
        body = data[at + 8 : at + 8 + size]
        if name == b"IHDR" and size >= 8:
            found = replace(found, width=int.from_bytes(body[:4], "big"), height=int.from_bytes(body[4:8], "big"))
        elif name == b"eXIf" and not found.exif:
            found = replace(found, exif=body.removeprefix(EXIF_PREFIX))
        elif name == b"iTXt" and body.startswith(_XMP_TEXT) and not found.xmp:
            found = replace(found, xmp=body[len(_XMP_TEXT) :].split(b"\x00", 2)[-1])
        elif name == b"acTL" and int.from_bytes(body[:4], "big") > 1:
            found = replace(found, several=True)
        at += 12 + size
        if name == b"IEND":
            return replace(found, end=at)
    return found


# --- HEIC and AVIF: boxes within boxes ----------------------------------------------------------------------


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, first byte of the body and end of each box; a size that lies ends the walk."""
    at = start
    for _ in range(_MAX_BOXES):
        size, name, head = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8], 8
        if size == 1:
            size, head = int.from_bytes(data[at + 8 : at + 16], "big"), 16
        elif size == 0:
            size = end - at
        if len(name) < 4 or size < head or at + size > end:
            return
        yield name, at + head, at + size
        at += size


def _first(data: bytes, start: int, end: int, wanted: bytes) -> tuple[int, int] | None:
    return next(((a, b) for name, a, b in _boxes(data, start, end) if name == wanted), None)


def _boxed(data: bytes) -> Outline:
    total = sum(end - start for name, start, end in _boxes(data, 0, len(data)) if name == b"mdat")
    meta = _first(data, 0, len(data), b"meta")
    if meta is None:
        return Outline()
    start, end = meta[0] + 4, meta[1]  # behind version and flags
    width, height = _stored_size(data, start, end)
    whole = _walked_to_the_end(data) and total > 0
    several = data[8:12] in _SEQUENCES and _first(data, 0, len(data), b"moov") is not None
    block = _item_bytes(data, start, end, b"Exif")
    skip = 4 + int.from_bytes(block[:4], "big")
    exif = block[skip:] if len(block) > 4 and skip < len(block) else b""
    xmp = _item_bytes(data, start, end, b"mime")
    return Outline(width, height, exif, len(data) if whole else None, xmp, several)


def _walked_to_the_end(data: bytes) -> bool:
    last = 0
    for _, _, last in _boxes(data, 0, len(data)):  # noqa: B007  the last end counts
        pass
    return last == len(data)


def _stored_size(data: bytes, start: int, end: int) -> tuple[int, int]:
    """Size of the primary item before any turning, from the properties tied to it."""
    primary = _first(data, start, end, b"pitm")
    properties = _first(data, start, end, b"iprp")
    if primary is None or properties is None:
        return 0, 0
    container = _first(data, *properties, b"ipco")
    ties = _first(data, *properties, b"ipma")
    if container is None or ties is None:
        return 0, 0
    wide = data[primary[0]] > 0 if primary[0] < primary[1] else False
    item = int.from_bytes(data[primary[0] + 4 : primary[0] + (8 if wide else 6)], "big")
    listed = list(_boxes(data, *container))
    for index in _tied_to(data[ties[0] : ties[1]], item):
        if 0 < index <= len(listed) and listed[index - 1][0] == b"ispe":
            at = listed[index - 1][1]
            return int.from_bytes(data[at + 4 : at + 8], "big"), int.from_bytes(data[at + 8 : at + 12], "big")
    return 0, 0


def _tied_to(table: bytes, wanted: int) -> list[int]:
    """Numbers (from 1) of the properties tied to an item, in the `ipma` table."""
    if len(table) < 8:
        return []
    id_size, index_size = (4 if table[0] else 2), (2 if table[3] & 1 else 1)
    at = 8
    for _ in range(min(int.from_bytes(table[4:8], "big"), _MAX_BOXES)):
        item = int.from_bytes(table[at : at + id_size], "big")
        at += id_size
        count = table[at] if at < len(table) else 0
        at += 1
        if item == wanted:
            mask = 0x7FFF if index_size == 2 else 0x7F
            cells = range(at, at + count * index_size, index_size)
            return [int.from_bytes(table[cell : cell + index_size], "big") & mask for cell in cells]
        at += count * index_size
    return []


def _item_bytes(data: bytes, start: int, end: int, kind: bytes) -> bytes:
    """The bytes of the first item of that type (`mime`: of XMP), where they lie in the file itself."""
    names, places = _first(data, start, end, b"iinf"), _first(data, start, end, b"iloc")
    if names is None or places is None:
        return b""
    item = _item(data, *names, kind)
    if item is None:
        return b""
    place = _place_of(data[places[0] : places[1]], item)
    return data[place[0] : place[0] + place[1]] if place is not None else b""


def _item(data: bytes, start: int, end: int, kind: bytes) -> int | None:
    if start >= end:
        return None
    head = 6 if data[start] == 0 else 8
    for name, a, b in _boxes(data, start + head, end):
        if name != b"infe" or a >= b or data[a] < 2:
            continue
        wide = 2 if data[a] == 2 else 4
        told = data[a + 4 + wide + 2 : b]
        if told.startswith(kind) and (kind != b"mime" or _XMP_TYPE in told):
            return int.from_bytes(data[a + 4 : a + 4 + wide], "big")
    return None


def _place_of(table: bytes, wanted: int) -> tuple[int, int] | None:
    """First byte and length of an item's only extent, from the `iloc` table; None for other constructions."""
    if len(table) < 8 or table[0] > 2:
        return None
    version = table[0]
    sizes = (table[4] >> 4, table[4] & 15, table[5] >> 4, table[5] & 15 if version else 0)
    id_size = 4 if version == 2 else 2
    cursor = _Cursor(table, 6)
    for _ in range(min(cursor.take(id_size), _MAX_BOXES)):
        item = cursor.take(id_size)
        method = cursor.take(2) & 15 if version else 0
        cursor.take(2)
        base = cursor.take(sizes[2])
        extents = []
        for _ in range(min(cursor.take(2), _MAX_BOXES)):
            cursor.take(sizes[3])
            extents.append((base + cursor.take(sizes[0]), cursor.take(sizes[1])))
        if item == wanted:
            return extents[0] if len(extents) == 1 and method == 0 else None
        if cursor.is_at_end:
            return None
    return None


class _Cursor:
    """Reads big-endian numbers one after another; past the end they are 0."""

    def __init__(self, data: bytes, at: int) -> None:
        self._data, self._at = data, at

    @property
    def is_at_end(self) -> bool:
        return self._at >= len(self._data)

    def take(self, size: int) -> int:
        value = int.from_bytes(self._data[self._at : self._at + size], "big")
        self._at += size
        return value
