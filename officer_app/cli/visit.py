"""Visits without a window: out of the vault as ODK's tools read them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from officer_app.base.clock import SystemClock
from officer_app.cli.opening import DataOption, JsonOption, PassphraseOption, UserOption, opened


def register(app: typer.Typer) -> None:
    """Add `visit export`."""
    group = typer.Typer(no_args_is_help=True, help="Visits: their checklist out of the vault, for ODK's tools.")
    group.callback()(lambda: None)
    group.command("export")(_export)
    app.add_typer(group, name="visit")


def _export(
    case: Annotated[str, typer.Option("--case", help="The case's number, as 2026-0417.")],
    out: Annotated[Path, typer.Option("--out", help="The folder to write to; each visit gets its own in it.")],
    user: UserOption,
    passphrase_file: PassphraseOption,
    data: DataOption = None,
    visit: Annotated[int, typer.Option("--visit", min=0, help="Which visit, from 1; without it all of them.")] = 0,
    as_json: JsonOption = False,
) -> None:
    """Write the visits of a case as instance XML, each with its log as audit.csv. It leaves the vault unencrypted."""
    from officer_app.base.files import write_whole
    from officer_app.casework.desk import seat
    from officer_app.casework.interchange import instance_of, visits_numbered

    desk = seat(opened(data, user, passphrase_file), SystemClock())
    try:
        known = visits_numbered(desk, case)
        if not known or visit > len(known):
            raise typer.BadParameter(f"{case} {visit or ''}".strip(), param_hint="--visit" if known else "--case")
        instances = [instance_of(desk, one.id) for one in (known[visit - 1 : visit] if visit else known)]
    finally:
        desk.close()
    written = []
    for instance in instances:
        folder = out / instance.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in instance.files:
            write_whole(folder / name, content)
            written.append(str(folder / name))
    text = json.dumps({"files": written}, ensure_ascii=False) if as_json else "\n".join(written)
    sys.stdout.write(text + "\n")
