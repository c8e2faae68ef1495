"""The head-office workbook: a first sheet that explains, totals that reconcile, then one sheet for each kind of row.

Sheets are written side by side, a row at a time, so memory does not grow with the number of cases.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import BinaryIO, Final

from openpyxl import Workbook
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from officer_app.base.clock import local_time
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.base.words import N_, Language, Message, Verbatim, message, say, translate
from officer_app.workbooks.codes import CODE_LABELS
from officer_app.workbooks.columns import COLUMNS, KIND_LABELS, SHEET_LABELS, Column, Kind, Sheet, rows_of
from officer_app.workbooks.rows import WorkbookData
from officer_app.workbooks.sheets import SheetWriter
from officer_app.workbooks.totals import Counter, Total
from officer_app.workbooks.values import plain, value_of

_EVERY: Final = 500  # rows between two looks at progress and cancel

_READ_ME: Final = N_("Read me")
_TOTALS: Final = N_("Totals")
_MASKED: Final = N_("Names, identity numbers and phones are masked.")
_SHOWN: Final = N_(
    "Names, identity numbers and phones are shown in full: keep this file under lock and delete it after use."
)
_CSV_RULE: Final = N_(
    "In the CSV twin a text that a spreadsheet would take for a formula or a number is preceded by an apostrophe."
)
_TEXT_RULE: Final = N_("No cell holds a formula; identifiers are text; times are those of China (UTC+8).")


def write_workbook(
    data: WorkbookData,
    language: Language,
    target: BinaryIO,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> tuple[Total, ...]:
    """Write the workbook and give its totals beside the program's. Errors: CANCELLED."""
    book = Workbook(write_only=True)
    try:
        totals = _fill(book, data, language, progress, cancelled)
    except BaseException:
        _abandon(book)
        raise
    book.save(target)
    return totals


def _fill(
    book: Workbook, data: WorkbookData, language: Language, progress: Progress, cancelled: Cancelled
) -> tuple[Total, ...]:
    book.properties.creator = data.institution
    book.properties.created = book.properties.modified = local_time(data.made_at).replace(tzinfo=None)
    _read_me(book, data, language)
    totals_sheet = _totals_sheet(book, language)
    counter = Counter()
    done = 0
    for sheet in Sheet:
        done = _write_rows(book, data, sheet, language, counter, done, progress, cancelled)
    totals = counter.beside(data.app_totals)
    _write_totals(totals_sheet, totals, language)
    return totals


def _abandon(book: Workbook) -> None:
    """End the half-written sheets and remove their temporary files."""
    for sheet in book.worksheets:
        if isinstance(sheet, WriteOnlyWorksheet):
            sheet.close()
            sheet._writer.cleanup()  # type: ignore[attr-defined]  # noqa: SLF001  openpyxl has no public way to give up


def _write_rows(
    book: Workbook,
    data: WorkbookData,
    sheet: Sheet,
    language: Language,
    counter: Counter,
    done: int,
    progress: Progress,
    cancelled: Cancelled,
) -> int:
    columns = COLUMNS[sheet]
    writer = _writer(book, translate(SHEET_LABELS[sheet], language), columns, language)
    for row in rows_of(data, sheet):
        counter.count(row)
        shown = data.identities_shown
        writer.add([value_of(row, column, language, shown=shown, worded=True) for column in columns])
        done += 1
        if done % _EVERY == 0:
            progress(done, done)
            check(cancelled)
    writer.close()
    return done


def _writer(book: Workbook, title: str, columns: Sequence[Column], language: Language) -> SheetWriter:
    return SheetWriter(
        book,
        title,
        [translate(column.head, language) for column in columns],
        [column.kind for column in columns],
        [column.width for column in columns],
    )


def _read_me(book: Workbook, data: WorkbookData, language: Language) -> None:
    columns = (
        Column("sheet", N_("Sheet"), Kind.TEXT, 26),
        Column("key", N_("Column code"), Kind.ID, 24),
        Column("head", N_("Column"), Kind.TEXT, 26),
        Column("kind", N_("Kind"), Kind.TEXT, 24),
        Column("meaning", N_("Meaning"), Kind.TEXT, 90),
    )
    writer = _writer(book, translate(_READ_ME, language), columns, language)
    for name, text in _about(data):
        writer.add([say(name, language), None, None, None, plain(say(text, language))])
    for row in _explained(language):
        writer.add(row)
    for code, meaning in CODE_LABELS.items():
        writer.add([translate(N_("Code"), language), code, None, None, translate(meaning, language)])
    writer.close()


def _about(data: WorkbookData) -> Iterator[tuple[Message, Message | Verbatim]]:
    yield message(N_("Institution")), Verbatim(data.institution)
    yield message(N_("Made at")), message(N_("{at:moment}"), at=local_time(data.made_at))
    yield message(N_("Made by")), Verbatim(data.made_by)
    yield message(N_("Currency")), Verbatim(data.currency)
    yield message(N_("Program version")), Verbatim(data.program_version)
    for name, version in data.versions:
        yield message(N_("Version")), Verbatim(f"{name} {version}")
    for rule in (_SHOWN if data.identities_shown else _MASKED, _TEXT_RULE, _CSV_RULE):
        yield message(N_("Note")), message(rule)


def _explained(language: Language) -> Iterator[tuple[str, str, str, str, str]]:
    for sheet in Sheet:
        for column in COLUMNS[sheet]:
            texts = (column.head, KIND_LABELS[column.kind], column.meaning)
            head, kind, meaning = (translate(text, language) for text in texts)
            yield translate(SHEET_LABELS[sheet], language), column.key, head, kind, meaning


def _totals_sheet(book: Workbook, language: Language) -> SheetWriter:
    columns = (
        Column("what", N_("Sum"), Kind.TEXT, 24),
        Column("app", N_("In the program"), Kind.ANY, 20),
        Column("workbook", N_("In this workbook"), Kind.ANY, 20),
        Column("difference", N_("Difference"), Kind.ANY, 16),
        Column("state", N_("Reconciled"), Kind.TEXT, 16),
    )
    return _writer(book, translate(_TOTALS, language), columns, language)


def _write_totals(writer: SheetWriter, totals: Sequence[Total], language: Language) -> None:
    for total in totals:
        state = N_("agrees") if total.agrees else N_("differs")
        figures = [_figure(value, total) for value in (total.app, total.workbook, total.workbook - total.app)]
        writer.add([say(total.what, language), *figures, translate(state, language)])
    writer.close()


def _figure(value: Decimal, total: Total) -> Decimal | int:
    return value if total.money else int(value)
