"""The views of a picture as bits: the signs of its lowest cosine frequencies, crop by crop.

64 bits are the eight by eight lowest (pHash), 256 the sixteen by sixteen next to the mean. Signs, not a median,
since then mirrored and turned pictures follow from the bits alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from officer_app.evidence.fingerprints import COARSE_BYTES, CROPS, VIEW_BYTES, Fingerprint

Greys: TypeAlias = NDArray[np.float32]
Bits: TypeAlias = NDArray[np.bool_]
Words: TypeAlias = NDArray[np.uint64]

SIDE: Final = 64  # pixels a crop is brought to
SYMMETRIES: Final = 8

_COARSE: Final = 8
_FINE: Final = 16


def row_of(crops: list[Greys]) -> bytes:
    """The views of a picture from its crops, each SIDE × SIDE greys, in the order of CROPS."""
    return b"".join(_view(crop) for crop in crops)


def _view(greys: Greys) -> bytes:
    waves = _waves()
    low = waves @ greys @ waves.T
    coarse, fine = low[:_COARSE, :_COARSE] > 0, low[1:, 1:] > 0
    return bytes(np.packbits(coarse).tobytes() + np.packbits(fine).tobytes())


@cache
def _waves() -> Greys:
    """The cosine transform's first rows; scale does not matter, as signs alone are kept."""
    frequencies, places = np.arange(_FINE + 1), np.arange(SIDE)
    return np.cos(np.pi * np.outer(frequencies, 2 * places + 1) / (2 * SIDE)).astype(np.float32)


# --- for the search --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Views:
    """The views of a row as machine words: `coarse` [crop], `fine` [crop, 4]."""

    coarse: Words
    fine: Words


def views_of(row: bytes) -> Views:
    """A stored row, ready to compare."""
    cells = np.frombuffer(row, dtype=np.uint8).reshape(len(CROPS), VIEW_BYTES)
    return Views(_words(cells[:, :COARSE_BYTES])[:, 0], _words(cells[:, COARSE_BYTES:]))


def whole_apart(one: Fingerprint, other: Fingerprint) -> int | None:
    """Differing bits of 64 between two whole pictures, however turned, never mirrored; None when one is blank."""
    apart = [
        int(np.bitwise_count(seen.coarse[0] ^ views_of(row).coarse[0]))
        for row in other.rows
        for theirs in one.rows
        for way, seen in enumerate(all_symmetries(theirs))
        if not is_mirrored(way)
    ]
    return min(apart, default=None)


def all_symmetries(row: bytes) -> tuple[Views, ...]:
    """The row as it would be of the picture mirrored and turned: as it is, three mirrorings, then their turns."""
    cells = np.frombuffer(row, dtype=np.uint8).reshape(len(CROPS), VIEW_BYTES)
    coarse = np.unpackbits(cells[:, :COARSE_BYTES], axis=1).reshape(-1, _COARSE, _COARSE).astype(np.bool_)
    fine = np.unpackbits(cells[:, COARSE_BYTES:], axis=1).reshape(-1, _FINE, _FINE).astype(np.bool_)
    return tuple(
        Views(_packed(_seen(coarse, way, 0))[:, 0], _packed(_seen(fine, way, 1))) for way in range(SYMMETRIES)
    )


def is_mirrored(way: int) -> bool:
    """Whether that symmetry swaps left and right (a mirroring, perhaps turned), so that writing runs backwards."""
    return way in {1, 2, 4, 7}


def is_turned(way: int) -> bool:
    """Whether that symmetry turns the picture, or is more than swapping left and right."""
    return way >= 2


def _seen(bits: Bits, way: int, first: int) -> Bits:
    """Bit 0 of `way` mirrors left and right, bit 1 top and bottom, bit 2 swaps the axes.

    Mirroring turns the sign of every odd frequency round; a swap of axes swaps the frequencies.
    """
    seen = bits.transpose(0, 2, 1) if way & 4 else bits
    odd = (np.arange(bits.shape[1]) + first) % 2 == 1
    if way & 1:
        seen = seen ^ odd[None, None, :]
    if way & 2:
        seen = seen ^ odd[None, :, None]
    return seen


def _packed(bits: Bits) -> Words:
    return _words(np.packbits(bits.reshape(len(bits), -1), axis=1))


def _words(cells: NDArray[np.uint8]) -> Words:
    return np.ascontiguousarray(cells).view(np.uint64)
