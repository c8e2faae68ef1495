"""Somebody leaves: a manager hands the case to a colleague, whose laptop makes a file of it that can be worked on.

The colleague gets the sealed version, the decisions on it and the signed word of the manager. Visits, answers and
pictures are made anew from the sealed version, with their own ids and times; explanations are given again, since
whoever signs the next version answers for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Final

from officer_app.base import canonical
from officer_app.base.canonical import Json
from officer_app.base.clock import from_text
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, UserId, VisitId
from officer_app.base.meanings import Kind
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.casework import dossiers, outgoing, soundness
from officer_app.casework.correspondence import keep, signed_notice
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.photos import carried, read_picture
from officer_app.casework.productterms import list_named
from officer_app.credit.reading import read_facts
from officer_app.dossier import manifest as manifests
from officer_app.dossier.notices import NoticeKind
from officer_app.evidence.intake import PhotoReading
from officer_app.exchange import parcels
from officer_app.trust.certificates import Person, Role
from officer_app.vault import answers, audit, cases, decisions
from officer_app.vault import dossiers as kept
from officer_app.vault import packs as kept_packs
from officer_app.vault.records import (
    CaseQuery,
    CaseRecord,
    CaseState,
    Delivery,
    DossierRecord,
    NoticeRecord,
    Origin,
    PackRecord,
    VisitRecord,
    VisitState,
)
from officer_app.vault.transactions import Reading, Writing

_MOST: Final = 1_000
_ANSWERS: Final = "answers/"
_ENDED: Final = frozenset({CaseState.WITHDRAWN, CaseState.CANCELLED, CaseState.REFUSED, CaseState.CLOSED})
_OF_A_BRANCH: Final = frozenset({Role.OFFICER, Role.MANAGER})
Parts = Mapping[str, bytes]


@allowed(Role.MANAGER)
def colleagues(desk: Desk, dossier: DossierRecord) -> tuple[Person, ...]:
    """Who may go on with a case: the other loan officers of its branch, or of the one that took its branch over."""
    institution, identity = desk.certified(Role.MANAGER)
    manifest = manifests.parse(dossier.manifest)
    people = institution.roster.people(institution.root, desk.clock.now())
    officers = [one for one in people if one.role is Role.OFFICER]
    # Branches merge: where nobody is left in the one that the file names, the manager who has it speaks for both.
    gone = not any(one.branch == manifest.branch for one in people if one.role in _OF_A_BRANCH)
    branch = identity.person.branch if gone else manifest.branch
    return tuple(one for one in officers if one.branch == branch and one.id != manifest.officer.id)


@allowed(Role.MANAGER)
def hand_over(desk: Desk, dossier: DossierRecord, to: Person, reason: str) -> NoticeRecord:
    """Hand a case to a colleague: the newest version, every decision on it, and the signed word that it is theirs.

    Errors: REASON_NEEDED, NOT_ALLOWED (not of this branch, or no officer), CASE_STATE_CHANGED (it has ended).
    """
    if not reason.strip():
        raise Fault(Code.REASON_NEEDED)
    if to.id not in {one.id for one in colleagues(desk, dossier)}:
        raise Fault(Code.NOT_ALLOWED, where="hand_over")
    parts = {part.path: desk.vault.read_blob(part.blob) for part in dossier.parts}
    _institution, identity = desk.certified(Role.MANAGER)
    with desk.vault.writing() as tx:
        found = cases.get(tx, dossier.case)
        if found.state in _ENDED:
            raise Fault(Code.CASE_STATE_CHANGED, where=found.number, state=found.state.value)
        parcel = parcels.dossier_parcel(dossier.manifest, dossier.signature, parts)
        made = [parcel, *(_decided(desk, tx, dossier))]
        for one in made:
            sent = outgoing.Outgoing(one, identity, (to.reader,))
            outgoing.queue(tx, sent, case=dossier.case, dossier_digest=dossier.digest)
        record = keep(tx, signed_notice(desk, dossier, NoticeKind.HAND_OVER, reason, tx=tx, to=to), Origin.OWN)
        audit.append(tx, "case_handed_over", dossier.case, {"to": to.id})
    return record


def _decided(desk: Desk, tx: Reading, dossier: DossierRecord) -> Iterator[parcels.Parcel]:
    for one in decisions.of_dossier(tx, dossier.digest):
        memo = desk.vault.read_blob(one.memo) if one.memo is not None else b""
        yield parcels.decision_parcel(one.record, one.signature, memo)


@allowed(Role.OFFICER)
def take_over(
    desk: Desk, progress: Progress = silent, cancelled: Cancelled = never, refused: list[Fault] | None = None
) -> tuple[CaseId, ...]:
    """Make files of the cases that were handed to this person; gives them. Cut short, the next round goes on.

    One that cannot be made a file of is told in `refused` and keeps no other from it. Errors: CANCELLED.
    """
    if desk.identity is None:
        return ()
    own = UserId(desk.identity.person.id)
    with desk.vault.reading() as tx:
        listed = cases.find(tx, CaseQuery(officer=own, limit=_MOST)).items
        handed = [cases.get(tx, item.id) for item in listed]
        due = [(case, kept.of_case(tx, case.id)) for case in handed if case.origin is Origin.RECEIVED]
    taken = []
    for case, versions in due:
        if not versions:
            continue
        try:
            _rebuild(desk, case, versions[-1], progress, cancelled)
        except Fault as fault:
            if refused is None or fault.code.value.kind is not Kind.REFUSAL or fault.code is Code.CANCELLED:
                raise
            refused.append(fault)
        else:
            taken.append(case.id)
    return tuple(taken)


def _rebuild(desk: Desk, case: CaseRecord, dossier: DossierRecord, progress: Progress, cancelled: Cancelled) -> None:
    """Everything in one transaction at the end: a case is wholly one's own, or still to be taken over."""
    parts = {part.path: desk.vault.read_blob(part.blob) for part in dossier.parts}
    soundness.readable(check_answers, parts)
    pictures = list(_pictures(desk, parts, progress, cancelled))
    with desk.vault.writing() as tx:
        visits = [_visit(desk, tx, case, parts, name) for name in sorted(parts) if name.startswith(_ANSWERS)]
        if visits:
            latest = max(visits, key=lambda one: one.started)
            for told, data, reading in pictures:
                carried(desk, tx, latest, data, reading, told)
        cases.save(tx, _own(desk, tx, case, parts))
        audit.append(tx, "case_taken_over", case.id, {"dossier": dossier.digest})


