"""Buttons: one that leads, plain ones, quiet ones, and one that destroys. Each can show its key."""

from __future__ import annotations

from enum import Enum
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.icons import Icon, pixmap
from officer_app.desktop.kit.shortcuts import shown
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, Role, Type, colour, font

_SIDE: Final = 14
_SIDE_WHEN_TIGHT: Final = 6
_ICON: Final = 18
_GAP: Final = 7
_CAP: Final = 6


class Look(Enum):
    """How much a button asks for."""

    PLAIN = "plain"
    PRIMARY = "primary"
    QUIET = "quiet"
    DANGER = "danger"


_INK: Final = {
    Look.PLAIN: Role.INK,
    Look.PRIMARY: Role.ON_ACCENT,
    Look.QUIET: Role.ACCENT,
    Look.DANGER: Role.STOP,
}


class Button(QPushButton):
    """A button with an optional icon and its key in a small cap."""

    def __init__(
        self,
        speech: Speech,
        what: Sayable | None = None,
        look: Look = Look.PLAIN,
        *,
        icon: Icon | None = None,
        keys: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self._look = look
        self._icon = icon
        self._ringed = True
        self._keys = shown(keys) if keys else ""
        self.setMinimumHeight(CONTROL)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if what is not None:
            self.set_text(what)

    def set_text(self, what: Sayable) -> None:
        """Say something else."""
        self._speech.put(self, what)
        self.updateGeometry()

    def set_keys(self, keys: str) -> None:
        """Show another key; binding it is the window's work."""
        self._keys = shown(keys) if keys else ""
        self.updateGeometry()
        self.update()

    def set_look(self, look: Look) -> None:
        """Ask for more, or for less."""
        self._look = look
        self.update()

    def sizeHint(self) -> QSize:
        width = self._content_width()
        sides = 2 * _SIDE if self.text() else CONTROL - _ICON
        return QSize(max(width + sides, CONTROL), CONTROL)

    def minimumSizeHint(self) -> QSize:
        # Where it is tight, the air at the sides goes first.
        return QSize(max(self._content_width() + 2 * _SIDE_WHEN_TIGHT, CONTROL), CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Enter goes on everywhere here; on a button that means pressing it.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() != Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        self._paint_content(painter, colour(self._ink()))
        painter.end()

    def _ink(self) -> Role:
        if not self.isEnabled():
            return Role.MUTED
        if self.isChecked() and self._look is not Look.PRIMARY:
            return Role.ACCENT_STRONG
        return _INK[self._look]

    def _paint_ground(self, painter: QPainter) -> None:
        where = QRectF(self.rect())
        paint.box(painter, where, self._fill(), self._line())
        if self.hasFocus() and self._ringed:
            if self._look is Look.PRIMARY:
                paint.box(painter, where.adjusted(2, 2, -2, -2), None, colour(Role.ON_ACCENT), width=1.5)
            else:
                paint.box(painter, where, None, colour(Role.ACCENT), width=2)

    def _fill(self) -> QColor | None:
        pressed = self.isDown() or (self.underMouse() and self.isEnabled())
        if not self.isEnabled():
            return None if self._look is Look.QUIET else colour(Role.RAISED)
        if self._look is Look.PRIMARY:
            return colour(Role.ACCENT_STRONG if pressed else Role.ACCENT)
        if self.isChecked():
            return colour(Role.ACCENT_SOFT)
        if pressed:
            return colour(Role.STOP_SOFT if self._look is Look.DANGER else Role.RAISED)
        return None if self._look is Look.QUIET else colour(Role.SURFACE)

    def _line(self) -> QColor | None:
        if self.isChecked() and self._look is not Look.PRIMARY:
            return colour(Role.ACCENT)
        if self._look in (Look.PRIMARY, Look.QUIET) or not self.isEnabled():
            return None
        return colour(Role.STOP if self._look is Look.DANGER else Role.FIELD_LINE)

    def _content_width(self) -> int:
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        if self._icon is not None:
            width += _ICON + (_GAP if self.text() else 0)
        return width + (_GAP + self._cap_width() if self._keys else 0)

    def _cap_width(self) -> int:
        return QFontMetrics(font(Type.SMALL)).horizontalAdvance(self._keys) + 2 * _CAP

    def _paint_content(self, painter: QPainter, ink: QColor) -> None:
        x = (self.width() - self._content_width()) / 2
        if self._icon is not None:
            top = (self.height() - _ICON) / 2
            painter.drawPixmap(round(x), round(top), pixmap(self._icon, ink.name(), _ICON, self.devicePixelRatioF()))
            x += _ICON + _GAP
        painter.setPen(ink)
        painter.setFont(self.font())
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        centre = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        painter.drawText(QRectF(x, 0, width + 2, self.height()), centre, self.text())
        if self._keys:
            self._paint_cap(painter, x + width + _GAP, ink)

    def _paint_cap(self, painter: QPainter, x: float, ink: QColor) -> None:
        cap = QRectF(x, (self.height() - 20) / 2, self._cap_width(), 20)
        line = QColor(ink)
        line.setAlphaF(0.35)
        painter.setPen(QPen(line, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)
        painter.setFont(font(Type.SMALL))
        painter.setPen(ink)
        painter.drawText(cap, int(Qt.AlignmentFlag.AlignCenter), self._keys)


def icon_button(speech: Speech, icon: Icon, what: Sayable, parent: QWidget | None = None) -> Button:
    """A quiet square button: the words stand in its tooltip and in its accessible name."""
    button = Button(speech, None, Look.QUIET, icon=icon, parent=parent)
    button.setFixedSize(CONTROL, CONTROL)
    speech.tip(button, what)
    speech.name(button, what)
    return button
