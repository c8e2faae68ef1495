"""What came and held, into the vault: each thing once; what is refused, waits or contradicts is told apart.

Runs inside the transaction of the round that fetched it. A refusal takes back whatever its own attempt had written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, TypeAlias, assert_never

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, UserId
from officer_app.base.meanings import Kind
from officer_app.casework import clockjumps, correspondence, packs, reasons, screening, soundness
from officer_app.casework.approvals import supersedable
from officer_app.casework.confirmed import note_time
from officer_app.casework.decisions import DECIDABLE, check_rules, keep_decision
from officer_app.casework.desk import Desk, Institution, keep_roster
from officer_app.casework.dossiers import FACTS, tree_from_json
from officer_app.casework.norms import laid_over
from officer_app.casework.reuse import check_list, lists_changed
from officer_app.casework.review import Review, check_parts, read_file
from officer_app.casework.submission import keep_dossier
from officer_app.casework.takeover import check_answers
from officer_app.credit.productlist import read_products
from officer_app.dossier import manifest as manifests
from officer_app.dossier import people
from officer_app.dossier.manifest import Manifest
from officer_app.dossier.notices import check_notice
from officer_app.dossier.records import Decision, PackKind, check_superseding, parse_decision
from officer_app.evidence.shotlists import read_shots
from officer_app.exchange import parcels
from officer_app.exchange.contents import check_on, verify
from officer_app.exchange.inbox import (
    Content,
    DecisionContent,
    DeletionContent,
    DossierContent,
    NoticeContent,
    PackContent,
    ReceiptContent,
)
from officer_app.trust.roster import open_signed_roster
from officer_app.vault import audit, blobs, cases, decisions, deletions, delivery
from officer_app.vault import dossiers as kept
from officer_app.vault import notices as kept_notices
from officer_app.vault.deliveryrecords import InboxOutcome, ReceiptRecord
from officer_app.vault.records import (
    BlobId,
    CaseRecord,
    CaseState,
    DecisionRecord,
    Delivery,
    DossierRecord,
    Origin,
)
from officer_app.vault.transactions import Reading, Writing


@dataclass(slots=True)
class Counts:
    """What a round took in. `waiting`: for what they stand on; `conflicts`: a person must say what stands."""

    dossiers: int = 0
    decisions: int = 0
    receipts: int = 0
    packs: int = 0
    notices: int = 0
    already: int = 0
    waiting: int = 0
    conflicts: int = 0


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one arrival; `reason` is a refusal as kept, or the digest that it waits for."""

    outcome: InboxOutcome
    reason: str = ""
    case: CaseId | None = None
    blob: BlobId | None = None
    fault: Fault | None = None


_Content: TypeAlias = "Content"
_ALREADY: Final = Applied(InboxOutcome.ALREADY)
_PICTURES: Final = "photos/"
_CHANGING: Final = frozenset({InboxOutcome.APPLIED, InboxOutcome.CONFLICT})


def apply(desk: Desk, institution: Institution, tx: Writing, content: _Content, done: Counts) -> Applied:
    """Apply one verified content once. Whatever it is refused for is kept; only the surroundings stop a round."""
    try:
        with tx.attempt():
            if _was_deleted(tx, content):
                done.already += 1
                return Applied(InboxOutcome.OLDER)
            return _by_kind(desk, institution, tx, content, done)
    except Fault as fault:
        if fault.code.value.kind is Kind.ENVIRONMENT or fault.code is Code.CANCELLED:
            raise
        return Applied(InboxOutcome.QUARANTINED, reasons.kept(fault), fault=fault)


def _by_kind(desk: Desk, institution: Institution, tx: Writing, content: _Content, done: Counts) -> Applied:
    match content:
        case DossierContent():
            return _apply_dossier(desk, institution, tx, content, done)
        case DecisionContent():
            return _apply_decision(desk, institution, tx, content, done)
        case NoticeContent():
            return _apply_notice(tx, content, done)
        case ReceiptContent():
            return _apply_receipt(tx, content, done)
        case PackContent():
            return _apply_pack(desk, tx, content, done)
        case DeletionContent():
            done.already += 1  # head office's to keep
            return _ALREADY


def _was_deleted(tx: Reading, content: _Content) -> bool:
    """Whether this is about a case that was deleted here: it does not come back by an old delivery."""
    match content:
        case DossierContent():
            case = content.manifest.case_id
        case DecisionContent():
            case = content.decision.case_id
        case NoticeContent():
            case = content.notice.case_id
        case _:
            return False
    return deletions.is_deleted(tx, CaseId(case))


# --- case files ----------------------------------------------------------------------------------------------------


