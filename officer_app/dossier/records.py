"""The signed record beside a dossier: the decision on it. What head office signs is in `officerecords`."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message
from officer_app.credit.conditions import When
from officer_app.dossier.clockwords import ClockWord, clock_told, read_clock
from officer_app.dossier.fields import Fields, maybe_decimal, open_versions
from officer_app.dossier.judgedby import JudgedBy, judged_by, judged_by_told, read_judged_by
from officer_app.dossier.manifest import Manifest, PartyRef, party_told, plain_name, read_party

# Each form adds to the one before: 2 the time of conditions and rules set aside; 3 how the file was read, for how
# long the approval holds, and what stands in place of what; 4 the list of products beside the policy, and a word on
# the decider's clock. A decision is written in the oldest form that holds all it says: every program in use can read
# it.
_DECISION: Final = "firsthand/decision/4"
_READ_DECISION: Final = "firsthand/decision/3"
_TERMS_DECISION: Final = "firsthand/decision/2"
_PLAIN_DECISION: Final = "firsthand/decision/1"
_FULL: Final = (_DECISION, _READ_DECISION)
_LARGEST_RECORD: Final = 1_000_000
_MOST: Final = 200
_MOST_OPENED: Final = 2_000
_LONGEST_APPROVAL: Final = 3_660  # days


class Outcome(StrEnum):
    """What was decided."""

    APPROVE = "approve"
    APPROVE_WITH_CONDITIONS = "approve_with_conditions"
    ESCALATE = "escalate"
    RETURN = "return"
    REFUSE = "refuse"

    @property
    def approves(self) -> bool:
        """Whether money may follow."""
        return self in {Outcome.APPROVE, Outcome.APPROVE_WITH_CONDITIONS}


class RecordKind(StrEnum):
    """What a receipt is for."""

    DOSSIER = "dossier"
    DECISION = "decision"


class PackKind(StrEnum):
    """What head office sends down."""

    POLICY = "policy"
    FORM = "form"
    ROSTER = "roster"
    FINGERPRINTS = "fingerprints"
    PEOPLE = "people"
    NORMS = "norms"
    SHOTS = "shots"
    PRODUCTS = "products"


class Agreement(StrEnum):
    """What came of holding an answer against the file: it agrees, it differs, or the file says nothing to it."""

    AGREES = "agrees"
    DIFFERS = "differs"
    UNTOLD = "untold"


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A sampled photo that the decider opened, and what they saw in it.

    `question` is what was asked about it, `told` what the file says to it, `remark` why a difference does not matter.
    """

    part: str
    answer: str
    question: str = ""
    told: str = ""
    agreement: Agreement = Agreement.UNTOLD
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Heard:
    """One answer of the customer on the phone, typed before what the file says was shown; `path` is the fact's."""

    path: str
    heard: str
    told: str
    agreement: Agreement
    remark: str = ""


@dataclass(frozen=True, slots=True)
class CallBack:
    """A blind call to the customer: who called, which number (masked), when, and what was heard."""

    by: str
    phone: str
    at: datetime
    answers: tuple[Heard, ...]


@dataclass(frozen=True, slots=True)
class Exchanged:
    """A question of a decider and the officer's answer to it ("" while there is none)."""

    question: str
    asked_by: str
    asked_at: datetime
    answer: str = ""
    answered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ConditionTerm:
    """When a condition is due: before or after payout, within so many days; `code` of a standard one, else ""."""

    when: When = When.BEFORE
    due_days: int | None = None
    code: str = ""


PLAIN_TERM: Final = ConditionTerm()


