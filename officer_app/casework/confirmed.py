"""Head office's time: the newest moment that it signed, by which a period is judged.

A laptop's clock can be set forward, by mistake or on purpose, and nothing may be deleted for that. What head office
signed comes with receipts, packs and the roster; it is never later than now, however old it is.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from officer_app.base.clock import from_text, to_text
from officer_app.casework.desk import Institution
from officer_app.vault import delivery, settings
from officer_app.vault.transactions import Reading, Writing

_NEWEST: Final = "head-office-time"


def note_time(tx: Writing, signed_at: datetime) -> None:
    """Head office signed something at this moment."""
    known = _noted(tx)
    if known is None or signed_at > known:
        settings.put(tx, _NEWEST, to_text(signed_at))


def confirmed_time(tx: Reading, institution: Institution, laptop: datetime) -> datetime:
    """The newest moment that head office signed; a laptop set back is believed where it says less."""
    known = signed_time(tx)
    return min(laptop, max(institution.roster.made_at, known or institution.roster.made_at))


def signed_time(tx: Reading) -> datetime | None:
    """The newest moment that head office signed in what came by an exchange; None before anything came."""
    known = [one for one in (delivery.newest_receipt(tx), _noted(tx)) if one is not None]
    return max(known, default=None)


def _noted(tx: Reading) -> datetime | None:
    found = settings.get(tx, _NEWEST)
    return from_text(found) if isinstance(found, str) else None
