"""HEIC files without pixels: no free encoder exists here, and skeletons are what hostile files are made of."""

from __future__ import annotations


def _box(name: bytes, body: bytes) -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body


def heic(exif: bytes = b"", size: tuple[int, int] = (4032, 3024)) -> bytes:
    """The boxes of a HEIC file with one picture (not decodable) and its EXIF."""
    ispe = _box(b"ispe", b"\0\0\0\0" + size[0].to_bytes(4, "big") + size[1].to_bytes(4, "big"))
    ipma = _box(b"ipma", b"\0\0\0\0" + (1).to_bytes(4, "big") + (1).to_bytes(2, "big") + b"\x02\x81\x02")
    iprp = _box(b"iprp", _box(b"ipco", ispe + _box(b"irot", b"\x03")) + ipma)
    infe = _box(b"infe", b"\x02\0\0\0\x00\x02\0\0Exif\0")
    iinf = _box(b"iinf", b"\0\0\0\0\x00\x01" + infe)
    pitm = _box(b"pitm", b"\0\0\0\0\x00\x01")
    ftyp = _box(b"ftyp", b"heic\0\0\0\0mif1heic")
    block = b"\0\0\0\x06Exif\0\0" + exif

    def meta(at: int) -> bytes:
        extent = at.to_bytes(4, "big") + len(block).to_bytes(4, "big")
        iloc = _box(b"iloc", b"\0\0\0\0\x44\0\x00\x01" + b"\x00\x02\0\0" + b"\x00\x01" + extent)
        return _box(b"meta", b"\0\0\0\0" + pitm + iinf + iloc + iprp)

    return ftyp + meta(len(ftyp) + len(meta(0)) + 8) + _box(b"mdat", block)