@dataclass(frozen=True, slots=True)
class Override:
    """A rule of the policy that the decider set aside: which one, what it says in both languages, and why."""

    rule: str
    sentence: str
    sentence_zh: str
    reason: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What one person decided on one dossier, named by its digest: what was seen is what was decided.

    `terms` say when each of the `conditions` is due; none at all means before payout. `tier` is the level of
    approval that the policy asked for, "" where it knows none. `valid_until` is the last day of an approval.
    `opened` names what was looked into, in its order: "check:ID", "memo", "photo:PART". `advised_amount` and
    `advised_months` are the first opinion of somebody who passes the case on (both missing: advises against).
    `supersedes` is the id of the decision on the same dossier that this one takes the place of; `previous` is the
    digest of the decision record before this one, up to form 2 that of its dossier. `judged_by` repeats the versions
    of the file where head office's list of products held. `clock`: a word on the own clock.
    """

    record_id: str
    dossier: str
    case_id: str
    case_number: str
    outcome: Outcome
    amount: Decimal | None
    term_months: int | None
    annual_rate: Decimal | None
    conditions: tuple[str, ...]
    reason: str
    questions: tuple[str, ...]
    decided_by: PartyRef
    decided_at: datetime
    minutes_open: int
    photos_viewed: tuple[PhotoView, ...]
    memo_sha256: str
    previous: str | None = None
    terms: tuple[ConditionTerm, ...] = ()
    overrides: tuple[Override, ...] = ()
    tier: str = ""
    valid_until: date | None = None
    opened: tuple[str, ...] = ()
    call_back: CallBack | None = None
    exchanged: tuple[Exchanged, ...] = ()
    advised_amount: Decimal | None = None
    advised_months: int | None = None
    supersedes: str | None = None
    judged_by: JudgedBy | None = None
    clock: ClockWord | None = None

    @property
    def differences(self) -> tuple[PhotoView | Heard, ...]:
        """Every answer, from a photo or on the phone, that is not what the file says."""
        heard = self.call_back.answers if self.call_back is not None else ()
        told: tuple[PhotoView | Heard, ...] = (*self.photos_viewed, *heard)
        return tuple(one for one in told if one.agreement is Agreement.DIFFERS)

    def holds_on(self, day: date) -> bool:
        """Whether an approval may still be paid out on a day; one without a last day always."""
        return self.valid_until is None or day <= self.valid_until

    @property
    def dated_conditions(self) -> tuple[tuple[str, ConditionTerm], ...]:
        """Each condition with its time."""
        terms = self.terms or (PLAIN_TERM,) * len(self.conditions)
        return tuple(zip(self.conditions, terms, strict=True))


def decision_to_bytes(decision: Decision) -> bytes:
    """The canonical bytes that the decider signs. Errors: RECORD_UNREADABLE when they could not be read back."""
    schema = _form_of(decision)
    told: dict[str, Json] = {
        "schema": schema,
        "record_id": decision.record_id,
        "dossier": decision.dossier,
        "case_id": decision.case_id,
        "case_number": decision.case_number,
        "outcome": decision.outcome.value,
        "amount": maybe_decimal(decision.amount),
        "term_months": decision.term_months,
        "annual_rate": maybe_decimal(decision.annual_rate),
        "conditions": list(decision.conditions),
        "reason": decision.reason,
        "questions": list(decision.questions),
        "decided_by": party_told(decision.decided_by),
        "decided_at": to_text(decision.decided_at),
        "minutes_open": decision.minutes_open,
        "photos_viewed": [_view_told(view, schema) for view in decision.photos_viewed],
        "memo_sha256": decision.memo_sha256,
        "previous": decision.previous,
    }
    if schema != _PLAIN_DECISION:
        told |= _terms_told(decision)
    if schema in _FULL:
        told |= _reading_told(decision)
    if schema == _DECISION:
        told["judged_by"] = judged_by_told(decision.judged_by)
        told["clock"] = clock_told(decision.clock)
    data = encode(told)
    if parse_decision(data) != (replace(decision, terms=()) if schema == _PLAIN_DECISION else decision):
        raise Fault(Code.RECORD_UNREADABLE, where="round trip", field="round trip")
    return data


def _form_of(decision: Decision) -> str:
    """The oldest form that holds all a decision says."""
    if decision.judged_by is not None or decision.clock is not None:
        return _DECISION
    views = any(view != PhotoView(view.part, view.answer) for view in decision.photos_viewed)
    read = (decision.valid_until, decision.call_back, decision.advised_amount, decision.advised_months)
    if views or decision.opened or decision.exchanged or decision.supersedes or any(one is not None for one in read):
        return _READ_DECISION
    if decision.overrides or decision.tier or any(term != PLAIN_TERM for term in decision.terms):
        return _TERMS_DECISION
    return _PLAIN_DECISION


def _terms_told(decision: Decision) -> dict[str, Json]:
    return {
        "terms": [{"when": term.when.value, "due_days": term.due_days, "code": term.code} for term in decision.terms],
        "overrides": [
            {"rule": one.rule, "sentence": one.sentence, "sentence_zh": one.sentence_zh, "reason": one.reason}
            for one in decision.overrides
        ],
        "tier": decision.tier,
    }


def _reading_told(decision: Decision) -> dict[str, Json]:
    until = decision.valid_until
    return {
        "valid_until": until.isoformat() if until is not None else None,
        "opened": list(decision.opened),
        "call_back": _call_told(decision.call_back) if decision.call_back is not None else None,
        "exchanged": [_exchanged_told(one) for one in decision.exchanged],
        "advised_amount": maybe_decimal(decision.advised_amount),
        "advised_months": decision.advised_months,
        "supersedes": decision.supersedes,
    }


def _view_told(view: PhotoView, schema: str) -> Json:
    told: dict[str, Json] = {"part": view.part, "answer": view.answer}
    if schema in _FULL:
        told |= {
            "question": view.question,
            "told": view.told,
            "agreement": view.agreement.value,
            "remark": view.remark,
        }
    return told


def _call_told(call: CallBack) -> Json:
    return {
        "by": call.by,
        "phone": call.phone,
        "at": to_text(call.at),
        "answers": [
            {
                "path": one.path,
                "heard": one.heard,
                "told": one.told,
                "agreement": one.agreement.value,
                "remark": one.remark,
            }
            for one in call.answers
        ],
    }


def _exchanged_told(one: Exchanged) -> Json:
    return {
        "question": one.question,
        "asked_by": one.asked_by,
        "asked_at": to_text(one.asked_at),
        "answer": one.answer,
        "answered_at": to_text(one.answered_at) if one.answered_at is not None else None,
    }


def parse_decision(data: bytes) -> Decision:
    """The decision in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    older = (_READ_DECISION, _TERMS_DECISION, _PLAIN_DECISION)
    schema, fields = open_versions(data, _DECISION, older, _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    plain, full, newest = schema == _PLAIN_DECISION, schema in _FULL, schema == _DECISION
    decision = Decision(
        record_id=fields.id("record_id"),
        dossier=fields.digest("dossier"),
        case_id=fields.id("case_id"),
        case_number=fields.text("case_number", 60),
        outcome=fields.one_of("outcome", Outcome),
        amount=fields.maybe("amount", fields.decimal),
        term_months=fields.maybe("term_months", lambda name: fields.integer(name, 0, 1_200)),
        annual_rate=fields.maybe("annual_rate", fields.decimal),
        conditions=fields.texts("conditions", _MOST),
        reason=fields.text("reason"),
        questions=fields.texts("questions", _MOST),
        decided_by=read_party(fields.inner("decided_by")),
        decided_at=fields.moment("decided_at"),
        minutes_open=fields.integer("minutes_open", 0, 1_000_000),
        photos_viewed=tuple(_view(entry, full=full) for entry in fields.each("photos_viewed", 2_000)),
        memo_sha256=fields.digest("memo_sha256"),
        previous=fields.maybe("previous", fields.digest),
        terms=() if plain else tuple(_term(entry) for entry in fields.each("terms", _MOST)),
        overrides=() if plain else tuple(_override(entry) for entry in fields.each("overrides", _MOST)),
        tier="" if plain else fields.text("tier", 60),
        valid_until=fields.maybe("valid_until", fields.day) if full else None,
        opened=fields.texts("opened", _MOST_OPENED, 200) if full else (),
        call_back=fields.maybe("call_back", lambda name: _call(fields.inner(name))) if full else None,
        exchanged=tuple(_exchanged(entry) for entry in fields.each("exchanged", _MOST)) if full else (),
        advised_amount=fields.maybe("advised_amount", fields.decimal) if full else None,
        advised_months=fields.maybe("advised_months", lambda name: fields.integer(name, 1, 1_200)) if full else None,
        supersedes=fields.maybe("supersedes", fields.id) if full else None,
        judged_by=fields.maybe("judged_by", lambda name: read_judged_by(fields.inner(name))) if newest else None,
        clock=fields.maybe("clock", lambda name: read_clock(fields.inner(name))) if newest else None,
    )
    fields.done()
    if newest and decision.judged_by is None and decision.clock is None:
        raise fields.refused("clock")
    if len(decision.terms) not in (0, len(decision.conditions)):
        raise fields.refused("terms")
    return decision


def check_decision(
    decision: Decision, manifest: Manifest, dossier_digest: str, *, decider_id: str, limit: Decimal
) -> None:
    """Whether this person may decide this on that dossier. The core refuses; screens only explain.

    `limit`: how much the decider's certificate lets them approve. Whoever took part decides nothing; whoever bears
    the name of somebody in the file may pass it on and no more.
    Errors: DECISION_OTHER_DOSSIER, SIGNER_NOT_ENTITLED, FOUR_EYES, RELATED_TO_CASE, DECISION_INCOMPLETE,
    ABOVE_LIMIT.
    """
    other = decision.judged_by != judged_by(manifest)
    if other or decision.dossier != dossier_digest or decision.case_id != manifest.case_id:
        raise Fault(Code.DECISION_OTHER_DOSSIER, case=decision.case_number)
    if decision.decided_by.id != decider_id:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=decision.decided_by.name)
    if took_part(manifest, decision.decided_by):
        raise Fault(Code.FOUR_EYES, person=decision.decided_by.name)
    if decision.outcome is not Outcome.ESCALATE and is_in_file(manifest, decision.decided_by.name):
        raise Fault(Code.RELATED_TO_CASE, person=decision.decided_by.name)
    _check_complete(decision)
    if decision.outcome.approves and decision.amount is not None and decision.amount > limit:
        raise Fault(Code.ABOVE_LIMIT, amount=decision.amount, limit=limit)


