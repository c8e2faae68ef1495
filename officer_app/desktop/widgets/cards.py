"""Surfaces that hold one matter each."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from officer_app.desktop.kit import paint
from officer_app.desktop.kit.icons import RESTYLED
from officer_app.desktop.kit.theme import RADIUS, SPACE, Role, colour
from officer_app.desktop.widgets.states import State

_STRIPE = 3
HALF_STEP = 2


class Card(QFrame):
    """A white sheet with a hairline; with a tone, a stripe in the state's colour on its left."""

    def __init__(self, tone: State | None = None, *, margin: int = 2 * SPACE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(margin, margin - HALF_STEP, margin, margin - HALF_STEP)
        self.body.setSpacing(SPACE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def set_tone(self, tone: State | None) -> None:
        """Another stripe, or none."""
        self._tone = tone
        self.update()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED:
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(self.rect())
        paint.box(painter, where, colour(Role.SURFACE), colour(Role.LINE))
        if self._tone is not None:
            shape = QPainterPath()
            shape.addRoundedRect(where, RADIUS, RADIUS)
            painter.setClipPath(shape)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour(self._tone.ink))
            painter.drawRect(QRectF(0, 0, _STRIPE, where.height()))
        painter.end()
