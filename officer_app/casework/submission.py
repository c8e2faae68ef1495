"""Handing a case over: the gate, the frozen dossier, the officer's signature, the sealed parcel.

Everything durable happens in one transaction at the end: a crash before it leaves a draft, after it a submitted case.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from officer_app import __version__
from officer_app.base.canonical import digest
from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, DossierId, RecordId, new_id
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.base.words import CHINESE, ENGLISH
from officer_app.casework import dossiers, entities, explanations, newcomers, outgoing, packs, visitlog, visits
from officer_app.casework.cases import must_be_open, must_be_own
from officer_app.casework.cosigning import Signed, standing_of
from officer_app.casework.desk import Desk, Institution
from officer_app.casework.findings import Findings, findings_of
from officer_app.casework.gate import gaps
from officer_app.casework.papers import Paper, paper_of, pictures_of, shot_names
from officer_app.casework.permissions import allowed
from officer_app.casework.persons import persons_of
from officer_app.casework.visits import Visit
from officer_app.checklists.visitlog import Event
from officer_app.credit.figures import known
from officer_app.dossier import auditlog
from officer_app.dossier import manifest as manifests
from officer_app.dossier.manifest import Manifest, PackRef, PartyRef
from officer_app.exchange import parcels
from officer_app.memos.memo import credit_memo, signature_boxes
from officer_app.trust import papers, signing
from officer_app.trust.certificates import Role
from officer_app.trust.identities import Identity
from officer_app.trust.roster import readers_for_dossier
from officer_app.vault import assessments, audit, blobs, cases
from officer_app.vault import dossiers as kept
from officer_app.vault import packs as kept_packs
from officer_app.vault.records import (
    AssessmentRecord,
    CaseRecord,
    CaseState,
    Delivery,
    DossierPart,
    DossierRecord,
    Origin,
    PackRecord,
)
from officer_app.vault.transactions import Reading, Writing


@dataclass(frozen=True, slots=True)
class Frozen:
    """A dossier ready to be kept: manifest, signature and parts."""

    manifest: Manifest
    body: bytes
    signature: bytes
    parts: dict[str, bytes]


@allowed(Role.OFFICER)
def submit(
    desk: Desk, visit: Visit, passphrase: str, progress: Progress = silent, cancelled: Cancelled = never
) -> DossierRecord:
    """Freeze the case, sign it and queue it for the branch's managers and head office.

    Errors: CASE_INCOMPLETE, NOT_ENROLLED, NOT_ALLOWED, WRONG_PASSPHRASE, CASE_NOT_OPEN, GLYPH_MISSING, DISK_FULL;
    after any of them the case is the draft it was.
    """
    institution, identity = desk.certified(Role.OFFICER)
    desk.vault.verify_passphrase(passphrase)
    with desk.vault.writing() as tx:
        audit.watch_clock(tx)
    findings = ready(desk, visit)
    visitlog.finish(desk, visit, Event.FINALIZE)
    if visit.record.ended is None:
        visits.finish_visit(desk, visit)
    progress(1, 4)
    check(cancelled)
    frozen = _freeze(desk, visit, findings, institution, identity)
    progress(2, 4)
    check(cancelled)
    readers = readers_for_dossier(
        institution.roster, institution.root, identity.person.branch, desk.clock.now(), findings.path.limit_from
    )
    parcel = parcels.dossier_parcel(frozen.body, frozen.signature, frozen.parts)
    progress(3, 4)
    record = _keep(desk, visit, findings, frozen, outgoing.Outgoing(parcel, identity, readers))
    progress(4, 4)
    return record


def ready(desk: Desk, visit: Visit) -> Findings:
    """The findings of a case that may be submitted. Errors: CASE_INCOMPLETE, CASE_NOT_OPEN."""
    explanations.record(desk, visit.case, findings_of(desk, visit.case, visit))
    findings = findings_of(desk, visit.case, visit)
    lacking = gaps(desk, visit, findings)
    if lacking:
        raise Fault(Code.CASE_INCOMPLETE, count=len(lacking))
    return findings


def _freeze(desk: Desk, visit: Visit, findings: Findings, institution: Institution, identity: Identity) -> Frozen:
    now = desk.clock.now()
    with desk.vault.reading() as tx:
        case = cases.get(tx, visit.case)
        earlier = kept.of_case(tx, case.id)
        head = audit.head(tx)[1]
        log = _log_piece(tx)
    visited = _visited(desk, visit)
    pictures = pictures_of(desk, findings, shot_names(visit, findings))
    paper = paper_of(desk, case, visit, findings, institution, identity, head)
    logs = {each.record.id: visitlog.exported(desk, each.record.id) for each, _pack in visited}
    parts = dossiers.frozen_parts(findings, visited, pictures, logs)
    parts[auditlog.AUDIT] = auditlog.to_bytes(log)
    parts[dossiers.KNOWN] = dossiers.known_part(case)
    parts[dossiers.MEMO] = _signed_memo(paper, identity, desk)
    parts[dossiers.MEMO_TRANSLATION] = credit_memo(paper.inputs, ENGLISH, translation=True)
    manifest = Manifest(
        dossier_id=new_id(),
        case_id=case.id,
        case_number=case.number,
        version=case.version,
        previous=earlier[-1].digest if earlier else None,
        institution=institution.name,
        branch=identity.person.branch,
        officer=PartyRef(identity.person.id, identity.person.name),
        second=_second(visited, findings),
        applicant=case.applicant,
        product=case.product,
        lane=_lane(findings),
        requested_amount=_requested(findings),
        recommended_amount=findings.supported,
        term_months=case.term_months,
        grade=str(findings.assessment.risk_index.grade),
        policy=PackRef(findings.policy.name, str(findings.policy.version), findings.policy.digest),
        products=_ref(findings.products),
        schema=manifests.SCHEMA if findings.products is None else manifests.WITH_PRODUCTS,
        forms=tuple(PackRef(pack.name, str(pack.version), pack.digest) for _, pack in visited),
        program=__version__,
        audit_head=head,
        frozen_at=now,
        norms=_norms(desk),
        investigators=_investigators(visited, findings),
        persons=persons_of(findings.facts),
        parts=tuple(
            sorted(
                (manifests.part_of(name, dossiers.media_type(name), data) for name, data in parts.items()),
                key=lambda part: part.name,
            )
        ),
    )
    body = manifests.to_bytes(manifest)
    return Frozen(manifest, body, signing.sign(body, identity, now), parts)


def _log_piece(tx: Reading) -> auditlog.LogPiece:
    """What this laptop's log holds since the dossier before went out; head office links it to what it has."""
    earlier = kept.newest_own(tx)
    told = manifests.parse(earlier.manifest).audit_head if earlier is not None else None
    begun, entries = audit.since(tx, told, auditlog.MOST_ENTRIES)
    first = entries[0] if entries else None
    return auditlog.LogPiece(
        log=begun,
        first=first.number if first is not None else audit.head(tx)[0] + 1,
        previous=first.previous if first is not None else audit.head(tx)[1],
        entries=tuple(audit.payload(entry) for entry in entries),
    )


