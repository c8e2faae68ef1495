"""Deleting, seen from head office: the certificates that laptops sent, and which cases of its own are due.

Head office's copy is the one that the law's period counts for. The list says from when on a case may go; `purging`
takes it away.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Row, func, insert, select

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.retention import RecordClass, due_on, period_of
from officer_app.dossier.notices import NoticeKind
from officer_app.exchange.contents import DeletionContent
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.notices import HOLDS, WITHDRAWN, Hold, standing_holds
from officer_app.headoffice.policies import NAME, PolicyVersion, Standing, versions
from officer_app.headoffice.tables import BOOK, CASES, DELETIONS, LOAN_DAYS, NOTICES
from officer_app.headoffice.trustedtime import Trusted, trusted_time
from officer_app.headoffice.warehouse import Warehouse

_APPROVED: Final = frozenset({"approved", "approved_with_conditions"})
_REFUSED: Final = "refused"
# A file that was returned and left lying ends like one that was withdrawn.
_ENDED: Final = frozenset({_REFUSED, WITHDRAWN, "returned"})


@dataclass(frozen=True, slots=True)
class Judge:
    """What one look at the warehouse judges by: the policy in force, head office's clock, how far it is believed."""

    policy: PolicyVersion
    now: datetime
    trusted: Trusted

    @property
    def day(self) -> date:
        """The day that counts."""
        return local_date(self.trusted.at)


@dataclass(frozen=True, slots=True)
class KeptCase:
    """One case of the warehouse: its class, since when it counts, when it is due, and whether a hold stands.

    Class and days are None while it has not ended. `unconfirmed`: due by head office's own clock alone.
    """

    case_id: str
    number: str
    branch: str
    state: str
    record_class: str | None = None
    counted_from: date | None = None
    due_on: date | None = None
    is_due: bool = False
    unconfirmed: bool = False
    held: bool = False
    hold: Hold | None = None

    @property
    def may_go(self) -> bool:
        """Whether it may be deleted now."""
        return self.is_due and not self.held


@dataclass(frozen=True, slots=True)
class Certificate:
    """One deletion on a laptop, or head office's own (`office`, and who ordered it), as its certificate tells."""

    record_id: str
    case_number: str
    record_class: str
    device: str
    by: str
    at: datetime
    office: bool
    ordered_by: str | None


@dataclass(frozen=True, slots=True)
class _Words:
    last: datetime | None = None
    consent_ended: bool = False


@dataclass(frozen=True, slots=True)
class _Seen:
    holds: Mapping[str, Hold]
    ends: Mapping[str, date]
    words: Mapping[str, _Words]


def keep_deletion(connection: Connection, content: DeletionContent, now: datetime, *, office: bool = False) -> bool:
    """Keep a certificate that is not here yet; whether it is new. `office`: it is head office's own."""
    told = content.deletion
    if connection.execute(select(DELETIONS.c.record_id).where(DELETIONS.c.record_id == told.record_id)).first():
        return False
    connection.execute(
        insert(DELETIONS).values(
            record_id=told.record_id,
            case_id=told.case_id,
            case_number=told.case_number,
            record_class=told.record_class.value,
            device=told.device,
            by_id=told.by.id,
            by=told.by.name,
            due_on=told.due_on.isoformat(),
            at=told.at,
            received_at=now,
            record=content.record_bytes,
            signature=content.signature,
            office=office,
            ordered_by=told.ordered_by or None,
        )
    )
    return True


def certificates(warehouse: Warehouse) -> tuple[Certificate, ...]:
    """Every deletion that a laptop told, and head office's own, the newest first."""
    names = ("record_id", "case_number", "record_class", "device", "by", "at", "office", "ordered_by")
    asked = select(*(DELETIONS.c[name] for name in names)).order_by(DELETIONS.c.at.desc(), DELETIONS.c.record_id)
    with warehouse.transaction() as connection:
        return tuple(Certificate(*row) for row in connection.execute(asked))


