"""All that the page on keeping and deleting shows of a warehouse."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from officer_app.headoffice.clearing import owed
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.retention import Certificate, Judge, KeptCase, certificates, judge_of, kept_cases
from officer_app.headoffice.stores import known_stores
from officer_app.headoffice.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class Keeping:
    """What is kept, by what it is judged, what was deleted, and how many deleted deliveries the stores still owe."""

    judge: Judge
    cases: tuple[KeptCase, ...]
    certificates: tuple[Certificate, ...]
    owed: int


def keeping(desk: Desk, warehouse: Warehouse, now: datetime) -> Keeping:
    """How everything stands now. Errors: PACK_MISSING, those of `policies.versions`, WAREHOUSE_GONE."""
    with warehouse.transaction() as connection:
        judge = judge_of(desk, connection, now)
        cases = kept_cases(connection, judge)
    left = owed(warehouse, [one.address for one in known_stores(desk)])
    return Keeping(judge, cases, certificates(warehouse), left)
