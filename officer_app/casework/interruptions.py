"""A sitting that ended without a word: the machine went off, or the program was killed. What was answered is kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from officer_app.casework.desk import Desk
from officer_app.casework.permissions import allowed
from officer_app.casework.visits import Visit
from officer_app.checklists.visitlog import Event
from officer_app.trust.certificates import Role
from officer_app.vault import visitlog

_ENDS: Final = frozenset({Event.EXIT, Event.FINALIZE})


@dataclass(frozen=True, slots=True)
class Interruption:
    """When the last thing was kept before the visit broke off, and on which question ("" where it was on none)."""

    at: datetime
    ref: str


@allowed(Role.OFFICER)
def interruption(desk: Desk, visit: Visit) -> Interruption | None:
    """Where the visit's last sitting broke off; None when it was left in order, or nobody sat here before.

    The sitting that goes on now is not asked.
    """
    now = visit.log.began if visit.log is not None else None
    with desk.vault.reading() as tx:
        events = [event for event in visitlog.of_visit(tx, visit.record.id) if event.sitting != now]
    if not events:
        return None
    last = [event for event in events if event.sitting == max(each.sitting for each in events)]
    if any(event.event in _ENDS for event in last):
        return None
    asked = [
        event.ref for event in last if event.event == Event.QUESTION and visit.session.peek(event.ref) is not None
    ]
    at = max(event.sitting + timedelta(milliseconds=event.end) for event in last)
    return Interruption(at, asked[-1] if asked else "")
