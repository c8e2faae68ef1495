"""Checklists without a window: check one, fill one, judge expressions."""

from __future__ import annotations

import json
import os
import random
import sys
import typing
from collections.abc import Mapping, Sequence
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer

from officer_app.base.clock import CHINA
from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, LANGUAGES, N_, message, say
from officer_app.cli import form_problems

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.checklists.compile import CompiledForm
    from officer_app.checklists.conformance import Case, Setting
    from officer_app.checklists.problems import FormProblem
    from officer_app.checklists.repertoire import Entry

_AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on stdout.")]
_Language = Annotated[str, typer.Option("--lang", help="en or zh_CN.")]
_STARTER: Final = "starter"
_MAX_CASES: Final = 50_000_000
_MAX_STEPS: Final = 20_000_000


def register(app: typer.Typer) -> None:
    """Add the commands of `form`."""
    group = typer.Typer(no_args_is_help=True, help="Checklists: check a workbook, fill a form, judge expressions.")
    group.command("check")(_check)
    group.command("run")(_run)
    group.command("xpath")(_xpath)
    group.command("template")(_template)
    group.command("types")(_types)
    group.command("sheet")(_sheet)
    app.add_typer(group, name="form")


def _check(
    form: Annotated[Path, typer.Argument(help="XLSForm (.xlsx, .md) or XForm (.xml).")],
    as_json: _AsJson = False,
    lang: _Language = ENGLISH,
) -> None:
    """Compile a checklist and tell everything that is wrong with it, cell by cell."""
    from officer_app.checklists.problems import FormRefused

    language = _spoken(lang)
    try:
        compiled = _compiled(form)
    except FormRefused as refused:
        problems = (*refused.problems, *refused.notices)
        _tell_check({"ok": False, "error": _error(refused, language)}, problems, language, as_json=as_json)
        raise typer.Exit(1) from None
    found: dict[str, Json] = {
        "ok": True,
        "form_id": compiled.form_id,
        "version": compiled.version,
        "title": compiled.title,
        "languages": list(compiled.languages),
        "facts": list(compiled.facts),
        "compiler": compiled.compiler,
        "source_sha256": compiled.source_sha256,
        "xml_sha256": compiled.xml_sha256,
    }
    _tell_check(found, compiled.warnings, language, as_json=as_json)


def _spoken(language: str) -> str:
    if language not in LANGUAGES:
        raise typer.BadParameter(language, param_hint="--lang")
    return language


def _compiled(form: Path) -> CompiledForm:
    from officer_app.base.files import read_limited
    from officer_app.checklists.compile import MAX_SOURCE, compile_form
    from officer_app.credit.vocabulary import VOCABULARY

    return compile_form(read_limited(form, MAX_SOURCE), form.name, VOCABULARY)


def _error(fault: Fault, language: str) -> dict[str, Json]:
    return {"code": fault.code.name, "message": say(fault.sentence, language), "where": fault.where}


def _tell_check(found: Mapping[str, Json], problems: Sequence[FormProblem], language: str, *, as_json: bool) -> None:
    if as_json:
        whole = {**found, "problems": form_problems.as_json(problems, language)}
        sys.stdout.write(json.dumps(whole, ensure_ascii=False) + "\n")
        return
    refused = say(message(N_("The checklist is refused.")), language)
    head = f"{found.get('form_id')} {found.get('version')}" if found["ok"] else refused
    for line in (head, *form_problems.lines(problems, language)):
        sys.stdout.write(f"{line}\n")


