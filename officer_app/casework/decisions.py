"""Deciding: a signed record that names exactly the dossier that was seen, and the stamp on its memo."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.clock import local_date, local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, RecordId, new_id
from officer_app.base.numerals import amount_in_words, money, show
from officer_app.base.words import CHINESE, ENGLISH, N_, message, say, translate
from officer_app.casework import outgoing
from officer_app.casework.approvals import STANDING
from officer_app.casework.callbacks import call_back_of, phone_of
from officer_app.casework.clockjumps import ClockJump, clock_jumps
from officer_app.casework.correspondence import questions_of
from officer_app.casework.desk import Desk, Institution
from officer_app.casework.overrides import path_of, recorded
from officer_app.casework.papers import HEAD_OFFICE_FIELD, MANAGER_FIELD, key_line
from officer_app.casework.permissions import allowed
from officer_app.casework.review import Review
from officer_app.casework.sightings import looked_at
from officer_app.credit.approval import call_back_above, valid_days
from officer_app.dossier import records
from officer_app.dossier.clockwords import ClockWord
from officer_app.dossier.judgedby import judged_by
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.records import CallBack, ConditionTerm, Decision, Exchanged, Outcome, Override
from officer_app.exchange import parcels
from officer_app.exchange.inbox import DecisionContent
from officer_app.trust import papers, signing
from officer_app.trust.certificates import Person, Role
from officer_app.trust.identities import Identity
from officer_app.trust.roster import readers_for_decision
from officer_app.vault import audit, blobs, cases, decisions, delivery
from officer_app.vault.deliveryrecords import InboxOutcome
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
# A case that was passed on is decided by the next level.
DECIDABLE: Final = frozenset({CaseState.SUBMITTED, CaseState.REVIEWED, CaseState.ESCALATED})
_APPROVING: Final = frozenset({Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS})


@dataclass(frozen=True, slots=True)
class Choice:
    """What the manager decided, before it is signed. Amount in yuan, for approvals and for what is advised.

    `terms` say when each condition is due (none: before payout); `overrides` give the reason for each rule that is
    set aside, by its code; `remarks` why something seen or heard otherwise does not matter, by part or fact path.
    `opened` names what was looked into besides the page: "check:ID", "memo", "photo:PART". `clock` is the word on the
    own laptop's clock, where its log has something to tell.
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
    remarks: tuple[tuple[str, str], ...] = ()
    opened: tuple[str, ...] = ()
    clock: str = ""


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

    A case that was passed on is signed in the next field of the memo that the first decider stamped. On a file whose
    approval stands, the decision takes the place of that one.

    Errors: WRONG_PASSPHRASE, REASON_NEEDED, SAMPLES_UNANSWERED, CALL_BACK_NEEDED, CLOCK_WORD_NEEDED, BELOW_TIER,
    OVERRIDE_NEEDED, OVERRIDE_NOT_ALLOWED, NOBODY_ABOVE, and from the core FOUR_EYES, RELATED_TO_CASE, ABOVE_LIMIT,
    DECISION_INCOMPLETE, DECISION_OTHER_DOSSIER; CASE_STATE_CHANGED when it was decided meanwhile.
    """
    institution, identity = desk.certified(Role.MANAGER)
    now = desk.clock.now()
    today = replace(review, today=local_date(now))
    record_id, latest = new_id(), _latest(review)
    call = call_back_of(desk, review)
    _must_be_complete(today, choice, call, identity.person.approval_limit)
    clock = _on_the_clock(desk, review, choice)
    overrides = _within_the_rules(today, choice, identity.person)
    passed_to = _next_level(institution, review, identity.person, now) if choice.outcome is Outcome.ESCALATE else ()
    decision = replace(_record(today, choice, record_id, identity.person, now), overrides=overrides)
    decision = replace(decision, call_back=_remarked(call, choice), exchanged=_exchanged(desk, review), clock=clock)
    replaces = latest.record_id if latest is not None and latest.outcome is not Outcome.ESCALATE else None
    decision = replace(decision, supersedes=replaces)
    person = identity.person
    records.check_decision(
        decision, review.manifest, review.record.digest, decider_id=person.id, limit=person.approval_limit
    )
    records.check_superseding(decision, latest)
    desk.vault.verify_passphrase(passphrase)
    lines = _stamp(choice, person, now, len(overrides))
    memo = _stamped(desk, review, identity, now, lines)
    decision = replace(decision, memo_sha256=digest(memo))
    body = records.decision_to_bytes(decision)
    signature = signing.sign(body, identity, now)
    parcel = parcels.decision_parcel(body, signature, memo)
    readers = _readers(institution, review, person, now)
    with desk.vault.writing() as tx:
        if any(one.case == review.record.case for one in delivery.standing_as(tx, InboxOutcome.CONFLICT)):
            raise Fault(Code.CASE_IN_CONFLICT, where=review.record.case)
        if passed_to:
            _pass_on(tx, desk, review, identity, passed_to)
        kept = keep_decision(tx, Signed(decision, body, signature, memo), Origin.OWN)
        outgoing.queue(
            tx,
            outgoing.Outgoing(parcel, identity, tuple(dict.fromkeys((*readers, *passed_to)))),
            case=kept.case,
            dossier_digest=decision.dossier,
        )
        audit.append(tx, "case_decided", kept.case, {"dossier": decision.dossier, "outcome": decision.outcome.value})
    return kept


def check_rules(view: Review, content: DecisionContent) -> None:
    """Whether an approval that came was made by the rules that hold whoever decides here, policy and file in hand.

    The program asks for them before it signs; another program may not have. Errors: SAMPLES_UNANSWERED,
    CALL_BACK_NEEDED, BELOW_TIER, OVERRIDE_NEEDED, OVERRIDE_NOT_ALLOWED.
    """
    decision, person = content.decision, content.signer.person
    if not decision.outcome.approves or decision.amount is None:
        return
    then = replace(view, today=local_date(decision.decided_at))
    seen = tuple((one.part, one.answer) for one in decision.photos_viewed)
    choice = Choice(decision.outcome, decision.reason, decision.amount, photos_viewed=seen)
    given = tuple((one.rule, one.reason) for one in decision.overrides)
    _must_be_complete(then, choice, decision.call_back, person.approval_limit)
    _within_the_rules(then, replace(choice, overrides=given), person)


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
        memo=blobs.add(tx, signed.memo, CaseId(signed.decision.case_id)),
        origin=origin,
    )
    decisions.add(tx, record)
    expected = DECIDABLE if decision.supersedes is None else STANDING
    cases.set_state(tx, case.id, STATES[decision.outcome], expected=expected)
    changed = cases.get(tx, case.id)
    if decision.outcome is Outcome.RETURN and changed.origin is Origin.OWN:
        changed = replace(changed, version=changed.version + 1, delivery=Delivery.NONE)
    cases.save(tx, replace(changed, updated=tx.clock.now()))
    return record


def _latest(review: Review) -> Decision | None:
    """The decision that stands on this dossier."""
    return records.parse_decision(review.decisions[-1].record) if review.decisions else None


def _must_be_complete(review: Review, choice: Choice, call: CallBack | None, limit: Decimal) -> None:
    """An amount above the own limit is the core's to refuse; nobody calls a customer for that."""
    if not choice.reason.strip():
        raise Fault(Code.REASON_NEEDED)
    if choice.outcome not in _APPROVING:
        return
    answered = {part for part, seen in choice.photos_viewed if seen.strip()}
    if not {photo.part for photo in review.sample} <= answered:
        raise Fault(Code.SAMPLES_UNANSWERED)
    within = choice.amount is not None and choice.amount <= limit
    if call is None and within and call_needed(review, choice.amount):
        raise Fault(Code.CALL_BACK_NEEDED, limit=call_back_above(review.assessment.policy))


