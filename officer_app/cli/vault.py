"""The data folder without a window: make one, back it up, restore, verify, upgrade."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from officer_app.base.clock import SystemClock
from officer_app.base.words import ENGLISH, say
from officer_app.cli import retention
from officer_app.cli.opening import (
    DataOption,
    JsonOption,
    PassphraseOption,
    UserOption,
    folder_of,
    opened,
    passphrase,
    tell,
    tell_progress,
)


def register(app: typer.Typer) -> None:
    """Add `vault create`, `backup`, `restore`, `verify`, `log`, `upgrade` and `retention`."""
    group = typer.Typer(no_args_is_help=True, help="The encrypted data folder: create, back up, restore, verify.")
    for name, command in (
        ("create", _create),
        ("backup", _backup),
        ("restore", _restore),
        ("verify", _verify),
        ("log", _log),
        ("upgrade", _upgrade),
    ):
        group.command(name)(command)
    retention.register(group)
    app.add_typer(group, name="vault")


def _create(
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    full_name: Annotated[str, typer.Option("--full-name", help="The person's name.")] = "",
    role: Annotated[
        list[str] | None, typer.Option("--role", help="officer, manager, head_office; repeatable.")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Make a data folder and print its recovery code: write it down and keep it at the branch."""
    from officer_app.vault.keyring import new_recovery_code
    from officer_app.vault.store import NewUser, Vault

    code = new_recovery_code()
    first = NewUser(user, full_name or user, frozenset(role or ["officer"]))
    folder = folder_of(data)
    Vault.create(folder, first, passphrase(passphrase_file), SystemClock(), recovery_code=code).close()
    tell({"folder": str(folder), "recovery_code": code}, f"{folder}\nrecovery code: {code}", as_json=as_json)


def _backup(
    to: Annotated[Path, typer.Argument(help="The folder for backups, best on another disk.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Copy everything, encrypted as it is; only what is new since the last backup there."""
    from officer_app.vault.backups import backup

    with opened(data, user, passphrase_file) as vault:
        done = backup(vault, to, tell_progress)
    found = {"folder": str(done.folder), "files": done.files, "copied": done.copied, "bytes": done.copied_bytes}
    tell(found, f"{done.folder}: {done.files} files, {done.copied} copied now", as_json=as_json)


def _restore(
    source: Annotated[Path, typer.Argument(metavar="FROM", help="A folder of backups.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Bring the newest backup back, proved whole first; what was there stays beside it."""
    from officer_app.vault.restores import restore

    done = restore(source, folder_of(data), user, passphrase(passphrase_file), SystemClock(), tell_progress)
    former = None if done.former is None else str(done.former)
    aside = f"; the former data are in {former}" if former else ""
    again = f"; {done.deleted_again} cases deleted again" if done.deleted_again else ""
    told = {"folder": str(done.folder), "former": former, "deleted_again": done.deleted_again}
    tell(told, f"{done.folder}{aside}{again}", as_json=as_json)


def _verify(
    user: UserOption, passphrase_file: PassphraseOption, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Look at every page, row, file and log entry; exit 1 when something is wrong."""
    from officer_app.vault.verify import verify

    with opened(data, user, passphrase_file) as vault:
        report = verify(vault, tell_progress)
    wrong = [{"kind": p.kind, "where": p.where, "message": say(p.sentence, ENGLISH)} for p in report.problems]
    found = {
        "ok": report.ok,
        "cases": report.cases,
        "files": report.blobs,
        "events": report.events,
        "problems": wrong,
    }
    lines = [f"{p['kind']} [{p['where']}]: {p['message']}" for p in wrong]
    whole = f"{report.cases} cases, {report.blobs} files, {report.events} log entries: "
    tell(found, "\n".join([*lines, whole + ("whole" if report.ok else f"{len(wrong)} wrong")]), as_json=as_json)
    if not report.ok:
        raise typer.Exit(1)


def _log(
    out: Annotated[Path, typer.Option("--out", help="The table to write (CSV).")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Write what happened on every visit of every case as one flat table: who stood on which question, how long."""
    from officer_app.base.files import write_whole
    from officer_app.vault.visitlog import flat

    with opened(data, user, passphrase_file) as vault, vault.reading() as tx:
        rows, table = flat(tx)
    write_whole(out, table)
    tell({"file": str(out), "events": rows}, f"{out}: {rows} events", as_json=as_json)


def _upgrade(
    user: UserOption, passphrase_file: PassphraseOption, data: DataOption = None, as_json: JsonOption = False
) -> None:
    """Bring the data to the form of this version; happens at every opening too."""
    from officer_app.vault.migrate import HEAD

    with opened(data, user, passphrase_file) as vault:
        before = vault.upgraded_from
    said = f"upgraded from {before} to {HEAD}" if before else f"already at {HEAD}"
    tell({"from": before or HEAD, "to": HEAD, "upgraded": before is not None}, said, as_json=as_json)
