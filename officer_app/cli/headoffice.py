"""Head office without a window: found an institution, enrol people, publish packs, ingest, export."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from officer_app.base.clock import SystemClock, begin_of_day, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.paths import forms_folder
from officer_app.base.words import CHINESE, ENGLISH
from officer_app.cli import form_problems, headoffice_reports, headoffice_retention
from officer_app.cli.headoffice_reports import exporter_of
from officer_app.cli.opening import JsonOption, PassphraseOption, passphrase, tell, tell_progress

if TYPE_CHECKING:
    from officer_app.dossier.records import PackKind
    from officer_app.headoffice.desk import Desk
    from officer_app.headoffice.journal import Said
    from officer_app.headoffice.shares import Share
    from officer_app.trust.certificates import Role

_LARGEST = 16_000_000

_Folder: TypeAlias = Annotated[Path, typer.Option("--folder", help="Head office's own folder.")]
_Store: TypeAlias = Annotated[
    str, typer.Option("--store", help="A folder, s3://HOST/BUCKET, davs://HOST/PATH or sftp://USER@HOST/PATH.")
]
_Into: TypeAlias = Annotated[
    str, typer.Option("--into", help="The warehouse: sqlite:///PATH or postgresql+psycopg://…")
]
_Role: TypeAlias = Annotated[
    str,
    typer.Option("--role", help="officer, second_officer, manager, reviewer, head_office or auditor."),
]
_Branch: TypeAlias = Annotated[str, typer.Option("--branch", help="The person's branch.")]
_Limit: TypeAlias = Annotated[str, typer.Option("--limit", help="How much the person may approve, in yuan.")]
_Key: TypeAlias = Annotated[str, typer.Argument(help="The key: its first eight digits or more, see `people`.")]
_Why: TypeAlias = Annotated[str, typer.Option("--why", help="The reason, for head office's journal.")]
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
_PhotosFrom: TypeAlias = Annotated[
    str,
    typer.Option(
        "--photos-from", help="A warehouse: the fingerprints of all photos taken in, so that no branch reuses one."
    ),
]
_Shots: TypeAlias = Annotated[
    Path | None, typer.Option("--shots", help="Which pictures a visit needs (TOML), in place of the shipped list.")
]
_Products: TypeAlias = Annotated[
    Path | None,
    typer.Option("--products", help="What is lent: the whole list (xlsx, see `products`), in place of the policy's."),
]


def register(app: typer.Typer) -> None:
    """Add what head office does without a window: its people, its packs, its warehouse and its stores."""
    group = typer.Typer(no_args_is_help=True, help="Head office: found, enrol, people, publish, ingest, export.")
    for name, command in (
        ("found", _found),
        ("enrol", _enrol),
        ("people", _people),
        ("renew", _renew),
        ("change", _change),
        ("revoke", _revoke),
        ("publish", _publish),
        ("ingest", _ingest),
        ("sweep", _sweep),
        ("export", _export),
        ("store", _keep_store),
    ):
        group.command(name)(command)
    headoffice_reports.register(group)
    headoffice_retention.register(group)
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
    from officer_app.headoffice.packfiles import policy as policy_of
    from officer_app.trust.certificates import fingerprint

    forms = form or [forms_folder() / f"{name}.md" for name in SHIPPED_FORMS]
    desk = found(
        folder,
        name,
        passphrase(passphrase_file),
        clock=SystemClock(),
        policy=policy_of(policy or forms_folder() / "policy.toml"),
        forms={path.stem: _compiled(path) for path in forms},
    )
    mark = fingerprint(desk.root_pem)
    told = {"folder": str(folder), "institution": desk.institution, "root_fingerprint": mark}
    tell(told, f"{desk.institution}\nroot {mark}", as_json=as_json)


def _enrol(
    request: Annotated[Path, typer.Argument(help="The request file from the person's laptop.")],
    folder: _Folder,
    role: _Role,
    branch: _Branch,
    out: Annotated[Path, typer.Option("--out", help="Where to write the answer.")],
    passphrase_file: PassphraseOption,
    limit: _Limit = "0",
    replaces: Annotated[
        str, typer.Option("--replaces", help="Key of the same person that this one takes the place of.")
    ] = "",
    store: Annotated[
        str, typer.Option("--store", help="Address that goes along, so that the person need not type it; no secret.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Answer a request: role, branch and approval limit are head office's word."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.enrolling import enrol, full_key
    from officer_app.trust.certificates import fingerprint

    granted, amount = _words(role, limit)
    desk = open_desk(folder, passphrase(passphrase_file))
    asked = read_limited(request, _LARGEST)
    answer = enrol(
        desk,
        asked,
        role=granted,
        branch=branch,
        approval_limit=amount,
        clock=SystemClock(),
        replaces=full_key(desk, replaces) if replaces else "",
        store=store,
    )
    write_whole(out, answer)
    mark = fingerprint(desk.root_pem)
    told = {"answer": str(out), "root_fingerprint": mark, "roster_version": desk.roster.version}
    tell(told, f"{out}\nroot {mark}: read it to the person by voice", as_json=as_json)


def _people(folder: _Folder, passphrase_file: PassphraseOption, as_json: JsonOption = False) -> None:
    """Everybody enrolled: key, name, role, branch, limit, until when, and whether the key is withdrawn."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.overview import people

    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    told = [
        {
            "key": one.person.key_id,
            "person": one.person.id,
            "name": one.person.name,
            "role": one.person.role.value,
            "branch": one.person.branch,
            "limit": str(one.person.approval_limit),
            "valid_to": to_text(one.person.valid_to),
            "standing": one.standing.value,
        }
        for one in people(desk, SystemClock().now())
    ]
    lines = ("  ".join((one["key"][:16], *list(one.values())[2:])) for one in told)
    sys.stdout.write((json.dumps(told, ensure_ascii=False) if as_json else "\n".join(lines)) + "\n")


