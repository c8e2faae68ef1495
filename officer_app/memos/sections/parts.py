"""What several sections use: headings, titled tables, plots at full width, and the line for what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from reportlab.platypus import Flowable, Spacer

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.memos.blocks import BODY, HEADING, SMALL, SUBHEADING, Block, Pen
from officer_app.memos.plotted import Plot
from officer_app.memos.quantities import waits_for
from officer_app.memos.sections import Section
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, Column, table
from officer_app.plots.primitives import Drawing

_SHORT: Final = 12  # rows that stay on one page
_NONE: Final = N_("None.")


class Anchored(Block):
    """A section's heading; it is an entry of the file's outline too."""

    section: Section

    def draw(self) -> None:
        key = self.section.value
        self.canv.bookmarkHorizontal(key, 0, self.height)
        self.canv.addOutlineEntry("".join(span.text for span in self.spans), key, level=0)
        super().draw()


def heading(pen: Pen, section: Section) -> Anchored:
    """The heading of a section."""
    block = Anchored([pen.span(section.title, bold=True)], HEADING, pen.faces)
    block.section = section
    return block


def subheading(pen: Pen, text: str, **values: Sayable | int) -> Block:
    """A small heading inside a section."""
    return pen.block(Message(text, dict(values)), SUBHEADING)  # Sayable are said by Message too


def listed(
    pen: Pen,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    *,
    bold_rows: frozenset[int] = frozenset(),
    width: float = WIDTH,
) -> Flowable:
    """A table, or the word for none."""
    if not rows:
        return nothing(pen)
    return table(pen, columns, rows, width, bold_rows=bold_rows, whole=len(rows) <= _SHORT)


def nothing(pen: Pen) -> Block:
    """The word for an empty list: silence would read as forgotten."""
    return pen.block(message(_NONE), SMALL)


def plotted(pen: Pen, drawing: Drawing | None) -> list[Flowable]:
    """A plot with its title and its sentence, kept together; nothing while its inputs lack."""
    if drawing is None:
        return []
    said = pen.block(drawing.summary, replace(SMALL, before=3))
    return [pen.block(drawing.title, replace(SUBHEADING, after=4)), kept(Plot(drawing, pen)), said]


def kept(flowable: Flowable) -> Flowable:
    """Stays on the page of what follows."""
    flowable.keepWithNext = True
    return flowable


def missing_line(pen: Pen, paths: tuple[str, ...]) -> list[Flowable]:
    """Which facts a part still waits for; nothing when it has them all."""
    return [pen.block(waits_for(paths), BODY)] if paths else []


def gap(height: float = 4) -> Spacer:
    """White between two parts."""
    return Spacer(1, height)