def _on_the_clock(desk: Desk, review: Review, choice: Choice) -> ClockWord | None:
    """The word on this laptop's clock, where there is something to tell since the case came. CLOCK_WORD_NEEDED.

    A word on what was told before is none on what happened since.
    """
    jump = clock_now(desk, review)
    if jump is None:
        return None
    if not choice.clock.strip() or jump != review.clock:
        raise Fault(Code.CLOCK_WORD_NEEDED)
    english, chinese = (say(jump.sentence, language) for language in (ENGLISH, CHINESE))
    return ClockWord(jump.before, jump.after, english, chinese, choice.clock.strip())


@allowed(Role.MANAGER)
def clock_now(desk: Desk, review: Review) -> ClockJump | None:
    """What there is to tell of this laptop's clock since the case came, up to this moment."""
    with desk.vault.writing() as tx:
        audit.watch_clock(tx)
        return next(iter(clock_jumps(tx, review.record.case)), None)


def call_needed(review: Review, amount: Decimal | None) -> bool:
    """Whether the customer is called before an approval of this amount: the policy says so, and there is a number."""
    above = call_back_above(review.assessment.policy)
    return above is not None and amount is not None and amount > above and bool(phone_of(review))


def _remarked(call: CallBack | None, choice: Choice) -> CallBack | None:
    """What was heard, with the decider's remarks on what differs."""
    if call is None:
        return None
    remarks = dict(choice.remarks)
    answers = tuple(replace(one, remark=remarks.get(one.path, "").strip()) for one in call.answers)
    return replace(call, answers=answers)


