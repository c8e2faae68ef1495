"""Plain tables for reports: one workbook with a sheet each, and the same as CSV; text stays text in both."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO, TextIOWrapper
from typing import BinaryIO

from openpyxl import Workbook

from officer_app.base.clock import local_time
from officer_app.base.words import Language, translate
from officer_app.workbooks.codes import CODE_LABELS
from officer_app.workbooks.columns import Column, Kind
from officer_app.workbooks.csv_twin import written
from officer_app.workbooks.sheets import SheetWriter
from officer_app.workbooks.values import Value, plain


@dataclass(frozen=True, slots=True)
class Table:
    """A title (English, marked for translation), columns, and rows of as many values; `name` is its file's."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Sequence[Value]] = field(default=())


def tables_workbook(tables: Sequence[Table], language: Language, institution: str, made_at: datetime) -> bytes:
    """Every table on a sheet of its own; codes are said in words."""
    book = Workbook(write_only=True)
    book.properties.creator = institution
    book.properties.created = book.properties.modified = local_time(made_at).replace(tzinfo=None)
    for table in tables:
        writer = SheetWriter(
            book,
            translate(table.title, language),
            [translate(column.head, language) for column in table.columns],
            [column.kind for column in table.columns],
            [column.width for column in table.columns],
        )
        for row in table.rows:
            writer.add([_said(value, column, language) for value, column in zip(row, table.columns, strict=True)])
        writer.close()
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def table_csv(table: Table, target: BinaryIO) -> int:
    """The table as UTF-8 with a byte order mark, headed by the columns' codes; gives the number of rows."""
    text = TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=True)
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([column.key for column in table.columns])
    rows = 0
    for row in table.rows:
        writer.writerow([written(value, column) for value, column in zip(row, table.columns, strict=True)])
        rows += 1
    text.detach()
    return rows


def _said(value: Value, column: Column, language: Language) -> Value:
    if not isinstance(value, str):
        return value
    known = CODE_LABELS.get(value) if column.kind is Kind.CODE else None
    return plain(value if known is None else translate(known, language))
