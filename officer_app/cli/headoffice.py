"""Head office without a window: found an institution, enrol people, publish packs, ingest, export."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from officer_app import __version__
from officer_app.base.clock import SystemClock
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.paths import forms_folder
from officer_app.base.words import CHINESE, ENGLISH
from officer_app.cli import form_problems
from officer_app.cli.opening import JsonOption, PassphraseOption, passphrase, tell_progress

if TYPE_CHECKING:
    from officer_app.headoffice.desk import Desk

_LARGEST = 16_000_000
_POLICY = "default"
_PEOPLE = "people"
_NORMS = "norms"
_PHOTOS = "photos"

_Folder: TypeAlias = Annotated[Path, typer.Option("--folder", help="Head office's own folder.")]
_Store: TypeAlias = Annotated[str, typer.Option("--store", help="The exchange: a folder, or file:// and its path.")]
_Into: TypeAlias = Annotated[
    str, typer.Option("--into", help="The warehouse: sqlite:///PATH or postgresql+psycopg://…")
]
_Policy: TypeAlias = Annotated[Path | None, typer.Option("--policy", help="A policy (TOML).")]
_Forms: TypeAlias = Annotated[list[Path] | None, typer.Option("--form", help="A checklist (XLSForm); repeatable.")]

_People: TypeAlias = Annotated[
    Path | None, typer.Option("--people", help="Lists of people (CSV: kind, number, list, reason, since, until).")
]
_Norms: TypeAlias = Annotated[
    Path | None, typer.Option("--norms", help="Norms of the trades (TOML), laid over the shipped ones.")
]
_Photos: TypeAlias = Annotated[
    Path | None, typer.Option("--photos", help="A list of photos' fingerprints, as `photo list` writes it.")
]


def register(app: typer.Typer) -> None:
    """Add `headoffice found`, `enrol`, `publish`, `ingest` and `export`."""
    group = typer.Typer(no_args_is_help=True, help="Head office: found, enrol, publish, ingest, export.")
    for name, command in (
        ("found", _found),
        ("enrol", _enrol),
        ("publish", _publish),
        ("ingest", _ingest),
        ("export", _export),
    ):
        group.command(name)(command)
    app.add_typer(group, name="headoffice")


def _found(
    folder: _Folder,
    name: Annotated[str, typer.Option("--name", help="The institution's name, as it stands on papers.")],
    passphrase_file: PassphraseOption,
    policy: _Policy = None,
    form: _Forms = None,
    as_json: JsonOption = False,
) -> None:
    """Make the institution: its root key, head office's keys, the first policy and the first checklists."""
    from officer_app.casework.packs import SHIPPED_FORMS
    from officer_app.headoffice.founding import found
    from officer_app.trust.certificates import fingerprint

    forms = form or [forms_folder() / f"{name}.md" for name in SHIPPED_FORMS]
    desk = found(
        folder,
        name,
        passphrase(passphrase_file),
        clock=SystemClock(),
        policy=_policy(policy or forms_folder() / "policy.toml"),
        forms={path.stem: _compiled(path) for path in forms},
    )
    mark = fingerprint(desk.root_pem)
    told = {"folder": str(folder), "institution": desk.institution, "root_fingerprint": mark}
    _tell(told, f"{desk.institution}\nroot {mark}", as_json=as_json)


