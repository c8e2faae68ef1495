"""Deciding: a signed record that names exactly the dossier that was seen, and the stamp on its memo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date, local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.numerals import amount_in_words, money, show
from officer_app.base.words import CHINESE, N_, message, say, translate
from officer_app.casework import outgoing
from officer_app.casework.desk import Desk, Institution
from officer_app.casework.overrides import path_of, recorded
from officer_app.casework.papers import HEAD_OFFICE_FIELD, MANAGER_FIELD, key_line
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.dossier import records
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.records import ConditionTerm, Decision, Outcome, Override, PhotoView
from officer_app.exchange import parcels
from officer_app.exchange.inbox import DecisionContent
from officer_app.trust import papers, signing
from officer_app.trust.certificates import Person, Role
from officer_app.trust.identities import Identity
from officer_app.trust.roster import readers_for_decision, readers_for_dossier
from officer_app.vault import audit, blobs, cases, decisions, delivery
from officer_app.vault.records import CaseState, DecisionRecord, Delivery, InboxOutcome, Origin
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
# A case that was passed on is decided by the next level.
DECIDABLE: Final = frozenset({CaseState.SUBMITTED, CaseState.ESCALATED})
_APPROVING: Final = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the manager decided, before it is signed. Amount in yuan, for approvals alone.

    `terms` say when each condition is due (none: before payout); `overrides` give the reason for each rule that is
    set aside, by its code.
    """

    outcome: Outcome
    reason: str
    amount: Decimal | None = None
    term_months: int | None = None
    conditions: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    photos_viewed: tuple[tuple[str, str], ...] = ()
    opened_at: datetime | None = None
    terms: tuple[ConditionTerm, ...] = ()
    overrides: tuple[tuple[str, str], ...] = ()


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

    A case that was passed on is signed in the next field of the memo that the first decider stamped.

    Errors: WRONG_PASSPHRASE, REASON_NEEDED, SAMPLES_UNANSWERED, BELOW_TIER, OVERRIDE_NEEDED, OVERRIDE_NOT_ALLOWED,
    and from the core FOUR_EYES, ABOVE_LIMIT, DECISION_INCOMPLETE, DECISION_OTHER_DOSSIER; CASE_STATE_CHANGED when it
    was decided meanwhile.
    """
    institution, identity = desk.certified(Role.MANAGER)
    _must_be_complete(review, choice)
    now = desk.clock.now()
    overrides = _within_the_rules(replace(review, today=local_date(now)), choice, identity.person)
    desk.vault.verify_passphrase(passphrase)
    record_id = new_id()
    lines = _stamp(choice, identity.person, now, len(overrides))
    memo = papers.sign_field(*_paper(desk, review), identity, now, lines=lines)
    decision = replace(_record(review, choice, record_id, identity.person, now, digest(memo)), overrides=overrides)
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
    passed_to = _next_level(institution, review, identity.person, now) if choice.outcome is Outcome.ESCALATE else ()
    with desk.vault.writing() as tx:
        if any(one.case == review.record.case for one in delivery.standing_as(tx, InboxOutcome.CONFLICT)):
            raise Fault(Code.CASE_IN_CONFLICT, where=review.record.case)
        if passed_to:
            _pass_on(tx, desk, review, identity, passed_to)
        kept = keep_decision(tx, Signed(decision, body, signature, memo), Origin.OWN)
        outgoing.queue(
            tx,
            outgoing.Outgoing(parcel, identity, (*readers, *passed_to)),
            case=kept.case,
            dossier_digest=decision.dossier,
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
    cases.set_state(tx, case.id, STATES[decision.outcome], expected=DECIDABLE)
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


def _within_the_rules(review: Review, choice: Choice, person: Person) -> tuple[Override, ...]:
    """What of the policy this sets aside, named; nothing for whatever approves nothing.

    An amount above the own limit is the core's to refuse: it does so first of all.

    Errors: BELOW_TIER, OVERRIDE_NEEDED, OVERRIDE_NOT_ALLOWED.
    """
    if choice.outcome not in _APPROVING or choice.amount is None or choice.amount > person.approval_limit:
        return ()
    needed = path_of(review, choice.amount).limit_from
    if person.approval_limit < needed:
        raise Fault(Code.BELOW_TIER, limit=needed, own=person.approval_limit)
    return recorded(review, choice.amount, dict(choice.overrides), person.approval_limit)


def _paper(desk: Desk, review: Review) -> tuple[bytes, str]:
    """The memo to stamp and the field for it: the dossier's own, or as whoever passed the case on left it."""
    passed_on = [one for one in review.decisions if one.outcome == Outcome.ESCALATE.value and one.memo is not None]
    if not passed_on or passed_on[-1].memo is None:
        return review.memo, MANAGER_FIELD
    return desk.vault.read_blob(passed_on[-1].memo), HEAD_OFFICE_FIELD


def _next_level(institution: Institution, review: Review, person: Person, now: datetime) -> tuple[str, ...]:
    """Who may decide a case that is passed on: managers of the branch, or elsewhere with the limit it needs."""
    roster, root, manifest = institution.roster, institution.root, review.manifest
    above = readers_for_dossier(roster, root, manifest.branch, now, path_of(review).limit_from)
    others = {person.reader, *(one.reader for one in roster.head_office(root, now))}
    return tuple(reader for reader in above if reader not in others)


def _pass_on(tx: Writing, desk: Desk, review: Review, identity: Identity, readers: tuple[str, ...]) -> None:
    """Send the case file along, before the decision: whoever decides next may not have it."""
    record = review.record
    parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
    parcel = parcels.dossier_parcel(record.manifest, record.signature, parts)
    outgoing.queue(tx, outgoing.Outgoing(parcel, identity, readers), case=record.case, dossier_digest=record.digest)


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
        terms=choice.terms if choice.conditions else (),
        tier=_tier(review, choice) if approving else "",
    )


def _tier(review: Review, choice: Choice) -> str:
    tier = path_of(review, choice.amount).tier
    return tier.name if tier is not None else ""


def _stamp(choice: Choice, person: Person, now: datetime, overrides: int) -> tuple[str, ...]:
    """What the memo shows: decision, rules set aside, amount, who, when, and whose key."""
    lines = [translate(OUTCOMES[choice.outcome], CHINESE)]
    if overrides:
        words = message(N_("{count:count} rules set aside, reasons in the record"), count=overrides)
        lines.append(say(words, CHINESE))
    if choice.amount is not None and choice.outcome in _APPROVING:
        lines.append(f"{money(choice.amount)}  {amount_in_words(choice.amount, CHINESE)}")
    lines.append(f"{person.name}  {show(local_time(now), 'moment', CHINESE)}")
    lines.append(key_line(person))
    return tuple(lines)
