"""What is read from a picture file without decoding it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

EXIF_PREFIX: Final = b"Exif\x00\x00"


@dataclass(frozen=True, slots=True)
class Outline:
    """Width and height as stored (0 where unreadable), EXIF without its prefix, XMP, end of the picture's own bytes.

    `end` is None when the picture stops before its end mark. `several` tells a file of moving or several pictures.
    `coarseness` is the sum of a JPEG's 64 steps for greys: 64 keeps everything, 1,850 is quality 75; 0 where none.
    """

    width: int = 0
    height: int = 0
    exif: bytes = b""
    end: int | None = None
    xmp: bytes = b""
    several: bool = False
    coarseness: int = 0