def _run(
    form: Annotated[Path, typer.Argument(help="XLSForm (.xlsx, .md) or compiled XForm (.xml).")],
    steps: Annotated[Path | None, typer.Option(help="Steps, one a line, tab-separated.")] = None,
    media: Annotated[Path | None, typer.Option(help="Folder of the form's files; else the form's own.")] = None,
    last_saved: Annotated[Path | None, typer.Option(help="Instance that the form left the last time.")] = None,
    as_json: _AsJson = False,
) -> None:
    """Fill a form without a window and give its values, options, labels and finalised instance."""
    from officer_app.base.clock import SystemClock
    from officer_app.base.files import read_limited
    from officer_app.checklists.compile import MAX_SOURCE
    from officer_app.checklists.form import read_form
    from officer_app.checklists.replaying import outcome, play, read_steps
    from officer_app.checklists.session import FormSession

    filled = read_form(_xml_of(form), lambda name: _file_in(media or _beside(form), name))
    before = read_limited(last_saved, MAX_SOURCE) if last_saved is not None else None
    session = FormSession(filled, SystemClock(), random.SystemRandom(), zone=_zone(), last_saved=before)
    played = read_steps(read_limited(steps, _MAX_STEPS)) if steps is not None else ()
    found = outcome(session, play(session, played))
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for ref, entry in found["values"].items():
        mark = "" if entry["relevant"] else " (not relevant)"
        sys.stdout.write(f"{ref}\t{entry['value']}{mark}\t{entry['violation'] or ''}\n")


def _beside(form: Path) -> Path:
    """Where the files of a form lie: in the folder called like it, as other tools lay them down, else around it."""
    folder = form.with_name(f"{form.stem}-media")
    return folder if folder.is_dir() else form.parent


def _file_in(folder: Path, name: str) -> bytes | None:
    """A file that the form names, None when the folder lacks it."""
    from officer_app.base.files import read_limited
    from officer_app.checklists.documents import MAX_BYTES

    path = folder / name
    return read_limited(path, MAX_BYTES) if path.is_file() else None


def _xml_of(form: Path) -> bytes:
    """The form's XForm. A form is run as it stands: what facts it binds is the check's business."""
    from officer_app.base.files import read_limited
    from officer_app.checklists.compile import MAX_SOURCE
    from officer_app.checklists.workbook import Workbook, xform_of

    source = read_limited(form, MAX_SOURCE)
    if form.suffix.lower() == ".xml":
        return source
    return xform_of(Workbook.read(source, form.name))[0]


def _template(
    out: Annotated[Path, typer.Option("--out", help="The workbook to write (.xlsx).")],
    source: Annotated[
        str, typer.Option("--from", help="A checklist to begin with: a file, or the name of a shipped one.")
    ] = _STARTER,
) -> None:
    """Write a workbook for editing in Excel: a small pattern, or a checklist that there is."""
    from officer_app.base.files import read_limited, write_whole
    from officer_app.checklists.compile import MAX_SOURCE
    from officer_app.checklists.workbook import Workbook
    from officer_app.credit.vocabulary import VOCABULARY
    from officer_app.workbooks.checklist import checklist_workbook

    if out.suffix.lower() != ".xlsx":
        raise typer.BadParameter(str(out), param_hint="--out")
    if out.exists():
        raise Fault(Code.FORM_FILE_EXISTS, where=out.name, file=out.name)
    path = _shipped(source)
    book = Workbook.read(read_limited(path, MAX_SOURCE), path.name)
    write_whole(out, checklist_workbook(book.draft.book, VOCABULARY.values()))
    sys.stdout.write(f"{out}\n")


def _sheet(
    form: Annotated[
        str, typer.Argument(help="A checklist: a file (.xlsx, .md, .xml), or the name of a shipped one.")
    ],
    out: Annotated[Path, typer.Option("--out", help="The PDF to write.")],
    lang: Annotated[str, typer.Option("--lang", help="zh_CN, en, or both.")] = "both",
    institution: Annotated[str, typer.Option("--institution", help="Whose sheet it is.")] = "",
    whole: Annotated[bool, typer.Option("--whole", help="With the deeper parts that stay closed else.")] = False,
) -> None:
    """Print a checklist for pen and paper: questions by place and section, with blanks and boxes."""
    from officer_app.base.clock import SystemClock
    from officer_app.base.files import write_whole
    from officer_app.checklists.form import read_form
    from officer_app.checklists.onpaper import on_paper
    from officer_app.checklists.session import FormSession
    from officer_app.memos.field_sheet import BOTH, FieldSheet, field_sheet

    if lang not in (*LANGUAGES, BOTH):
        raise typer.BadParameter(lang, param_hint="--lang")
    path = _shipped(form)
    read = read_form(_xml_of(path), lambda name: _file_in(_beside(path), name))
    parts = on_paper(FormSession(read, SystemClock(), random.SystemRandom()), whole=whole)
    write_whole(out, field_sheet(FieldSheet(read.title, read.version, institution, parts), lang))
    sys.stdout.write(f"{out}\n")


