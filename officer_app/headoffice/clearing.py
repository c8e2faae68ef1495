"""The sealed pieces of deleted cases out of head office's stores.

A delivery carries one thing, sealed for it alone, so its pieces are nobody else's; a piece that a live delivery of
the same device names stays nevertheless. The index stays too: it names sizes and digests and nobody, and a reader
counts on numbers without gaps. What a store has lost is noted down; a store that is away is asked with the next run.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from sqlalchemy import insert, select

from officer_app.base.clock import Clock
from officer_app.base.errors import Code, Fault
from officer_app.base.meanings import Kind
from officer_app.base.progress import Cancelled, check, never
from officer_app.exchange.addresses import read_address
from officer_app.exchange.deliveries import named_pieces
from officer_app.exchange.stores import Store
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.stores import known_stores, opened
from officer_app.headoffice.tables import CLEARED, DELIVERIES
from officer_app.headoffice.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Cleared:
    """How many pieces went, and the stores that were not there or did not let them go."""

    pieces: int = 0
    away: tuple[str, ...] = ()


def clear(
    desk: Desk, warehouse: Warehouse, stores: Sequence[str], *, clock: Clock, cancelled: Cancelled = never
) -> Cleared:
    """Remove the pieces of every deleted delivery from these stores and from those head office keeps.

    Errors: STORE_UNKNOWN and other faults of an address; WAREHOUSE_GONE, CANCELLED: what went before is gone.
    """
    pieces, away = 0, []
    named = (read_address(one).text for one in stores)
    for address in dict.fromkeys((*named, *(one.address for one in known_stores(desk)))):
        left = _owed(warehouse, address)
        if not left:
            continue
        try:
            with closing(opened(desk, address, cancelled)) as there:
                for device, rows in groupby(left, lambda row: str(row.device)):
                    live: set[str] | None = None
                    for row in rows:
                        check(cancelled)
                        ours = _there(desk, there, device, row.counter)
                        if ours and live is None:
                            live = _named(desk, there, device, _live(warehouse, device))
                        pieces += sum(there.remove(name) for name in sorted(ours - (live or set())))
                        _note(warehouse, address, row, clock)
        except Fault as fault:
            if fault.code is Code.CANCELLED or fault.code.value.kind is not Kind.ENVIRONMENT:
                raise
            away.append(address)
    return Cleared(pieces, tuple(away))


def owed(warehouse: Warehouse, stores: Sequence[str]) -> int:
    """How many deleted deliveries are still to be looked for in these stores (addresses in their one spelling)."""
    return sum(len(_owed(warehouse, address)) for address in stores)


def _owed(warehouse: Warehouse, address: str) -> list[Any]:
    done = select(CLEARED.c.device, CLEARED.c.counter).where(CLEARED.c.store == address)
    deleted = select(DELIVERIES).where(DELIVERIES.c.certificate.is_not(None))
    with warehouse.transaction() as connection:
        gone = {(row.device, row.counter) for row in connection.execute(done)}
        rows = connection.execute(deleted.order_by(DELIVERIES.c.device, DELIVERIES.c.counter)).all()
    return [row for row in rows if (row.device, row.counter) not in gone]


def _there(desk: Desk, store: Store, device: str, counter: int) -> set[str]:
    """A delivery's pieces that the store still shows; one that is not here, or not ours to open, has none."""
    return {name for name in _named(desk, store, device, [counter]) if store.size(name) is not None}


def _named(desk: Desk, store: Store, device: str, counters: Sequence[int]) -> set[str]:
    return named_pieces(store, desk.reader_secret, desk.root_pem, device, counters)


def _live(warehouse: Warehouse, device: str) -> list[int]:
    asked = select(DELIVERIES.c.counter).where(DELIVERIES.c.device == device, DELIVERIES.c.certificate.is_(None))
    with warehouse.transaction() as connection:
        return list(connection.execute(asked).scalars())


def _note(warehouse: Warehouse, address: str, row: Any, clock: Clock) -> None:
    with warehouse.transaction() as connection:
        told = {"store": address, "device": row.device, "counter": row.counter, "at": clock.now()}
        connection.execute(insert(CLEARED).values(**told))
