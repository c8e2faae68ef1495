"""Workbooks for tests, as authors make them in Excel: sheets of rows, and a zip whose parts can be changed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

Rows = Sequence[Sequence[object]]

SURVEY: Rows = (
    ("type", "name", "label::中文 (zh)", "label::English (en)"),
    ("text", "a", "甲", "A"),
)
SETTINGS: Rows = (("form_id", "version"), ("visit", "1"))


def workbook(
    survey: Rows = SURVEY,
    choices: Rows = (),
    settings: Rows = SETTINGS,
    *,
    touch: Callable[[Mapping[str, Worksheet]], None] | None = None,
) -> bytes:
    """An .xlsx of these sheets; `touch` may do to them what authors do besides writing cells."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in (("survey", survey), ("choices", choices), ("settings", settings)):
        if rows:
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(list(row))
    if touch is not None:
        touch({sheet.title: sheet for sheet in book.worksheets})
    target = BytesIO()
    book.save(target)
    return target.getvalue()


def with_part(source: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one part changed."""
    target = BytesIO()
    with zipfile.ZipFile(BytesIO(source)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            data = old.read(entry)
            new.writestr(entry.filename, change(data) if entry.filename == name else data)
    return target.getvalue()
