"""Draws a plot's primitives on paper."""

from __future__ import annotations

from typing import Final, assert_never

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from officer_app.memos.blocks import Pen, Style, draw_spans
from officer_app.memos.lines import SetLine, Span, set_lines
from officer_app.memos.palette import COLOURS
from officer_app.plots.primitives import Anchor, Band, Bar, Circle, Dot, Drawing, Line, Marker, Role, Text

_SHARE: Final = {Anchor.START: 0.0, Anchor.MIDDLE: 0.5, Anchor.END: 1.0}
_SMALLEST: Final = 0.7
_TWO: Final = 2
_PAIR: Final = 0.88  # two lines stand in the height of a row


class Plot(Flowable):
    """One drawing as a flowable of its own size."""

    def __init__(self, drawing: Drawing, pen: Pen) -> None:
        super().__init__()
        self.drawing = drawing
        self.pen = pen
        self.width, self.height = drawing.width, drawing.height

    def wrap(self, _available_width: float, _available_height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        for item in self.drawing.items:
            match item:
                case Line():
                    self._line(item)
                case Bar() | Band():
                    self._box(item)
                case Dot():
                    self.canv.saveState()
                    mark(self.canv, item.marker, item.role, item.x, self.height - item.y, item.size)
                    self.canv.restoreState()
                case Circle():
                    self._circle(item)
                case Text():
                    self._text(item)
                case _:
                    assert_never(item)

    def _line(self, item: Line) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(COLOURS[item.role])
        canvas.setLineWidth(item.width)
        if item.dashed:
            canvas.setDash(2, 2)
        canvas.line(item.x1, self.height - item.y1, item.x2, self.height - item.y2)
        canvas.restoreState()

    def _circle(self, item: Circle) -> None:
        canvas = self.canv
        canvas.saveState()
        canvas.setStrokeColor(COLOURS[item.role])
        canvas.setLineWidth(item.width)
        if item.dashed:
            canvas.setDash(2, 2)
        canvas.circle(item.x, self.height - item.y, item.radius, stroke=1, fill=0)
        canvas.restoreState()

    def _box(self, item: Bar | Band) -> None:
        self.canv.setFillColor(COLOURS[item.role])
        self.canv.rect(item.x, self.height - item.y - item.height, item.width, item.height, stroke=0, fill=1)

    def _text(self, item: Text) -> None:
        size, lines = fitted(self.pen, item)
        step = size * 1.12
        y = self.height - item.y + step * (len(lines) - 1) / 2 - size * 0.35
        for line in lines:
            x = item.x - line.width * _SHARE[item.anchor]
            draw_spans(self.canv, line.spans, x, y, Style(size=size, role=item.role, bold=item.bold), self.pen.faces)
            y -= step


def fitted(pen: Pen, item: Text) -> tuple[float, tuple[SetLine, ...]]:
    """The text's size and lines: as it is, else in two lines, else smaller; at the last as many lines as it takes."""
    spans = (Span(pen.say(item.words), item.bold),)
    room = item.width or 1e6
    size = item.size
    lines = set_lines(spans, pen.faces, size, room)
    if len(lines) == _TWO:
        size *= _PAIR
        lines = set_lines(spans, pen.faces, size, room)
    while len(lines) > _TWO and size > item.size * _SMALLEST:
        size -= 0.25
        lines = set_lines(spans, pen.faces, size, room)
    return size, lines


def mark(canvas: Canvas, marker: Marker, role: Role, x: float, y: float, size: float) -> None:
    """A state's sign around x, y: ✓ passed, ◐ look closer, ■ stop, ○ cannot tell, ● a value."""
    colour = COLOURS[role]
    canvas.setFillColor(colour)
    canvas.setStrokeColor(colour)
    half = size / 2
    match marker:
        case Marker.DOT:
            canvas.circle(x, y, half, stroke=0, fill=1)
        case Marker.SQUARE:
            canvas.rect(x - half, y - half, size, size, stroke=0, fill=1)
        case Marker.RING:
            canvas.setLineWidth(size * 0.13)
            canvas.circle(x, y, half * 0.9, stroke=1, fill=0)
        case Marker.HALF:
            canvas.setLineWidth(size * 0.13)
            canvas.circle(x, y, half * 0.9, stroke=1, fill=0)
            canvas.wedge(x - half, y - half, x + half, y + half, 90, 180, stroke=0, fill=1)
        case Marker.TICK:
            canvas.setLineWidth(size * 0.2)
            canvas.setLineCap(1)
            canvas.lines(
                [
                    (x - half, y, x - half * 0.25, y - half * 0.75),
                    (x - half * 0.25, y - half * 0.75, x + half, y + half * 0.8),
                ]
            )
        case _:
            assert_never(marker)
