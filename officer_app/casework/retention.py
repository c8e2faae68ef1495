"""What falls due when, and why something cannot go yet: each case on this laptop with its class and its clock.

A clock runs from the event that ended the case, and the time it is judged by is head office's, never this laptop's
alone. Whatever was submitted waits until receipts name every digest of it; a hold stops everything.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.clock import from_text, local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.casework.confirmed import confirmed_time
from officer_app.casework.desk import Desk
from officer_app.casework.packs import policy_in_force
from officer_app.casework.permissions import allowed
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.policy import Policy
from officer_app.credit.retention import RecordClass, due_on, period_of
from officer_app.dossier import notices
from officer_app.dossier.notices import Notice, NoticeKind
from officer_app.dossier.records import Outcome
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, cases, decisions, deletions, delivery, settings, users
from officer_app.vault import dossiers as kept
from officer_app.vault import notices as kept_notices
from officer_app.vault.backups import PLACES
from officer_app.vault.deliveryrecords import OutboxRecord
from officer_app.vault.records import CaseRecord, CaseState, DecisionRecord, DeletionRecord, Origin
from officer_app.vault.transactions import Reading

KEEPERS: Final = (Role.OFFICER, Role.MANAGER, Role.REVIEWER)
CONSENT_ENDED: Final = "consent_ended"
_DECIDING: Final = frozenset({CaseState.SUBMITTED, CaseState.REVIEWED, CaseState.ESCALATED})
_LENT: Final = frozenset({CaseState.APPROVED, CaseState.EXPIRED, CaseState.DISBURSED, CaseState.CLOSED})
_ENDED: Final = frozenset({CaseState.WITHDRAWN, CaseState.CANCELLED})


class Standing(StrEnum):
    """Where a case stands on its way to deletion. In this order the first that applies is told."""

    OPEN = "open"
    HELD = "held"
    RUNNING = "running"
    UNCONFIRMED = "unconfirmed"
    UNSENT = "unsent"
    NO_RECEIPT = "no_receipt"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Hold:
    """Who keeps a case from being deleted, since when, and why."""

    by: str
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Item:
    """One case: its class, the day its clock runs from, the day it falls due, and what it waits for.

    `kind`, `counted_from` and `due` are None while nothing has ended it. `missing` counts digests without a receipt.
    """

    case: CaseId
    number: str
    applicant: str
    state: CaseState
    standing: Standing
    kind: RecordClass | None = None
    counted_from: date | None = None
    due: date | None = None
    hold: Hold | None = None
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Place:
    """Where a copy lies that was made before something was deleted, and when it was made."""

    path: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Overview:
    """Everything the page tells.

    `confirmed` is head office's time, `laptop` this one's; `sealed` counts deliveries whose sealed objects are due;
    `copies` may still hold what was deleted.
    """

    confirmed: datetime
    laptop: datetime
    items: tuple[Item, ...]
    deleted: tuple[DeletionRecord, ...]
    sealed: int
    copies: tuple[Place, ...]

    @property
    def due(self) -> tuple[Item, ...]:
        """What may go now."""
        return tuple(item for item in self.items if item.standing is Standing.DUE)


@dataclass(frozen=True, slots=True)
class Judge:
    """What one look at the vault judges by; `touched` says when anything of a case was done last, by id."""

    policy: Policy
    confirmed: datetime
    laptop: datetime
    touched: Mapping[str, datetime]
    consents_ended: frozenset[str]

    @property
    def today(self) -> date:
        """The day that head office has confirmed."""
        return local_date(self.confirmed)


@allowed(*KEEPERS)
def overview(desk: Desk) -> Overview:
    """What falls due when on this laptop, the soonest first. Errors: NOT_ENROLLED, PACK_MISSING."""
    judge = judge_of(desk)
    with desk.vault.reading() as tx:
        items = [item_of(tx, judge, case) for case in mine(desk, tx)]
        deleted = deletions.all(tx)
        sealed = len(sealed_due(tx, judge))
        copies = tuple(_copies(desk, tx, deleted))
    ordered = sorted(items, key=lambda item: (item.due is None, item.due or date.max, item.number))
    return Overview(judge.confirmed, judge.laptop, tuple(ordered), deleted, sealed, copies)


def judge_of(desk: Desk) -> Judge:
    """By what policy and what time periods are judged now. Errors: NOT_ENROLLED, PACK_MISSING."""
    if desk.institution is None:
        raise Fault(Code.NOT_ENROLLED)
    _, policy = policy_in_force(desk)
    laptop = desk.clock.now()
    with desk.vault.reading() as tx:
        confirmed = confirmed_time(tx, desk.institution, laptop)
        return Judge(policy, confirmed, laptop, _touched(tx, confirmed), audit.subjects(tx, CONSENT_ENDED))


def _touched(tx: Reading, confirmed: datetime) -> dict[str, datetime]:
    """The log's times for whatever it names, and for a case those of its visits and their answers too."""
    logged = audit.latest_of_each(tx, confirmed)
    touched = dict(logged)
    for case, visit, moment in answers.last_touched(tx):
        known = (touched.get(case), logged.get(visit), moment)
        touched[case] = max(one for one in known if one is not None)
    return touched


