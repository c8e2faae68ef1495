"""What head office takes out of its warehouse and brings into it, without a window."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from officer_app import __version__
from officer_app.base.clock import SystemClock, local_date, to_text
from officer_app.base.files import read_limited, write_whole
from officer_app.base.words import CHINESE, LANGUAGES, say
from officer_app.cli.opening import JsonOption, PassphraseOption, passphrase, tell, tell_progress

if TYPE_CHECKING:
    from officer_app.headoffice.desk import Desk
    from officer_app.headoffice.exporting import Exporter

_Folder: TypeAlias = Annotated[Path, typer.Option("--folder", help="Head office's own folder.")]
_Into: TypeAlias = Annotated[
    str, typer.Option("--into", help="The warehouse: sqlite:///PATH or postgresql+psycopg://…")
]
_Lang: TypeAlias = Annotated[str, typer.Option("--lang", help="zh_CN or en.")]


def register(group: typer.Typer) -> None:
    """Add what head office reads and writes out to its commands: from `csv` to `journal`."""
    for name, command in (
        ("csv", _csv),
        ("report", _report),
        ("sample", _sample),
        ("import", _import),
        ("logs", _logs),
        ("exports", _exports),
        ("products", _products),
        ("journal", _journal),
    ):
        group.command(name)(command)


def exporter_of(desk: Desk) -> Exporter:
    """Head office itself, now."""
    from officer_app.headoffice.exporting import Exporter

    return Exporter(desk.institution, desk.identity.person.name, SystemClock().now(), __version__)


def _csv(
    folder: _Folder,
    into: _Into,
    out: Annotated[Path, typer.Option("--out", help="An empty folder for the CSV files.")],
    passphrase_file: PassphraseOption,
    lang: _Lang = CHINESE,
    as_json: JsonOption = False,
) -> None:
    """Write the workbook's twins: one CSV for each sheet."""
    from officer_app.headoffice.exports import export_csv
    from officer_app.headoffice.warehouse import Warehouse

    desk = _desk(folder, passphrase_file)
    with Warehouse(into) as warehouse:
        rows = export_csv(warehouse, exporter_of(desk), out, _language(lang))
    tell(rows, "\n".join(f"{name}: {count}" for name, count in rows.items()), as_json=as_json)


def _report(
    kind: Annotated[str, typer.Argument(help="portfolio, lift or regulator.")],
    folder: _Folder,
    into: _Into,
    out: Annotated[Path, typer.Option("--out", help="The file to write (.xlsx; a single table also .csv).")],
    passphrase_file: PassphraseOption,
    lang: _Lang = CHINESE,
    as_json: JsonOption = False,
) -> None:
    """Write a report: the portfolio by groups, the lift of each check against arrears, or a supervisor's tables."""
    from officer_app.headoffice.exports import REPORTS, ExportKind, export_report
    from officer_app.headoffice.warehouse import Warehouse

    if kind not in {one.value for one in REPORTS}:
        raise typer.BadParameter(f"the report is one of {', '.join(REPORTS)}")
    desk = _desk(folder, passphrase_file)
    with Warehouse(into) as warehouse:
        rows = export_report(warehouse, exporter_of(desk), ExportKind(kind), out, _language(lang))
    tell({"file": str(out), "rows": rows}, f"{out}: {rows}", as_json=as_json)


