"""What a file is, by its first bytes; a name proves nothing."""

from __future__ import annotations

from enum import Enum
from typing import Final

from officer_app.base.errors import Code, Fault

MAX_BYTES: Final = 60_000_000
MAX_PIXELS: Final = 120_000_000
FILE_PATTERNS: Final = (
    "*.jpg *.jpeg *.png *.heic *.heif *.avif *.webp"  # what a file dialog offers; names prove nothing
)

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_HEVC: Final = frozenset({b"heic", b"heix", b"heim", b"heis"})  # still pictures as phones write them
_AV1: Final = frozenset({b"avif", b"avis"})
_EITHER: Final = b"mif1"  # names the container alone; phones that write it alone mean HEVC


class PhotoKind(Enum):
    """A kind of picture that is taken in; the value is its MIME type."""

    JPEG = "image/jpeg"
    PNG = "image/png"
    HEIC = "image/heic"
    AVIF = "image/avif"
    WEBP = "image/webp"

    @property
    def suffix(self) -> str:
        """How its file names end."""
        return ".jpg" if self is PhotoKind.JPEG else f".{self.value.rpartition('/')[2]}"


def recognise(data: bytes, name: str = "") -> PhotoKind:
    """The kind of picture in these bytes. Errors: PHOTO_KIND for anything else, whatever its name says."""
    if data.startswith(b"\xff\xd8\xff"):
        return PhotoKind.JPEG
    if data.startswith(_PNG):
        return PhotoKind.PNG
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return PhotoKind.WEBP
    if data[4:8] == b"ftyp":
        kind = _boxed(data[8:12], _brands(data))
        if kind is not None:
            return kind
    raise Fault(Code.PHOTO_KIND, where=name, file=name)


def _boxed(major: bytes, brands: frozenset[bytes]) -> PhotoKind | None:
    """What a container of boxes holds: its major brand first, since AVIF files list the common brand as well."""
    if major not in _AV1 and brands & _HEVC:
        return PhotoKind.HEIC
    if brands & _AV1:
        return PhotoKind.AVIF
    return PhotoKind.HEIC if _EITHER in brands else None


def _brands(data: bytes) -> frozenset[bytes]:
    """The brands a container names for itself: the major one and the compatible ones."""
    end = min(int.from_bytes(data[:4], "big"), 512)
    compatible = {data[at : at + 4] for at in range(16, end - 3, 4)}
    return frozenset({data[8:12]} | compatible)
