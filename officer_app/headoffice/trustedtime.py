"""How far head office believes its own clock before it deletes anything for good.

A clock can be set forward, by mistake or on purpose, and what was signed meanwhile bears the wrong day too. So a
period is judged by head office's clock only as far as others bear witness: the newest moments that the laptops
signed, each device's own, and the second newest of them, so that one wrong laptop moves nothing; and for so long
after it as an institution may well be silent.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import Connection, func, select

from officer_app.headoffice.tables import DECISIONS, DELETIONS, DOSSIERS

SILENCE: Final = timedelta(days=31)
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Trusted:
    """The moment that periods are judged by, and the newest that laptops bear witness to (None: none does)."""

    at: datetime
    witnessed: datetime | None


def trusted_time(connection: Connection, now: datetime) -> Trusted:
    """How much of `now`, head office's own clock, is believed. A clock that was set back is believed where it is."""
    newest = sorted(_newest_of_each(connection).values(), reverse=True)
    if not newest:
        return Trusted(_NEVER, None)
    witnessed = newest[1] if len(newest) > 1 else newest[0]
    return Trusted(min(now, witnessed + SILENCE), witnessed)


def _newest_of_each(connection: Connection) -> dict[str, datetime]:
    """The newest moment that each laptop signed."""
    laptops = DELETIONS.c.office.is_(False)
    found: dict[str, datetime] = {}
    for asked in (
        select(DOSSIERS.c.device, func.max(DOSSIERS.c.frozen_at)).group_by(DOSSIERS.c.device),
        select(DECISIONS.c.device, func.max(DECISIONS.c.decided_at)).group_by(DECISIONS.c.device),
        select(DELETIONS.c.device, func.max(DELETIONS.c.at)).where(laptops).group_by(DELETIONS.c.device),
    ):
        for device, moment in connection.execute(asked):
            found[device] = max(moment, found.get(device, moment))
    return found