def check_span(decision: Decision) -> None:
    """An approval ends after its day and within ten years, whatever else. Errors: DECISION_INCOMPLETE."""
    until = decision.valid_until
    if until is not None and not 0 <= (until - decision.decided_at.date()).days + 1 <= _LONGEST_APPROVAL:
        raise _incomplete(N_("a last day that can be"))


def check_superseding(decision: Decision, latest: Decision | None) -> None:
    """Whether a decision may take the place of the latest one on the same dossier, or be the first, as it says.

    A case that was passed on is not decided yet. Errors: DECISION_NOT_LATEST.
    """
    open_still = latest is None or latest.outcome is Outcome.ESCALATE
    wanted = None if open_still or latest is None else latest.record_id
    if decision.supersedes != wanted:
        raise Fault(Code.DECISION_NOT_LATEST, case=decision.case_number)


def took_part(manifest: Manifest, person: PartyRef) -> bool:
    """Whether somebody is the file's officer, second officer or another investigator: by id, or by name.

    By name too, since a second account of one person has another id.
    """
    involved = (manifest.officer, *((manifest.second,) if manifest.second else ()))
    names = (*(one.name for one in involved), *manifest.investigators)
    return person.id in {one.id for one in involved} or plain_name(person.name) in map(plain_name, names)


