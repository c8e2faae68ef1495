"""Black list, watch list, staff and good payers: from head office's table to keyed hashes without names."""

from __future__ import annotations

import csv
import io
import secrets
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message
from officer_app.credit.links import LinkKind, plain
from officer_app.dossier.people import LISTS, ListedNumber, PeopleList, to_bytes
from officer_app.trust.boxes import keyed_hash

_COLUMNS: Final = ("kind", "number", "list", "reason", "since", "until")
_LARGEST: Final = 32_000_000
_MOST: Final = 500_000
_LONGEST_REASON: Final = 200


def hashed(table: bytes, key: bytes | None = None) -> bytes:
    """The pack's content from a CSV table (UTF-8, with a header of the columns); a new key unless one is given.

    Errors: PEOPLE_FILE with the line.
    """
    key = key or secrets.token_bytes(32)
    entries = tuple(_entry(row, line, key) for line, row in _rows(table))
    return to_bytes(PeopleList(key, entries))


def _rows(table: bytes) -> Iterator[tuple[int, Mapping[str, str]]]:
    if len(table) > _LARGEST:
        raise _wrong(0, Message(N_("the file is too large")))
    try:
        text = table.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(0, Message(N_("it is not UTF-8"))) from error
    reader = csv.reader(io.StringIO(text))
    try:
        header = tuple(cell.strip().lower() for cell in next(reader, []))
        if header[: len(_COLUMNS)] != _COLUMNS:
            raise _wrong(1, Message(N_("the header is another")))
        for row in reader:
            if reader.line_num > _MOST:
                raise _wrong(reader.line_num, Message(N_("the list is too long")))
            if any(cell.strip() for cell in row):
                cells = [cell.strip() for cell in row] + [""] * len(_COLUMNS)
                yield reader.line_num, dict(zip(_COLUMNS, cells, strict=False))
    except csv.Error as error:
        raise _wrong(reader.line_num, Message(N_("it is no table"))) from error


def _entry(row: Mapping[str, str], line: int, key: bytes) -> ListedNumber:
    if row["kind"] not in set(LinkKind):
        raise _wrong(line, Message(N_("the kind is one of {kinds}"), {"kinds": ", ".join(LinkKind)}))
    if row["list"] not in LISTS:
        raise _wrong(line, Message(N_("the list is one of {lists}"), {"lists": ", ".join(sorted(LISTS))}))
    number = plain(LinkKind(row["kind"]), row["number"])
    if not number:
        raise _wrong(line, Message(N_("the number is too short")))
    if not row["reason"] or len(row["reason"]) > _LONGEST_REASON:
        raise _wrong(line, Message(N_("every entry needs a reason, at most 200 characters")))
    since, until = _day(row["since"], line), _day(row["until"], line)
    if since is not None and until is not None and until < since:
        raise _wrong(line, Message(N_("it ends before it begins")))
    return ListedNumber(
        row["kind"], keyed_hash(key, f"{row['kind']}:{number}"), row["list"], row["reason"], since, until
    )


def _day(text: str, line: int) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise _wrong(line, Message(N_("a date is not one"))) from error


def _wrong(line: int, what: Message) -> Fault:
    return Fault(Code.PEOPLE_FILE, where=f"line {line}", line=line, what=what)
