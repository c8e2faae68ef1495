"""Deleting, seen from head office: the certificates that laptops sent, and which cases of its own are due.

Head office takes nothing away by this list: its copy is the one that the law's period counts for. The list says from
when on a case may go.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from sqlalchemy import Connection, Row, func, insert, select

from officer_app.base.clock import local_date
from officer_app.base.files import write_whole
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.policy import Policy
from officer_app.credit.retention import RecordClass, due_on, period_of
from officer_app.exchange.contents import DeletionContent
from officer_app.headoffice.notices import WITHDRAWN, held_cases
from officer_app.headoffice.tables import BOOK, CASES, DELETIONS, LOAN_DAYS
from officer_app.headoffice.warehouse import Warehouse

_APPROVED: Final = frozenset({"approved", "approved_with_conditions"})


@dataclass(frozen=True, slots=True)
class KeptCase:
    """One case of the warehouse: its class, since when it counts, when it is due, and whether a hold stands."""

    case_id: str
    number: str
    branch: str
    state: str
    record_class: str
    counted_from: date
    due_on: date
    is_due: bool
    held: bool


@dataclass(frozen=True, slots=True)
class Certificate:
    """One deletion on one laptop, as its certificate tells."""

    record_id: str
    case_number: str
    record_class: str
    device: str
    by: str
    at: datetime


def keep_deletion(connection: Connection, content: DeletionContent, now: datetime) -> bool:
    """Keep a laptop's certificate that is not here yet; whether it is new."""
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
        )
    )
    return True


def certificates(warehouse: Warehouse) -> tuple[Certificate, ...]:
    """Every deletion that a laptop told, the newest first."""
    names = ("record_id", "case_number", "record_class", "device", "by", "at")
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


def kept_cases(warehouse: Warehouse, policy: Policy, today: date) -> tuple[KeptCase, ...]:
    """Every case that has ended, the soonest due first; one that is being decided has no clock."""
    with warehouse.transaction() as connection:
        held = held_cases(connection)
        ends = _loan_ends(connection)
        rows = connection.execute(select(CASES).order_by(CASES.c.number)).all()
    kept = (_kept(row, ends.get(row.number), policy, today, held=row.case_id in held) for row in rows)
    return tuple(sorted((one for one in kept if one is not None), key=lambda one: (one.due_on, one.number)))


def _kept(
    row: Row[tuple[object, ...]], end: date | None, policy: Policy, today: date, *, held: bool
) -> KeptCase | None:
    kind = _class(row.state, row.decided_at)
    if kind is None:
        return None
    start = local_date(row.decided_at or row.received_at)
    if kind is RecordClass.LOAN:
        start = end or months_later(start, row.term_months or 0)
    due = due_on(start, period_of(policy, kind))
    return KeptCase(
        row.case_id, row.number, row.branch, row.state, kind.value, start, due, is_due=due <= today, held=held
    )


def _class(state: str, decided_at: datetime | None) -> RecordClass | None:
    if state in _APPROVED:
        return RecordClass.LOAN
    if state == "refused":
        return RecordClass.REFUSED
    if state == WITHDRAWN:
        return RecordClass.WITHDRAWN if decided_at is None else RecordClass.NOT_PAID_OUT
    return None


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
