"""The four states that everything here comes to, each with a shape, a word and a colour."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum
from typing import Final

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from officer_app.base.words import N_, Message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.theme import Role

Shape = Callable[[QPainter, QRectF, QColor], None]


class State(Enum):
    """How a thing stands. INFO and NEUTRAL have no shape: they say what is, not how it stands."""

    PASSED = "passed"
    LOOK = "look"
    STOP = "stop"
    CANNOT_TELL = "cannot_tell"
    INFO = "info"
    NEUTRAL = "neutral"

    @property
    def ink(self) -> Role:
        """Its colour as text or line."""
        return _INK[self]

    @property
    def soft(self) -> Role:
        """Its colour as ground."""
        return _SOFT[self]

    @property
    def shape(self) -> Shape | None:
        """Its sign, for those who see no colours."""
        return _SHAPES.get(self)

    @property
    def word(self) -> Message:
        """What it is called."""
        return Message(_WORDS[self])


_INK: Final = {
    State.PASSED: Role.PASSED,
    State.LOOK: Role.LOOK,
    State.STOP: Role.STOP,
    State.CANNOT_TELL: Role.CANNOT_TELL,
    State.INFO: Role.ACCENT,
    State.NEUTRAL: Role.MUTED,
}
_SOFT: Final = {
    State.PASSED: Role.PASSED_SOFT,
    State.LOOK: Role.LOOK_SOFT,
    State.STOP: Role.STOP_SOFT,
    State.CANNOT_TELL: Role.CANNOT_TELL_SOFT,
    State.INFO: Role.ACCENT_SOFT,
    State.NEUTRAL: Role.RAISED,
}
_SHAPES: Final[dict[State, Shape]] = {
    State.PASSED: paint.tick,
    State.LOOK: paint.half_moon,
    State.STOP: paint.square,
    State.CANNOT_TELL: paint.ring,
}
_WORDS: Final = {
    State.PASSED: N_("Passed"),
    State.LOOK: N_("Look closer"),
    State.STOP: N_("Stop"),
    State.CANNOT_TELL: N_("Cannot tell"),
    State.INFO: N_("For your information"),
    State.NEUTRAL: N_("Not started"),
}
