"""What was put aside at head office: taken up again, handed to support, or given up with a reason."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, delete, select, update

from officer_app import __version__
from officer_app.base import canonical
from officer_app.base.clock import Clock, to_text
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.base.progress import Cancelled, never
from officer_app.exchange.inbox import Arrival, Gap, fetch_one
from officer_app.exchange.layout import index_name, open_frame
from officer_app.headoffice import tables
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.intake import REFUSED, Ingested, Intake
from officer_app.headoffice.journal import Act, Said, note
from officer_app.headoffice.stores import opened
from officer_app.headoffice.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Aside:
    """Which delivery: a device's folder in the store, and its number there."""

    device: str
    counter: int

    def __str__(self) -> str:
        """As it stands in the journal."""
        return f"{self.device} {self.counter}"


def ask_again(
    desk: Desk, store: str, into: str, aside: Aside, *, clock: Clock, said: Said, cancelled: Cancelled = never
) -> bool:
    """Fetch and judge a delivery once more; whether it holds now. If not, it stays aside with its newest reason.

    Errors: ASIDE_GONE, ASIDE_AWAY, STORE_UNKNOWN, STORE_GONE, WAREHOUSE_GONE, CANCELLED.
    """
    with Warehouse(into) as warehouse:
        with warehouse.transaction() as connection:
            _known(connection, aside)
        arrival = _arrival(desk, store, aside, clock, cancelled)

        def apply(connection: Connection) -> Ingested:
            _take_away(connection, aside)
            intake = Intake(connection, clock.now(), desk.root_pem, Ingested())
            intake.take_in(arrival)
            intake.keep_cursors()
            return intake.done

        done = warehouse.settle(apply)
    note(desk.folder, Act.ASKED_AGAIN, str(aside), said, clock.now(), "" if done.quarantined else "held")
    return not done.quarantined


def give_up(desk: Desk, into: str, aside: Aside, *, clock: Clock, said: Said) -> None:
    """Take a delivery off the list for good; who and why stand in the journal, together with what was wrong.

    Errors: WHY_MISSING, ASIDE_GONE, WAREHOUSE_GONE.
    """
    said.because()
    with Warehouse(into) as warehouse, warehouse.transaction() as connection:
        row = _known(connection, aside)
        # Noted first: a line too many is better than a delivery that went without one.
        note(desk.folder, Act.GIVEN_UP, str(aside), said, clock.now(), f"{row.code} {row.place}".strip())
        _delete(connection, aside)


def export_aside(into: str, aside: Aside, folder: Path) -> tuple[Path, ...]:
    """Files for support: why (JSON), and the sealed index as it lay in the store, where that is what was kept.

    Nothing about a customer is in either. Errors: ASIDE_GONE, DISK_FULL, FOLDER_READ_ONLY.
    """
    with Warehouse(into) as warehouse, warehouse.transaction() as connection:
        row = _known(connection, aside)
    stem = f"quarantine-{aside.device}-{aside.counter:012d}"
    told: canonical.Json = {
        "schema": "firsthand/quarantine/1",
        "program": __version__,
        "device": aside.device,
        "counter": aside.counter,
        "kind": "head_office",
        "received_at": to_text(row.received_at),
        "code": row.code,
        "where": row.place,
        "index_sha256": canonical.digest(row.data) if row.data else "",
    }
    written = [folder / f"{stem}.json"]
    write_whole(written[0], canonical.encode(told))
    if _is_sealed(row.data, aside):
        written.append(folder / f"{stem}.index")
        write_whole(written[1], row.data)
    return tuple(written)


def _arrival(desk: Desk, store: str, aside: Aside, clock: Clock, cancelled: Cancelled) -> Arrival:
    with closing(opened(desk, store, cancelled)) as there:
        place, revoked = (aside.device, aside.counter), desk.roster.withdrawn(clock.now())
        found = fetch_one(there, desk.reader_secret, desk.root_pem, place, revoked=revoked, papers=False)
    if found is None or isinstance(found, Gap) or found.counter != aside.counter:
        raise Fault(Code.ASIDE_AWAY, where=str(aside))
    return found


def _is_sealed(data: bytes, aside: Aside) -> bool:
    """Whether this is an index as it lay in the store; a record that was opened stays at head office."""
    try:
        open_frame(data, index_name(aside.device, aside.counter))
    except Fault:
        return False
    return True


def _known(connection: Connection, aside: Aside) -> Any:
    row = connection.execute(select(tables.QUARANTINE).where(*_of(aside))).one_or_none()
    if row is None:
        raise Fault(Code.ASIDE_GONE, where=str(aside))
    return row


def _take_away(connection: Connection, aside: Aside) -> None:
    """As if it had never come: its row, a decision that was refused by it, and a hole in the device's numbers."""
    _known(connection, aside)
    _delete(connection, aside)
    refused = tables.DECISIONS.c.device == aside.device, tables.DECISIONS.c.counter == aside.counter
    connection.execute(delete(tables.DECISIONS).where(*refused, tables.DECISIONS.c.standing == REFUSED))
    own = tables.CURSOR.c.device == aside.device
    gaps = connection.execute(select(tables.CURSOR.c.gaps).where(own)).scalar_one()
    connection.execute(update(tables.CURSOR).where(own).values(gaps=sorted({*gaps, aside.counter})))


def _delete(connection: Connection, aside: Aside) -> None:
    connection.execute(delete(tables.QUARANTINE).where(*_of(aside)))


def _of(aside: Aside) -> tuple[Any, Any]:
    return tables.QUARANTINE.c.device == aside.device, tables.QUARANTINE.c.counter == aside.counter
