"""Lines of text as a reader finds them in a picture, and the ways the sheet they stand on may lie in it."""

from __future__ import annotations

import math
import statistics
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_LEVEL: Final = 0.5  # share of the height of the lower line by which two stand on one level
_LONG: Final = 2.0  # a line so many times as long as high tells how the sheet is turned

_DOTS: Final = str.maketrans("・•‧∙", "····")

Corner = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, how sure the reader is in percent, and its corners in pixels from the upper left.

    The corners go clockwise from where the text begins as the reader saw it; they need not be upright.
    """

    text: str
    sure: int
    corners: tuple[Corner, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """What was read in one picture of so many pixels; `lines` is empty where there is no text."""

    width: int
    height: int
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Placed:
    """A line upright: edges in pixels of the turned sheet, the text without spaces and in plain signs."""

    line: Line
    text: str
    left: float
    top: float
    right: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def is_wide(self) -> bool:
        """Whether it is longer than it is high, as upright lines are."""
        return self.right - self.left > self.height

    def is_level_with(self, other: Placed) -> bool:
        """Whether two lines stand on one level."""
        shared = min(self.bottom, other.bottom) - max(self.top, other.top)
        return shared >= _LEVEL * min(self.height, other.height)


@dataclass(frozen=True, slots=True)
class Lie:
    """One way the sheet may lie: its lines upright, and the quarter turns to the right that set the picture so."""

    placed: tuple[Placed, ...]
    quarters: int


def ways(page: Page) -> Iterator[Lie]:
    """The four ways a sheet may lie in a picture, each straightened: as it is, then the others.

    A reader turns each line by itself, so that the text is right in all four; which line stands beside which is not.
    """
    slope = _slope(page.lines)
    for quarters in (0, 2, 1, 3):
        turn = math.radians(90 * quarters) - slope
        yield Lie(tuple(_placed(line, turn) for line in page.lines), quarters)


def as_it_is(page: Page) -> tuple[Placed, ...]:
    """The lines where they stand: what is printed over a picture lies straight in it."""
    return tuple(_placed(line, 0.0) for line in page.lines)


def plain(text: str) -> str:
    """The text without spaces; full-width letters, digits and signs as their plain ones."""
    return "".join(unicodedata.normalize("NFKC", text.translate(_DOTS)).split())


def _placed(line: Line, turn: float) -> Placed:
    cosine, sine = math.cos(turn), math.sin(turn)
    xs = [x * cosine - y * sine for x, y in line.corners]
    ys = [x * sine + y * cosine for x, y in line.corners]
    return Placed(line, plain(line.text), min(xs), min(ys), max(xs), max(ys))


def _slope(lines: Sequence[Line]) -> float:
    """By how much the long lines lean, in radians between -π/4 and π/4."""
    found = [_lean(line.corners) for line in lines if _length(line.corners) > _LONG]
    return statistics.median(found) if found else 0.0


def _lean(corners: Sequence[Corner]) -> float:
    (x0, y0), (x1, y1), (x2, y2) = corners[:3]
    along, across = (x1 - x0, y1 - y0), (x2 - x1, y2 - y1)
    x, y = max((along, across), key=lambda side: math.hypot(*side))
    angle = math.atan2(y, x)
    return angle - round(angle / (math.pi / 2)) * (math.pi / 2)


def _length(corners: Sequence[Corner]) -> float:
    """How many times as long as it is thin."""
    (x0, y0), (x1, y1), (x2, y2) = corners[:3]
    sides = math.hypot(x1 - x0, y1 - y0), math.hypot(x2 - x1, y2 - y1)
    return max(sides) / max(min(sides), 1.0)
