"""A state in a word: shape, word and colour together."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Type, colour, font
from officer_app.desktop.widgets.states import State

HEIGHT = 22
_SIDE = 9
_SIGN = 11
_GAP = 5


class Pill(QLabel):
    """A state pill; without a text it says the state's own word."""

    def __init__(
        self, speech: Speech, state: State = State.NEUTRAL, what: Sayable | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._state = state
        self.setFont(font(Type.SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_state(state, what)

    def show_state(self, state: State, what: Sayable | None = None) -> None:
        """Another state, another text."""
        self._state = state
        self._speech.put(self, what if what is not None else state.word)
        self.setAccessibleDescription(self._speech.say(state.word) if state.shape else "")
        self.updateGeometry()
        self.update()

    @property
    def state(self) -> State:
        """What it shows."""
        return self._state

    def sizeHint(self) -> QSize:
        return QSize(pill_width(QFontMetrics(self.font()), self._state, self.text()), HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        draw_pill(painter, QRectF(self.rect()), self._state, self.text())
        painter.end()


def pill_width(metrics: QFontMetrics, state: State, text: str) -> int:
    """How much room a pill with this text wants."""
    sign = _SIGN + (_GAP if text else 0) if state.shape else 0
    return 2 * _SIDE + sign + metrics.horizontalAdvance(text)


def draw_pill(painter: QPainter, where: QRectF, state: State, text: str) -> None:
    """A pill of 22 px in the middle of `where`, from its left; shared with the cells of tables."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setFont(font(Type.SMALL))
    width = min(pill_width(painter.fontMetrics(), state, text), where.width())
    pill = QRectF(where.x(), where.center().y() - HEIGHT / 2, width, HEIGHT)
    paint.capsule(painter, pill, colour(state.soft))
    x = pill.x() + _SIDE
    if state.shape is not None:
        state.shape(painter, QRectF(x, pill.center().y() - _SIGN / 2, _SIGN, _SIGN), colour(state.ink))
        x += _SIGN + _GAP
    painter.setPen(colour(state.ink))
    room = QRectF(x, pill.y(), pill.right() - _SIDE - x + 1, pill.height())
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room.width() + 1))
    painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
    painter.restore()