def _renew(
    folder: _Folder,
    passphrase_file: PassphraseOption,
    key: Annotated[str, typer.Option("--key", help="One key only, its first digits.")] = "",
    as_json: JsonOption = False,
) -> None:
    """New certificates for everybody whose own ends within 90 days; `publish` brings them to the laptops."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.enrolling import full_key, renew

    desk = open_desk(folder, passphrase(passphrase_file))
    made = renew(desk, clock=SystemClock(), key_id=full_key(desk, key) if key else "")
    told = {"renewed": [one.key_id for one in made], "roster_version": desk.roster.version}
    tell(told, "\n".join(f"{one.name} {to_text(one.valid_to)}" for one in made), as_json=as_json)


def _change(
    key: _Key,
    folder: _Folder,
    role: _Role,
    branch: _Branch,
    passphrase_file: PassphraseOption,
    limit: _Limit = "0",
    why: _Why = "",
    as_json: JsonOption = False,
) -> None:
    """Give somebody another role, branch or limit; the certificate until now no longer counts."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.enrolling import change, full_key

    granted, amount = _words(role, limit)
    desk = open_desk(folder, passphrase(passphrase_file))
    person = change(
        desk,
        full_key(desk, key),
        clock=SystemClock(),
        role=granted,
        branch=branch,
        approval_limit=amount,
        said=_said(desk, why),
    )
    told = {"key": person.key_id, "role": person.role.value, "roster_version": desk.roster.version}
    tell(told, f"{person.name} {person.role.value} {person.approval_limit}", as_json=as_json)


