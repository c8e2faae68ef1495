"""Deciding: a signed record that names exactly the dossier that was seen, and the stamp on its memo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.numerals import amount_in_words, money, show
from officer_app.base.words import CHINESE, N_, translate
from officer_app.casework import outgoing
from officer_app.casework.desk import Desk
from officer_app.casework.papers import MANAGER_FIELD, key_line
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.dossier import records
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.records import Decision, Outcome, PhotoView
from officer_app.exchange import parcels
from officer_app.exchange.inbox import DecisionContent
from officer_app.trust import papers, signing
from officer_app.trust.certificates import Person, Role
from officer_app.trust.roster import readers_for_decision
from officer_app.vault import audit, blobs, cases, decisions
from officer_app.vault.records import CaseState, DecisionRecord, Delivery, Origin
from officer_app.vault.transactions import Writing

STATES: Final = {
    Outcome.APPROVE: CaseState.APPROVED,
    Outcome.APPROVE_WITH_CONDITIONS: CaseState.APPROVED,
    Outcome.RETURN: CaseState.RETURNED,
    Outcome.REFUSE: CaseState.REFUSED,
    Outcome.ESCALATE: CaseState.ESCALATED,
}
OUTCOMES: Final = {
    Outcome.APPROVE: N_("Approved"),
    Outcome.APPROVE_WITH_CONDITIONS: N_("Approved with conditions"),
    Outcome.RETURN: N_("Returned with questions"),
    Outcome.REFUSE: N_("Refused"),
    Outcome.ESCALATE: N_("Passed to the next level"),
}
_APPROVING: Final = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the manager decided, before it is signed. Amount in yuan, for approvals alone."""

    outcome: Outcome
    reason: str
    amount: Decimal | None = None
    term_months: int | None = None
    conditions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    photos_viewed: tuple[tuple[str, str], ...] = ()
    opened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Signed:
    """A decision made here: the record, its bytes, the signature over them, and the stamped memo."""

    decision: Decision
    record_bytes: bytes
    signature: bytes
    memo: bytes


@allowed(Role.MANAGER)
def decide(desk: Desk, review: Review, choice: Choice, passphrase: str) -> DecisionRecord:
    """Sign a decision over the dossier that was opened, stamp its memo, and queue both.

    Errors: WRONG_PASSPHRASE, REASON_NEEDED, SAMPLES_UNANSWERED, and from the core FOUR_EYES, ABOVE_LIMIT,
    DECISION_INCOMPLETE, DECISION_OTHER_DOSSIER; CASE_STATE_CHANGED when it was decided meanwhile.
    """
    institution, identity = desk.certified(Role.MANAGER)
    _must_be_complete(review, choice)
    desk.vault.verify_passphrase(passphrase)
    now = desk.clock.now()
    record_id = new_id()
    memo = papers.sign_field(review.memo, MANAGER_FIELD, identity, now, lines=_stamp(choice, identity.person, now))
    decision = _record(review, choice, record_id, identity.person, now, digest(memo))
    records.check_decision(
        decision,
        review.manifest,
        review.record.digest,
        decider_id=identity.person.id,
        limit=identity.person.approval_limit,
    )
    body = records.decision_to_bytes(decision)
    signature = signing.sign(body, identity, now)
    parcel = parcels.decision_parcel(body, signature, memo)
    readers = readers_for_decision(institution.roster, institution.root, review.manifest.officer.id, now)
    with desk.vault.writing() as tx:
        kept = keep_decision(tx, Signed(decision, body, signature, memo), Origin.OWN)
        outgoing.queue(
            tx, outgoing.Outgoing(parcel, identity, readers), case=kept.case, dossier_digest=decision.dossier
        )
        audit.append(tx, "case_decided", kept.case, {"dossier": decision.dossier, "outcome": decision.outcome.value})
    return kept


def keep_decision(tx: Writing, signed: Signed | DecisionContent, origin: Origin) -> DecisionRecord:
    """Keep a verified decision and bring the case to its state; a returned one opens as the next version."""
    decision = signed.decision
    case = cases.get(tx, CaseId(decision.case_id))
    record = DecisionRecord(
        id=RecordId(decision.record_id),
        case=case.id,
        dossier_digest=decision.dossier,
        outcome=decision.outcome.value,
        at=decision.decided_at,
        by=decision.decided_by.name,
        amount=decision.amount,
        term_months=decision.term_months,
        reason=decision.reason,
        conditions=decision.conditions,
        record=signed.record_bytes,
        signature=signed.signature,
        memo=blobs.add(tx, signed.memo),
        origin=origin,
    )
    decisions.add(tx, record)
    cases.set_state(tx, case.id, STATES[decision.outcome], expected=frozenset({CaseState.SUBMITTED}))
    changed = cases.get(tx, case.id)
    if decision.outcome is Outcome.RETURN and changed.origin is Origin.OWN:
        changed = replace(changed, version=changed.version + 1, delivery=Delivery.NONE)
    cases.save(tx, replace(changed, updated=tx.clock.now()))
    return record


def _must_be_complete(review: Review, choice: Choice) -> None:
    if not choice.reason.strip():
        raise Fault(Code.REASON_NEEDED)
    answered = {part for part, seen in choice.photos_viewed if seen.strip()}
    if choice.outcome in _APPROVING and not {photo.part for photo in review.sample} <= answered:
        raise Fault(Code.SAMPLES_UNANSWERED)


def _record(
    review: Review, choice: Choice, record_id: str, person: Person, now: datetime, memo_sha256: str
) -> Decision:
    manifest = review.manifest
    approving = choice.outcome in _APPROVING
    minutes = int((now - choice.opened_at).total_seconds() // 60) if choice.opened_at else 0
    return Decision(
        record_id=record_id,
        dossier=review.record.digest,
        case_id=manifest.case_id,
        case_number=manifest.case_number,
        outcome=choice.outcome,
        amount=choice.amount if approving else None,
        term_months=choice.term_months if approving else None,
        annual_rate=None,
        conditions=choice.conditions,
        reason=choice.reason.strip(),
        questions=choice.questions,
        decided_by=PartyRef(person.id, person.name),
        decided_at=now,
        minutes_open=minutes,
        photos_viewed=tuple(PhotoView(part, answer.strip()) for part, answer in choice.photos_viewed),
        memo_sha256=memo_sha256,
        previous=review.decisions[-1].dossier_digest if review.decisions else None,
    )


def _stamp(choice: Choice, person: Person, now: datetime) -> tuple[str, ...]:
    """What the memo shows: decision, amount, who, when, and whose key."""
    lines = [translate(OUTCOMES[choice.outcome], CHINESE)]
    if choice.amount is not None and choice.outcome in _APPROVING:
        lines.append(f"{money(choice.amount)}  {amount_in_words(choice.amount, CHINESE)}")
    lines.append(f"{person.name}  {show(local_time(now), 'moment', CHINESE)}")
    lines.append(key_line(person))
    return tuple(lines)
