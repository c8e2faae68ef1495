"""Draws the primitives of `plots` on the screen, so that the window and the memo show the same picture."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role, Type, colour, font
from officer_app.plots import primitives as p

MakeDrawing = Callable[[float, float], "p.Drawing | None"]
_ROLES: Final = {
    p.Role.INK: Role.INK,
    p.Role.MUTED: Role.MUTED,
    p.Role.LINE: Role.LINE,
    p.Role.SURFACE: Role.SURFACE,
    p.Role.ACCENT: Role.ACCENT,
    p.Role.ACCENT_SOFT: Role.ACCENT_MID,
    p.Role.PASSED: Role.PASSED,
    p.Role.PASSED_SOFT: Role.PASSED_SOFT,
    p.Role.LOOK: Role.LOOK,
    p.Role.LOOK_SOFT: Role.LOOK_SOFT,
    p.Role.STOP: Role.STOP,
    p.Role.STOP_SOFT: Role.STOP_SOFT,
    p.Role.UNKNOWN: Role.CANNOT_TELL,
    p.Role.NEUTRAL: Role.NEUTRAL,
}
_MARKERS: Final = {
    p.Marker.SQUARE: paint.square,
    p.Marker.HALF: paint.half_moon,
    p.Marker.RING: paint.ring,
    p.Marker.TICK: paint.tick,
}
_ANCHORS: Final = {
    p.Anchor.START: Qt.AlignmentFlag.AlignLeft,
    p.Anchor.MIDDLE: Qt.AlignmentFlag.AlignHCenter,
    p.Anchor.END: Qt.AlignmentFlag.AlignRight,
}


class PlotCanvas(QWidget):
    """One plot, made again for every width. A click on a thing tells where it comes from."""

    source_chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._make: MakeDrawing | None = None
        self._drawing: p.Drawing | None = None
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self.setMouseTracking(True)
        speech.changed.connect(self._made_again)

    def show_plot(self, make: MakeDrawing | None) -> None:
        """Show what `make(width, em)` draws; None, or None from it: its inputs are not known yet."""
        self._make = make
        self._made_again()

    def sizeHint(self) -> QSize:
        return QSize(320, round(self._drawing.height) if self._drawing else 64)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self._made_again()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        here = self._source_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if here else Qt.CursorShape.ArrowCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        source = self._source_at(event.position())
        if source:
            self.source_chosen.emit(source)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._drawing is None:
            painter.setFont(font())
            painter.setPen(colour(Role.MUTED))
            waiting = self._speech.say(message(N_("Shown as soon as the figures it needs are known.")))
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextWordWrap), waiting)
        else:
            for item in self._drawing.items:
                self._draw(painter, item)
        painter.end()

    def _made_again(self) -> None:
        self._drawing = self._make(float(self.width()), float(Type.SMALL)) if self._make else None
        if self._drawing is not None:
            self.setAccessibleName(self._speech.say(self._drawing.title))
            self.setAccessibleDescription(self._speech.say(self._drawing.summary))
        height = self.sizeHint().height()
        if self.minimumHeight() != height:
            self.setFixedHeight(height)
        self.update()

    def _draw(self, painter: QPainter, item: p.Primitive) -> None:
        ink = colour(_ROLES[item.role])
        match item:
            case p.Line():
                pen = QPen(ink, item.width, Qt.PenStyle.DashLine if item.dashed else Qt.PenStyle.SolidLine)
                painter.setPen(pen)
                painter.drawLine(QPointF(item.x1, item.y1), QPointF(item.x2, item.y2))
            case p.Bar() | p.Band():
                painter.fillRect(QRectF(item.x, item.y, item.width, item.height), ink)
            case p.Dot():
                _draw_dot(painter, item, ink)
            case p.Circle():
                style = Qt.PenStyle.DashLine if item.dashed else Qt.PenStyle.SolidLine
                painter.setPen(QPen(ink, item.width, style))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawEllipse(QPointF(item.x, item.y), item.radius, item.radius)
            case p.Text():
                self._draw_text(painter, item, ink)

    def _draw_text(self, painter: QPainter, item: p.Text, ink: QColor) -> None:
        painter.setPen(ink)
        text = self._speech.say(item.words)
        room = item.width if item.width is not None else 4000.0
        lines = _fit(painter, item, text, room)
        height = painter.fontMetrics().lineSpacing() * lines
        left = {p.Anchor.START: item.x, p.Anchor.MIDDLE: item.x - room / 2, p.Anchor.END: item.x - room}[item.anchor]
        flags = int(_ANCHORS[item.anchor] | Qt.AlignmentFlag.AlignVCenter)
        wrap = int(Qt.TextFlag.TextWordWrap) if lines > 1 else 0
        painter.drawText(QRectF(left, item.y - height / 2, room, height), flags | wrap, text)

    def _source_at(self, where: QPointF) -> str:
        if self._drawing is None:
            return ""
        hits = [item.source for item in self._drawing.items if item.source and _reach(item).contains(where)]
        return hits[-1] if hits else ""


def _fit(painter: QPainter, item: p.Text, text: str, room: float) -> int:
    """Set the font: a little smaller where that makes one line of it, else the text breaks into two."""
    face = font(Type.SMALL, bold=item.bold)
    face.setPixelSize(max(round(item.size), 11))
    painter.setFont(face)
    wide = painter.fontMetrics().horizontalAdvance(text)
    if wide <= room:
        return 1
    face.setPixelSize(max(10, int(face.pixelSize() * room / wide)))
    painter.setFont(face)
    return 1 if painter.fontMetrics().horizontalAdvance(text) <= room + 2 else 2


def _draw_dot(painter: QPainter, dot: p.Dot, ink: QColor) -> None:
    where = QRectF(dot.x - dot.size / 2, dot.y - dot.size / 2, dot.size, dot.size)
    shape = _MARKERS.get(dot.marker)
    if shape is not None:
        shape(painter, where, ink)
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawEllipse(where)


def _reach(item: p.Primitive) -> QRectF:
    """Where a click means this item."""
    match item:
        case p.Bar() | p.Band():
            return QRectF(item.x, item.y, item.width, item.height).adjusted(-2, -4, 2, 4)
        case p.Dot():
            half = item.size / 2 + 6
            return QRectF(item.x - half, item.y - half, 2 * half, 2 * half)
        case p.Text():
            width = item.width if item.width is not None else 120.0
            left = {p.Anchor.START: item.x, p.Anchor.MIDDLE: item.x - width / 2, p.Anchor.END: item.x - width}
            return QRectF(left[item.anchor], item.y - item.size, width, 2 * item.size)
        case p.Line() | p.Circle():
            return QRectF()
