"""Tables of a paper: hairlines, a quiet header that repeats, figures to the right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeAlias

from reportlab.platypus import Flowable, Spacer, Table, TableStyle

from officer_app.base.words import Sayable
from officer_app.memos.blocks import CELL, HEADER, HEADER_NUMBER, NUMBER, Block, Pen, Style
from officer_app.memos.lines import Span
from officer_app.memos.palette import COLOURS
from officer_app.plots.primitives import Role

Cell: TypeAlias = "Sayable | str | Span | Flowable"
_PAD: Final = 2.6
_SIDE: Final = 3
_AFTER_NUMBER: Final = 12
_TALLEST: Final = 480.0  # of a row, in points
_PAGE: Final = 700.0  # what fits under a heading


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, its share of the width, whether figures stand in it."""

    head: Sayable | str
    share: float
    number: bool = False


class Whole(Table):
    """A table that stays on one page as long as it fits on one."""

    def split(self, availWidth: float, availHeight: float) -> list[Flowable]:  # noqa: N803  ReportLab's names
        _, tall = self.wrap(availWidth, availHeight)
        if tall <= _PAGE:
            return []
        parts: list[Flowable] = super().split(availWidth, availHeight)
        return parts


def table(
    pen: Pen,
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    width: float,
    *,
    bold_rows: frozenset[int] = frozenset(),
    header: bool = True,
    size: float = CELL.size,
    whole: bool = False,
) -> Table:
    """Rows under a header that repeats on the next page; `bold_rows` are sums."""
    total = sum(column.share for column in columns)
    head: list[list[Flowable]] = [_head(pen, columns, size)] if header else []
    body = [
        [_cell(pen, cell, column, size, bold=number in bold_rows) for cell, column in zip(row, columns, strict=True)]
        for number, row in enumerate(rows)
    ]
    widths = [width * column.share / total for column in columns]
    style = _style(pen.faces.regular.name, columns, header=header)
    cells = list(head)
    for number, row in enumerate(body):
        if number in bold_rows:
            style.add("LINEABOVE", (0, len(cells)), (-1, len(cells)), 0.8, COLOURS[Role.MUTED])
        cells.extend(_slices(row, widths))
    kind = Whole if whole else Table
    return kind(cells, colWidths=widths, repeatRows=len(head), hAlign="LEFT", style=style)


def _slices(row: list[Flowable], widths: Sequence[float]) -> list[list[Flowable]]:
    """The row in parts that fit on a page: a note of a thousand words must not stop the paper."""
    first: list[Flowable] = []
    rest: list[Flowable] = []
    for cell, width in zip(row, widths, strict=True):
        parts = cell.split(width - 2 * _SIDE, _TALLEST) if isinstance(cell, Block) else [cell]
        first.append(parts[0] if parts else cell)
        rest.append(parts[1] if len(parts) > 1 else Spacer(0, 0))
    if all(isinstance(cell, Spacer) for cell in rest):
        return [row]
    return [first, *_slices(rest, widths)]


def _head(pen: Pen, columns: Sequence[Column], size: float) -> list[Flowable]:
    smaller = size - 0.4
    return [
        pen.block(column.head, replace(HEADER_NUMBER if column.number else HEADER, size=smaller))
        for column in columns
    ]


def _cell(pen: Pen, cell: Cell, column: Column, size: float, *, bold: bool) -> Flowable:
    if isinstance(cell, Flowable):
        return cell
    style: Style = replace(NUMBER if column.number else CELL, bold=bold, size=size)
    return pen.spans([cell], style) if isinstance(cell, Span) else pen.block(cell, style)


def _style(font: str, columns: Sequence[Column], *, header: bool) -> TableStyle:
    line = COLOURS[Role.LINE]
    commands: list[Any] = [
        ("FONTNAME", (0, 0), (-1, -1), font),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), _SIDE),
        ("RIGHTPADDING", (0, 0), (-1, -1), _SIDE),
        ("TOPPADDING", (0, 0), (-1, -1), _PAD),
        ("BOTTOMPADDING", (0, 0), (-1, -1), _PAD),
        ("LINEBELOW", (0, 0), (-1, -1), 0.5, line),
    ]
    if header:
        commands.append(("LINEBELOW", (0, 0), (-1, 0), 0.8, COLOURS[Role.NEUTRAL]))
    commands.extend(
        ("LEFTPADDING", (place, 0), (place, -1), _AFTER_NUMBER)
        for place in range(1, len(columns))
        if columns[place - 1].number and not columns[place].number
    )
    return TableStyle(commands)


def pairs(pen: Pen, rows: Sequence[tuple[Sayable | str, Cell]], width: float, *, label: float = 0.28) -> Table:
    """Label and value, one below the other."""
    columns = (Column("", label), Column("", 1 - label))
    quiet = replace(CELL, role=Role.MUTED)
    return table(
        pen, columns, [(pen.block(name, quiet), value) for name, value in rows], width, header=False, whole=True
    )


def figures(
    pen: Pen, rows: Sequence[tuple[Sayable | str, Cell]], width: float, *, label: float = 0.7, size: float = CELL.size
) -> Table:
    """Label and figure, the figure to the right."""
    columns = (Column("", label), Column("", 1 - label, number=True))
    return table(pen, columns, rows, width, header=False, size=size, whole=True)


def side_by_side(pen: Pen, parts: Sequence[Flowable | list[Flowable]], width: float, gap: float = 14.0) -> Table:
    """Parts beside each other, equally wide, with a gap between them."""
    share = (width - gap * (len(parts) - 1)) / len(parts)
    row: list[object] = []
    widths: list[float] = []
    for number, part in enumerate(parts):
        if number:
            row.append("")
            widths.append(gap)
        row.append(part)
        widths.append(share)
    return Whole([row], colWidths=widths, hAlign="LEFT", style=bare(pen))


def half(width: float, parts: int = 2, gap: float = 14.0) -> float:
    """How wide each part of `side_by_side` is."""
    return (width - gap * (parts - 1)) / parts


def bare(pen: Pen, *more: Any) -> TableStyle:
    """A grid that is not seen. The font is named, or a table would bring ReportLab's own into the file."""
    return TableStyle(
        [
            ("FONTNAME", (0, 0), (-1, -1), pen.faces.regular.name),
            ("VALIGN", (0, 0), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), 0),
            ("TOPPADDING", (0, 0), (-1, -1), 0),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
            *more,
        ]
    )
