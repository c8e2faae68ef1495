"""Reads the sheets of a workbook from a stranger as texts: for lists that come in, and for tests of what goes out."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Final

from openpyxl import load_workbook

from officer_app.base.archives import check_archive
from officer_app.base.errors import Code, Fault

_LARGEST: Final = 400_000_000  # bytes unpacked: a zip may hold a thousand times its size
_ROWS: Final = 1_000_000
_EXACT: Final = 10**15


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The first row and the rest, as texts; an empty cell is an empty text."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def read_workbook(
    source: bytes, rows: int = _ROWS, columns: int | None = None, largest: int = _LARGEST
) -> Mapping[str, ReadSheet]:
    """Every sheet by its title, no more than so many rows and columns of each; `largest`: bytes unpacked.

    Errors: WORKBOOK_UNREADABLE.
    """
    try:
        _refuse_bombs(source, largest)
        book = load_workbook(BytesIO(source), read_only=True, data_only=True)
        return {
            sheet.title: _read(sheet.iter_rows(values_only=True, max_row=rows, max_col=columns))
            for sheet in book.worksheets
        }
    except Exception as error:  # openpyxl raises whatever a broken file makes it stumble over
        raise Fault(Code.WORKBOOK_UNREADABLE) from error


def _refuse_bombs(source: bytes, largest: int) -> None:
    with zipfile.ZipFile(BytesIO(source)) as archive:
        check_archive(archive)
        if sum(entry.file_size for entry in archive.infolist()) > largest:
            raise ValueError("unpacks to too much")


def _read(rows: object) -> ReadSheet:
    texts = [tuple(_text(value) for value in row) for row in rows]  # type: ignore[attr-defined]  # openpyxl yields untyped tuples
    wide = max((len(row) for row in texts), default=0)
    full = [row + ("",) * (wide - len(row)) for row in texts]
    return ReadSheet(full[0] if full else (), tuple(full[1:]))


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case datetime():
            return value.isoformat(sep=" ")
        case date():
            return value.isoformat()
        case float() | int() if not isinstance(value, bool) and abs(value) >= _EXACT:
            return f"{float(value):.15g}"  # Excel holds 15 digits: what follows them was made up, and must show
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)
