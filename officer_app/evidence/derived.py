"""What the child process makes of pictures, as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Looked(Enum):
    """What the closer look says: one picture made from the other, or two pictures."""

    COPY = "copy"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen. `region` holds the corners of the second picture in thousandths of the first's width and height,
    clockwise from its own upper left; empty when no movement carries the one to the other.

    `carried` counts corners, `alike` is the share of patches that agree, in thousandths.
    """

    verdict: Looked
    carried: int = 0
    alike: int = 0
    mirrored: bool = False
    region: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Shown:
    """Two JPEGs, upright and without tags."""

    view: bytes
    view_size: tuple[int, int]
    thumbnail: bytes
