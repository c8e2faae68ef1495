"""The plain frame around a picture: a screen's edge, a scanner's margin, the bars of a film."""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

Lines: TypeAlias = NDArray[np.bool_]

_PLAIN_LINE: Final = 12.0  # spread of greys in a line that belongs to a border
_MOST_BORDER: Final = 4  # at most a quarter of a side is border


def without_border(greys: NDArray[np.float32]) -> tuple[int, int, int, int]:
    """The box (left, top, right, bottom) left when plain lines are cut off on each side."""
    high, wide = greys.shape
    rows, columns = greys.std(axis=1) < _PLAIN_LINE, greys.std(axis=0) < _PLAIN_LINE
    top, bottom = _run(rows, high // _MOST_BORDER), _run(rows[::-1], high // _MOST_BORDER)
    left, right = _run(columns, wide // _MOST_BORDER), _run(columns[::-1], wide // _MOST_BORDER)
    return left, top, wide - right, high - bottom


def _run(plain: Lines, most: int) -> int:
    """How many lines from the outside are plain, at most so many."""
    detailed = np.flatnonzero(~plain[:most])
    return int(detailed[0]) if detailed.size else most
