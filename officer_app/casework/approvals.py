"""What becomes of an approval: it ends with its last day, is given again, or another decision takes its place.

An approval is never changed. The same or a higher level signs a new decision on the same dossier that names the one
it takes the place of; where the facts are old too, the officer opens the next version of the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.casework.desk import Desk
from officer_app.casework.permissions import WORKING, allowed
from officer_app.dossier.records import Decision, parse_decision
from officer_app.trust.certificates import Role
from officer_app.vault import audit, cases, decisions
from officer_app.vault.records import CaseQuery, CaseRecord, CaseState, Delivery, Origin
from officer_app.vault.transactions import Reading

STANDING: Final = frozenset({CaseState.APPROVED, CaseState.EXPIRED})
_MOST: Final = 5_000


def supersedable(state: CaseState, latest: Decision | None) -> bool:
    """Whether another decision may take the place of the latest: an approval that was not paid out yet."""
    return state in STANDING and latest is not None and latest.outcome.approves


@allowed(*WORKING)
def lapse(desk: Desk) -> tuple[CaseId, ...]:
    """Bring every approval to what its last day says; gives the cases that moved.

    One that ended stands as expired; one that was taken for ended under a wrong clock stands again.
    """
    today = local_date(desk.clock.now())
    with desk.vault.reading() as tx:
        due = tuple(_due(tx, today))
    if due:
        with desk.vault.writing() as tx:
            for case, wanted in due:
                cases.set_state(tx, case, wanted, expected=STANDING)
                audit.append(tx, "approval_lapsed", case, {"state": wanted.value})
    return tuple(case for case, _ in due)


def _due(tx: Reading, today: date) -> Iterator[tuple[CaseId, CaseState]]:
    """Cases whose state is not what their approval's last day says, with the state it says."""
    for item in cases.find(tx, CaseQuery(states=STANDING, limit=_MOST)).items:
        latest = latest_of(tx, item.id)
        if latest is not None and latest.outcome.approves:
            wanted = CaseState.APPROVED if latest.holds_on(today) else CaseState.EXPIRED
            if wanted is not item.state:
                yield item.id, wanted


@allowed(Role.OFFICER)
def refresh_case(desk: Desk, case: CaseId) -> CaseRecord:
    """Open an own case whose approval ended, or ends soon, as the next version: looked at again and handed over anew.

    Errors: NOT_ALLOWED, CASE_STATE_CHANGED.
    """
    with desk.vault.writing() as tx:
        found = cases.get(tx, case)
        if found.officer != desk.user.id or found.origin is not Origin.OWN:
            raise Fault(Code.NOT_ALLOWED, where=found.number)
        moved = cases.set_state(tx, case, CaseState.RETURNED, expected=STANDING)
        opened = replace(moved, version=moved.version + 1, delivery=Delivery.NONE)
        cases.save(tx, opened)
        audit.append(tx, "approval_refreshed", case, {"version": opened.version})
    return opened


def latest_of(tx: Reading, case: CaseId) -> Decision | None:
    """The decision that stands on a case, whatever version it was made on."""
    made = decisions.of_case(tx, case)
    return parse_decision(made[-1].record) if made else None