def _revoke(
    key: _Key,
    folder: _Folder,
    passphrase_file: PassphraseOption,
    since: Annotated[str, typer.Option("--from", help="From this day on (2026-12-31); without it, now.")] = "",
    why: _Why = "",
    as_json: JsonOption = False,
) -> None:
    """Withdraw somebody's key for good, now or from a day on; `publish` tells everybody."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.enrolling import full_key, revoke

    day = _day(since)
    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    wanted = begin_of_day(day) if day is not None else None
    from_when = revoke(desk, full_key(desk, key), clock=SystemClock(), since=wanted, said=_said(desk, why))
    told = {"since": to_text(from_when), "roster_version": desk.roster.version}
    tell(told, to_text(from_when), as_json=as_json)


def _said(desk: Desk, why: str) -> Said:
    """Head office itself, by its passphrase."""
    from officer_app.headoffice.journal import Said

    return Said(desk.identity.person.name, why)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as error:
        raise typer.BadParameter("--from is a day like 2026-12-31") from error


def _words(role: str, limit: str) -> tuple[Role, Decimal]:
    from officer_app.trust.certificates import Role

    try:
        return Role(role), Decimal(limit)
    except (ValueError, InvalidOperation) as error:
        raise typer.BadParameter(f"--role is one of {', '.join(Role)}; --limit is an amount") from error


def _publish(
    folder: _Folder,
    store: _Store,
    passphrase_file: PassphraseOption,
    policy: _Policy = None,
    form: _Forms = None,
    people: _People = None,
    norms: _Norms = None,
    photos: _Photos = None,
    photos_from: _PhotosFrom = "",
    shots: _Shots = None,
    products: _Products = None,
    effective: Annotated[
        str, typer.Option("--from", help="First day of what is published (2027-01-01); without it, at once.")
    ] = "",
    as_json: JsonOption = False,
) -> None:
    """Publish policy, checklists, products, norms, shots, people, photos; without one, send everybody what lacks."""
    from officer_app.dossier.records import PackKind
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.packfiles import pack_from
    from officer_app.headoffice.photolists import publish_photos
    from officer_app.headoffice.publishing import send_waiting

    clock = SystemClock()
    single = {
        PackKind.POLICY: policy,
        PackKind.PEOPLE: people,
        PackKind.NORMS: norms,
        PackKind.FINGERPRINTS: photos,
        PackKind.SHOTS: shots,
        PackKind.PRODUCTS: products,
    }
    packs = [(kind, *pack_from(kind, path)) for kind, path in single.items() if path]
    packs += [(PackKind.FORM, path.stem, _compiled(path)) for path in form or []]
    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    begins = _day(effective)
    versions = {name: _kept(desk, kind, name, content, begins) for kind, name, content in packs}
    versions |= publish_photos(desk, photos_from, clock) if photos_from else {}
    sent = send_waiting(desk, store, clock=clock, progress=tell_progress)
    tell({"versions": versions, "deliveries": sent}, f"{sent} deliveries", as_json=as_json)


def _kept(desk: Desk, kind: PackKind, name: str, content: bytes, begins: date | None) -> int:
    """A pack as the next version; a policy says itself from which day it holds, and comes after the one before."""
    from officer_app.headoffice.policies import publish_policy
    from officer_app.headoffice.publishing import keep_pack

    if kind == "policy":
        return publish_policy(desk, content.decode(), SystemClock())
    return keep_pack(desk, kind, name, content, SystemClock().now(), begins)


def _keep_store(
    folder: _Folder,
    store: _Store,
    passphrase_file: PassphraseOption,
    name: Annotated[str, typer.Option("--name", help="User name, or the id of the access key.")] = "",
    secret_file: Annotated[
        str, typer.Option("--secret-file", help="A file whose first line is the password or secret key.")
    ] = "",
    key_file: Annotated[Path | None, typer.Option("--key-file", help="A private key for SFTP (OpenSSH).")] = None,
    host_key: Annotated[str, typer.Option("--host-key", help="The SFTP server's public key, as confirmed.")] = "",
    authority: Annotated[
        Path | None, typer.Option("--authority", help="The certificate of the server's own authority (PEM).")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Try a store and keep what lets head office in, sealed under its own key."""
    from officer_app.exchange.addresses import Credentials
    from officer_app.exchange.opening import try_store
    from officer_app.exchange.relay import authority_in
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.stores import keep_store

    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    secret = passphrase(secret_file) if secret_file else ""
    key = read_limited(key_file, _LARGEST).decode() if key_file else ""
    given = Credentials(name, secret, key, host_key, authority_in(authority) if authority else "")
    devices = try_store(store, given)
    kept = keep_store(desk, store, given, clock=SystemClock())
    tell({"store": kept, "devices": devices}, f"{kept}: {devices} devices", as_json=as_json)


