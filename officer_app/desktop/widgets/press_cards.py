"""Cards that are one big button."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role, colour
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State


class PressCard(Card):
    """A heading and a remark; click, Enter or Space press it."""

    clicked = Signal()

    def __init__(
        self,
        speech: Speech,
        head: Sayable,
        remark: Sayable | None = None,
        tone: State | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(tone, margin=SPACE + HALF, parent=parent)
        self.body.setSpacing(0)
        self.body.addWidget(Text(speech, head, Kind.STRONG, wrap=True, parent=self))
        if remark is not None:
            self.body.addWidget(Text(speech, remark, Kind.HINT, wrap=True, parent=self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setMinimumHeight(40)
        speech.name(self, head)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not (self.hasFocus() or self.underMouse()):
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = colour(Role.ACCENT if self.hasFocus() else Role.FIELD_LINE)
        paint.box(painter, QRectF(self.rect()), None, line, width=2 if self.hasFocus() else 1)
        painter.end()
