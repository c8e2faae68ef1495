"""The book of loans: the old one from Excel, and each day's payments and arrears from the core banking system.

A file is taken whole or not at all. Every line that cannot be used is named with its row, its column and what would
mend it; a dry run tells the same and writes nothing. The same file again changes nothing. A day that was told before
may be told again: the later file stands.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import Connection, Table, delete, insert, select

from officer_app.base.canonical import digest
from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.base.words import N_, Message
from officer_app.headoffice.tables import BOOK, IMPORTED, LOAN_DAYS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.reading import read_workbook

LARGEST: Final = 64_000_000
MOST_ROWS: Final = 500_000
_MOST_TROUBLES: Final = 200
_BATCH: Final = 1_000
_LONGEST: Final = 100
_AMOUNT: Final = re.compile(r"-?[0-9]{1,12}(\.[0-9]{1,2})?", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", re.ASCII)


class BookKind(StrEnum):
    """What a file tells."""

    BOOK = "book"
    DAYS = "days"


class Holds(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NEEDED = "text that is needed"
    AMOUNT = "amount"
    DATE = "date"
    MAYBE_DATE = "date or nothing"
    COUNT = "whole number"


@dataclass(frozen=True, slots=True)
class BookColumn:
    """A column by its code, the heads it is known by, and what it holds."""

    key: str
    heads: tuple[str, ...]
    holds: Holds
    optional: bool = False


COLUMNS: Final[Mapping[BookKind, tuple[BookColumn, ...]]] = {
    BookKind.BOOK: (
        BookColumn("contract", ("合同号", "借据号", "合同编号", "借据编号"), Holds.NEEDED),
        BookColumn("case_number", ("案卷号", "案卷编号"), Holds.TEXT, optional=True),
        BookColumn("branch", ("网点", "机构", "支行"), Holds.NEEDED),
        BookColumn("officer", ("信贷员", "客户经理"), Holds.NEEDED),
        BookColumn("product", ("产品", "贷款品种"), Holds.NEEDED),
        BookColumn("trade", ("行业", "经营行业"), Holds.TEXT, optional=True),
        BookColumn("village", ("村", "村社区", "村/社区"), Holds.TEXT, optional=True),
        BookColumn("amount", ("贷款金额", "放款金额", "合同金额"), Holds.AMOUNT),
        BookColumn("paid_out_on", ("放款日", "放款日期", "发放日"), Holds.DATE),
        BookColumn("due_on", ("到期日", "到期日期"), Holds.MAYBE_DATE, optional=True),
    ),
    BookKind.DAYS: (
        BookColumn("contract", ("合同号", "借据号", "合同编号", "借据编号"), Holds.NEEDED),
        BookColumn("as_of", ("日期", "数据日期", "截止日"), Holds.DATE),
        BookColumn("balance", ("余额", "贷款余额", "本金余额"), Holds.AMOUNT),
        BookColumn("overdue", ("逾期金额", "欠款"), Holds.AMOUNT),
        BookColumn("days_past_due", ("逾期天数",), Holds.COUNT),
        BookColumn("paid", ("当日还款", "还款金额"), Holds.AMOUNT, optional=True),
    ),
}
_TABLES: Final[Mapping[BookKind, tuple[Table, tuple[str, ...]]]] = {
    BookKind.BOOK: (BOOK, ("contract",)),
    BookKind.DAYS: (LOAN_DAYS, ("contract", "as_of")),
}


@dataclass(frozen=True, slots=True)
class Trouble:
    """A cell that cannot be used: its row (1 is the header), its column, what is wrong, and what would mend it."""

    row: int
    column: str
    what: Message
    remedy: Message


@dataclass(frozen=True, slots=True)
class Read:
    """A file as read: rows by column code, and what is wrong with it (the first two hundred)."""

    kind: BookKind
    sha256: str
    rows: tuple[Mapping[str, str], ...]
    troubles: tuple[Trouble, ...]


@dataclass(slots=True)
class Taken:
    """What a file brought: rows new here, rows that changed, rows as they were; `again`: this very file was here."""

    rows: int = 0
    new: int = 0
    changed: int = 0
    again: bool = False
    unknown: tuple[str, ...] = field(default=())


def read_file(data: bytes, kind: BookKind) -> Read:
    """A workbook's first sheet or a CSV (UTF-8 or GB18030), whatever the order of its columns.

    Errors: BOOK_FILE (too large, no table, a column that is needed is not there).
    """
    if len(data) > LARGEST:
        raise Fault(Code.BOOK_FILE, what=Message(N_("it is larger than {mb} MB"), {"mb": LARGEST // 1_000_000}))
    header, rows = _table(data)
    places = _places(header, kind)
    found: list[Mapping[str, str]] = []
    troubles: list[Trouble] = []
    seen: dict[tuple[str, ...], int] = {}
    for number, cells in enumerate(rows, start=2):
        if number > MOST_ROWS + 1:
            raise Fault(Code.BOOK_FILE, what=Message(N_("it has more than {rows} rows"), {"rows": MOST_ROWS}))
        if not any(cell.strip() for cell in cells):
            continue
        row = _row(cells, places, kind, number, troubles)
        mark = tuple(row.get(key, "") for key in _TABLES[kind][1])
        if seen.setdefault(mark, number) != number:
            what = Message(N_("the same loan stands in row {row} already"), {"row": seen[mark]})
            troubles.append(Trouble(number, header[places["contract"]], what, Message(N_("Leave one of them out."))))
        found.append(row)
    return Read(kind, digest(data), tuple(found), tuple(troubles[:_MOST_TROUBLES]))


def take_file(
    warehouse: Warehouse,
    read: Read,
    *,
    name: str,
    person: str,
    clock: Clock,
    dry: bool = False,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Taken:
    """Put what was read into the warehouse, all of it or nothing; with `dry` only count.

    Errors: BOOK_ROWS when a row cannot be used, WAREHOUSE_GONE, CANCELLED.
    """
    if read.troubles:
        first = read.troubles[0]
        raise Fault(Code.BOOK_ROWS, count=len(read.troubles), row=first.row, column=first.column, what=first.what)
    table, key = _TABLES[read.kind]
    done = Taken(rows=len(read.rows))
    with warehouse.transaction() as connection:
        same = select(IMPORTED.c.sha256).where(IMPORTED.c.sha256 == read.sha256, IMPORTED.c.kind == read.kind.value)
        done.again = connection.execute(same).first() is not None
        for start in range(0, 0 if done.again else len(read.rows), _BATCH):
            check(cancelled)
            _put(connection, table, key, read.rows[start : start + _BATCH], done, dry=dry)
            progress(min(start + _BATCH, len(read.rows)), len(read.rows))
        done.unknown = _unknown(connection, read)
        if not dry and not done.again:
            told = {"kind": read.kind.value, "name": name[:200], "at": clock.now(), "person": person}
            connection.execute(insert(IMPORTED).values(sha256=read.sha256, rows=len(read.rows), **told))
    return done


def _put(
    connection: Connection,
    table: Table,
    key: Sequence[str],
    rows: Sequence[Mapping[str, str]],
    done: Taken,
    *,
    dry: bool,
) -> None:
    contracts = [row["contract"] for row in rows]
    here: dict[tuple[str, ...], Any] = {
        tuple(str(row._mapping[name]) for name in key): row._mapping  # noqa: SLF001  SQLAlchemy's public name
        for row in connection.execute(select(table).where(table.c.contract.in_(contracts)))
    }
    fresh = []
    for row in rows:
        values = {column.name: _value(row, column.name) for column in table.columns}
        mark = tuple(str(values[name]) for name in key)
        if mark not in here:
            done.new += 1
        elif {name: here[mark][name] for name in values} != values:
            done.changed += 1
            if not dry:
                connection.execute(delete(table).where(*(table.c[name] == values[name] for name in key)))
        else:
            continue
        fresh.append(values)
    if fresh and not dry:
        connection.execute(insert(table), fresh)


def _value(row: Mapping[str, str], name: str) -> object:
    text = row.get(name, "")
    match name:
        case "amount" | "balance" | "overdue" | "paid":
            return Decimal(text or "0")
        case "days_past_due":
            return int(text)
        case "case_number" | "due_on":
            return text or None
        case _:
            return text


def _unknown(connection: Connection, read: Read) -> tuple[str, ...]:
    """Contracts of a day's file that the book does not know: their arrears are kept, and stand in no report."""
    if read.kind is not BookKind.DAYS:
        return ()
    told = sorted({row["contract"] for row in read.rows})
    known: set[str] = set()
    for start in range(0, len(told), _BATCH):
        asked = select(BOOK.c.contract).where(BOOK.c.contract.in_(told[start : start + _BATCH]))
        known |= set(connection.execute(asked).scalars())
    return tuple(contract for contract in told if contract not in known)