def _norms(desk: Desk) -> PackRef | None:
    """Head office's own file of norms as it lies here, where one came."""
    with desk.vault.reading() as tx:
        pack = kept_packs.begun(tx, packs.NORMS, packs.OWN_NORMS, local_date(desk.clock.now()))
    return _ref(pack)


def _ref(pack: PackRecord | None) -> PackRef | None:
    return PackRef(pack.name, str(pack.version), pack.digest) if pack is not None else None


def _investigators(visited: list[tuple[Visit, PackRecord]], findings: Findings) -> tuple[str, ...]:
    """Everybody who came along on a visit, as the visits and their answers name them."""
    told = findings.facts.site_visit
    named = [one.record.second_officer for one, _pack in visited]
    named.append(told.officer_b if told is not None else "")
    return tuple(dict.fromkeys(name.strip() for name in named if name.strip()))


def _lane(findings: Findings) -> str:
    return findings.lane.name if findings.lane is not None else ""


def _second(visited: list[tuple[Visit, PackRecord]], findings: Findings) -> PartyRef | None:
    """Who signed as second officer last, while it is over the visit as it is frozen."""
    pictures = tuple(one.record for one in findings.photos)
    found = (standing_of(one, pictures) for one, _pack in reversed(visited))
    return next((one.second for one in found if one.state is Signed.SIGNED), None)