def _enrol(
    request: Annotated[Path, typer.Argument(help="The request file from the person's laptop.")],
    folder: _Folder,
    role: Annotated[str, typer.Option("--role", help="officer, manager or head_office.")],
    branch: Annotated[str, typer.Option("--branch", help="The person's branch.")],
    out: Annotated[Path, typer.Option("--out", help="Where to write the answer.")],
    passphrase_file: PassphraseOption,
    limit: Annotated[str, typer.Option("--limit", help="How much the person may approve, in yuan.")] = "0",
    as_json: JsonOption = False,
) -> None:
    """Answer a request: role, branch and approval limit are head office's word."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.enrolling import enrol
    from officer_app.trust.certificates import Role, fingerprint

    try:
        granted, amount = Role(role), Decimal(limit)
    except (ValueError, InvalidOperation) as error:
        raise typer.BadParameter("--role is officer, manager or head_office; --limit is an amount") from error
    desk = open_desk(folder, passphrase(passphrase_file))
    asked = read_limited(request, _LARGEST)
    answer = enrol(desk, asked, role=granted, branch=branch, approval_limit=amount, clock=SystemClock())
    write_whole(out, answer)
    mark = fingerprint(desk.root_pem)
    told = {"answer": str(out), "root_fingerprint": mark, "roster_version": desk.roster.version}
    _tell(told, f"{out}\nroot {mark}: read it to the person by voice", as_json=as_json)


def _publish(
    folder: _Folder,
    store: _Store,
    passphrase_file: PassphraseOption,
    policy: _Policy = None,
    form: _Forms = None,
    people: _People = None,
    norms: _Norms = None,
    photos: _Photos = None,
    as_json: JsonOption = False,
) -> None:
    """Publish a policy, checklists, norms, lists of people or photos; without one, send everybody what lacks."""
    from officer_app.dossier.records import PackKind
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.peoplelists import hashed
    from officer_app.headoffice.publishing import keep_pack, send_waiting

    clock = SystemClock()
    packs = [(PackKind.POLICY, _POLICY, _policy(policy))] if policy else []
    packs += [(PackKind.FORM, path.stem, _compiled(path)) for path in form or []]
    packs += [(PackKind.PEOPLE, _PEOPLE, hashed(read_limited(people, _LARGEST * 2)))] if people else []
    packs += [(PackKind.NORMS, _NORMS, _laid_over(norms))] if norms else []
    packs += [(PackKind.FINGERPRINTS, _PHOTOS, _photo_list(photos))] if photos else []
    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    versions = {name: keep_pack(desk, kind, name, content, clock.now()) for kind, name, content in packs}
    sent = send_waiting(desk, store, clock=clock, progress=tell_progress)
    _tell({"versions": versions, "deliveries": sent}, f"{sent} deliveries", as_json=as_json)


def _photo_list(path: Path) -> bytes:
    """The list, read once so that nothing unreadable is sent. Errors: PHOTO_LIST, FILE_MISSING, FILE_TOO_LARGE."""
    from officer_app.dossier.photolist import parse

    content = read_limited(path, _LARGEST * 8)
    parse(content)
    return content


def _ingest(
    folder: _Folder, store: _Store, into: _Into, passphrase_file: PassphraseOption, as_json: JsonOption = False
) -> None:
    """Take everything new from the store into the warehouse, once, and send the receipts."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.ingesting import ingest

    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    done = ingest(desk, store, into, clock=SystemClock(), progress=tell_progress)
    told = {
        "dossiers": done.dossiers,
        "decisions": done.decisions,
        "already": done.already,
        "receipts": done.receipts,
        "waiting": done.waiting,
        "quarantined": done.quarantined,
        "gaps": done.gaps,
    }
    _tell(told, "\n".join(f"{name}: {value}" for name, value in told.items()), as_json=as_json)


def _export(
    folder: _Folder,
    into: _Into,
    out: Annotated[Path, typer.Option("--out", help="The workbook to write (.xlsx).")],
    passphrase_file: PassphraseOption,
    lang: Annotated[str, typer.Option("--lang", help="zh_CN or en.")] = CHINESE,
    as_json: JsonOption = False,
) -> None:
    """Write the head-office workbook from the warehouse; its totals must agree with the warehouse's own."""
    from officer_app.headoffice.desk import open_desk

    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    agree = _write_workbook(desk, into, out, lang)
    _tell({"workbook": str(out), "totals_agree": agree}, f"{out}", as_json=as_json)
    if not agree:
        raise typer.Exit(1)


def _write_workbook(desk: Desk, into: str, out: Path, lang: str) -> bool:
    from officer_app.headoffice.exporting import Exporter, workbook_data
    from officer_app.headoffice.warehouse import Warehouse
    from officer_app.workbooks.workbook import write_workbook

    by = Exporter(desk.institution, desk.identity.person.name, SystemClock().now(), __version__)
    part = out.with_name(out.name + ".part")
    with Warehouse(into) as warehouse:
        data = workbook_data(warehouse, by)
        with part.open("wb") as target:
            totals = write_workbook(data, lang, target, progress=tell_progress)
    part.replace(out)
    return all(total.agrees for total in totals)


def _policy(path: Path) -> bytes:
    """A policy that this program understands. Errors: POLICY_…, FILE_MISSING, FILE_UNREADABLE."""
    from officer_app.credit.policy import read_policy

    data = read_limited(path, _LARGEST)
    try:
        read_policy(data.decode())
    except UnicodeDecodeError as error:
        raise Fault(Code.FILE_UNREADABLE, file=path.name) from error
    return data


def _laid_over(path: Path) -> bytes:
    """Norms that fit over the shipped ones. Errors: NORMS_…, NORM_WRONG, FILE_MISSING."""
    from officer_app.casework.norms import laid_over
    from officer_app.credit.norms import SIZE_LIMIT

    data = read_limited(path, SIZE_LIMIT)
    laid_over(data)
    return data


def _compiled(path: Path) -> bytes:
    """A checklist that compiles; what is wrong with one goes to stderr. Errors: FORM_REFUSED, FILE_MISSING."""
    from officer_app.checklists.compile import compile_form
    from officer_app.checklists.problems import FormRefused
    from officer_app.credit.vocabulary import VOCABULARY

    try:
        return compile_form(read_limited(path, _LARGEST), path.name, VOCABULARY).xml
    except FormRefused as refused:
        for line in form_problems.lines(refused.problems, ENGLISH):
            sys.stderr.write(f"{line}\n")
        raise


def _tell(found: Mapping[str, object], said: str, *, as_json: bool) -> None:
    sys.stdout.write((json.dumps(found, ensure_ascii=False) if as_json else said) + "\n")
