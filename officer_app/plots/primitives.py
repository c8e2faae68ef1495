"""What a plot is made of: lines, bars, bands, dots and texts with a colour role, nothing of any screen or paper.

`desktop` draws them with QPainter, `memos` with ReportLab, so that the officer, the manager and the paper see one
picture. Units are the caller's: x to the right, y down from the upper edge; `em` is the size of its texts.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from officer_app.base.words import Sayable


class Role(Enum):
    """What a colour means; the palette is the drawer's."""

    INK = "ink"
    MUTED = "muted"
    LINE = "line"
    SURFACE = "surface"
    ACCENT = "accent"
    ACCENT_SOFT = "accent_soft"
    PASSED = "passed"
    PASSED_SOFT = "passed_soft"
    LOOK = "look"
    LOOK_SOFT = "look_soft"
    STOP = "stop"
    STOP_SOFT = "stop_soft"
    UNKNOWN = "unknown"
    NEUTRAL = "neutral"


class Anchor(Enum):
    """Which end of a text stands at its x."""

    START = "start"
    MIDDLE = "middle"
    END = "end"


class Marker(Enum):
    """The shape of a dot: a state differs in shape too, colour never stands alone."""

    DOT = "dot"
    SQUARE = "square"
    HALF = "half"
    RING = "ring"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line."""

    x1: float
    y1: float
    x2: float
    y2: float
    role: Role
    width: float = 1.0
    dashed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Bar:
    """A filled rectangle that stands for an amount; x, y is its upper left corner."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    source: str = ""


@dataclass(frozen=True, slots=True)
class Band:
    """A soft rectangle behind the rest: the range that would still be right."""

    x: float
    y: float
    width: float
    height: float
    role: Role
    source: str = ""


@dataclass(frozen=True, slots=True)
class Dot:
    """A mark of so much across, its middle at x, y."""

    x: float
    y: float
    size: float
    role: Role
    marker: Marker = Marker.DOT
    source: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """The outline of a circle around x, y: what lies within is near enough, or nobody can tell apart."""

    x: float
    y: float
    radius: float
    role: Role
    width: float = 1.0
    dashed: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """One text; y is the middle of its line. `width` is the room it has: longer texts wrap once or shrink."""

    x: float
    y: float
    size: float
    words: Sayable
    role: Role = Role.INK
    anchor: Anchor = Anchor.START
    bold: bool = False
    width: float | None = None
    source: str = ""


Primitive: TypeAlias = "Line | Bar | Band | Dot | Circle | Text"


@dataclass(frozen=True, slots=True)
class Drawing:
    """A plot: its size, the size of its texts, its parts from back to front, and what it says in one sentence."""

    width: float
    height: float
    em: float
    items: tuple[Primitive, ...]
    title: Sayable
    summary: Sayable
