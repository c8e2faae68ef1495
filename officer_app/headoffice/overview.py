"""What head office sees of its warehouse and of its people: rows to look at, nothing to change."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from itertools import islice

from sqlalchemy import func, select

from officer_app.headoffice import tables
from officer_app.headoffice.desk import Opens
from officer_app.headoffice.enrolling import RENEWED_BEFORE
from officer_app.headoffice.exporting import Exporter, totals, workbook_data
from officer_app.headoffice.intake import WAITING
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Person, read_person
from officer_app.workbooks.rows import AppTotals, LoanRow


@dataclass(frozen=True, slots=True)
class PutAside:
    """A delivery in quarantine: whose, why (an error code's name) and where in it."""

    device: str
    counter: int
    received_at: datetime
    code: str
    place: str


@dataclass(frozen=True, slots=True)
class Overview:
    """The newest version of each case as far as there is room, the sums over all, what waits and what was refused.

    `missing` counts deliveries that no store has shown whole yet, `waiting` decisions whose dossier has not come.
    """

    loans: tuple[LoanRow, ...]
    totals: AppTotals
    aside: tuple[PutAside, ...]
    missing: int
    waiting: int


class Standing(Enum):
    """How a certificate stands."""

    HOLDS = "holds"
    ENDS_SOON = "ends_soon"
    EXPIRED = "expired"
    REVOKED = "revoked"
    LEAVING = "leaving"


@dataclass(frozen=True, slots=True)
class Enrolled:
    """Somebody with a certificate, and how it stands."""

    person: Person
    standing: Standing
    since: datetime | None = None  # from when a withdrawn key no longer counts


def overview(warehouse: str, by: Exporter, *, most: int) -> Overview:
    """The warehouse at this address, `most` loans of it. Errors: WAREHOUSE_ADDRESS, _GONE, _NEWER."""
    with Warehouse(warehouse) as there:
        loans = tuple(islice(workbook_data(there, by).loans, most))
        sums = totals(there)
        with there.transaction() as connection:
            aside = connection.execute(select(tables.QUARANTINE).order_by(tables.QUARANTINE.c.received_at.desc()))
            found = tuple(
                PutAside(row.device, row.counter, row.received_at, row.code, row.place) for row in aside.all()
            )
            gaps = connection.execute(select(tables.CURSOR.c.gaps)).scalars().all()
            waits = select(func.count()).select_from(tables.DECISIONS).where(tables.DECISIONS.c.standing == WAITING)
            waiting = int(connection.execute(waits).scalar_one())
    return Overview(loans, sums, found, sum(len(gap) for gap in gaps), waiting)


def people(desk: Opens, now: datetime) -> tuple[Enrolled, ...]:
    """Everybody who was ever enrolled, by branch and name."""
    keys = dict.fromkeys(read_person(pem).key_id for pem in desk.roster.certificates)
    newest = [desk.roster.newest_of(key) for key in keys]
    found = [read_person(pem) for pem in newest if pem is not None]
    told = [Enrolled(one, _standing(desk, one, now), desk.roster.revoked.get(one.key_id)) for one in found]
    return tuple(sorted(told, key=lambda one: (one.person.role.value, one.person.branch, one.person.name)))


def _standing(desk: Opens, person: Person, now: datetime) -> Standing:
    since = desk.roster.revoked.get(person.key_id)
    if since is not None:
        return Standing.REVOKED if since <= now else Standing.LEAVING
    if not person.valid_from <= now <= person.valid_to:
        return Standing.EXPIRED
    return Standing.ENDS_SOON if person.valid_to - now <= RENEWED_BEFORE else Standing.HOLDS