def _shipped(name: str) -> Path:
    """The file of this name, or the shipped checklist."""
    from officer_app.base.paths import forms_folder

    shipped = forms_folder() / f"{name}.md"
    return shipped if shipped.is_file() and not Path(name).is_file() else Path(name)


def _types(as_json: _AsJson = False, lang: _Language = ENGLISH) -> None:
    """List the question types and appearances, and how far each is given on a laptop."""
    from officer_app.checklists.repertoire import APPEARANCES, TYPES

    language = _spoken(lang)
    tables = {"types": TYPES, "appearances": APPEARANCES}
    found = {name: [_entry(entry, language) for entry in entries] for name, entries in tables.items()}
    if as_json:
        sys.stdout.write(json.dumps(found, ensure_ascii=False) + "\n")
        return
    for entries in found.values():
        for entry in entries:
            sys.stdout.write(f"{entry['name']:<24} {entry['standing']:<12} {entry['asked']}\n")


def _entry(entry: Entry, language: str) -> dict[str, Json]:
    return {
        "name": entry.name,
        "others": list(entry.others),
        "for": list(entry.of),
        "asked": say(message(entry.asked), language),
        "standing": say(entry.standing.label, language),
    }


def _zone() -> tzinfo:
    """The zone that the surroundings set, for comparing with other engines; else the institution's."""
    name = os.environ.get("TZ", "")
    try:
        return ZoneInfo(name) if name else CHINA
    except (ZoneInfoNotFoundError, ValueError):
        return CHINA


def _xpath(
    cases: Annotated[Path, typer.Argument(help="JSON with contexts and cases.")], as_json: _AsJson = False
) -> None:
    """Evaluate each case and give its value or its error."""
    from officer_app.base.clock import SystemClock
    from officer_app.base.files import read_limited
    from officer_app.checklists.conformance import judged, setting_of

    data = _cases_in(read_limited(cases, _MAX_CASES))
    namespaces = dict(data.get("meta", {}).get("namespaces", {}))
    settings: dict[str | None, Setting] = {None: setting_of(None, namespaces)}
    results: dict[str, Mapping[str, object]] = {}
    for entry in data["cases"]:
        name = entry.get("context")
        if name not in settings:
            settings[name] = setting_of(data["contexts"][name], namespaces)
        results[entry["id"]] = judged(_case_of(entry), settings[name], SystemClock())
    _tell_outcomes(results, as_json=as_json)


def _cases_in(raw: bytes) -> dict[str, typing.Any]:
    try:
        data = json.loads(raw)
        known = isinstance(data["cases"], list) and isinstance(data.get("contexts", {}), dict)
    except (ValueError, KeyError, TypeError) as error:
        raise Fault(Code.FORM_CASES_MALFORMED) from error
    if not known:
        raise Fault(Code.FORM_CASES_MALFORMED)
    return dict(data)


def _case_of(entry: Mapping[str, typing.Any]) -> Case:
    from officer_app.checklists.conformance import Case

    return Case(
        expression=str(entry["expr"]),
        kind=str(entry.get("kind", "string")),
        node=str(entry.get("node") or "/"),
        root=str(entry.get("root") or ""),
        zone=str(entry.get("tz") or ""),
        language=str(entry.get("lang") or ""),
    )


def _tell_outcomes(results: Mapping[str, Mapping[str, object]], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps(results, ensure_ascii=False) + "\n")
        return
    for name, outcome in results.items():
        sys.stdout.write(f"{name}\t{outcome.get('value', outcome.get('error'))}\n")
