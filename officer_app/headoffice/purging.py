"""Deleting at head office: what is due by the policy and not held goes out of the warehouse and out of its stores.

Each case goes in one transaction: judged again at its turn, certified, deleted, its digests kept as tombstones. Then
the database is written anew, and the pieces of its deliveries are removed from the stores (`clearing`). What a cut
leaves undone is owed, and the next run does it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, delete, func, insert, select, update

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import new_id
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.credit.retention import RecordClass
from officer_app.dossier import deletion as certificates
from officer_app.dossier.deletion import Counts, Deletion
from officer_app.dossier.manifest import PackRef, PartyRef
from officer_app.exchange.contents import verify_deletion
from officer_app.exchange.parcels import deletion_parcel
from officer_app.headoffice import journal, tables
from officer_app.headoffice.clearing import Cleared, clear
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.journal import Said
from officer_app.headoffice.policies import NAME
from officer_app.headoffice.retention import Judge, KeptCase, judge_of, kept_case, kept_cases
from officer_app.headoffice.tombstones import bring_folder, lay, write_folder
from officer_app.headoffice.warehouse import Warehouse, lock
from officer_app.trust.signing import sign

_SCRUB: Final = "scrub owed"
_OF_DOSSIER: Final = (
    tables.CHECKS,
    tables.FIGURES,
    tables.PHOTOS,
    tables.FLAGS,
    tables.CONTRADICTIONS,
    tables.FACTS,
    tables.LOG_HEADS,
)
TOUCHED: Final = tuple(
    table.name
    for table in (
        *_OF_DOSSIER,
        tables.PAPERS,
        tables.QUARANTINE,
        tables.DECISIONS,
        tables.NOTICES,
        tables.RECEIPTS,
        tables.DOSSIERS,
        tables.CASES,
        tables.BOOK,
    )
)


@dataclass(frozen=True, slots=True)
class Purged:
    """What one run did: the numbers of its certificates, what went out of the stores, and whether it was stopped."""

    certificates: tuple[str, ...]
    cleared: Cleared
    stopped: bool = False


def purge(
    desk: Desk,
    into: str,
    stores: Sequence[str],
    *,
    clock: Clock,
    said: Said,
    wanted: Sequence[str] | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Purged:
    """Delete what is due, or of it the `wanted` cases (ids), for good; run it again after any fault.

    A store that is not there now is named in what is given, and is owed.
    Errors: WHY_MISSING, PACK_MISSING, CASE_NOT_DUE, WAREHOUSE_GONE, DISK_FULL, FOLDER_READ_ONLY, DESK_BROKEN.
    """
    said.because()
    done: list[str] = []
    stopped = False
    with Warehouse(into) as warehouse:
        bring_folder(desk, warehouse, clock.now())
        try:
            due = _due(desk, warehouse, clock.now(), wanted)
            for case in due:
                progress(len(done), len(due))
                if stopped := cancelled():
                    break
                done.append(_purge(desk, warehouse, case, clock, said))
            progress(len(done), len(due))
        finally:
            write_folder(desk, warehouse, said)
            scrub(warehouse)
        cleared = Cleared() if stopped else clear(desk, warehouse, stores, clock=clock, cancelled=cancelled)
    return Purged(tuple(done), cleared, stopped=stopped)


def scrub(warehouse: Warehouse) -> None:
    """Write anew what something was deleted from, if that is owed."""
    owed = tables.LOOKED.c.what == _SCRUB
    with warehouse.transaction() as connection:
        if connection.execute(select(tables.LOOKED.c.at).where(owed)).first() is None:
            return
    warehouse.rewrite(TOUCHED)
    with warehouse.transaction() as connection:
        connection.execute(delete(tables.LOOKED).where(owed))


def _due(desk: Desk, warehouse: Warehouse, now: datetime, wanted: Sequence[str] | None) -> tuple[str, ...]:
    with warehouse.transaction() as connection:
        found = kept_cases(connection, judge_of(desk, connection, now))
    due = tuple(one.case_id for one in found if one.may_go)
    if wanted is None:
        return due
    numbers = {one.case_id: one.number for one in found}
    for case in wanted:
        if case not in due:
            raise Fault(Code.CASE_NOT_DUE, where=numbers.get(case, case), case=numbers.get(case, case))
    return tuple(wanted)


def _purge(desk: Desk, warehouse: Warehouse, case: str, clock: Clock, said: Said) -> str:
    """One case, wholly or not at all; the number of its certificate."""
    now = clock.now()

    def apply(connection: Connection) -> str:
        lock(connection, f"case {case}")
        judge = judge_of(desk, connection, now)
        found = kept_case(connection, judge, case)
        if found is None or not found.may_go:
            raise Fault(Code.CASE_NOT_DUE, where=case, case=found.number if found is not None else case)
        versions = _versions(connection, case)
        told = _told(desk, connection, judge, found, versions, clock, said)
        body = certificates.to_bytes(told)
        parcel = deletion_parcel(body, sign(body, desk.identity, now))
        lay(connection, verify_deletion(parcel, desk.root_pem), versions, now)
        _delete(connection, found, told)
        _owe_scrub(connection, now)
        return told.record_id

    return warehouse.settle(apply)


def _told(
    desk: Desk,
    connection: Connection,
    judge: Judge,
    found: KeptCase,
    versions: dict[str, int],
    clock: Clock,
    said: Said,
) -> Deletion:
    if found.record_class is None or found.counted_from is None or found.due_on is None:
        raise Fault(Code.CASE_NOT_DUE, where=found.number, case=found.number)
    person, (number, head) = desk.identity.person, journal.head(desk.folder)
    decided = connection.execute(_decisions(found.case_id, tables.DECISIONS.c.digest)).scalars()
    policy = judge.policy
    return Deletion(
        record_id=new_id(),
        case_id=found.case_id,
        case_number=found.number,
        record_class=RecordClass(found.record_class),
        counted_from=found.counted_from,
        due_on=found.due_on,
        policy=PackRef(NAME, policy.policy.version, policy.sha256),
        dossiers=tuple(versions),
        decisions=tuple(decided),
        keys=(),
        counts=_counts(connection, found.case_id, versions),
        by=PartyRef(person.id, person.name),
        device=person.device,
        at=clock.now(),
        confirmed_at=judge.trusted.at,
        elapsed=int(clock.elapsed() * 1000),
        log_number=number,
        log_head=head,
        ordered_by=(said.by.strip() or person.name)[: certificates.LONGEST_NAME],
    )


def _versions(connection: Connection, case: str) -> dict[str, int]:
    """The sealed versions of a case: digest and number."""
    asked = select(tables.DOSSIERS.c.digest, tables.DOSSIERS.c.version).where(tables.DOSSIERS.c.case_id == case)
    return {row.digest: row.version for row in connection.execute(asked.order_by(tables.DOSSIERS.c.version))}


def _counts(connection: Connection, case: str, versions: dict[str, int]) -> Counts:
    """Photos and records as the warehouse held them, and the bytes of its records."""
    photos = select(func.count()).select_from(tables.PHOTOS).where(tables.PHOTOS.c.dossier.in_(versions))
    told = tables.NOTICES.c.case_id == case
    records = [
        *connection.execute(_dossiers(case, tables.DOSSIERS.c.manifest)).scalars(),
        *connection.execute(_decisions(case, tables.DECISIONS.c.record)).scalars(),
        *connection.execute(_decisions(case, tables.DECISIONS.c.memo)).scalars(),
        *connection.execute(select(tables.NOTICES.c.record).where(told)).scalars(),
    ]
    sizes = [len(bytes(one)) for one in records]
    return Counts(connection.execute(photos).scalar_one(), 0, 0, len(sizes), sum(sizes))


def _dossiers(case: str, column: Any) -> Any:
    return select(column).where(tables.DOSSIERS.c.case_id == case)


def _decisions(case: str, column: Any) -> Any:
    return select(column).where(tables.DECISIONS.c.case_id == case).order_by(tables.DECISIONS.c.decided_at)


def _delete(connection: Connection, found: KeptCase, told: Deletion) -> None:
    """Every row that belongs to the case; nothing points at a row that is gone."""
    case = found.case_id
    for row in connection.execute(select(tables.DELIVERIES).where(tables.DELIVERIES.c.case_id == case)).all():
        aside = tables.QUARANTINE.c.device == row.device, tables.QUARANTINE.c.counter == row.counter
        connection.execute(delete(tables.QUARANTINE).where(*aside))
    open_ones = tables.DELIVERIES.c.case_id == case, tables.DELIVERIES.c.certificate.is_(None)
    connection.execute(update(tables.DELIVERIES).where(*open_ones).values(certificate=told.record_id))
    for table in _OF_DOSSIER:
        connection.execute(delete(table).where(table.c.dossier.in_(told.dossiers)))
    named = (*told.dossiers, *told.decisions)
    connection.execute(delete(tables.PAPERS).where(tables.PAPERS.c.record.in_(named)))
    # One that is owed still goes out: without it the laptop could never delete its own copy.
    sent = tables.RECEIPTS.c.case_id == case, tables.RECEIPTS.c.queued.is_(True)
    connection.execute(delete(tables.RECEIPTS).where(*sent))
    for table in (tables.NOTICES, tables.DECISIONS, tables.DOSSIERS, tables.CASES):
        connection.execute(delete(table).where(table.c.case_id == case))
    # The book is the core system's: the loan stays in its sums, and leads to no file any more.
    connection.execute(update(tables.BOOK).where(tables.BOOK.c.case_number == found.number).values(case_number=None))


def _owe_scrub(connection: Connection, now: datetime) -> None:
    owed = tables.LOOKED.c.what == _SCRUB
    if connection.execute(select(tables.LOOKED.c.what).where(owed)).first() is None:
        connection.execute(insert(tables.LOOKED).values(what=_SCRUB, at=now))
