"""Rectangles drawn over a picture, by dragging or by keys: which part stays, which parts nobody may make out."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from officer_app.desktop.kit.theme import Role, colour
from officer_app.evidence.layers import Box

_WHOLE: Final = 1_000
_LEAST: Final = 20  # thousandths; the same as a layer takes
_STEP: Final = 10
_KEPT: Final = Box(100, 100, 900, 900)
_HIDDEN: Final = Box(400, 400, 600, 600)
_VEIL: Final = QColor(0, 0, 0, 130)


class Marking:
    """Boxes in thousandths of the picture, the last one at hand. `one` for a cut: a new drag takes its place.

    One box stands there from the start, for the keys; a drag replaces it as long as nobody touched it.
    """

    def __init__(self, *, one: bool) -> None:
        self.one = one
        self._boxes = [_KEPT if one else _HIDDEN]
        self._touched = False
        self._start: QPointF | None = None
        self._drawn: Box | None = None

    @property
    def boxes(self) -> tuple[Box, ...]:
        """What would be laid over the picture now, each worth a look."""
        return tuple(self._boxes)

    def press(self, at: QPointF) -> None:
        """A drag begins; the place in thousandths."""
        self._start, self._drawn = at, None

    def drag(self, at: QPointF) -> None:
        """The drag is here now."""
        if self._start is not None:
            self._drawn = _between(self._start, at)

    def release(self) -> bool:
        """The drag is over; False where it was only a slip of the hand."""
        drawn, self._start, self._drawn = self._drawn, None, None
        if drawn is None or not drawn.is_valid:
            return False
        if self.one or not self._touched:
            self._boxes.clear()
        self._boxes.append(drawn)
        self._touched = True
        return True

    def move(self, right: int, down: int) -> None:
        """Move the box at hand by steps, as far as the picture goes."""
        if self._boxes:
            box = self._boxes[-1]
            x = min(max(right * _STEP, -box.left), _WHOLE - box.right)
            y = min(max(down * _STEP, -box.top), _WHOLE - box.bottom)
            self._change(Box(box.left + x, box.top + y, box.right + x, box.bottom + y))

    def size(self, wider: int, higher: int) -> None:
        """Move the lower right corner of the box at hand by steps."""
        if self._boxes:
            box = self._boxes[-1]
            right = min(max(box.right + wider * _STEP, box.left + _LEAST), _WHOLE)
            bottom = min(max(box.bottom + higher * _STEP, box.top + _LEAST), _WHOLE)
            self._change(Box(box.left, box.top, right, bottom))

    def add(self) -> None:
        """Another box in the middle, where more than one may be."""
        if not self.one:
            self._boxes.append(_HIDDEN)
            self._touched = True

    def drop(self) -> None:
        """Take the box at hand away."""
        if self._boxes:
            self._boxes.pop()
            self._touched = True

    def paint(self, painter: QPainter, picture: QRectF) -> None:
        """Draw the boxes over a picture that stands there: what a cut leaves out and what a blur hides is veiled."""
        boxes = (*self._boxes, *((self._drawn,) if self._drawn is not None else ()))
        if self._drawn is not None and (self.one or not self._touched):
            boxes = (self._drawn,)
        painter.save()
        places = [_place(box, picture) for box in boxes]
        for place in places:
            for veiled in _around(place, picture) if self.one else (place,):
                painter.fillRect(veiled, _VEIL)
        for place in places:
            at_hand = place is places[-1]
            painter.setPen(QPen(QColor(Qt.GlobalColor.white), 5 if at_hand else 3))
            painter.drawRect(place)
            painter.setPen(QPen(colour(Role.ACCENT), 3 if at_hand else 1))
            painter.drawRect(place)
        painter.restore()

    def _change(self, box: Box) -> None:
        self._boxes[-1] = box
        self._touched = True


def _between(first: QPointF, second: QPointF) -> Box:
    left, right = sorted((_held(first.x()), _held(second.x())))
    top, bottom = sorted((_held(first.y()), _held(second.y())))
    return Box(left, top, right, bottom)


def _held(value: float) -> int:
    return round(min(max(value, 0), _WHOLE))


def _place(box: Box, picture: QRectF) -> QRectF:
    x, y = picture.width() / _WHOLE, picture.height() / _WHOLE
    wide, high = (box.right - box.left) * x, (box.bottom - box.top) * y
    return QRectF(picture.x() + box.left * x, picture.y() + box.top * y, wide, high)


def _around(place: QRectF, picture: QRectF) -> tuple[QRectF, ...]:
    """The picture without one part, in four strips."""
    wide = picture.width()
    return (
        QRectF(picture.x(), picture.y(), wide, place.y() - picture.y()),
        QRectF(picture.x(), place.bottom(), wide, picture.bottom() - place.bottom()),
        QRectF(picture.x(), place.y(), place.x() - picture.x(), place.height()),
        QRectF(place.right(), place.y(), picture.right() - place.right(), place.height()),
    )
