"""Ingesting: everything new in the store goes into the warehouse once, and its sender gets a receipt.

One arrival is one transaction together with how far its device was read, so a kill at any moment leaves each record
in once or not at all. A receipt is owed in the same transaction, queued after it and sent last.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Row, func, select, update

from officer_app.base.canonical import digest
from officer_app.base.clock import Clock
from officer_app.base.progress import Cancelled, Progress, check, never, silent
from officer_app.dossier.records import Receipt, RecordKind, receipt_to_bytes
from officer_app.exchange.inbox import Cursor, fetch
from officer_app.exchange.parcels import receipt_parcel
from officer_app.exchange.stores import open_store
from officer_app.headoffice import tables
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.intake import WAITING, Ingested, Intake
from officer_app.headoffice.outgoing import queue
from officer_app.headoffice.publishing import send_waiting
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.signing import sign

__all__ = ["Ingested", "ingest"]


def ingest(
    desk: Desk, store: str, into: str, *, clock: Clock, progress: Progress = silent, cancelled: Cancelled = never
) -> Ingested:
    """Take everything new from a store into a warehouse and send what is owed. Run it as often as you like.

    Errors: STORE_UNKNOWN, STORE_GONE, WAREHOUSE_ADDRESS, WAREHOUSE_GONE, WAREHOUSE_NEWER, CANCELLED; what was taken
    in before stays.
    """
    there = open_store(store)
    done = Ingested()
    with Warehouse(into) as warehouse:
        arrivals = fetch(
            there,
            desk.identity.reader_secret,
            desk.root_pem,
            cursors=_cursors(warehouse),
            own_device=desk.identity.person.device,
            revoked=desk.roster.withdrawn(clock.now()),
            thorough=True,
            progress=progress,
            cancelled=cancelled,
        )
        for arrival in arrivals:
            with warehouse.transaction() as connection:
                Intake(connection, clock.now(), desk.root_pem, done).take_in(arrival)
        done.receipts = _queue_receipts(desk, warehouse, clock, cancelled)
        done.waiting = _waiting(warehouse)
    send_waiting(desk, store, clock=clock, cancelled=cancelled)
    return done


def _cursors(warehouse: Warehouse) -> Mapping[str, Cursor]:
    with warehouse.transaction() as connection:
        rows = connection.execute(select(tables.CURSOR)).all()
    return {row.device: Cursor(row.next, tuple(row.gaps)) for row in rows}


def _queue_receipts(desk: Desk, warehouse: Warehouse, clock: Clock, cancelled: Cancelled) -> int:
    """Queue every receipt that is owed; a kill between queueing and noting it queues none twice."""
    with warehouse.transaction() as connection:
        owed = connection.execute(select(tables.RECEIPTS).where(tables.RECEIPTS.c.queued.is_(False))).all()
    for row in owed:
        check(cancelled)
        record = receipt_to_bytes(_receipt(row))
        now = clock.now()
        queue(
            desk, receipt_parcel(record, sign(record, desk.identity, now)), [row.reader], f"receipt {row.digest}", now
        )
        with warehouse.transaction() as connection:
            connection.execute(
                update(tables.RECEIPTS).where(tables.RECEIPTS.c.digest == row.digest).values(queued=True)
            )
    return len(owed)


def _receipt(row: Row[tuple[object, ...]]) -> Receipt:
    """The receipt for a record; its id follows from the record, so a second run gives no second receipt."""
    return Receipt(
        record_id=digest(f"receipt {row.digest}".encode())[:32],
        kind=RecordKind(row.kind),
        digest=row.digest,
        case_id=row.case_id,
        received_at=row.received_at,
        device=row.device,
        counter=row.counter,
    )


def _waiting(warehouse: Warehouse) -> int:
    with warehouse.transaction() as connection:
        waiting = select(func.count()).select_from(tables.DECISIONS).where(tables.DECISIONS.c.standing == WAITING)
        return int(connection.execute(waiting).scalar_one())
