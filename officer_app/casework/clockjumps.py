"""A laptop's clock that was moved while a case was open: every time in the file rests on it, so it wants a word.

The log keeps each jump (`vault.audit`). The newest since the case was opened is a contradiction like any other: it
has its three exits, keeps the case from being signed until it was given one, and stands in the memo. A later jump is
another one. The log with all of them travels with the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from officer_app.base.clock import from_text, local_time
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Message, message
from officer_app.vault import audit
from officer_app.vault.records import AuditEvent
from officer_app.vault.transactions import Reading

CLOCK_JUMPED: Final = "CLOCK_JUMPED"


@dataclass(frozen=True, slots=True)
class ClockJump:
    """One jump, under the key by which its explanation is kept."""

    key: str
    sentence: Message


def clock_jumps(tx: Reading, case: CaseId) -> tuple[ClockJump, ...]:
    """The newest jump while the case was open; none where the clock was left alone."""
    found = audit.jumps(tx, case)
    return (_told(found[-1]),) if found else ()


def _told(event: AuditEvent) -> ClockJump:
    told = message(
        N_("The laptop's clock was moved, by hand or by an empty battery: {before:moment}, and then {after:moment}"),
        before=_moment(event, "before"),
        after=_moment(event, "after"),
    )
    return ClockJump(f"{CLOCK_JUMPED}:{event.number}", told)


def _moment(event: AuditEvent, name: str) -> datetime:
    detail = event.detail
    told = detail.get(name) if isinstance(detail, dict) else None
    return local_time(from_text(told) if isinstance(told, str) else event.at)
