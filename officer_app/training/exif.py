"""Camera tags for the drawn pictures of the demo: time, place and device, as a phone would write them.

Only pictures that carry 样例 in the corner get them; the product never writes tags into a stranger's file.
"""

from __future__ import annotations

import struct
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final

_ASCII: Final = 2
_LONG: Final = 4
_RATIONAL: Final = 5
_Entry = tuple[int, int, int, bytes]


def with_tags(jpeg: bytes, *, taken: datetime, lat: Decimal, lon: Decimal, make: str, model: str) -> bytes:
    """The JPEG with an Exif segment behind its first marker; `taken` is aware and keeps its offset."""
    segment = b"Exif\x00\x00" + _tiff(taken, lat, lon, make, model)
    return jpeg[:2] + b"\xff\xe1" + struct.pack(">H", len(segment) + 2) + segment + jpeg[2:]


def _tiff(taken: datetime, lat: Decimal, lon: Decimal, make: str, model: str) -> bytes:
    stamp = taken.strftime("%Y:%m:%d %H:%M:%S")
    offset = taken.strftime("%z")
    zone = f"{offset[:3]}:{offset[3:]}"
    exif = [_ascii(0x9003, stamp), _ascii(0x9004, stamp), _ascii(0x9010, zone), _ascii(0x9011, zone)]
    place = [
        _ascii(1, "N" if lat >= 0 else "S"),
        _degrees(2, abs(lat)),
        _ascii(3, "E" if lon >= 0 else "W"),
        _degrees(4, abs(lon)),
        _clock(7, taken.astimezone(UTC)),
        _ascii(29, taken.astimezone(UTC).strftime("%Y:%m:%d")),
    ]
    main = [_ascii(0x010F, make), _ascii(0x0110, model)]
    start = 8
    pointers = [_pointer(0x8769, 0), _pointer(0x8825, 0)]
    size = len(_folder(main + pointers, start))
    exif_at = start + size
    gps_at = exif_at + len(_folder(exif, exif_at))
    pointers = [_pointer(0x8769, exif_at), _pointer(0x8825, gps_at)]
    head = b"II*\x00" + struct.pack("<I", start)
    return head + _folder(main + pointers, start) + _folder(exif, exif_at) + _folder(place, gps_at)


def _ascii(tag: int, text: str) -> _Entry:
    data = text.encode("ascii") + b"\x00"
    return tag, _ASCII, len(data), data


def _degrees(tag: int, value: Decimal) -> _Entry:
    degrees = int(value)
    minutes = int((value - degrees) * 60)
    seconds = (value - degrees) * 3600 - minutes * 60
    parts = (degrees, 1, minutes, 1, int(seconds * 10_000), 10_000)
    return tag, _RATIONAL, 3, struct.pack("<6I", *parts)


def _clock(tag: int, moment: datetime) -> _Entry:
    parts = (moment.hour, 1, moment.minute, 1, moment.second, 1)
    return tag, _RATIONAL, 3, struct.pack("<6I", *parts)


def _pointer(tag: int, at: int) -> _Entry:
    return tag, _LONG, 1, struct.pack("<I", at)


def _folder(entries: list[_Entry], at: int) -> bytes:
    """One image file directory that starts at byte `at`, with what does not fit in four bytes behind it."""
    rows, heap = b"", b""
    heap_at = at + 2 + 12 * len(entries) + 4
    for tag, kind, count, data in sorted(entries):
        if len(data) <= 4:
            value = data.ljust(4, b"\x00")
        else:
            value = struct.pack("<I", heap_at + len(heap))
            heap += data + (b"\x00" if len(data) % 2 else b"")
        rows += struct.pack("<HHI", tag, kind, count) + value
    return struct.pack("<H", len(entries)) + rows + struct.pack("<I", 0) + heap