def _sample(
    folder: _Folder,
    store: Annotated[str, typer.Option("--store", help="The exchange that the cases came through.")],
    into: _Into,
    out: Annotated[Path, typer.Option("--out", help="An empty folder for list, rule and evidence.")],
    seed: Annotated[str, typer.Option("--seed", help="Any words, written down before the draw.")],
    passphrase_file: PassphraseOption,
    count: Annotated[int, typer.Option("--count", min=1, max=10_000)] = 20,
    branch: Annotated[str, typer.Option("--branch")] = "",
    officer: Annotated[str, typer.Option("--officer")] = "",
    product: Annotated[str, typer.Option("--product")] = "",
    state: Annotated[str, typer.Option("--state")] = "",
    since: Annotated[str, typer.Option("--since", help="Received on this day or later, as 2026-01-31.")] = "",
    until: Annotated[str, typer.Option("--until", help="Received on this day or before.")] = "",
    least: Annotated[str, typer.Option("--least", help="Asked for at least so many yuan.")] = "",
    hard_flag: Annotated[bool, typer.Option("--hard-flag", help="Only cases with a hard flag.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Draw an audit sample by a stated rule and write each case's whole evidence, verified once more."""
    from officer_app.headoffice.exports import export_sample
    from officer_app.headoffice.sampling import Filter
    from officer_app.headoffice.warehouse import Warehouse

    try:
        which = Filter(branch, officer, product, state, _day(since), _day(until), _least(least), hard_flag)
    except (ValueError, InvalidOperation) as error:
        raise typer.BadParameter("--since and --until are days as 2026-01-31, --least an amount") from error
    desk = _desk(folder, passphrase_file)
    with Warehouse(into) as warehouse:
        drawn = export_sample(
            desk,
            store,
            warehouse,
            exporter_of(desk),
            out,
            seed=seed,
            count=count,
            which=which,
            progress=tell_progress,
        )
    tell({"folder": str(out), "cases": drawn}, f"{out}: {drawn}", as_json=as_json)


def _import(
    kind: Annotated[str, typer.Argument(help="book (loans paid out) or days (a day's payments and arrears).")],
    file: Annotated[Path, typer.Argument(help="An .xlsx or .csv.")],
    folder: _Folder,
    into: _Into,
    passphrase_file: PassphraseOption,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell what would happen and write nothing.")] = False,
    lang: _Lang = CHINESE,
    as_json: JsonOption = False,
) -> None:
    """Take the book of loans or a day's payments and arrears, whole or not at all; exit 1 when a cell is wrong."""
    from officer_app.headoffice.book import LARGEST, BookKind, read_file, take_file
    from officer_app.headoffice.warehouse import Warehouse

    if kind not in {one.value for one in BookKind}:
        raise typer.BadParameter(f"the kind is one of {', '.join(BookKind)}")
    desk, language = _desk(folder, passphrase_file), _language(lang)
    read = read_file(read_limited(file, LARGEST), BookKind(kind))
    if read.troubles:
        told = [
            {"row": one.row, "column": one.column, "what": say(one.what, language), "mend": say(one.remedy, language)}
            for one in read.troubles
        ]
        lines = "\n".join(f"{one['row']}\t{one['column']}\t{one['what']}\t{one['mend']}" for one in told)
        tell({"rows": len(read.rows), "troubles": told}, lines, as_json=as_json)
        raise typer.Exit(1)
    with Warehouse(into) as warehouse:
        taken = take_file(
            warehouse,
            read,
            name=file.name,
            person=desk.identity.person.name,
            clock=SystemClock(),
            dry=dry_run,
            progress=tell_progress,
        )
    found = {**asdict(taken), "troubles": []}
    tell(found, "\n".join(f"{name}: {value}" for name, value in asdict(taken).items()), as_json=as_json)


def _logs(folder: _Folder, into: _Into, passphrase_file: PassphraseOption, as_json: JsonOption = False) -> None:
    """Every laptop's log: how long, what never came, what does not fit; exit 1 when something does not."""
    from officer_app.headoffice.devicelogs import logs
    from officer_app.headoffice.warehouse import Warehouse

    _desk(folder, passphrase_file)
    with Warehouse(into) as warehouse:
        found = logs(warehouse)
    told = [asdict(one) for one in found]
    doubts = [f"{one.officer}\t{one.log[:16]}\t{kind}\t{number}" for one in found for kind, number, _ in one.doubts]
    lines = [f"{one.officer}\t{one.log[:16]}\t{one.length}\t{one.missing}" for one in found] + doubts
    tell({"logs": told}, "\n".join(lines), as_json=as_json)
    if doubts:
        raise typer.Exit(1)


def _products(
    folder: _Folder,
    out: Annotated[Path, typer.Option("--out", help="The workbook to write (.xlsx).")],
    passphrase_file: PassphraseOption,
    lang: _Lang = CHINESE,
    as_json: JsonOption = False,
) -> None:
    """Write what is lent today as a workbook: change it in Excel, then `publish --products`."""
    from officer_app.headoffice.products import products_today
    from officer_app.workbooks.products import products_workbook

    found = products_today(_desk(folder, passphrase_file), local_date(SystemClock().now()))
    write_whole(out, products_workbook(found, _language(lang)))
    tell({"products": len(found)}, f"{len(found)} products", as_json=as_json)


def _exports(folder: _Folder, into: _Into, passphrase_file: PassphraseOption, as_json: JsonOption = False) -> None:
    """Who took what out, and when: the newest first."""
    from officer_app.headoffice.exports import exports_made
    from officer_app.headoffice.warehouse import Warehouse

    _desk(folder, passphrase_file)
    with Warehouse(into) as warehouse:
        told = [{**asdict(one), "at": to_text(one.at)} for one in exports_made(warehouse)]
    lines = "\n".join(f"{one['at']}\t{one['person']}\t{one['kind']}\t{one['file']}\t{one['sha256']}" for one in told)
    tell({"exports": told}, lines, as_json=as_json)


def _journal(folder: _Folder, passphrase_file: PassphraseOption, as_json: JsonOption = False) -> None:
    """Who did what at head office's desk, about whom and why: the newest first; a changed line is refused."""
    from officer_app.base.clock import to_text
    from officer_app.headoffice.journal import journal

    _desk(folder, passphrase_file)
    told = [{**asdict(one), "at": to_text(one.at)} for one in journal(folder)]
    lines = "\n".join(f"{one['at']}\t{one['by']}\t{one['act']}\t{one['about']}\t{one['why']}" for one in told)
    tell({"journal": told}, lines, as_json=as_json)


def _desk(folder: Path, passphrase_file: str) -> Desk:
    from officer_app.headoffice.desk import open_desk

    return open_desk(folder, passphrase(passphrase_file), issuing=False)


def _language(lang: str) -> str:
    if lang not in LANGUAGES:
        raise typer.BadParameter(f"--lang is one of {', '.join(LANGUAGES)}")
    return lang


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _least(text: str) -> Decimal | None:
    return Decimal(text) if text else None
