"""Visits without a window: out of the vault as ODK's tools read them."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from officer_app.cli.opening import DataOption, JsonOption, PassphraseOption, UserOption, seated

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.casework.days import Day


def register(app: typer.Typer) -> None:
    """Add `visit export` and `visit places`."""
    group = typer.Typer(
        no_args_is_help=True, help="Visits: out of the vault for ODK's tools, and where their pictures were taken."
    )
    group.command("export")(_export)
    group.command("places")(_places)
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
    from officer_app.casework.interchange import instance_of, visits_numbered

    with seated(data, user, passphrase_file) as desk:
        known = visits_numbered(desk, case)
        if not known or visit > len(known):
            raise typer.BadParameter(f"{case} {visit or ''}".strip(), param_hint="--visit" if known else "--case")
        instances = [instance_of(desk, one.id) for one in (known[visit - 1 : visit] if visit else known)]
    written = []
    for instance in instances:
        folder = out / instance.name
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in instance.files:
            write_whole(folder / name, content)
            written.append(str(folder / name))
    text = json.dumps({"files": written}, ensure_ascii=False) if as_json else "\n".join(written)
    sys.stdout.write(text + "\n")


def _places(
    user: UserOption,
    passphrase_file: PassphraseOption,
    case: Annotated[str, typer.Option("--case", help="The case's number, as 2026-0417.")] = "",
    visit: Annotated[int, typer.Option("--visit", min=1, help="Which visit of the case, from 1.")] = 1,
    day: Annotated[str, typer.Option("--day", help="A day instead, as 2026-10-09: all cases of this officer.")] = "",
    data: DataOption = None,
    as_json: JsonOption = False,
) -> None:
    """Tell where and when the pictures of a visit, or of a day, claim to be taken, and the ways between them."""
    from datetime import date

    from officer_app.casework.days import day_of_officer, day_of_visit
    from officer_app.casework.facts import premises
    from officer_app.casework.findings import findings_of
    from officer_app.casework.interchange import visits_numbered

    if bool(case) == bool(day):
        raise typer.BadParameter("--case / --day", param_hint="--case")
    try:
        on = date.fromisoformat(day) if day else None
    except ValueError as error:
        raise typer.BadParameter(day, param_hint="--day") from error
    with seated(data, user, passphrase_file) as desk:
        if on is not None:
            found = day_of_officer(desk, on)
        else:
            known = visits_numbered(desk, case)
            if visit > len(known):
                raise typer.BadParameter(f"{case} {visit}", param_hint="--visit" if known else "--case")
            record = known[visit - 1]
            findings = findings_of(desk, record.case)
            found = day_of_visit(desk, record, findings.photos, premises(findings.tree))
    _write_places(found, as_json=as_json)


def _write_places(day: Day, *, as_json: bool) -> None:
    """Exit 1 when something does not match."""
    from officer_app.base.words import ENGLISH, say
    from officer_app.evidence.verdicts import Verdict

    if as_json:
        sys.stdout.write(json.dumps(_as_json(day), ensure_ascii=False, indent=1) + "\n")
    else:
        for entry in day.entries:
            way = entry.way
            told = f"  {way.metres} m, {way.kmh} km/h" if way is not None else ""
            at = entry.taken.at.isoformat() if entry.taken.at is not None else ""
            words = say(entry.taken.words, ENGLISH)
            sys.stdout.write(f"{entry.number:3}  {at}  {words}  {entry.verdict.value}{told}\n")
        for one in day.told:
            sys.stdout.write(f"{one.verdict.value}: {say(one.sentence, ENGLISH)}\n")
    if any(one.verdict is Verdict.STOP for one in day.told):
        raise typer.Exit(1)


def _as_json(day: Day) -> dict[str, Json]:
    from officer_app.base.words import ENGLISH, say

    pictures: list[Json] = []
    for entry in day.entries:
        one, way = entry.taken, entry.way
        pictures.append(
            {
                "number": entry.number,
                "photo": one.photo if one.named else None,
                "what": say(one.words, ENGLISH),
                "at": one.at.isoformat() if one.at is not None else None,
                "lat": str(one.place.lat) if one.place is not None else None,
                "lon": str(one.place.lon) if one.place is not None else None,
                "metres": str(way.metres) if way is not None else None,
                "seconds": way.seconds if way is not None else None,
                "kmh": str(way.kmh) if way is not None else None,
                "verdict": entry.verdict.value,
            }
        )
    told: list[Json] = [{"verdict": one.verdict.value, "words": say(one.sentence, ENGLISH)} for one in day.told]
    return {"title": say(day.title, ENGLISH), "pictures": pictures, "told": told, "untimed": day.untimed}
