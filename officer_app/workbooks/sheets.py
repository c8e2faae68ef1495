"""Sheets written row by row: text stays text, whatever it begins with; nothing becomes a formula."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from openpyxl import Workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from officer_app.workbooks.columns import Kind
from officer_app.workbooks.values import Value

_FORMATS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "General",
    Kind.ID: "@",
    Kind.CODE: "General",
    Kind.MONEY: "#,##0.00",
    Kind.NUMBER: "#,##0.00##",
    Kind.COUNT: "0",
    Kind.DATE: "yyyy-mm-dd",
    Kind.MOMENT: "yyyy-mm-dd hh:mm:ss",
    Kind.ANY: "General",
}
_HEAD_FILL: Final = PatternFill("solid", fgColor="FF123B3A")
_HEAD_FONT: Final = Font(bold=True, color="FFFFFFFF")
_HEAD_PLACE: Final = Alignment(vertical="center", wrap_text=True)


class SheetWriter:
    """One sheet: a frozen, filtered header, then rows. Cells are reused, since each row is written at once."""

    def __init__(
        self, book: Workbook, title: str, heads: Sequence[str], kinds: Sequence[Kind], widths: Sequence[float]
    ) -> None:
        sheet: Any = book.create_sheet(title)  # the stubs know nothing of write-only sheets
        self._sheet = sheet
        self._kinds = tuple(kinds)
        self._rows = 1
        for number, width in enumerate(widths, start=1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.freeze_panes = "A2"
        sheet.append([self._head(head) for head in heads])
        self._cells = [self._empty(kind, place) for place, kind in enumerate(self._kinds, start=1)]
        # openpyxl tries every styled cell as a value first and makes an exception of it: twice the time of a sheet.
        sheet._values_to_row = self._row  # noqa: SLF001

    def add(self, values: Sequence[Value]) -> None:
        """One row."""
        self._sheet.append(values)
        self._rows += 1

    def close(self) -> None:
        """Set the filter over all rows written."""
        last = get_column_letter(len(self._kinds))
        self._sheet.auto_filter.ref = f"A1:{last}{self._rows}"

    def _head(self, text: str) -> Cell:
        cell: Cell = WriteOnlyCell(self._sheet, text)
        cell.data_type = "s"
        cell.fill, cell.font, cell.alignment = _HEAD_FILL, _HEAD_FONT, _HEAD_PLACE
        return cell

    def _empty(self, kind: Kind, place: int) -> Cell:
        cell: Cell = WriteOnlyCell(self._sheet)
        cell.number_format = _FORMATS[kind]
        cell.column = place
        return cell

    def _row(self, values: Sequence[Value], number: int) -> Iterator[Cell]:
        for place, value in enumerate(values):
            if value is None or value == "":
                continue
            cell = self._cells[place]
            if self._kinds[place] is Kind.ANY:
                cell = self._any(value)
                cell.column = place + 1
            else:
                cell.value = value
            if isinstance(value, str):
                cell.data_type = "s"  # whatever it begins with
            cell.row = number
            yield cell

    def _any(self, value: Value) -> Cell:
        """A column of mixed values: each in its own form."""
        cell: Cell = WriteOnlyCell(self._sheet)
        cell.value = value
        match value:
            case str():
                cell.number_format = "@"
            case datetime():
                cell.number_format = _FORMATS[Kind.MOMENT]
            case date():
                cell.number_format = _FORMATS[Kind.DATE]
            case Decimal():
                cell.number_format = _FORMATS[Kind.NUMBER]
            case _:
                cell.number_format = _FORMATS[Kind.COUNT]
        return cell
