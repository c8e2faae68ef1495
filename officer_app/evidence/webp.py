"""The skeleton of a WebP file: chunks in a RIFF envelope."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.evidence.skeletons import EXIF_PREFIX, Outline

_MAX_CHUNKS: Final = 4_096
_MOVING: Final = 2  # bit of the extended header


def outline(data: bytes) -> Outline:
    """Size of the canvas, tags and the end that the envelope claims; what cannot be read is left empty."""
    found = Outline()
    at, end = 12, 8 + int.from_bytes(data[4:8], "little")
    for _ in range(_MAX_CHUNKS):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        if len(name) < 4 or at + 8 + size > min(end, len(data)):
            return found
        found = _chunk(found, name, data[at + 8 : at + 8 + size])
        at += 8 + size + size % 2
        if at >= end:
            return replace(found, end=end)
    return found


def _chunk(found: Outline, name: bytes, body: bytes) -> Outline:
    match name:
        case b"VP8X" if len(body) >= 10:
            wide, high = (1 + int.from_bytes(body[at : at + 3], "little") for at in (4, 7))
            return replace(found, width=wide, height=high, several=bool(body[0] & _MOVING))
        case b"VP8L" if len(body) >= 5 and not found.width:
            bits = int.from_bytes(body[1:5], "little")
            return replace(found, width=1 + (bits & 0x3FFF), height=1 + (bits >> 14 & 0x3FFF))
        case b"VP8 " if len(body) >= 10 and not found.width:
            wide, high = (int.from_bytes(body[at : at + 2], "little") & 0x3FFF for at in (6, 8))
            return replace(found, width=wide, height=high)
        case b"EXIF" if not found.exif:
            return replace(found, exif=body.removeprefix(EXIF_PREFIX))
        case b"XMP " if not found.xmp:
            return replace(found, xmp=body)
        case _:
            return found
