"""Set text as flowables: every sign passes the faces' gate, every line is broken by our own rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable

from officer_app.base.words import CHINESE, Language, Sayable, say
from officer_app.memos.faces import Faces
from officer_app.memos.lines import SetLine, Span, clean, cut_lines, latin, set_lines
from officer_app.memos.palette import COLOURS
from officer_app.plots.primitives import Role

_BASELINE: Final = 0.82  # of the size, from the top of a line to its baseline


class Align(Enum):
    """Where a text stands in its column."""

    LEFT = 0.0
    MIDDLE = 0.5
    RIGHT = 1.0


@dataclass(frozen=True, slots=True)
class Style:
    """How a block is set; sizes in points."""

    size: float = 8.6
    leading: float = 1.42
    role: Role = Role.INK
    bold: bool = False
    align: Align = Align.LEFT
    before: float = 0.0
    after: float = 0.0
    keep: bool = False
    most: int | None = None  # lines; what is longer ends in an ellipsis and stands in full elsewhere


BODY: Final = Style(after=3.0)
CELL: Final = Style(size=8.2, leading=1.36)
NUMBER: Final = replace(CELL, align=Align.RIGHT)
HEADER: Final = replace(CELL, role=Role.MUTED, size=7.8)
HEADER_NUMBER: Final = replace(HEADER, align=Align.RIGHT)
SMALL: Final = Style(size=7.2, leading=1.36, role=Role.MUTED)
HEADING: Final = Style(size=11.5, leading=1.3, bold=True, before=13.0, after=4.5, keep=True)
SUBHEADING: Final = Style(size=8.6, bold=True, role=Role.MUTED, before=7.0, after=2.5, keep=True)


class Block(Flowable):
    """A text in one style; splits between lines, never leaving one line alone."""

    def __init__(self, spans: Sequence[Span], style: Style, faces: Faces) -> None:
        super().__init__()
        self.spans = tuple(spans)
        self.style = style
        self.faces = faces
        self.keepWithNext = style.keep
        self._lines: tuple[SetLine, ...] = ()
        self._set_width = -1.0

    def getSpaceBefore(self) -> float:  # noqa: N802
        return self.style.before

    def getSpaceAfter(self) -> float:  # noqa: N802
        return self.style.after

    def minWidth(self) -> float:  # noqa: N802
        return self.style.size

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        if abs(self._set_width - available_width) > 0.01:
            lines = set_lines(self.spans, self.faces, self.style.size, available_width)
            self._lines = cut_lines(lines, self.style.most, self.faces, self.style.size, available_width)
            self._set_width = available_width
        self.width, self.height = available_width, self._height()
        return self.width, self.height

    def _height(self) -> float:
        return len(self._lines) * self.style.size * self.style.leading

    def split(self, available_width: float, available_height: float) -> list[Flowable]:
        self.wrap(available_width, available_height)
        step = self.style.size * self.style.leading
        fitting = int((available_height + 0.01) / step)
        if fitting >= len(self._lines):
            return [self]
        fitting = min(fitting, len(self._lines) - 2)
        if fitting < 2:
            return []
        return [self._part(self._lines[:fitting]), self._part(self._lines[fitting:])]

    def _part(self, lines: tuple[SetLine, ...]) -> Block:
        part = Block((), self.style, self.faces)
        part._lines, part._set_width, part.spans = lines, self._set_width, _spans_of(lines)
        return part

    def draw(self) -> None:
        style = self.style
        step = style.size * style.leading
        y = self.height - (step - style.size) / 2 - style.size * _BASELINE
        for line in self._lines:
            x = (self.width - line.width) * style.align.value
            draw_spans(self.canv, line.spans, x, y, style, self.faces)
            y -= step


def _spans_of(lines: Sequence[SetLine]) -> tuple[Span, ...]:
    """The text of set lines, so that a part set anew to another width still has its words."""
    spans: list[Span] = []
    for number, line in enumerate(lines):
        spans.extend(([Span("\n")] if number else []) + list(line.spans))
    return tuple(spans)


def draw_spans(canvas: Canvas, spans: Sequence[Span], x: float, y: float, style: Style, faces: Faces) -> None:
    """One line from x on, its baseline at y."""
    text = canvas.beginText(x, y)
    for span in spans:
        text.setFillColor(COLOURS[span.role or style.role])
        for run in faces.weight(bold=span.bold or style.bold).runs(span.text):
            text.setFont(run.font, style.size)
            text.textOut(run.text)
    canvas.drawText(text)


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes in one language with one pair of faces."""

    language: Language
    faces: Faces

    def say(self, words: Sayable | str) -> str:
        """What is said, cleaned of what cannot be printed. A plain string is what a person typed."""
        text = clean(words if isinstance(words, str) else say(words, self.language))
        return text if self.language == CHINESE else latin(text)

    def block(self, words: Sayable | str, style: Style = BODY) -> Block:
        """One text as a flowable."""
        return self.spans([Span(self.say(words), style.bold)], style)

    def spans(self, spans: Sequence[Span], style: Style = BODY) -> Block:
        """Several stretches of text as one flowable."""
        return Block([replace(span, bold=span.bold or style.bold) for span in spans], style, self.faces)

    def span(self, words: Sayable | str, *, bold: bool = False, role: Role | None = None) -> Span:
        """A stretch of text for `spans`."""
        return Span(self.say(words), bold, role)

    def width(self, words: Sayable | str, style: Style) -> float:
        """How wide a text is on one line."""
        return self.faces.weight(bold=style.bold).width(self.say(words), style.size)