def mine(desk: Desk, tx: Reading) -> Iterator[CaseRecord]:
    """The cases that this person keeps here: one's own, copies received, and those of nobody who signs in here."""
    local = {user.id for user in users.all(tx)}
    for case in cases.all(tx):
        if case.origin is Origin.RECEIVED or case.officer == desk.user.id or case.officer not in local:
            yield case


def item_of(tx: Reading, judge: Judge, case: CaseRecord) -> Item:
    """One case, judged."""
    said = [notices.parse(one.record) for one in kept_notices.of_case(tx, case.id)]
    versions, decided, hold = kept.digests(tx, case.id), decisions.of_case(tx, case.id), _hold(said)
    ended = case.id in judge.consents_ended or any(one.kind is NoticeKind.CONSENT_ENDED for one in said)
    end = _approval_end(decided)
    kind = _class(case, approved=end is not None, consent_ended=ended, handed_over=bool(versions))
    if kind is None:
        standing = Standing.HELD if hold else Standing.OPEN
        return Item(case.id, case.number, case.applicant, case.state, standing, hold=hold)
    told = [case.updated, *(one.at for one in decided), *(one.at for one in said)]
    start = local_date(max([*told, judge.touched.get(case.id, case.updated)]))
    if kind is RecordClass.LOAN and case.state is not CaseState.CLOSED and end is not None:
        # Nobody tells this laptop of the last instalment: the loan is taken to run as long as it was approved for.
        start = max(start, end)
    due, missing = due_on(start, period_of(judge.policy, kind)), _missing(tx, versions, decided)
    return Item(
        case=case.id,
        number=case.number,
        applicant=case.applicant,
        state=case.state,
        standing=_standing(tx, judge, case.id, due, held=hold is not None, missing=missing),
        kind=kind,
        counted_from=start,
        due=due,
        hold=hold,
        missing=missing,
    )


def sealed_due(tx: Reading, judge: Judge) -> tuple[OutboxRecord, ...]:
    """Deliveries whose sealed objects may go: sent long enough ago, and head office has the file they are about."""
    period = period_of(judge.policy, RecordClass.SEALED)
    return tuple(
        one
        for one in delivery.outbox(tx)
        if one.objects
        and one.sent is not None
        and delivery.receipts(tx, one.dossier_digest)
        and due_on(local_date(one.sent), period) <= judge.today
    )


def _standing(tx: Reading, judge: Judge, case: CaseId, due: date, *, held: bool, missing: int) -> Standing:
    if held:
        return Standing.HELD
    if judge.today < due:
        return Standing.UNCONFIRMED if local_date(judge.laptop) >= due else Standing.RUNNING
    if delivery.waits(tx, case):
        return Standing.UNSENT
    return Standing.NO_RECEIPT if missing else Standing.DUE


def _class(case: CaseRecord, *, approved: bool, consent_ended: bool, handed_over: bool) -> RecordClass | None:
    """The class of a case, or None while somebody still works on it or decides."""
    if case.state in _DECIDING:
        return None
    if case.state in _LENT and case.origin is Origin.OWN:
        return RecordClass.LOAN  # the contract and the law keep it, whatever became of the consent
    if consent_ended:
        return RecordClass.CONSENT_ENDED
    if case.origin is Origin.RECEIVED:
        return RecordClass.RECEIVED
    return _own_class(case.state, approved=approved, handed_over=handed_over)


def _own_class(state: CaseState, *, approved: bool, handed_over: bool) -> RecordClass:
    if state is CaseState.REFUSED:
        return RecordClass.REFUSED
    if state in _ENDED and approved:
        return RecordClass.NOT_PAID_OUT
    return RecordClass.WITHDRAWN if state in _ENDED or handed_over else RecordClass.DRAFT


def _approval_end(decided: Sequence[DecisionRecord]) -> date | None:
    """When a loan as approved last would end; None where nothing was approved."""
    approvals = [one for one in decided if Outcome(one.outcome).approves]
    if not approvals:
        return None
    return months_later(local_date(approvals[-1].at), approvals[-1].term_months or 0)


def _missing(tx: Reading, versions: Sequence[tuple[str, Origin]], decided: Sequence[DecisionRecord]) -> int:
    """How many digests of what was made here and handed over head office has not confirmed."""
    made = [name for name, origin in versions if origin is Origin.OWN]
    made += [digest(one.record) for one in decided if one.origin is Origin.OWN]
    return sum(1 for one in made if not delivery.receipts(tx, one))


def _hold(said: list[Notice]) -> Hold | None:
    """The hold that stands: the last word on it counts."""
    words = [one for one in said if one.kind in {NoticeKind.HOLD, NoticeKind.HOLD_LIFTED}]
    if not words or words[-1].kind is NoticeKind.HOLD_LIFTED:
        return None
    return Hold(words[-1].by.name, words[-1].at, words[-1].words)


def _copies(desk: Desk, tx: Reading, deleted: tuple[DeletionRecord, ...]) -> Iterator[Place]:
    """Backups older than the newest deletion, and what a restore put aside."""
    if not deleted:
        return
    places = settings.get(tx, PLACES)
    for path, at in sorted(places.items()) if isinstance(places, Mapping) else ():
        if isinstance(at, str) and from_text(at) < deleted[0].at:
            yield Place(path, from_text(at))
    former = desk.vault.layout.former
    if former.exists():
        yield Place(str(former), deleted[0].at)
