"""Papers and watermarks in photos without a window: what is read, field by field, and what of it does not hold."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from officer_app.base.canonical import Json
from officer_app.base.errors import Fault
from officer_app.base.files import read_limited
from officer_app.base.words import ENGLISH, N_, message, say

if TYPE_CHECKING:
    from officer_app.base.workers import Worker
    from officer_app.evidence.reading.lines import Page
    from officer_app.evidence.reading.papers import Entry, Paper


class Wanted(StrEnum):
    """What is looked for."""

    ID_CARD = "id_card"
    LICENCE = "licence"
    WATERMARK = "watermark"


_NOTHING: Final = N_("Cannot tell: nothing of that kind was read in {file}.")


@dataclass(frozen=True, slots=True)
class _Told:
    """One file of the answer; `found` when there was something of the kind."""

    fields: Mapping[str, Json]
    found: bool


def read(
    files: Annotated[list[Path], typer.Argument()],
    kind: Annotated[Wanted, typer.Option("--kind", help="What to look for in the photos.")],
    as_json: Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")] = False,
) -> None:
    """Read papers or a watermark in photos: suggestions to look at, never proof. Needs the extra “reading”.

    Exit 1 when a photo cannot be read or holds nothing of the kind.
    """
    from officer_app.base.clock import SystemClock, local_date
    from officer_app.base.workers import Worker
    from officer_app.evidence.reading.reader import MEMORY_MB, must_be_installed

    must_be_installed()
    on = local_date(SystemClock().now())
    told = []
    with Worker() as decoder, Worker(memory_mb=MEMORY_MB) as reader:
        for done, file in enumerate(files, start=1):
            sys.stderr.write(f"{done}/{len(files)} {file.name}\n")
            told.append(_told(file, kind, on, decoder, reader))
    if as_json:
        sys.stdout.write(json.dumps([one.fields for one in told], ensure_ascii=False, indent=1) + "\n")
    else:
        for one in told:
            _write(one.fields)
    if not all(one.found for one in told):
        raise typer.Exit(1)


def _told(file: Path, kind: Wanted, on: date, decoder: Worker, reader: Worker) -> _Told:
    from officer_app.evidence.intake import read_photo
    from officer_app.evidence.kinds import MAX_BYTES
    from officer_app.evidence.reading.reader import read_page

    name: dict[str, Json] = {"file": str(file), "kind": kind.value}
    try:
        seen = read_photo(read_limited(file, MAX_BYTES), decoder, file.name)
        page = read_page(seen.view, reader, file.name)
    except Fault as fault:
        sentence = f"{say(fault.sentence, ENGLISH)} {say(fault.remedy, ENGLISH)}"
        return _Told({**name, "found": False, "error": {"code": fault.code.name, "message": sentence}}, found=False)
    told = _watermark(page) if kind is Wanted.WATERMARK else _papers(page, kind, on)
    return _Told({**name, "found": bool(told), **told}, found=bool(told))


def _watermark(page: Page) -> dict[str, Json]:
    from officer_app.evidence.reading.watermark import watermark_in

    told = watermark_in(page)
    if told is None:
        return {}
    return {
        "day": told.day.isoformat() if told.day is not None else None,
        "time": told.hour.isoformat() if told.hour is not None else None,
        "lat": str(told.lat) if told.lat is not None else None,
        "lon": str(told.lon) if told.lon is not None else None,
        "place": told.place or None,
    }


def _papers(page: Page, kind: Wanted, on: date) -> dict[str, Json]:
    from officer_app.evidence.reading.papers import PaperKind, papers_in

    of_kind = {PaperKind.LICENCE} if kind is Wanted.LICENCE else {PaperKind.ID_FRONT, PaperKind.ID_BACK}
    found = [paper for paper in papers_in(page) if paper.kind in of_kind]
    if not found:
        return {}
    sides: list[Json] = [paper.kind.value for paper in found]
    fields: list[Json] = [_field(paper, entry, on) for paper in found for entry in paper.entries]
    return {"papers": sides, "fields": fields}


def _field(paper: Paper, entry: Entry, on: date) -> dict[str, Json]:
    from officer_app.casework.readings import problem_of

    problem = problem_of(paper, entry, on)
    return {
        "field": entry.field.value,
        "value": entry.value,
        "sure_percent": entry.sure,
        "problem": say(problem, ENGLISH) if problem is not None else None,
    }


def _write(told: Mapping[str, Json]) -> None:
    """One file for a reader; texts from a picture are shown as text."""
    sys.stdout.write(f"{_harmless(str(told['file']))}\n")
    error, fields = told.get("error"), told.get("fields")
    if isinstance(error, dict):
        sys.stdout.write(f"  {error['message']}\n")
    elif not told["found"]:
        sys.stdout.write(f"  {say(message(_NOTHING, file=str(told['file'])), ENGLISH)}\n")
    elif isinstance(fields, list):
        for one in (entry for entry in fields if isinstance(entry, dict)):
            problem = f"  ! {one['problem']}" if one["problem"] else ""
            sys.stdout.write(f"  {one['field']:12} {_harmless(str(one['value'] or '—'))}{problem}\n")
    else:
        for name in ("day", "time", "lat", "lon", "place"):
            sys.stdout.write(f"  {name:12} {_harmless(str(told[name] or '—'))}\n")


def _harmless(text: str) -> str:
    return "".join(sign if sign.isprintable() else "?" for sign in text)