def _requested(findings: Findings) -> Decimal:
    requested = known(findings.facts.application.requested_amount)
    if requested is None:
        raise Fault(Code.CASE_INCOMPLETE, count=1)
    return requested


def _visited(desk: Desk, visit: Visit) -> list[tuple[Visit, PackRecord]]:
    found = []
    for record in visits.visits_of(desk, visit.case):
        open_one = visit if record.id == visit.record.id else visits.resume_visit(desk, record.id)
        if record.form_pack is not None:
            found.append((open_one, packs.pack_by_id(desk, record.form_pack)))
    return found


def _signed_memo(paper: Paper, identity: Identity, desk: Desk) -> bytes:
    """The memo with a field for every signature of the longest path, the officer's filled first."""
    blank = credit_memo(paper.inputs, CHINESE)
    boxes = [
        papers.FieldBox(box.name, box.page, box.left, box.bottom, box.right, box.top)
        for box in signature_boxes(paper.inputs)
    ]
    return papers.sign_field(
        papers.add_fields(blank, boxes),
        paper.officer_field,
        identity,
        desk.clock.now(),
        lines=paper.officer_stamp,
        certify=True,
    )


def _keep(desk: Desk, visit: Visit, findings: Findings, frozen: Frozen, out: outgoing.Outgoing) -> DossierRecord:
    with desk.vault.writing() as tx:
        case = cases.get(tx, visit.case)
        must_be_own(desk, case)
        must_be_open(case)
        record = keep_dossier(tx, frozen.manifest, frozen.body, frozen.signature, frozen.parts, Origin.OWN)
        entities.keep(tx, visit.record.id, visit.session, desk.clock.now())
        assessments.add(tx, _assessment(desk, case, findings, frozen))
        outgoing.queue(tx, out, case=case.id, dossier_digest=record.digest)
        newcomers.note_readers(tx, record, out.readers)
        cases.save(
            tx,
            replace(
                case,
                state=CaseState.SUBMITTED,
                delivery=Delivery.QUEUED,
                lane=_lane(findings),
                supported_amount=findings.supported,
                grade=str(findings.assessment.risk_index.grade),
                updated=desk.clock.now(),
            ),
        )
        audit.append(tx, "case_submitted", case.id, {"dossier": record.digest, "version": case.version})
    return record


def keep_dossier(
    tx: Writing, manifest: Manifest, body: bytes, signature: bytes, parts: dict[str, bytes], origin: Origin
) -> DossierRecord:
    """Keep a dossier's parts as encrypted files and its manifest as a row."""
    case = CaseId(manifest.case_id)
    record = DossierRecord(
        id=DossierId(manifest.dossier_id),
        case=case,
        version=manifest.version,
        digest=digest(body),
        at=manifest.frozen_at,
        by=tx.user.id,
        manifest=body,
        signature=signature,
        parts=tuple(
            DossierPart(part.name, blobs.add(tx, parts[part.name], case), part.sha256, part.size)
            for part in manifest.parts
        ),
        origin=origin,
    )
    kept.add(tx, record)
    return record


def _assessment(desk: Desk, case: CaseRecord, findings: Findings, frozen: Frozen) -> AssessmentRecord:
    body = frozen.parts[dossiers.ASSESSMENT]
    return AssessmentRecord(
        id=RecordId(new_id()),
        case=case.id,
        version=case.version,
        at=desk.clock.now(),
        by=desk.user.id,
        policy=findings.policy.name,
        policy_version=str(findings.policy.version),
        policy_digest=findings.policy.digest,
        digest=digest(body),
        body=body,
    )
