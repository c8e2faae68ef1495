"""Where signatures go on page one: empty paper with a label above; whoever signs adds the fields."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from reportlab.pdfgen.canvas import Canvas

from officer_app.base.words import N_, message
from officer_app.memos.blocks import Pen, Style, draw_spans
from officer_app.memos.inputs import Signer
from officer_app.memos.lines import Span, set_lines
from officer_app.memos.palette import COLOURS
from officer_app.memos.sheet import BOTTOM, LEFT, WIDTH
from officer_app.plots.primitives import Role

_PER_ROW: Final = 4
_GAP: Final = 10
_TALL: Final = 58
_LABEL: Final = 13
_STYLE: Final = Style(size=7.6, role=Role.MUTED)


@dataclass(frozen=True, slots=True)
class SignatureBox:
    """A place for one signature: name of its field, page from 0, points from the lower left corner."""

    name: str
    page: int
    left: int
    bottom: int
    right: int
    top: int


def boxes_of(signers: Sequence[Signer]) -> tuple[SignatureBox, ...]:
    """The boxes at the foot of page one, up to four in a row, the first signer upper left."""
    rows = [signers[start : start + _PER_ROW] for start in range(0, len(signers), _PER_ROW)]
    boxes: list[SignatureBox] = []
    for number, row in enumerate(rows):
        bottom = int(BOTTOM) + (len(rows) - 1 - number) * (_TALL + _LABEL)
        wide = (WIDTH - _GAP * (len(row) - 1)) / max(len(row), 2)
        for place, signer in enumerate(row):
            left = int(LEFT + place * (wide + _GAP))
            boxes.append(SignatureBox(signer.field, 0, left, bottom, left + int(wide), bottom + _TALL))
    return tuple(boxes)


def strip_height(signers: Sequence[Signer]) -> float:
    """How much of page one the strip takes."""
    return -(-len(signers) // _PER_ROW) * (_TALL + _LABEL)


def draw_boxes(canvas: Canvas, signers: Sequence[Signer], pen: Pen) -> None:
    """The dashed frames and their labels; inside the frames nothing is printed."""
    canvas.saveState()
    canvas.setStrokeColor(COLOURS[Role.UNKNOWN])
    canvas.setLineWidth(0.6)
    canvas.setDash(2.5, 2)
    for signer, box in zip(signers, boxes_of(signers), strict=True):
        canvas.roundRect(box.left - 1, box.bottom - 1, box.right - box.left + 2, box.top - box.bottom + 2, 3)
        label = _label(signer, pen)
        line = set_lines([label], pen.faces, _STYLE.size, box.right - box.left)[0]
        draw_spans(canvas, line.spans, box.left, box.top + 4, _STYLE, pen.faces)
    canvas.restoreState()


def draw_pointer(canvas: Canvas, pen: Pen) -> None:
    """A translation has no boxes: it says where the signatures are."""
    line = Span(pen.say(message(N_("The signatures stand on the signed original."))))
    draw_spans(canvas, [line], LEFT, BOTTOM + 6, _STYLE, pen.faces)


def _label(signer: Signer, pen: Pen) -> Span:
    role = pen.say(signer.role)
    return Span(pen.say(message(N_("{role}: {name}"), role=role, name=signer.name)) if signer.name else role)
