"""What is left of a picture so that its copies can be found, and nothing that shows the picture.

Each of five centre crops gives 64 bits for a first net and 256 for a second look. A picture with a plain border
gives a second row of views, with the border cut off. No number library is loaded here: the window starts first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

CROPS: Final = (1.0, 0.95, 0.9, 0.85, 0.8)  # share of width and height that is kept
COARSE_BYTES: Final = 8
FINE_BYTES: Final = 32
VIEW_BYTES: Final = COARSE_BYTES + FINE_BYTES
ROW_BYTES: Final = len(CROPS) * VIEW_BYTES

_VERSION: Final = 1


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """One row of views, two for a picture with a border, none for a picture without detail (a white wall)."""

    rows: tuple[bytes, ...]

    @property
    def blank(self) -> bool:
        """Whether there is nothing to compare: only its bytes can tell such a picture."""
        return not self.rows

    def encode(self) -> bytes:
        """Bytes to keep and to hand on: a version, then the rows."""
        return bytes([_VERSION]) + b"".join(self.rows)


def decode_fingerprint(data: bytes) -> Fingerprint:
    """The fingerprint that `encode` wrote. Errors: ValueError for another version or length."""
    if not data or data[0] != _VERSION or (len(data) - 1) % ROW_BYTES or len(data) - 1 > 2 * ROW_BYTES:
        raise ValueError("not a fingerprint")
    return Fingerprint(tuple(data[at : at + ROW_BYTES] for at in range(1, len(data), ROW_BYTES)))
