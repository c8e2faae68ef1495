"""Everything that leaves head office's warehouse as a file goes out by this door, and stands in the log of exports.

The log tells who, when, what was asked, and the SHA-256 of the file (of a folder: of the list in it), so that a file
that turns up somewhere can be traced to its export. The entry is written before the file is given its name: an export
that cannot be logged does not happen.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO, Final

from sqlalchemy import insert, select

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import told_apart
from officer_app.base.ids import new_id
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.base.words import Language
from officer_app.headoffice.desk import Opens
from officer_app.headoffice.exporting import Exporter, workbook_data
from officer_app.headoffice.lift import lift_table
from officer_app.headoffice.portfolio import portfolio
from officer_app.headoffice.regulator import regulator
from officer_app.headoffice.sampling import LIST, Filter, cases_table, write_sample
from officer_app.headoffice.tables import EXPORTS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.columns import Sheet
from officer_app.workbooks.csv_twin import write_csv
from officer_app.workbooks.tables import Table, table_csv, tables_workbook
from officer_app.workbooks.totals import Total
from officer_app.workbooks.workbook import write_workbook


class ExportKind(StrEnum):
    """What may be taken out."""

    WORKBOOK = "workbook"
    CSV = "csv"
    PORTFOLIO = "portfolio"
    LIFT = "lift"
    REGULATOR = "regulator"
    SAMPLE = "sample"
    LIST = "list"
    LOOK = "look"


_REPORTS: Final[Mapping[ExportKind, Callable[[Warehouse, Language], tuple[Table, ...]]]] = {
    ExportKind.PORTFOLIO: lambda warehouse, _language: portfolio(warehouse),
    ExportKind.LIFT: lambda warehouse, language: (lift_table(warehouse, language),),
    ExportKind.REGULATOR: lambda warehouse, _language: regulator(warehouse),
}
REPORTS: Final = tuple(_REPORTS)


@dataclass(frozen=True, slots=True)
class Exported:
    """One line of the log of exports."""

    id: str
    at: datetime
    person: str
    kind: str
    asked: Mapping[str, str]
    file: str
    sha256: str
    rows: int


def export_workbook(
    warehouse: Warehouse,
    by: Exporter,
    out: Path,
    language: Language,
    *,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> bool:
    """The whole workbook; whether its totals agree with the warehouse's. Errors: CANCELLED, WAREHOUSE_GONE."""
    data = workbook_data(warehouse, by)
    totals: tuple[Total, ...] = ()

    def write(target: BinaryIO) -> int:
        nonlocal totals
        totals = write_workbook(data, language, target, progress=progress, cancelled=cancelled)
        return int(totals[0].workbook)

    _written(warehouse, by, ExportKind.WORKBOOK, out, {"language": language}, write)
    return all(total.agrees for total in totals)


def export_csv(warehouse: Warehouse, by: Exporter, folder: Path, language: Language) -> Mapping[str, int]:
    """The workbook's twins, one CSV for each sheet, into an empty folder; rows by file.

    Errors: BUNDLE_FOLDER_NOT_EMPTY, WAREHOUSE_GONE.
    """
    if folder.exists() and any(folder.iterdir()):
        raise Fault(Code.BUNDLE_FOLDER_NOT_EMPTY, folder=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    data = workbook_data(warehouse, by)
    rows: dict[str, int] = {}
    for sheet in Sheet:

        def write(target: BinaryIO, sheet: Sheet = sheet) -> int:
            return write_csv(data, sheet, language, target)

        name = f"{sheet.value.lower()}.csv"
        rows[name] = _written(warehouse, by, ExportKind.CSV, folder / name, {"language": language}, write)
    return rows


def export_report(warehouse: Warehouse, by: Exporter, kind: ExportKind, out: Path, language: Language) -> int:
    """A report, as .xlsx, or as CSV when there is one table and the name ends so; gives its rows."""
    tables = _REPORTS[kind](warehouse, language)
    rows = sum(len(list(table.rows)) for table in tables)

    def write(target: BinaryIO) -> int:
        if out.suffix.lower() == ".csv" and len(tables) == 1:
            return table_csv(tables[0], target)
        target.write(tables_workbook(tables, language, by.institution, by.made_at))
        return rows

    return _written(warehouse, by, kind, out, {"language": language}, write)


def export_sample(
    desk: Opens,
    store: str,
    warehouse: Warehouse,
    by: Exporter,
    out: Path,
    *,
    seed: str,
    count: int,
    which: Filter,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> int:
    """An audit sample into an empty folder; gives how many cases. Errors: as `sampling.write_sample`."""
    drawn = write_sample(
        desk, store, warehouse, out, seed=seed, count=count, which=which, progress=progress, cancelled=cancelled
    )
    asked = {"seed": seed, "count": str(count), **which.told()}
    # The list names every dossier by its digest: its own digest stands for the whole folder.
    note_export(warehouse, by, ExportKind.SAMPLE, asked, out.name, _sum(out / LIST), len(drawn))
    return len(drawn)


def export_list(warehouse: Warehouse, by: Exporter, out: Path, which: Filter) -> int:
    """The list of the cases that the filters leave, as CSV; gives its rows. Errors: FOLDER_READ_ONLY, DISK_FULL."""

    def write(target: BinaryIO) -> int:
        return table_csv(cases_table(warehouse, which), target)

    return _written(warehouse, by, ExportKind.LIST, out, which.told(), write)


def note_look(warehouse: Warehouse, by: Exporter, case_number: str, dossier: str) -> None:
    """Whose evidence was opened to be read: before it is shown."""
    note_export(warehouse, by, ExportKind.LOOK, {"case": case_number}, case_number, dossier, 1)


def note_export(
    warehouse: Warehouse, by: Exporter, kind: ExportKind, asked: Mapping[str, str], file: str, sha256: str, rows: int
) -> None:
    """One more line in the log of exports. Errors: EXPORT_UNLOGGED, WAREHOUSE_GONE."""
    because = {"why": by.why} if by.why else {}
    told = {"at": by.made_at, "person": by.made_by, "kind": kind.value, "asked": {**asked, **because}}
    with warehouse.logging() as connection:
        connection.execute(insert(EXPORTS).values(id=new_id(), file=file[:200], sha256=sha256, rows=rows, **told))


def exports_made(warehouse: Warehouse, most: int = 500) -> tuple[Exported, ...]:
    """The log of exports, the newest first."""
    with warehouse.transaction() as connection:
        rows = connection.execute(select(EXPORTS).order_by(EXPORTS.c.at.desc(), EXPORTS.c.id).limit(most)).all()
    return tuple(Exported(*row) for row in rows)


def exporter(institution: str, person: str, clock: Clock, program: str, why: str = "") -> Exporter:
    """Who exports, now, and why."""
    return Exporter(institution, person, clock.now(), program, why)


def _written(
    warehouse: Warehouse,
    by: Exporter,
    kind: ExportKind,
    out: Path,
    asked: Mapping[str, str],
    write: Callable[[BinaryIO], int],
) -> int:
    part = out.with_name(out.name + ".part")
    try:
        with told_apart(out):
            with part.open("wb") as target:
                rows = write(target)
            note_export(warehouse, by, kind, asked, out.name, _sum(part), rows)
            part.replace(out)
    except OSError as refused:
        raise Fault(Code.FOLDER_READ_ONLY, folder=str(out.parent)) from refused
    finally:
        part.unlink(missing_ok=True)
    return rows


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