def _apply_dossier(
    desk: Desk, institution: Institution, tx: Writing, content: DossierContent, done: Counts
) -> Applied:
    case = CaseId(content.manifest.case_id)
    earlier = kept.of_case(tx, case)
    outcome = _standing(content, earlier)
    if earlier and outcome in _CHANGING:
        _must_follow(cases.get(tx, case), content, outcome)
    if outcome in _CHANGING:
        soundness.readable(check_parts, content.parts)
        soundness.readable(check_answers, content.parts)
    if outcome is InboxOutcome.CONFLICT and _was_compared(tx, content.digest):
        outcome = InboxOutcome.ALREADY
    match outcome:
        case InboxOutcome.APPLIED:
            put_dossier(tx, content)
            done.dossiers += 1
            _settle_waiting(desk, institution, tx, content.digest, done)
            return Applied(outcome, "", case)
        case InboxOutcome.CONFLICT:
            done.conflicts += 1
            blob = blobs.add(tx, parcels.to_bytes(_parcel_of(content)), case)
            audit.append(tx, "case_conflict", case, {"dossier": content.digest, "here": earlier[-1].digest})
            return Applied(outcome, content.digest, case, blob)
        case _:
            done.already += 1
            return Applied(outcome, "", case)


def _must_follow(case: CaseRecord, content: DossierContent, outcome: InboxOutcome) -> None:
    """Another version is its officer's, or whose it became by a hand-over, and none follows a refusal.

    Nobody takes a case by sending a version of it, nor holds it up by one that contradicts it: the ids of cases
    are in every laptop's lists of photos. Errors: CASE_OF_ANOTHER, CASE_REFUSED_BEFORE.
    """
    if case.officer != content.manifest.officer.id:
        raise Fault(Code.CASE_OF_ANOTHER, where="manifest", person=content.signer.person.name)
    if outcome is InboxOutcome.APPLIED and case.state is CaseState.REFUSED:
        raise Fault(Code.CASE_REFUSED_BEFORE, where="manifest", case=case.number)


def _standing(content: DossierContent, earlier: tuple[DossierRecord, ...]) -> InboxOutcome:
    """New, here already, older than what is here, or another version of the same that grew elsewhere.

    Every manifest names the one it follows. What follows our newest is new; what our own follow is older; anything
    else with a version that we have was made on another laptop without knowing ours: nobody's wins by itself.
    """
    manifest = content.manifest
    if not earlier:
        return InboxOutcome.APPLIED
    known = {one.digest: manifests.parse(one.manifest).previous for one in earlier}
    if content.digest in known:
        return InboxOutcome.ALREADY
    newest = earlier[-1]
    if manifest.version > newest.version and (manifest.previous == newest.digest or manifest.previous not in known):
        return InboxOutcome.APPLIED
    if content.digest in known.values() or manifest.version < earlier[0].version:
        return InboxOutcome.OLDER
    return InboxOutcome.CONFLICT


def _was_compared(tx: Reading, dossier: str) -> bool:
    """Whether this very version waits for a person's word, or had it."""
    told = (InboxOutcome.CONFLICT, InboxOutcome.SETTLED)
    return any(one.reason == dossier for outcome in told for one in delivery.standing_as(tx, outcome))


def put_dossier(tx: Writing, content: DossierContent) -> DossierRecord:
    """Keep a verified case file and bring its case to where it is."""
    case = CaseId(content.manifest.case_id)
    _put_case(tx, content.manifest, known=bool(kept.of_case(tx, case)))
    record = keep_dossier(
        tx, content.manifest, content.manifest_bytes, content.signature, dict(content.parts), Origin.RECEIVED
    )
    screening.remember(tx, case, tree_from_json(content.parts[FACTS]))
    clockjumps.arrived(tx, case, content.manifest.frozen_at)
    audit.append(tx, "dossier_received", case, {"dossier": content.digest, "signer": content.signer.key_id})
    return record


def _put_case(tx: Writing, manifest: Manifest, *, known: bool) -> None:
    now = tx.clock.now()
    fresh = CaseRecord(
        id=CaseId(manifest.case_id),
        number=manifest.case_number,
        applicant=manifest.applicant,
        officer=UserId(manifest.officer.id),
        created=manifest.frozen_at,
        updated=now,
        product=manifest.product,
        lane=manifest.lane,
        requested_amount=manifest.requested_amount,
        supported_amount=manifest.recommended_amount,
        term_months=manifest.term_months,
        grade=manifest.grade,
        state=CaseState.SUBMITTED,
        version=manifest.version,
        delivery=Delivery.RECEIVED,
        origin=Origin.RECEIVED,
    )
    if not known:
        cases.add(tx, fresh)
        return
    here = cases.get(tx, fresh.id)
    if here.origin is Origin.OWN:
        # One's own case holds more than any manifest tells: only where it stands is another.
        cases.save(tx, replace(here, state=fresh.state, version=fresh.version, updated=now))
    else:
        cases.save(tx, replace(fresh, created=here.created))