def _table(data: bytes) -> tuple[tuple[str, ...], Iterator[Sequence[str]]]:
    if zipfile.is_zipfile(io.BytesIO(data)):
        sheets = read_workbook(data)
        first = next(iter(sheets.values()), None)
        if first is None or not first.header:
            raise Fault(Code.BOOK_FILE, what=Message(N_("its first sheet is empty")))
        return first.header, iter(first.rows)
    reader = csv.reader(io.StringIO(_text(data)))
    try:
        return tuple(next(reader, [])), _lines(reader)
    except csv.Error as error:
        raise Fault(Code.BOOK_FILE, what=Message(N_("it is no table"))) from error


def _lines(reader: Any) -> Iterator[Sequence[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise Fault(Code.BOOK_FILE, what=Message(N_("it is no table"))) from error


def _text(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Fault(Code.BOOK_FILE, what=Message(N_("it is neither UTF-8 nor GB18030")))


def _places(header: Sequence[str], kind: BookKind) -> dict[str, int]:
    heads = {re.sub(r"\s+", "", head).lower(): place for place, head in reversed(list(enumerate(header)))}
    places = {}
    for column in COLUMNS[kind]:
        place = next((heads[head] for head in (column.key, *column.heads) if head in heads), None)
        if place is not None:
            places[column.key] = place
        elif not column.optional:
            told = {"column": " / ".join((column.key, *column.heads))}
            raise Fault(Code.BOOK_FILE, what=Message(N_("it has no column {column}"), told))
    return places


def _row(
    cells: Sequence[str], places: Mapping[str, int], kind: BookKind, number: int, troubles: list[Trouble]
) -> dict[str, str]:
    row = {}
    for column in COLUMNS[kind]:
        if column.key not in places:
            continue
        place = places[column.key]
        text = cells[place].strip().lstrip("'") if place < len(cells) else ""
        value, wrong = _READERS[column.holds](text)
        if wrong is not None and len(troubles) <= _MOST_TROUBLES:
            troubles.append(Trouble(number, column.heads[0], *wrong))
        row[column.key] = value
    return row


_Found = tuple[str, tuple[Message, Message] | None]


def _plain(text: str) -> _Found:
    if len(text) > _LONGEST:
        return "", (Message(N_("the text is too long")), Message(N_("At most 100 characters.")))
    return text, None


def _needed(text: str) -> _Found:
    if not text:
        return "", (Message(N_("nothing stands there")), Message(N_("Every row needs it.")))
    if re.fullmatch(r"[0-9.]+[eE]\+?[0-9]+", text):
        what = Message(N_("a spreadsheet shortened the number {text}"), {"text": text})
        return "", (what, Message(N_("Set the column to text in Excel and paste the numbers again.")))
    return _plain(text)


def _amount(text: str) -> _Found:
    bare = text.replace(",", "").replace("，", "").replace("￥", "").replace("¥", "")
    if _AMOUNT.fullmatch(bare or "0") is None:
        what = Message(N_("“{text}” is not an amount"), {"text": text[:40]})
        return "", (what, Message(N_("Yuan with at most two decimals: 50000 or 50,000.00.")))
    try:
        value = Decimal(bare or "0")
    except InvalidOperation:  # pragma: no cover - the form above leaves nothing else
        value = Decimal(0)
    if value < 0:
        what = Message(N_("“{text}” is below nought"), {"text": text[:40]})
        return "", (what, Message(N_("What was paid back too much belongs into another column.")))
    return format(value, "f"), None


def _day(text: str) -> _Found:
    found = _DATE.match(text.partition(" ")[0])
    try:
        told = date(*(int(part) for part in found.groups())) if found is not None else None
    except ValueError:
        told = None
    if told is None or not date(1990, 1, 1) <= told <= date(2100, 1, 1):
        what = Message(N_("“{text}” is not a date"), {"text": text[:40]})
        return "", (what, Message(N_("Write it as 2026-01-31, or let Excel format it as a date.")))
    return told.isoformat(), None


def _maybe_day(text: str) -> _Found:
    return _day(text) if text else ("", None)


def _count(text: str) -> _Found:
    if not (text.isascii() and text.isdigit() and len(text) <= 5):
        what = Message(N_("“{text}” is not a number of days"), {"text": text[:40]})
        return "0", (what, Message(N_("A whole number: 0, 31.")))
    return str(int(text)), None


_READERS: Final[Mapping[Holds, Callable[[str], _Found]]] = {
    Holds.TEXT: _plain,
    Holds.NEEDED: _needed,
    Holds.AMOUNT: _amount,
    Holds.DATE: _day,
    Holds.MAYBE_DATE: _maybe_day,
    Holds.COUNT: _count,
}
