"""Ingesting: everything new in the store goes into the warehouse once, and its sender gets a receipt.

A few arrivals share one transaction, together with how far their devices were read, so a kill at any moment leaves
each record in once or not at all. A receipt is owed in the same transaction, queued after it and sent last.

Signed records and the digest of every part are checked at once; the signatures inside the memos are judged by a later
sweep (`sweeping`). Several processes share the work by devices: each takes those whose name falls to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import asdict, replace
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Row, func, select, update

from officer_app.base.canonical import digest
from officer_app.base.clock import Clock
from officer_app.base.progress import Cancelled, Progress, never, silent
from officer_app.dossier.officerecords import Receipt, receipt_to_bytes
from officer_app.dossier.records import RecordKind
from officer_app.exchange.inbox import Arrival, Arrived, Cursor, DossierContent, fetch
from officer_app.exchange.parcels import receipt_parcel
from officer_app.headoffice import tables
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.intake import WAITING, Ingested, Intake, parts_needed
from officer_app.headoffice.outgoing import Letter, queue_all
from officer_app.headoffice.publishing import send_waiting
from officer_app.headoffice.shares import ALL, Share, of_share
from officer_app.headoffice.stores import opened
from officer_app.headoffice.tombstones import bring_folder
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.signing import sign

__all__ = ["Ingested", "ingest", "note_search", "search_is_due", "send_owed", "take_in"]

_TOGETHER: Final = 16  # arrivals in one transaction: the disk is waited for once
_HOLES: Final = "holes"
_LOOK_AGAIN: Final = timedelta(hours=20)


def ingest(
    desk: Desk,
    store: str,
    into: str,
    *,
    clock: Clock,
    thorough: bool | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Ingested:
    """Take everything new from a store into a warehouse and send what is owed. Run it as often as you like.

    Nothing new costs one listing of devices and one probe for each. `thorough` lists every device's deliveries too,
    and finds holes in their numbers; where it is not said, so does the first run of a day.
    Errors: STORE_UNKNOWN, STORE_GONE, WAREHOUSE_ADDRESS, WAREHOUSE_GONE, WAREHOUSE_NEWER, CANCELLED; what was taken
    in before stays.
    """
    done = take_in(desk, store, into, clock=clock, thorough=thorough, progress=progress, cancelled=cancelled)
    done.receipts, done.waiting = send_owed(desk, store, into, clock=clock, cancelled=cancelled)
    return done


def take_in(
    desk: Desk,
    store: str,
    into: str,
    *,
    clock: Clock,
    share: Share = ALL,
    thorough: bool | None = None,
    progress: Progress = silent,
    cancelled: Cancelled = never,
) -> Ingested:
    """Take in what is new from the devices of a share, and send nothing. Errors: as `ingest`."""
    done = Ingested()
    with closing(of_share(opened(desk, store, cancelled), share)) as there, Warehouse(into) as warehouse:
        bring_folder(desk, warehouse, clock.now())
        every = _is_due(warehouse, clock.now()) if thorough is None else thorough
        arrivals = fetch(
            there,
            desk.identity.reader_secret,
            desk.root_pem,
            cursors=_cursors(warehouse),
            own_device=desk.identity.person.device,
            revoked=desk.roster.withdrawn(clock.now()),
            thorough=every,
            papers=False,
            progress=progress,
            cancelled=cancelled,
        )
        for together in _together(_lighter(arrival) for arrival in arrivals):

            def apply(connection: Connection, batch: list[Arrival] = together) -> Ingested:
                intake = Intake(connection, clock.now(), desk.root_pem, Ingested())
                for arrival in batch:
                    intake.take_in(arrival)
                intake.keep_cursors()
                return intake.done

            done.add(asdict(warehouse.settle(apply)))
        if every and share == ALL:
            _looked(warehouse, clock.now())
    return done


def search_is_due(into: str, *, clock: Clock) -> bool:
    """Whether the last search for holes was on an earlier day. Errors: those of a warehouse."""
    with Warehouse(into) as warehouse:
        return _is_due(warehouse, clock.now())


def note_search(into: str, *, clock: Clock) -> None:
    """Remember that every share of the devices was searched for holes now."""
    with Warehouse(into) as warehouse:
        _looked(warehouse, clock.now())


def send_owed(desk: Desk, store: str, into: str, *, clock: Clock, cancelled: Cancelled = never) -> tuple[int, int]:
    """Send every receipt that is owed and what else waits; how many receipts, and how many decisions still wait."""
    with Warehouse(into) as warehouse:
        receipts = _queue_receipts(desk, warehouse, clock, cancelled)
        waiting = _waiting(warehouse)
    send_waiting(desk, store, clock=clock, cancelled=cancelled)
    return receipts, waiting


def _together(arrivals: Iterable[Arrival]) -> Iterator[list[Arrival]]:
    """A few at a time; what had come before the store left, or somebody stopped it, is given before that is told."""
    waiting: list[Arrival] = []
    try:
        for arrival in arrivals:
            waiting.append(arrival)
            if len(waiting) == _TOGETHER:
                yield waiting
                waiting = []
    except Exception:
        if waiting:
            yield waiting
        raise
    if waiting:
        yield waiting


def _lighter(arrival: Arrival) -> Arrival:
    """Without the parts that the warehouse does not keep: pictures are checked by now, and would fill the memory."""
    if isinstance(arrival, Arrived) and isinstance(arrival.content, DossierContent):
        content = arrival.content
        return replace(arrival, content=replace(content, parts=parts_needed(content)))
    return arrival


def _cursors(warehouse: Warehouse) -> Mapping[str, Cursor]:
    with warehouse.transaction() as connection:
        rows = connection.execute(select(tables.CURSOR)).all()
    return {row.device: Cursor(row.next, tuple(row.gaps)) for row in rows}


def _is_due(warehouse: Warehouse, now: datetime) -> bool:
    asked = select(tables.LOOKED.c.at).where(tables.LOOKED.c.what == _HOLES)
    with warehouse.transaction() as connection:
        last = connection.execute(asked).scalar_one_or_none()
    # A clock that was set back must not keep anybody from looking.
    return last is None or not last <= now < last + _LOOK_AGAIN


def _looked(warehouse: Warehouse, now: datetime) -> None:
    with warehouse.transaction() as connection:
        changed = connection.execute(update(tables.LOOKED).where(tables.LOOKED.c.what == _HOLES).values(at=now))
        if not changed.rowcount:
            connection.execute(tables.LOOKED.insert().values(what=_HOLES, at=now))


def _queue_receipts(desk: Desk, warehouse: Warehouse, clock: Clock, cancelled: Cancelled) -> int:
    """Queue every receipt that is owed; a kill between queueing and noting it queues none twice."""
    with warehouse.transaction() as connection:
        owed = connection.execute(select(tables.RECEIPTS).where(tables.RECEIPTS.c.queued.is_(False))).all()
    if not owed:
        return 0
    now = clock.now()
    queue_all(desk, (_letter(desk, row, now) for row in owed), now, cancelled)
    with warehouse.transaction() as connection:
        for row in owed:
            connection.execute(
                update(tables.RECEIPTS).where(tables.RECEIPTS.c.digest == row.digest).values(queued=True)
            )
    return len(owed)


def _letter(desk: Desk, row: Row[tuple[object, ...]], now: datetime) -> Letter:
    record = receipt_to_bytes(_receipt(row))
    return Letter(receipt_parcel(record, sign(record, desk.identity, now)), [row.reader], f"receipt {row.digest}")


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
