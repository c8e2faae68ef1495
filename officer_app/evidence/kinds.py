"""What a file is, by its first bytes; a name proves nothing."""

from __future__ import annotations

from enum import Enum
from typing import Final

from officer_app.base.errors import Code, Fault

MAX_BYTES: Final = 60_000_000
MAX_PIXELS: Final = 120_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
# HEVC still pictures as phones write them; AVIF and sequences are other things.
_HEIC_BRANDS: Final = frozenset({b"heic", b"heix", b"heim", b"heis", b"mif1"})


class PhotoKind(Enum):
    """A kind of picture that is taken in; the value is its MIME type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"

    @property
    def suffix(self) -> str:
        """How its file names end."""
        return {"image/jpeg": ".jpg", "image/png": ".png", "image/heic": ".heic"}[self.value]


def recognise(data: bytes, name: str = "") -> PhotoKind:
    """The kind of picture in these bytes. Errors: PHOTO_KIND for anything else, whatever its name says."""
    if data.startswith(b"\xff\xd8\xff"):
        return PhotoKind.JPEG
    if data.startswith(_PNG):
        return PhotoKind.PNG
    if data[4:8] == b"ftyp" and _brands(data) & _HEIC_BRANDS:
        return PhotoKind.HEIC
    raise Fault(Code.PHOTO_KIND, where=name, file=name)


def _brands(data: bytes) -> frozenset[bytes]:
    """The brands a container names for itself: the major one and the compatible ones."""
    end = min(int.from_bytes(data[:4], "big"), 512)
    compatible = {data[at : at + 4] for at in range(16, end - 3, 4)}
    return frozenset({data[8:12]} | compatible)
