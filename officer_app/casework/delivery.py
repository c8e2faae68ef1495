"""One round of exchange: send what waits, take in what came, each thing once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, UserId, new_id
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.casework import correspondence, packs, reasons, screening
from officer_app.casework.approvals import supersedable
from officer_app.casework.decisions import DECIDABLE, keep_decision
from officer_app.casework.desk import Desk, Institution, keep_roster, refresh
from officer_app.casework.dossiers import FACTS, tree_from_json
from officer_app.casework.norms import laid_over
from officer_app.casework.permissions import EVERYONE, allowed
from officer_app.casework.submission import keep_dossier
from officer_app.casework.takeover import take_over
from officer_app.dossier import manifest as manifests
from officer_app.dossier import people
from officer_app.dossier.manifest import Manifest
from officer_app.dossier.notices import check_notice
from officer_app.dossier.records import PackKind, check_superseding, parse_decision
from officer_app.exchange import inbox
from officer_app.exchange.contents import check_on
from officer_app.exchange.inbox import (
    Arrival,
    Arrived,
    Cursor,
    DecisionContent,
    DossierContent,
    Gap,
    NotForUs,
    NoticeContent,
    PackContent,
    Quarantined,
    ReceiptContent,
)
from officer_app.exchange.outbox import Sealed, send
from officer_app.exchange.stores import Store, open_store
from officer_app.trust.certificates import Role
from officer_app.trust.roster import open_signed_roster
from officer_app.vault import audit, blobs, cases, decisions, delivery, settings
from officer_app.vault import dossiers as kept
from officer_app.vault import notices as kept_notices
from officer_app.vault.records import (
    CaseRecord,
    CaseState,
    Delivery,
    InboxOutcome,
    InboxRecord,
    Origin,
    OutboxRecord,
    ReaderCursor,
    ReceiptRecord,
)
from officer_app.vault.transactions import Reading, Writing

_LAST = "exchange-last"


@dataclass(slots=True)
class Round:
    """What one round did."""

    sent: int = 0
    objects: int = 0
    dossiers: int = 0
    decisions: int = 0
    receipts: int = 0
    packs: int = 0
    notices: int = 0
    already: int = 0
    quarantined: list[Fault] = field(default_factory=list)
    gaps: int = 0


@dataclass(frozen=True, slots=True)
class Status:
    """What waits, what was sent without a receipt yet, what was received, what is in quarantine.

    `came` are deliveries taken in, the newest first; `missing` counts deliveries that others sent and that no store
    has shown whole yet; `numbers` names the cases among all these.
    """

    waiting: tuple[OutboxRecord, ...]
    waiting_bytes: int
    sent: int
    received: int
    quarantined: tuple[InboxRecord, ...]
    last: str
    deliveries: tuple[OutboxRecord, ...] = ()
    receipted: frozenset[str] = frozenset()
    came: tuple[InboxRecord, ...] = ()
    missing: int = 0
    numbers: Mapping[CaseId, str] = field(default_factory=dict)


@allowed(*EVERYONE)
def status(desk: Desk) -> Status:
    """The state of delivery on this laptop."""
    with desk.vault.reading() as tx:
        waiting = delivery.unsent(tx)
        out = delivery.outbox(tx)
        receipted = frozenset(
            one.dossier_digest for one in out if one.dossier_digest and delivery.receipts(tx, one.dossier_digest)
        )
        last = settings.get(tx, _LAST)
        arrived = _newest_of_each(delivery.inbox(tx))
        named = (*(one.case for one in out), *(one.case for one in arrived))
        return Status(
            waiting=waiting,
            waiting_bytes=sum(part.size for one in waiting for part in one.objects),
            sent=sum(1 for one in out if one.sent is not None),
            received=sum(1 for one in out if one.dossier_digest in receipted),
            quarantined=tuple(one for one in arrived if one.outcome is InboxOutcome.QUARANTINED),
            last=last if isinstance(last, str) else "",
            deliveries=out,
            receipted=receipted,
            came=tuple(one for one in arrived if one.outcome is not InboxOutcome.QUARANTINED),
            missing=sum(len(cursor.gaps) for cursor in delivery.cursors(tx).values()),
            numbers={case: cases.get(tx, case).number for case in named if case is not None},
        )


def _newest_of_each(arrived: tuple[InboxRecord, ...]) -> tuple[InboxRecord, ...]:
    """What became of each delivery last: one that was tried again and held is no longer in quarantine."""
    newest: dict[tuple[str, int], InboxRecord] = {}
    for one in arrived:
        newest.setdefault((one.device, one.counter), one)
    return tuple(newest.values())


@allowed(*EVERYONE)
def last_store(desk: Desk) -> str:
    """Where this person exchanged last, or nothing."""
    with desk.vault.reading() as tx:
        found = settings.get(tx, _store_key(desk))
    return found if isinstance(found, str) else ""


@allowed(*EVERYONE)
def ask_again(desk: Desk, aside: RecordId) -> None:
    """Let the next round fetch a delivery in quarantine again. Errors: RECORD_MISSING."""
    with desk.vault.writing() as tx:
        one = next((record for record in delivery.quarantined(tx) if record.id == aside), None)
        if one is None:
            raise Fault(Code.RECORD_MISSING, where="inbox", what="inbox")
        cursor = delivery.cursors(tx)[one.device]
        gaps = tuple(sorted({*cursor.gaps, one.counter}))
        delivery.set_cursor(tx, one.device, ReaderCursor(cursor.next, gaps))
        audit.append(tx, "parcel_asked_again", one.device, {"counter": one.counter})


def _store_key(desk: Desk) -> str:
    return f"exchange-store:{desk.user.id}"


@allowed(*EVERYONE)
def sync(desk: Desk, url: str, progress: Progress = silent, cancelled: Cancelled = never) -> Round:
    """One round with a store.

    Errors: STORE_GONE, STORE_UNKNOWN, NOT_ENROLLED, CANCELLED. What was done before stays done; the next
    round goes on from there.
    """
    institution, _identity = desk.certified(*EVERYONE)
    store = open_store(url)
    done = Round()
    _send(desk, store, done, progress, cancelled)
    _receive(desk, institution, store, done, progress, cancelled)
    if Role.OFFICER in desk.roles:
        take_over(desk, progress, cancelled)
    with desk.vault.writing() as tx:
        settings.put(tx, _LAST, desk.clock.now().isoformat())
        settings.put(tx, _store_key(desk), url)
    refresh(desk)
    return done


def _send(desk: Desk, store: Store, done: Round, progress: Progress, cancelled: Cancelled) -> None:
    with desk.vault.reading() as tx:
        waiting = delivery.unsent(tx)
    for number, item in enumerate(waiting):
        progress(number, len(waiting))
        check(cancelled)
        done.objects += send(
            store,
            (Sealed(part.name, desk.vault.read_blob(part.blob)) for part in item.objects),
            cancelled=cancelled,
        )
        with desk.vault.writing() as tx:
            delivery.mark_sent(tx, item.id)
            if item.case is not None and cases.get(tx, item.case).delivery is Delivery.QUEUED:
                cases.set_delivery(tx, item.case, Delivery.SENT)
            audit.append(tx, "parcel_sent", item.id, {"counter": item.counter, "kind": item.kind})
        done.sent += 1


def _receive(
    desk: Desk, institution: Institution, store: Store, done: Round, progress: Progress, cancelled: Cancelled
) -> None:
    _, identity = desk.certified(*EVERYONE)
    arrivals = inbox.fetch(
        store,
        identity.reader_secret,
        institution.root,
        cursors=_cursors(desk),
        own_device=identity.person.device,
        revoked=institution.roster.withdrawn(desk.clock.now()),
        progress=progress,
        cancelled=cancelled,
    )
    early: list[Arrived] = []
    for arrival in arrivals:
        with desk.vault.writing() as tx:
            if isinstance(arrival, Arrived) and _is_early(tx, arrival):
                early.append(arrival)
            else:
                _take_in(desk, tx, arrival, done)
            after = arrival.cursor_after
            open_still = {one.counter for one in early if one.device == arrival.device}
            delivery.set_cursor(
                tx, arrival.device, ReaderCursor(after.next, tuple(sorted({*after.gaps, *open_still})))
            )
    for arrival in early:
        with desk.vault.writing() as tx:
            _take_in(desk, tx, arrival, done)
            here = delivery.cursors(tx)[arrival.device]
            left = tuple(gap for gap in here.gaps if gap != arrival.counter)
            delivery.set_cursor(tx, arrival.device, ReaderCursor(here.next, left))


def _is_early(tx: Reading, arrival: Arrived) -> bool:
    """Whether it is about a file that another device may still bring in this round: it is taken in at the end.

    Until then it stands as a gap, so that a round that is cut short fetches it again.
    """
    match arrival.content:
        case DecisionContent(decision=said):
            return kept.of_digest(tx, said.dossier) is None
        case NoticeContent(notice=said):
            return kept.of_digest(tx, said.dossier) is None
        case _:
            return False


def _take_in(desk: Desk, tx: Writing, arrival: Arrival, done: Round) -> None:
    match arrival:
        case Arrived():
            outcome, reason, case = _apply(desk, tx, arrival, done)
            delivery.receive(tx, _row(tx, arrival, arrival.delivery, outcome, reason, case))
        case Quarantined():
            done.quarantined.append(arrival.reason)
            row = _row(tx, arrival, "", InboxOutcome.QUARANTINED, reasons.kept(arrival.reason), None)
            delivery.receive(tx, replace(row, blob=blobs.add(tx, arrival.data)))
            why = str(arrival.reason)
            audit.append(tx, "parcel_quarantined", arrival.device, {"counter": arrival.counter, "why": why})
        case Gap():
            done.gaps += 1
        case NotForUs():
            pass


def _row(
    tx: Writing,
    arrival: Arrived | Quarantined,
    digest: str,
    outcome: InboxOutcome,
    reason: str,
    case: CaseId | None,
) -> InboxRecord:
    return InboxRecord(
        id=RecordId(new_id()),
        device=arrival.device,
        counter=arrival.counter,
        digest=digest,
        received=tx.clock.now(),
        outcome=outcome,
        kind=type(arrival.content).__name__ if isinstance(arrival, Arrived) else "",
        reason=reason,
        case=case,
    )


_Applied = tuple[InboxOutcome, str, CaseId | None]


def _apply(desk: Desk, tx: Writing, arrival: Arrived, done: Round) -> _Applied:  # noqa: PLR0911  one a kind
    """Apply one verified content once. A refusal of its meaning is kept as quarantine with the reason."""
    try:
        match arrival.content:
            case DossierContent():
                return _apply_dossier(tx, arrival.content, done)
            case DecisionContent():
                return _apply_decision(tx, arrival.content, done)
            case NoticeContent():
                return _apply_notice(tx, arrival.content, done)
            case ReceiptContent():
                return _apply_receipt(tx, arrival.content, done)
            case PackContent():
                return _apply_pack(desk, tx, arrival.content, done)
    except Fault as fault:
        if fault.code.value.kind.value != "refusal":
            raise
        if fault.code is Code.RECORD_MISSING and not desk.roles & {Role.OFFICER, Role.HEAD_OFFICE}:
            # About a file that was handed over before this person came to the branch: it was never sent here.
            done.already += 1
            return InboxOutcome.ALREADY, "", None
        done.quarantined.append(fault)
        return InboxOutcome.QUARANTINED, reasons.kept(fault), None


def _apply_dossier(tx: Writing, content: DossierContent, done: Round) -> _Applied:
    case = CaseId(content.manifest.case_id)
    earlier = kept.of_case(tx, case)
    if any(one.digest == content.digest or one.version >= content.manifest.version for one in earlier):
        done.already += 1
        return InboxOutcome.ALREADY, "", case
    if earlier and cases.get(tx, case).officer != content.manifest.officer.id:
        # The next version is its officer's, or whose it became by a hand-over; nobody takes a case by sending one.
        raise Fault(Code.SIGNER_NOT_ENTITLED, where="manifest", person=content.signer.person.name)
    _put_case(tx, content.manifest, known=bool(earlier))
    keep_dossier(
        tx, content.manifest, content.manifest_bytes, content.signature, dict(content.parts), Origin.RECEIVED
    )
    screening.remember(tx, case, tree_from_json(content.parts[FACTS]))
    audit.append(tx, "dossier_received", case, {"dossier": content.digest, "signer": content.signer.key_id})
    done.dossiers += 1
    return InboxOutcome.APPLIED, "", case


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
    if known:
        cases.save(tx, replace(fresh, created=cases.get(tx, fresh.id).created))
    else:
        cases.add(tx, fresh)


def _apply_decision(tx: Writing, content: DecisionContent, done: Round) -> _Applied:
    decision = content.decision
    dossier = kept.of_digest(tx, decision.dossier)
    case = CaseId(decision.case_id)
    if dossier is None:
        raise Fault(Code.RECORD_MISSING, where="dossier")
    state, former = cases.get(tx, case).state, decisions.of_dossier(tx, decision.dossier)
    latest = parse_decision(former[-1].record) if former else None
    replaces = decision.supersedes is not None and supersedable(state, latest)
    if _is_known(tx, decision.record_id, case) or not (replaces or state in DECIDABLE):
        done.already += 1
        return InboxOutcome.ALREADY, "", case
    check_on(content, manifests.parse(dossier.manifest), dossier.digest)
    check_superseding(decision, latest)
    keep_decision(tx, content, Origin.RECEIVED)
    audit.append(tx, "decision_received", case, {"dossier": decision.dossier, "signer": content.signer.key_id})
    done.decisions += 1
    return InboxOutcome.APPLIED, "", case


def _is_known(tx: Reading, record: str, case: CaseId) -> bool:
    return any(one.id == record for one in decisions.of_case(tx, case))


def _apply_notice(tx: Writing, content: NoticeContent, done: Round) -> _Applied:
    notice = content.notice
    dossier, case = kept.of_digest(tx, notice.dossier), CaseId(notice.case_id)
    if dossier is None:
        raise Fault(Code.RECORD_MISSING, where="dossier", what="dossier")
    if kept_notices.is_here(tx, RecordId(notice.record_id)):
        done.already += 1
        return InboxOutcome.ALREADY, "", case
    manifest = manifests.parse(dossier.manifest)
    check_notice(notice, manifest, dossier.digest, correspondence.officer_of(tx, case, manifest))
    correspondence.keep(tx, content, Origin.RECEIVED)
    audit.append(tx, "notice_received", case, {"kind": notice.kind.value, "signer": content.signer.key_id})
    done.notices += 1
    return InboxOutcome.APPLIED, "", case


def _apply_receipt(tx: Writing, content: ReceiptContent, done: Round) -> _Applied:
    receipt = content.receipt
    case = CaseId(receipt.case_id)
    dossier = kept.of_digest(tx, receipt.digest)
    if dossier is None:
        done.already += 1
        return InboxOutcome.ALREADY, "", None
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
    cases.set_delivery(tx, case, Delivery.RECEIVED)
    done.receipts += 1
    return InboxOutcome.APPLIED, "", case


def _apply_pack(desk: Desk, tx: Writing, content: PackContent, done: Round) -> _Applied:
    note = content.note
    if note.kind is PackKind.ROSTER:
        keep_roster(desk, tx, *open_signed_roster(content.content))
    if note.kind is PackKind.PEOPLE:
        people.parse(content.content)
    if note.kind is PackKind.NORMS:
        laid_over(content.content)
    packs.add(
        tx,
        note.kind.value,
        note.name,
        note.version,
        content.content,
        signed=content.signature,
        effective=note.effective_from,
    )
    desk.policies.clear()
    done.packs += 1
    return InboxOutcome.APPLIED, "", None


def _cursors(desk: Desk) -> Mapping[str, Cursor]:
    with desk.vault.reading() as tx:
        return {device: Cursor(one.next, one.gaps) for device, one in delivery.cursors(tx).items()}