def _exchanged(desk: Desk, review: Review) -> tuple[Exchanged, ...]:
    """Questions and answers on this case so far."""
    return tuple(one.exchanged for one in questions_of(desk, review.record.case))


def _readers(institution: Institution, review: Review, person: Person, now: datetime) -> tuple[str, ...]:
    manifest = review.manifest
    deciders = [records.parse_decision(one.record).decided_by.id for one in review.decisions]
    readers = readers_for_decision(
        institution.roster, institution.root, manifest.officer.id, now, manifest.branch, deciders
    )
    return tuple(reader for reader in readers if reader != person.reader)


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


def _stamped(desk: Desk, review: Review, identity: Identity, now: datetime, lines: tuple[str, ...]) -> bytes:
    """The memo with this decision's stamp: the dossier's own, or as whoever decided before left it.

    There is a field for each level. Whoever signed one already leaves the memo as it is: the record says the rest.
    """
    signed = [one for one in review.decisions if one.memo is not None]
    if not signed or signed[-1].memo is None:
        return papers.sign_field(review.memo, MANAGER_FIELD, identity, now, lines=lines)
    memo = desk.vault.read_blob(signed[-1].memo)
    if any(records.parse_decision(one.record).decided_by.id == identity.person.id for one in signed):
        return memo
    return papers.sign_field(memo, HEAD_OFFICE_FIELD, identity, now, lines=lines)


def _next_level(institution: Institution, review: Review, person: Person, now: datetime) -> tuple[str, ...]:
    """Who may decide a case that is passed on: managers, of the branch if it has one, with the limit it needs.

    Somebody whose own limit was enough passes it on to any other manager who may decide it. Errors: NOBODY_ABOVE.
    """
    path, asked = path_of(review), review.manifest.requested_amount
    needed = max(path.limit_from, min(asked, review.manifest.recommended_amount or asked))
    able = tuple(
        one
        for one in institution.roster.people(institution.root, now)
        if one.role is Role.MANAGER and one.approval_limit >= needed and _may_decide(review, one)
    )
    own = tuple(one for one in able if one.branch == review.manifest.branch)
    readers = tuple(one.reader for one in own or able if one.id != person.id)
    if not readers:
        raise Fault(Code.NOBODY_ABOVE, limit=needed)
    return readers


def _may_decide(review: Review, person: Person) -> bool:
    party = PartyRef(person.id, person.name)
    return not records.took_part(review.manifest, party) and not records.is_in_file(review.manifest, person.name)


def _pass_on(tx: Writing, desk: Desk, review: Review, identity: Identity, readers: tuple[str, ...]) -> None:
    """Send the case file along, before the decision: whoever decides next may not have it."""
    record = review.record
    parts = {part.path: desk.vault.read_blob(part.blob) for part in record.parts}
    parcel = parcels.dossier_parcel(record.manifest, record.signature, parts)
    outgoing.queue(tx, outgoing.Outgoing(parcel, identity, readers), case=record.case, dossier_digest=record.digest)


def _record(review: Review, choice: Choice, record_id: str, person: Person, now: datetime) -> Decision:
    manifest, remarks = review.manifest, dict(choice.remarks)
    approving, passing = choice.outcome in _APPROVING, choice.outcome is Outcome.ESCALATE
    minutes = int((now - choice.opened_at).total_seconds() // 60) if choice.opened_at else 0
    photos = {photo.part: photo for photo in review.photos}
    until = review.today + timedelta(days=valid_days(review.assessment.policy))
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
        minutes_open=max(minutes, 0),
        photos_viewed=tuple(
            looked_at(review, photos[part], answer.strip(), remarks.get(part, "").strip())
            for part, answer in choice.photos_viewed
            if part in photos
        ),
        memo_sha256=review.record.digest,
        previous=digest(review.decisions[-1].record) if review.decisions else None,
        terms=choice.terms if choice.conditions else (),
        tier=_tier(review, choice) if approving else "",
        valid_until=until if approving else None,
        opened=tuple(dict.fromkeys(choice.opened)),
        advised_amount=choice.amount if passing else None,
        advised_months=choice.term_months if passing and choice.amount is not None else None,
        judged_by=judged_by(manifest),
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
