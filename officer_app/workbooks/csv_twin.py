"""The same rows as CSV, for programs and for spreadsheets that open it by a double click."""

from __future__ import annotations

import csv
from datetime import date, datetime
from decimal import Decimal
from io import TextIOWrapper
from typing import BinaryIO, Final

from officer_app.base.words import Language, translate
from officer_app.workbooks.columns import COLUMNS, Column, Kind, Sheet, rows_of
from officer_app.workbooks.rows import WorkbookData
from officer_app.workbooks.values import Value, value_of

# Signs that begin a formula, in their full-width forms too: Chinese input writes those.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_SPARED_DIGITS: Final = 11  # more than these a spreadsheet writes as 4.40106E+17


def write_csv(data: WorkbookData, sheet: Sheet, language: Language, target: BinaryIO) -> int:
    """One sheet as UTF-8 with a byte order mark; gives the number of rows under the header."""
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    columns = COLUMNS[sheet]
    writer.writerow([translate(column.head, language) for column in columns])
    rows = 0
    for row in rows_of(data, sheet):
        values = (value_of(row, column, language, shown=data.identities_shown, worded=False) for column in columns)
        writer.writerow([written(value, column) for value, column in zip(values, columns, strict=True)])
        rows += 1
    text.detach()
    return rows


def written(value: Value, column: Column) -> str:
    """A value as CSV holds it: exact, and nothing that a spreadsheet would run or round."""
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case int() | Decimal():
            return format(value, "f") if isinstance(value, Decimal) else str(value)
        case str():
            return quoted(value) if not (column.kind is Kind.ID and _number_like(value)) else f"'{value}"


def quoted(text: str) -> str:
    """The text, with an apostrophe before it when a spreadsheet would run it."""
    return f"'{text}" if text.lstrip(" \u3000").startswith(_FORMULA) or text.startswith(_FORMULA) else text


def _number_like(text: str) -> bool:
    return text.isascii() and text.isdigit() and (len(text) > _SPARED_DIGITS or (len(text) > 1 and text[0] == "0"))