def write_certificates(warehouse: Warehouse, folder: Path) -> int:
    """Every certificate with its signature, two files each: to check, or for a laptop whose backup came back.

    Errors: DISK_FULL, FOLDER_READ_ONLY.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with warehouse.transaction() as connection:
        found = connection.execute(select(DELETIONS.c.record_id, DELETIONS.c.record, DELETIONS.c.signature)).all()
    for row in found:
        write_whole(folder / f"deletion-{row.record_id}.sig", bytes(row.signature))
        write_whole(folder / f"deletion-{row.record_id}.json", bytes(row.record))
    return len(found)


def judge_of(desk: Desk, connection: Connection, now: datetime) -> Judge:
    """By what policy and what day periods are judged now. Errors: PACK_MISSING, DESK_BROKEN."""
    told = trusted_time(connection, now)
    policy = next((one for one in versions(desk, local_date(now)) if one.standing is Standing.IN_FORCE), None)
    if policy is None:
        raise Fault(Code.PACK_MISSING, kind="policy", name=NAME)
    return Judge(policy, now, told)


def kept_cases(connection: Connection, judge: Judge) -> tuple[KeptCase, ...]:
    """Every case that has ended, the soonest due first, then what is held without having ended.

    One that is being decided has no clock.
    """
    seen = _Seen(standing_holds(connection), _loan_ends(connection), _words(connection))
    rows = connection.execute(select(CASES).order_by(CASES.c.number)).all()
    kept = [one for one in (_kept(row, judge, seen) for row in rows) if one is not None]
    return tuple(sorted(kept, key=lambda one: (one.due_on or date.max, one.number)))


def case_ids(connection: Connection, numbers: Sequence[str]) -> dict[str, str]:
    """The ids of cases by their numbers; those that are not here are left out."""
    rows = connection.execute(select(CASES.c.number, CASES.c.case_id).where(CASES.c.number.in_(numbers)))
    return {row.number: row.case_id for row in rows}


def kept_case(connection: Connection, judge: Judge, case_id: str) -> KeptCase | None:
    """The same for one case; None where it has no clock and no hold, or is not here."""
    row = connection.execute(select(CASES).where(CASES.c.case_id == case_id)).one_or_none()
    seen = _Seen(standing_holds(connection), _loan_ends(connection), _words(connection))
    return None if row is None else _kept(row, judge, seen)


def _kept(row: Row[tuple[object, ...]], judge: Judge, seen: _Seen) -> KeptCase | None:
    said, hold = seen.words.get(row.case_id, _Words()), seen.holds.get(row.case_id)
    kind = _class(row.state, row.decided_at, consent_ended=said.consent_ended)
    told = KeptCase(row.case_id, row.number, row.branch, row.state, held=hold is not None, hold=hold)
    if kind is None:
        return told if hold is not None else None
    last = row.decided_at or row.received_at
    start = local_date(last if said.last is None else max(last, said.last))
    if kind is RecordClass.LOAN:
        start = seen.ends.get(row.number) or months_later(start, row.term_months or 0)
    due = due_on(start, period_of(judge.policy.policy, kind))
    counted = replace(told, record_class=kind.value, counted_from=start, due_on=due, is_due=due <= judge.day)
    return replace(counted, unconfirmed=judge.day < due <= local_date(judge.now))


def _class(state: str, decided_at: datetime | None, *, consent_ended: bool) -> RecordClass | None:
    if state in _APPROVED:
        return RecordClass.LOAN  # the contract and the law keep it, whatever became of the consent
    if state not in _ENDED:
        return None
    if consent_ended:
        return RecordClass.CONSENT_ENDED
    if state == WITHDRAWN:
        return RecordClass.WITHDRAWN if decided_at is None else RecordClass.NOT_PAID_OUT
    return RecordClass.REFUSED if state == _REFUSED else RecordClass.WITHDRAWN


def _words(connection: Connection) -> dict[str, _Words]:
    """When something that counts was said last about each case; a hold moves no clock."""
    asked = select(NOTICES.c.case_id, NOTICES.c.kind, NOTICES.c.at)
    found: dict[str, _Words] = {}
    for row in connection.execute(asked.where(NOTICES.c.kind.not_in(HOLDS)).order_by(NOTICES.c.at)):
        before = found.get(row.case_id, _Words())
        found[row.case_id] = _Words(row.at, before.consent_ended or row.kind == NoticeKind.CONSENT_ENDED)
    return found


def _loan_ends(connection: Connection) -> dict[str, date]:
    """The last day on which the core system told of a loan's balance, or its last due day where that is later."""
    told = select(BOOK.c.case_number, BOOK.c.due_on, func.max(LOAN_DAYS.c.as_of).label("as_of"))
    joined = told.outerjoin(LOAN_DAYS, LOAN_DAYS.c.contract == BOOK.c.contract)
    rows = connection.execute(
        joined.where(BOOK.c.case_number.is_not(None)).group_by(BOOK.c.case_number, BOOK.c.due_on)
    )
    ends: dict[str, date] = {}
    for row in rows:
        for day in _days(row.due_on, row.as_of):
            ends[row.case_number] = max(day, ends.get(row.case_number, day))
    return ends


def _days(*texts: str | None) -> Iterator[date]:
    yield from (date.fromisoformat(text) for text in texts if text)