def _parcel_of(content: DossierContent) -> parcels.Parcel:
    return parcels.dossier_parcel(content.manifest_bytes, content.signature, content.parts)


# --- decisions and notices -----------------------------------------------------------------------------------------


def _apply_decision(
    desk: Desk, institution: Institution, tx: Writing, content: DecisionContent, done: Counts
) -> Applied:
    decision = content.decision
    dossier = kept.of_digest(tx, decision.dossier)
    if dossier is None or _is_early(tx, decision):
        # It was carried by another way than its case file, or than the decision it replaces, which may still come.
        done.waiting += 1
        parcel = parcels.decision_parcel(content.record_bytes, content.signature, content.memo)
        return Applied(
            InboxOutcome.WAITING,
            decision.dossier,
            blob=blobs.add(tx, parcels.to_bytes(parcel), CaseId(decision.case_id)),
        )
    case = CaseId(decision.case_id)
    state, former = cases.get(tx, case).state, decisions.of_dossier(tx, decision.dossier)
    latest = parse_decision(former[-1].record) if former else None
    replaces = decision.supersedes is not None and supersedable(state, latest)
    if _is_known(tx, decision.record_id, case) or not (replaces or state in DECIDABLE):
        done.already += 1
        return Applied(InboxOutcome.ALREADY, "", case)
    if kept.of_case(tx, case)[-1].digest != decision.dossier:
        done.already += 1
        return Applied(InboxOutcome.OLDER, "", case)
    check_on(content, manifests.parse(dossier.manifest), dossier.digest)
    check_superseding(decision, latest)
    if decision.outcome.approves and soundness.has_rules(tx, manifests.parse(dossier.manifest)):
        # In a newcomer's first round the policy may come last; whoever made the file has it.
        check_rules(_read(desk, tx, dossier), content)
    keep_decision(tx, content, Origin.RECEIVED)
    if dossier.origin is Origin.OWN:
        clockjumps.answered(tx, case, ours=dossier.at, theirs=decision.decided_at)
    audit.append(tx, "decision_received", case, {"dossier": decision.dossier, "signer": content.signer.key_id})
    done.decisions += 1
    _settle_waiting(desk, institution, tx, decision.dossier, done)
    return Applied(InboxOutcome.APPLIED, "", case)


def _read(desk: Desk, tx: Reading, dossier: DossierRecord) -> Review:
    """The case file that a decision is about, without the pictures themselves."""
    parts = {
        part.path: b"" if part.path.startswith(_PICTURES) else blobs.read(tx, part.blob) for part in dossier.parts
    }
    return read_file(desk, tx, dossier, manifests.parse(dossier.manifest), parts, ())


def _is_early(tx: Reading, decision: Decision) -> bool:
    """Whether it takes the place of a decision that is not here yet: whoever holds that one back gains nothing."""
    here = {str(one.id) for one in decisions.of_dossier(tx, decision.dossier)}
    return decision.supersedes is not None and decision.supersedes not in here


def _is_known(tx: Reading, record: str, case: CaseId) -> bool:
    return any(one.id == record for one in decisions.of_case(tx, case))


def _apply_notice(tx: Writing, content: NoticeContent, done: Counts) -> Applied:
    notice = content.notice
    dossier, case = kept.of_digest(tx, notice.dossier), CaseId(notice.case_id)
    if dossier is None:
        done.waiting += 1
        parcel = parcels.notice_parcel(content.record_bytes, content.signature)
        return Applied(InboxOutcome.WAITING, notice.dossier, blob=blobs.add(tx, parcels.to_bytes(parcel), case))
    key = _key_of(tx, content)
    if key is None:
        done.already += 1
        return Applied(InboxOutcome.ALREADY, "", case)
    manifest = manifests.parse(dossier.manifest)
    check_notice(notice, manifest, dossier.digest, correspondence.officer_of(tx, case, manifest))
    correspondence.keep(tx, content, Origin.RECEIVED, key)
    audit.append(tx, "notice_received", case, {"kind": notice.kind.value, "signer": content.signer.key_id})
    done.notices += 1
    return Applied(InboxOutcome.APPLIED, "", case)


def _key_of(tx: Reading, content: NoticeContent) -> RecordId | None:
    """Under what a notice is kept: its own id, or, where another bears that, its digest; None when it is here.

    An id is its author's word: whoever has seen a hold can send something else under the same id, and come first.
    """
    for name in (content.notice.record_id, digest(content.record_bytes)[:32]):
        here = kept_notices.find(tx, RecordId(name))
        if here is None:
            return RecordId(name)
        if here.record == content.record_bytes:
            return None
    return None