def _own(desk: Desk, tx: Writing, case: CaseRecord, parts: Parts) -> CaseRecord:
    """The case as this person's own, with what the sealed version knows of the customer."""
    borrower = read_facts(dossiers.tree_from_json(parts[dossiers.FACTS])).borrower
    told = canonical.decode(parts[dossiers.KNOWN]) if dossiers.KNOWN in parts else {}
    known = {key: str(value) for key, value in told.items()} if isinstance(told, dict) else {}
    returned = case.state is CaseState.RETURNED
    taken = cases.of_number(tx, case.number, desk.user.id)
    return replace(
        case,
        officer=desk.user.id,
        origin=Origin.OWN,
        products_pack=list_named(tx, manifests.parse(_manifest(tx, case))),
        # Two officers may have given the same number.
        number=case.number if taken is None else f"{case.number}-{case.id[:4]}",
        version=case.version + 1 if returned else case.version,
        delivery=Delivery.NONE if returned else case.delivery,
        resident_id=borrower.resident_id,
        phone=known.get("phone", "") or borrower.phone,
        business=known.get("business", ""),
        trade=known.get("trade", ""),
        address=known.get("address", ""),
        purpose=known.get("purpose", ""),
        note=known.get("officer_note", ""),
        updated=desk.clock.now(),
    )


def _visit(desk: Desk, tx: Writing, case: CaseRecord, parts: Parts, name: str) -> VisitRecord:
    told = canonical.decode(parts[name])
    if not isinstance(told, dict) or not isinstance(told["answers"], dict):
        raise Fault(Code.DOSSIER_UNTRUSTED, where=name)
    form = str(told["form"])
    pack = _form(tx, form, parts)
    ended = told["ended"]
    record = VisitRecord(
        id=VisitId(str(told["visit"])),
        case=case.id,
        form=form,
        form_version=str(told["version"]),
        officer=desk.user.id,
        started=from_text(str(told["started"])),
        form_pack=pack.id if pack is not None else None,
        state=VisitState.FINISHED,
        purpose=str(told["purpose"]),
        second_officer=str(told["second_officer"]) or manifests.parse(_manifest(tx, case)).officer.name,
        ended=from_text(str(ended)) if isinstance(ended, str) else None,
    )
    answers.add_visit(tx, record)
    answers.store(tx, record.id, {str(ref): str(value) for ref, value in told["answers"].items()})
    return record


def check_answers(parts: Parts) -> None:
    """Whether visits can be made of a case file's answers. Errors: DOSSIER_UNREADABLE, ValueError, KeyError."""
    for name in sorted(one for one in parts if one.startswith(_ANSWERS)):
        told = canonical.decode(parts[name])
        if not isinstance(told, dict) or not isinstance(told["answers"], dict):
            raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="answers")
        from_text(str(told["started"]))
        if isinstance(told["ended"], str):
            from_text(told["ended"])
        if not all(isinstance(told[one], str) for one in ("visit", "form", "version", "purpose", "second_officer")):
            raise Fault(Code.DOSSIER_UNREADABLE, where=name, field="visit")


def _manifest(tx: Reading, case: CaseRecord) -> bytes:
    return kept.of_case(tx, case.id)[-1].manifest


def _form(tx: Reading, form: str, parts: Parts) -> PackRecord | None:
    """The very checklist that was used, when this laptop has it; else the one in use."""
    body = parts.get(f"forms/{form}.xml") or parts.get(f"forms/{form}.zip")
    known = kept_packs.all_of(tx, "form", form)
    wanted = canonical.digest(body) if body is not None else ""
    return next((pack for pack in known if pack.digest == wanted), known[0] if known else None)


def _pictures(
    desk: Desk, parts: Parts, progress: Progress, cancelled: Cancelled
) -> Iterator[tuple[Mapping[str, Json], bytes, PhotoReading]]:
    listed = canonical.decode(parts[dossiers.PHOTOS])
    told = [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []
    for done, one in enumerate(told):
        check(cancelled)
        progress(done, len(told))
        data = parts[str(one["part"])]
        yield one, data, read_picture(desk, data, str(one["part"]), cancelled)
