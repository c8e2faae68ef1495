"""Rows to choose from: 40 px high, the whole row is the target, drawn by the theme."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QRadioButton, QSizePolicy, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, Role, colour

_SIDE: Final = 12
_SIGN: Final = 16
_GAP: Final = 9


@dataclass(frozen=True, slots=True)
class Option:
    """One thing to choose: the key that is stored and the words that are shown."""

    key: str
    words: Sayable


class RadioRow(QRadioButton):
    """One of several."""

    def __init__(self, speech: Speech, words: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self, speech, words)

    def sizeHint(self) -> QSize:
        return _wanted(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE * 2 + _SIGN + _GAP + 40, CONTROL)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        sign = _paint_row(painter, self)
        ink = _sign_ink(self)
        painter.setPen(QPen(ink, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(sign.adjusted(0.75, 0.75, -0.75, -0.75))
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawEllipse(sign.adjusted(4, 4, -4, -4))
        painter.end()


class CheckRow(QCheckBox):
    """Any of several."""

    def __init__(self, speech: Speech, words: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _prepare(self, speech, words)

    def sizeHint(self) -> QSize:
        return _wanted(self)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIDE * 2 + _SIGN + _GAP + 40, CONTROL)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return _height(self, width)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        sign = _paint_row(painter, self)
        ink = _sign_ink(self)
        checked = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen if checked else QPen(ink, 1.5))
        painter.setBrush(ink if checked else Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(sign.adjusted(0.75, 0.75, -0.75, -0.75), 3.5, 3.5)
        if checked:
            paint.tick(painter, sign.adjusted(3.5, 3.5, -3.5, -3.5), colour(Role.ON_ACCENT))
        painter.end()


def _prepare(row: QAbstractButton, speech: Speech, words: Sayable) -> None:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
    policy.setHeightForWidth(True)
    row.setSizePolicy(policy)
    row.setCursor(Qt.CursorShape.PointingHandCursor)
    row.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    speech.put(row, words)


def _wanted(row: QAbstractButton) -> QSize:
    width = QFontMetrics(row.font()).horizontalAdvance(row.text()) + 2 * _SIDE + _SIGN + _GAP + 2
    return QSize(width, CONTROL)


def _height(row: QAbstractButton, width: int) -> int:
    room = max(width - 2 * _SIDE - _SIGN - _GAP, 20)
    text = QFontMetrics(row.font()).boundingRect(0, 0, room, 10_000, int(Qt.TextFlag.TextWordWrap), row.text())
    return max(CONTROL, text.height() + 18)


def _paint_row(painter: QPainter, row: QAbstractButton) -> QRectF:
    """Ground, ring and words; gives where the sign belongs."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    where = QRectF(row.rect())
    paint.box(painter, where, _ground(row), colour(_line(row)))
    if row.hasFocus():
        paint.box(painter, where, None, colour(Role.ACCENT), width=2)
    painter.setFont(row.font())
    painter.setPen(colour(Role.INK if row.isEnabled() else Role.MUTED))
    left = _SIDE + _SIGN + _GAP
    flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextWordWrap)
    painter.drawText(QRectF(left, 0, where.width() - left - _SIDE + 2, where.height()), flags, row.text())
    return QRectF(_SIDE, (where.height() - _SIGN) / 2, _SIGN, _SIGN)


def _ground(row: QAbstractButton) -> QColor:
    if not row.isEnabled():
        return colour(Role.RAISED)
    if row.isChecked():
        return colour(Role.ACCENT_SOFT)
    return colour(Role.RAISED if row.underMouse() else Role.SURFACE)


def _line(row: QAbstractButton) -> Role:
    if not row.isEnabled():
        return Role.LINE
    return Role.ACCENT if row.isChecked() else Role.FIELD_LINE


def _sign_ink(row: QAbstractButton) -> QColor:
    if not row.isEnabled():
        return colour(Role.MUTED)
    return colour(Role.ACCENT if row.isChecked() else Role.FIELD_LINE)