def _settle_waiting(desk: Desk, institution: Institution, tx: Writing, dossier: str, done: Counts) -> None:
    """What came before its case file, verified anew: a key may have been withdrawn meanwhile."""
    for waiting in delivery.standing_as(tx, InboxOutcome.WAITING):
        record = delivery.arrival(tx, waiting.id)  # one that came in just now may have brought it in already
        if record.outcome is not InboxOutcome.WAITING or record.reason != dossier or record.blob is None:
            continue
        try:
            with tx.attempt():
                parcel = parcels.from_bytes(blobs.read(tx, record.blob))
                content = verify(parcel, institution.root, institution.roster.withdrawn(tx.clock.now()))
                if isinstance(content, DecisionContent) and _is_early(tx, content.decision):
                    continue
                applied = _apply_late(desk, institution, tx, content, done)
        except Fault as fault:
            if fault.code.value.kind is Kind.ENVIRONMENT:
                raise
            applied = Applied(InboxOutcome.QUARANTINED, reasons.kept(fault))
        delivery.settle(tx, replace(record, outcome=applied.outcome, reason=applied.reason, case=applied.case))


def _apply_late(desk: Desk, institution: Institution, tx: Writing, content: _Content, done: Counts) -> Applied:
    if isinstance(content, NoticeContent):
        return _apply_notice(tx, content, done)
    if isinstance(content, DecisionContent):
        return _apply_decision(desk, institution, tx, content, done)
    raise TypeError(type(content).__name__)  # nothing else is ever kept waiting


# --- receipts and packs --------------------------------------------------------------------------------------------


def _apply_receipt(tx: Writing, content: ReceiptContent, done: Counts) -> Applied:
    """Head office's word for a case file or a decision that is here.

    It names the manifest's digest, or the record's, which name every part by its own: head office gives it after
    all of them held, pictures included.
    """
    receipt = content.receipt
    case, signed = _receipted(tx, receipt.digest, CaseId(receipt.case_id))
    if case is None or delivery.has_receipt(tx, RecordId(receipt.record_id)):
        done.already += 1
        return _ALREADY
    note_time(tx, receipt.received_at)
    if signed is not None:
        clockjumps.answered(tx, case, ours=signed, theirs=receipt.received_at)
    delivery.add_receipt(
        tx,
        ReceiptRecord(
            id=RecordId(receipt.record_id),
            kind=receipt.kind.value,
            digest=receipt.digest,
            at=receipt.received_at,
            record=content.record_bytes,
            signature=content.signature,
            case=case,
        ),
    )
    if kept.of_case(tx, case)[-1].digest == receipt.digest and cases.get(tx, case).state is not CaseState.DRAFT:
        cases.set_delivery(tx, case, Delivery.RECEIVED)
    done.receipts += 1
    return Applied(InboxOutcome.APPLIED, "", case)


def _receipted(tx: Reading, told: str, case: CaseId) -> tuple[CaseId | None, datetime | None]:
    """The case of what a receipt names, if that is here, and when that was signed if it was signed here."""
    found: DossierRecord | DecisionRecord | None = kept.of_digest(tx, told)
    if found is None:
        found = next((one for one in decisions.of_case(tx, case) if digest(one.record) == told), None)
    if found is None:
        return None, None
    return found.case, found.at if found.origin is Origin.OWN else None


def _judge_pack(desk: Desk, tx: Writing, kind: PackKind, content: bytes) -> None:
    """Refuse what this program cannot read: the version before goes on, instead of nothing at all."""
    match kind:
        case PackKind.POLICY:
            packs.check_policy(content)
        case PackKind.FORM:
            packs.check_form(content)
        case PackKind.ROSTER:
            keep_roster(desk, tx, *open_signed_roster(content))
        case PackKind.PEOPLE:
            people.parse(content)
        case PackKind.NORMS:
            laid_over(content)
        case PackKind.FINGERPRINTS:
            check_list(content)
        case PackKind.SHOTS:
            read_shots(content)
        case PackKind.PRODUCTS:
            read_products(content)
        case _:
            assert_never(kind)


def _apply_pack(desk: Desk, tx: Writing, content: PackContent, done: Counts) -> Applied:
    note = content.note
    _judge_pack(desk, tx, note.kind, content.content)
    if packs.has(tx, note.kind.value, note.name, note.version, content.content):
        done.already += 1
        return _ALREADY
    packs.add(
        tx,
        note.kind.value,
        note.name,
        note.version,
        content.content,
        signed=content.signature,
        effective=note.effective_from,
    )
    note_time(tx, note.made_at)
    if note.kind is PackKind.FINGERPRINTS:
        lists_changed(desk, tx, note.name)
    desk.policies.clear()
    done.packs += 1
    return Applied(InboxOutcome.APPLIED)
