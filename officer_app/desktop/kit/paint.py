"""Strokes that several widgets share: rounded boxes, focus rings, the four state shapes."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from officer_app.desktop.kit.theme import RADIUS


def box(painter: QPainter, where: QRectF, fill: QColor | None, line: QColor | None, *, width: float = 1.0) -> None:
    """A rounded box whose line lies inside `where`."""
    inset = width / 2 if line is not None else 0.0
    painter.setPen(QPen(line, width) if line is not None else Qt.PenStyle.NoPen)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    inside = where.adjusted(inset, inset, -inset, -inset)
    radius = min(RADIUS, inside.height() / 2) - inset
    painter.drawRoundedRect(inside, radius, radius)


def capsule(painter: QPainter, where: QRectF, fill: QColor) -> None:
    """A box with round ends."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(fill)
    painter.drawRoundedRect(where, where.height() / 2, where.height() / 2)


def tick(painter: QPainter, where: QRectF, ink: QColor) -> None:
    """✓ passed."""
    pen = QPen(ink, max(1.6, where.width() / 6.5))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = where.x(), where.y(), where.width(), where.height()
    points = (
        QPointF(x + w * 0.08, y + h * 0.56),
        QPointF(x + w * 0.38, y + h * 0.86),
        QPointF(x + w * 0.92, y + h * 0.16),
    )
    painter.drawPolyline(QPolygonF(points))


def half_moon(painter: QPainter, where: QRectF, ink: QColor) -> None:
    """◐ look closer."""
    inside = where.adjusted(0.75, 0.75, -0.75, -0.75)
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inside)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    painter.drawPie(inside, 90 * 16, 180 * 16)


def square(painter: QPainter, where: QRectF, ink: QColor) -> None:
    """■ stop until explained."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink)
    inset = where.width() * 0.06
    painter.drawRoundedRect(where.adjusted(inset, inset, -inset, -inset), 1.5, 1.5)


def ring(painter: QPainter, where: QRectF, ink: QColor) -> None:
    """○ cannot tell."""
    painter.setPen(QPen(ink, 1.5))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(where.adjusted(0.75, 0.75, -0.75, -0.75))


def chevron(painter: QPainter, where: QRectF, ink: QColor) -> None:
    """A small arrow pointing down."""
    pen = QPen(ink, 1.75)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    x, y, w, h = where.x(), where.y(), where.width(), where.height()
    painter.drawPolyline(
        QPolygonF((QPointF(x, y + h * 0.3), QPointF(x + w / 2, y + h * 0.75), QPointF(x + w, y + h * 0.3)))
    )
