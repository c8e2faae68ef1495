"""The later sweep: the signatures inside the memos, judged a second time with everything else of their delivery.

Ingesting holds a memo to the digest in the signed record. The sweep fetches the delivery again, so that it sees too
whether the store still has what was taken in, and lets pyHanko judge the paper. A decision whose memo does not hold,
as it was taken in, loses its standing; a dossier's is put into quarantine with the reason, for a person to look at.
"""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.dossier.records import RecordKind
from officer_app.exchange.inbox import (
    Arrival,
    Arrived,
    DecisionContent,
    DossierContent,
    Gap,
    Quarantined,
    fetch_one,
    verify_decision,
)
from officer_app.exchange.parcels import decision_parcel
from officer_app.exchange.stores import Store
from officer_app.headoffice import tables
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.intake import ACCEPTED, REFUSED, WAITING
from officer_app.headoffice.stores import opened
from officer_app.headoffice.warehouse import Warehouse, lock

HOLDS = "holds"
FAILS = "fails"


@dataclass(slots=True)
class Swept:
    """What one sweep found; `away`: the store does not show the delivery whole now, so it waits for the next."""

    held: int = 0
    failed: int = 0
    away: int = 0


def sweep(
    desk: Desk,
    store: str,
    into: str,
    *,
    clock: Clock,
    most: int | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Swept:
    """Judge the memos that wait, oldest first, `most` of them. Stop and begin again as often as you like.

    Errors: STORE_UNKNOWN, STORE_GONE, WAREHOUSE_ADDRESS, WAREHOUSE_GONE, WAREHOUSE_NEWER, CANCELLED.
    """
    done = Swept()
    with closing(opened(desk, store, cancelled)) as there, Warehouse(into) as warehouse:
        waiting = _waiting(warehouse, most)
        for number, row in enumerate(waiting):
            check(cancelled)
            progress(number, len(waiting))
            _sweep_one(desk, there, warehouse, row, clock.now(), done)
        progress(len(waiting), len(waiting))
    return done


def _waiting(warehouse: Warehouse, most: int | None) -> list[Any]:
    asked = select(tables.PAPERS).where(tables.PAPERS.c.standing == WAITING)
    with warehouse.transaction() as connection:
        ordered = asked.order_by(tables.PAPERS.c.device, tables.PAPERS.c.counter).limit(most)
        return list(connection.execute(ordered).all())


def _sweep_one(desk: Desk, store: Store, warehouse: Warehouse, row: Any, now: datetime, done: Swept) -> None:
    own = _reason_in_itself(desk, warehouse, row) if row.kind == RecordKind.DECISION.value else None
    arrival = _again(desk, store, row.device, row.counter) if own is None else None
    if own is None and (arrival is None or isinstance(arrival, Gap)):
        done.away += 1
        return
    reason = own or (_reason(arrival, row.record) if arrival is not None else None)
    with warehouse.transaction() as connection:
        told = {"standing": HOLDS if reason is None else FAILS, "code": None if reason is None else reason.code.name}
        kept = tables.PAPERS.c.record == row.record
        connection.execute(update(tables.PAPERS).where(kept).values(checked_at=now, **told))
        if reason is not None:
            _put_aside(connection, row, reason, now)
        if own is not None:
            _stand_down(connection, row, own)
    done.held += reason is None
    done.failed += reason is not None


def _reason_in_itself(desk: Desk, warehouse: Warehouse, row: Any) -> Fault | None:
    """Why a decision does not hold, by its bytes as they came in.

    What lies in the store since then says nothing about it: whoever can write there would void every approval.
    """
    with warehouse.transaction() as connection:
        kept = connection.execute(select(tables.DECISIONS).where(tables.DECISIONS.c.digest == row.record)).one()
    try:
        verify_decision(decision_parcel(bytes(kept.record), bytes(kept.signature), bytes(kept.memo)), desk.root_pem)
    except Fault as fault:
        if fault.code.value.kind is not Kind.REFUSAL:
            raise
        return fault
    return None


def _again(desk: Desk, store: Store, device: str, counter: int) -> Arrival | None:
    """The delivery as the store shows it now, judged whole. A key withdrawn since it came in does not undo it."""
    return fetch_one(store, desk.identity.reader_secret, desk.root_pem, (device, counter))


def _reason(arrival: Arrival, record: str) -> Fault | None:
    if isinstance(arrival, Quarantined):
        return arrival.reason
    if isinstance(arrival, Arrived) and isinstance(arrival.content, DossierContent | DecisionContent):
        if arrival.content.digest == record:
            return None
        return Fault(Code.DELIVERY_REPLACED, device=arrival.device, counter=arrival.counter)
    return Fault(Code.DELIVERY_REPLACED, device=arrival.device, counter=arrival.counter)


def _put_aside(connection: Connection, row: Any, reason: Fault, now: datetime) -> None:
    told = {"received_at": now, "code": reason.code.name, "place": reason.where.replace("\0", "")}
    own = (tables.QUARANTINE.c.device == row.device, tables.QUARANTINE.c.counter == row.counter)
    if not connection.execute(update(tables.QUARANTINE).where(*own).values(**told)).rowcount:
        kept = {"device": row.device, "counter": row.counter, "data": b""}
        connection.execute(insert(tables.QUARANTINE).values(**kept, **told))


def _stand_down(connection: Connection, row: Any, reason: Fault) -> None:
    """A decision that does not hold stands no more."""
    decision = connection.execute(select(tables.DECISIONS).where(tables.DECISIONS.c.digest == row.record)).one()
    lock(connection, f"case {decision.case_id}")
    refused = {"standing": REFUSED, "refused_for": reason.code.name}
    connection.execute(update(tables.DECISIONS).where(tables.DECISIONS.c.digest == row.record).values(**refused))
    if decision.standing == ACCEPTED:
        of_case = (tables.CASES.c.case_id == decision.case_id, tables.CASES.c.dossier == decision.dossier)
        undone = {"state": "submitted", "approved": None, "decided_at": None}
        connection.execute(update(tables.CASES).where(*of_case).values(**undone))
