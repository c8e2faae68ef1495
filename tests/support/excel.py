"""Workbooks for tests, as authors make them in Excel: sheets of rows, and a zip whose parts can be changed."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from io import BytesIO

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

_INLINE = re.compile(rb't="inlineStr"([^>]*)><is>(.*?)</is></c>', re.DOTALL)
_MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_KIND = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
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
    return _as_excel_saves(target.getvalue())


def plain_workbook(*rows: Sequence[object]) -> bytes:
    """One sheet of these rows, or of two cells, as openpyxl saves it."""
    book, target = Workbook(), BytesIO()
    for row in rows or (("合同号", "金额"), ("A-1", 30_000)):
        book.worksheets[0].append(list(row))
    book.save(target)
    return target.getvalue()


def _as_excel_saves(source: bytes) -> bytes:
    """Excel keeps each text once in a part of its own; openpyxl leaves texts in their cells."""
    texts: dict[bytes, int] = {}

    def shared(found: re.Match[bytes]) -> bytes:
        return b't="s"%s><v>%d</v></c>' % (found[1], texts.setdefault(found[2], len(texts)))

    with zipfile.ZipFile(BytesIO(source)) as old:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
    for name in [name for name in parts if name.startswith("xl/worksheets/")]:
        parts[name] = _INLINE.sub(shared, parts[name])
    items = b"".join(b"<si>%s</si>" % text for text in texts)
    parts["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (_MAIN, items)
    link = b'<Relationship Type="%s/sharedStrings" Target="sharedStrings.xml" Id="rId99"/></Relationships>' % _KIND
    rels = "xl/_rels/workbook.xml.rels"
    parts[rels] = parts[rels].replace(b"</Relationships>", link)
    return zipped(parts)


def zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip of these parts."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name, data in parts.items():
            new.writestr(name, data)
    return target.getvalue()


def with_part(source: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The same zip with one part changed."""
    with zipfile.ZipFile(BytesIO(source)) as old:
        parts = {entry.filename: old.read(entry) for entry in old.infolist()}
    return zipped({**parts, name: change(parts[name])})