def _ingest(
    folder: _Folder,
    store: _Store,
    into: _Into,
    passphrase_file: PassphraseOption,
    workers: Annotated[
        int, typer.Option("--workers", min=1, max=64, help="How many processes share the devices.")
    ] = 1,
    share: Annotated[
        str, typer.Option("--share", help="Take in one part of the devices and send nothing: 0/4 to 3/4.")
    ] = "",
    thorough: Annotated[
        bool,
        typer.Option("--thorough", help="Look for holes in every device's numbers, whenever that was last done."),
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Take everything new from the store into the warehouse, once, and send the receipts."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.ingesting import ingest, note_search, search_is_due, send_owed, take_in
    from officer_app.headoffice.shares import Share

    secret, clock = passphrase(passphrase_file), SystemClock()
    every = True if thorough else None
    desk = open_desk(folder, secret, issuing=False)
    if share:
        part = _share(share)
        done = take_in(desk, store, into, clock=clock, share=part, thorough=thorough, progress=tell_progress)
    elif workers == 1:
        done = ingest(desk, store, into, clock=clock, thorough=every, progress=tell_progress)
    else:
        parts = [Share(which, workers) for which in range(1, workers)]
        searches = thorough or search_is_due(into, clock=clock)
        words = ["--folder", str(folder), "--store", store, "--into", into, *(["--thorough"] if searches else [])]
        with _Side.by_side(words, parts, secret) as others:
            first = Share(0, workers)
            done = take_in(desk, store, into, clock=clock, share=first, thorough=searches, progress=tell_progress)
            for told in others.results():
                done.add(told)
        if searches:
            note_search(into, clock=clock)
        done.receipts, done.waiting = send_owed(desk, store, into, clock=clock)
    tell(asdict(done), "\n".join(f"{name}: {value}" for name, value in asdict(done).items()), as_json=as_json)


def _share(text: str) -> Share:
    from officer_app.headoffice.shares import Share

    which, _, of = text.partition("/")
    if not (which.isdigit() and of.isdigit() and int(which) < int(of) <= 64):
        raise typer.BadParameter("--share is a part of a whole: 0/4, 1/4, 2/4 or 3/4")
    return Share(int(which), int(of))


class _Side:
    """The same command in other processes, each with its share of the devices; none outlives the block."""

    def __init__(self, running: list[subprocess.Popen[str]]) -> None:
        self._running = running

    @classmethod
    @contextmanager
    def by_side(cls, words: list[str], parts: list[Share], secret: str) -> Iterator[_Side]:
        """Start one for each part."""
        running: list[subprocess.Popen[str]] = []
        program = [sys.executable] if getattr(sys, "frozen", False) else [sys.executable, "-m", "officer_app"]
        try:
            for part in parts:
                command = [*program, "headoffice", "ingest", *words, "--share", f"{part.which}/{part.of}"]
                running.append(
                    subprocess.Popen(  # noqa: S603  our own program, words that were checked above
                        [*command, "--passphrase-file", "-", "--json"],
                        stdin=subprocess.PIPE,
                        stdout=subprocess.PIPE,
                        stderr=subprocess.DEVNULL,
                        text=True,
                    )
                )
                assert running[-1].stdin is not None  # noqa: S101  it was asked for
                running[-1].stdin.write(secret + "\n")
                running[-1].stdin.close()
                running[-1].stdin = None
            yield cls(running)
        finally:
            for one in running:
                if one.poll() is None:
                    one.terminate()
                one.wait()
                if one.stdout is not None:
                    one.stdout.close()

    def results(self) -> Iterator[dict[str, int]]:
        """What each took in. Errors: the first of theirs, as it was."""
        for one in self._running:
            told = json.loads(one.communicate()[0] or "{}")
            if one.returncode != 0:
                error = told.get("error", {})
                raise Fault(Code.__members__.get(str(error.get("code")), Code.UNEXPECTED), what="headoffice ingest")
            yield told


def _sweep(
    folder: _Folder,
    store: _Store,
    into: _Into,
    passphrase_file: PassphraseOption,
    most: Annotated[int | None, typer.Option("--most", min=1, help="Judge at most so many papers now.")] = None,
    as_json: JsonOption = False,
) -> None:
    """Judge the signatures inside the memos that were taken in; exit 1 when one does not hold."""
    from officer_app.headoffice.desk import open_desk
    from officer_app.headoffice.sweeping import sweep

    desk = open_desk(folder, passphrase(passphrase_file), issuing=False)
    done = sweep(desk, store, into, clock=SystemClock(), most=most, progress=tell_progress)
    tell(asdict(done), "\n".join(f"{name}: {value}" for name, value in asdict(done).items()), as_json=as_json)
    if done.failed:
        raise typer.Exit(1)


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
    tell({"workbook": str(out), "totals_agree": agree}, f"{out}", as_json=as_json)
    if not agree:
        raise typer.Exit(1)


def _write_workbook(desk: Desk, into: str, out: Path, lang: str) -> bool:
    from officer_app.headoffice.exports import export_workbook
    from officer_app.headoffice.warehouse import Warehouse

    with Warehouse(into) as warehouse:
        return export_workbook(warehouse, exporter_of(desk), out, lang, progress=tell_progress)


def _compiled(path: Path) -> bytes:
    """A checklist that compiles, with the files it names; what is wrong with one, and what it takes, goes to stderr.

    The files lie in a folder called like it: `visit.xlsx`, `visit-media/`. Errors: FORM_REFUSED, FILE_MISSING,
    FORM_TOO_LARGE.
    """
    from officer_app.checklists.bundles import bundled, named_files
    from officer_app.checklists.problems import FormRefused
    from officer_app.headoffice.packfiles import checklist, media_of

    try:
        bundle = checklist(path)
    except FormRefused as refused:
        for line in form_problems.lines(refused.problems, ENGLISH):
            sys.stderr.write(f"{line}\n")
        raise
    for name, size, sha256 in bundle.listed():
        sys.stderr.write(f"{path.name}: {name}  {size}  {sha256}\n")
    for name in named_files(bundle.xml):
        if name not in bundle.files:
            where = media_of(path).name
            sys.stderr.write(f"{path.name}: {name} is not in {where}; only a list that visits make needs no file\n")
    return bundled(bundle)