def is_in_file(manifest: Manifest, name: str) -> bool:
    """Whether a name is the applicant's or that of somebody who stands beside the borrower in this file.

    Names alone are compared: a namesake passes the case on, which costs a day; a relative who decides costs more.
    """
    return plain_name(name) in map(plain_name, (manifest.applicant, *manifest.persons))


def _term(fields: Fields) -> ConditionTerm:
    term = ConditionTerm(
        when=fields.one_of("when", When),
        due_days=fields.maybe("due_days", lambda name: fields.integer(name, 0, 10_000)),
        code=fields.text("code", 60),
    )
    fields.done()
    return term


def _override(fields: Fields) -> Override:
    override = Override(
        rule=fields.text("rule", 100),
        sentence=fields.text("sentence"),
        sentence_zh=fields.text("sentence_zh"),
        reason=fields.text("reason"),
    )
    fields.done()
    return override


def _view(fields: Fields, *, full: bool) -> PhotoView:
    view = PhotoView(fields.text("part", 100), fields.text("answer"))
    if full:
        view = replace(
            view,
            question=fields.text("question"),
            told=fields.text("told"),
            agreement=fields.one_of("agreement", Agreement),
            remark=fields.text("remark"),
        )
    fields.done()
    return view


def _call(fields: Fields) -> CallBack:
    call = CallBack(
        by=fields.text("by", 100),
        phone=fields.text("phone", 40),
        at=fields.moment("at"),
        answers=tuple(_heard(entry) for entry in fields.each("answers", _MOST)),
    )
    fields.done()
    return call


def _heard(fields: Fields) -> Heard:
    heard = Heard(
        path=fields.text("path", 200),
        heard=fields.text("heard"),
        told=fields.text("told"),
        agreement=fields.one_of("agreement", Agreement),
        remark=fields.text("remark"),
    )
    fields.done()
    return heard


def _exchanged(fields: Fields) -> Exchanged:
    one = Exchanged(
        question=fields.text("question"),
        asked_by=fields.text("asked_by", 100),
        asked_at=fields.moment("asked_at"),
        answer=fields.text("answer"),
        answered_at=fields.maybe("answered_at", fields.moment),
    )
    fields.done()
    return one


def _check_complete(decision: Decision) -> None:
    if decision.outcome.approves and (decision.amount is None or decision.amount <= 0):
        raise _incomplete(N_("the amount"))
    if decision.outcome.approves and not decision.term_months:
        raise _incomplete(N_("the term"))
    if decision.outcome is Outcome.APPROVE_WITH_CONDITIONS and not decision.conditions:
        raise _incomplete(N_("its conditions"))
    if decision.outcome is Outcome.RETURN and not decision.questions:
        raise _incomplete(N_("its questions"))
    if any(not one.remark.strip() for one in decision.differences) and decision.outcome.approves:
        raise _incomplete(N_("why what was seen or heard otherwise does not matter"))
    words = (decision, *decision.overrides, *((decision.clock,) if decision.clock is not None else ()))
    if not all(one.reason.strip() for one in words):
        raise _incomplete(N_("its reason"))


def _incomplete(what: str) -> Fault:
    return Fault(Code.DECISION_INCOMPLETE, what=Message(what))
