"""Signed records beside a dossier: the decision on it, head office's receipt for it, and the note of a pack."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Final

from officer_app.base.canonical import Json, encode
from officer_app.base.clock import to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message
from officer_app.credit.conditions import When
from officer_app.dossier.fields import Fields, maybe_decimal, open_record, open_versions
from officer_app.dossier.manifest import Manifest, PartyRef, party_told, read_party

_DECISION: Final = "firsthand/decision/2"
# The form before conditions had their time and rules could be set aside. A decision that says neither is still
# written so: every program in use can read it.
_PLAIN_DECISION: Final = "firsthand/decision/1"
_RECEIPT: Final = "firsthand/receipt/1"
_PACK: Final = "firsthand/pack/1"
_LARGEST_RECORD: Final = 1_000_000
_MOST: Final = 200


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


@dataclass(frozen=True, slots=True)
class PhotoView:
    """A sampled photo that the decider opened, and what they saw in it."""

    part: str
    answer: str


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
    approval that the policy asked for, "" where it knows none.
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

    @property
    def dated_conditions(self) -> tuple[tuple[str, ConditionTerm], ...]:
        """Each condition with its time."""
        terms = self.terms or (PLAIN_TERM,) * len(self.conditions)
        return tuple(zip(self.conditions, terms, strict=True))


@dataclass(frozen=True, slots=True)
class Receipt:
    """Head office has it: what, when it came, and under which counter of which device."""

    record_id: str
    kind: RecordKind
    digest: str
    case_id: str
    received_at: datetime
    device: str
    counter: int


@dataclass(frozen=True, slots=True)
class PackNote:
    """What a pack is: its version only grows, so that nobody can bring back yesterday's policy."""

    kind: PackKind
    name: str
    version: int
    sha256: str
    made_at: datetime


def decision_to_bytes(decision: Decision) -> bytes:
    """The canonical bytes that the decider signs. Errors: RECORD_UNREADABLE when they could not be read back."""
    plain = not (decision.overrides or decision.tier or any(term != PLAIN_TERM for term in decision.terms))
    told: dict[str, Json] = {
        "schema": _PLAIN_DECISION if plain else _DECISION,
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
        "photos_viewed": [{"part": view.part, "answer": view.answer} for view in decision.photos_viewed],
        "memo_sha256": decision.memo_sha256,
        "previous": decision.previous,
    }
    if not plain:
        told |= {
            "terms": [
                {"when": term.when.value, "due_days": term.due_days, "code": term.code} for term in decision.terms
            ],
            "overrides": [
                {"rule": one.rule, "sentence": one.sentence, "sentence_zh": one.sentence_zh, "reason": one.reason}
                for one in decision.overrides
            ],
            "tier": decision.tier,
        }
    data = encode(told)
    if parse_decision(data) != (replace(decision, terms=()) if plain else decision):
        raise Fault(Code.RECORD_UNREADABLE, where="round trip", field="round trip")
    return data


def parse_decision(data: bytes) -> Decision:
    """The decision in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    schema, fields = open_versions(data, _DECISION, (_PLAIN_DECISION,), _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    plain = schema == _PLAIN_DECISION
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
        photos_viewed=tuple(_view(entry) for entry in fields.each("photos_viewed", 2_000)),
        memo_sha256=fields.digest("memo_sha256"),
        previous=fields.maybe("previous", fields.digest),
        terms=() if plain else tuple(_term(entry) for entry in fields.each("terms", _MOST)),
        overrides=() if plain else tuple(_override(entry) for entry in fields.each("overrides", _MOST)),
        tier="" if plain else fields.text("tier", 60),
    )
    fields.done()
    if len(decision.terms) not in (0, len(decision.conditions)):
        raise fields.refused("terms")
    return decision


def check_decision(
    decision: Decision, manifest: Manifest, dossier_digest: str, *, decider_id: str, limit: Decimal
) -> None:
    """Whether this person may decide this on that dossier. The core refuses; screens only explain.

    `limit`: how much the decider's certificate lets them approve.
    Errors: DECISION_OTHER_DOSSIER, SIGNER_NOT_ENTITLED, FOUR_EYES, DECISION_INCOMPLETE, ABOVE_LIMIT.
    """
    if decision.dossier != dossier_digest or decision.case_id != manifest.case_id:
        raise Fault(Code.DECISION_OTHER_DOSSIER, case=decision.case_number)
    if decision.decided_by.id != decider_id:
        raise Fault(Code.SIGNER_NOT_ENTITLED, person=decision.decided_by.name)
    took_part = {manifest.officer.id} | ({manifest.second.id} if manifest.second else set())
    if decider_id in took_part:
        raise Fault(Code.FOUR_EYES, person=decision.decided_by.name)
    _check_complete(decision)
    if decision.outcome.approves and decision.amount is not None and decision.amount > limit:
        raise Fault(Code.ABOVE_LIMIT, amount=decision.amount, limit=limit)


def receipt_to_bytes(receipt: Receipt) -> bytes:
    """The canonical bytes that head office signs."""
    return encode(
        {
            "schema": _RECEIPT,
            "record_id": receipt.record_id,
            "kind": receipt.kind.value,
            "digest": receipt.digest,
            "case_id": receipt.case_id,
            "received_at": to_text(receipt.received_at),
            "device": receipt.device,
            "counter": receipt.counter,
        }
    )


def parse_receipt(data: bytes) -> Receipt:
    """The receipt in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    fields = open_record(data, _RECEIPT, _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    receipt = Receipt(
        record_id=fields.id("record_id"),
        kind=fields.one_of("kind", RecordKind),
        digest=fields.digest("digest"),
        case_id=fields.id("case_id"),
        received_at=fields.moment("received_at"),
        device=fields.text("device", 16),
        counter=fields.integer("counter", 1, 10**12 - 1),
    )
    fields.done()
    return receipt


def pack_to_bytes(note: PackNote) -> bytes:
    """The canonical bytes that head office signs."""
    return encode(
        {
            "schema": _PACK,
            "kind": note.kind.value,
            "name": note.name,
            "version": note.version,
            "sha256": note.sha256,
            "made_at": to_text(note.made_at),
        }
    )


def parse_pack(data: bytes) -> PackNote:
    """The note of a pack in a stranger's bytes. Errors: RECORD_UNREADABLE (where: the field), DOSSIER_TOO_NEW."""
    fields = open_record(data, _PACK, _LARGEST_RECORD, Code.RECORD_UNREADABLE)
    note = PackNote(
        kind=fields.one_of("kind", PackKind),
        name=fields.text("name", 100),
        version=fields.integer("version", 1, 10**9),
        sha256=fields.digest("sha256"),
        made_at=fields.moment("made_at"),
    )
    fields.done()
    return note


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


def _view(fields: Fields) -> PhotoView:
    view = PhotoView(fields.text("part", 100), fields.text("answer"))
    fields.done()
    return view


def _check_complete(decision: Decision) -> None:
    if decision.outcome.approves and (decision.amount is None or decision.amount <= 0):
        raise _incomplete(N_("the amount"))
    if decision.outcome.approves and not decision.term_months:
        raise _incomplete(N_("the term"))
    if decision.outcome is Outcome.APPROVE_WITH_CONDITIONS and not decision.conditions:
        raise _incomplete(N_("its conditions"))
    if decision.outcome is Outcome.RETURN and not decision.questions:
        raise _incomplete(N_("its questions"))
    if not decision.reason.strip() or not all(one.reason.strip() for one in decision.overrides):
        raise _incomplete(N_("its reason"))


def _incomplete(what: str) -> Fault:
    return Fault(Code.DECISION_INCOMPLETE, what=Message(what))
