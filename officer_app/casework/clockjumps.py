"""A laptop's clock that was moved, or may have been: every time in a file rests on it, so it wants a word.

The log keeps what there is to tell (`vault.audit`): a clock that was moved while something counted; a time without
the program so long that nobody is away for it, which nothing here counted; what others signed and cannot have signed
if this clock is right. The newest since a case was opened is a contradiction like any other: it has its three exits,
keeps the case from being signed until it was given one, and stands in the memo. A later one is another one. Whoever
decides is asked the same of the own clock, and the word stands in the decision. The log travels with the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from officer_app.base.clock import from_text, local_time
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Message, message
from officer_app.casework.confirmed import signed_time
from officer_app.vault import audit
from officer_app.vault.records import AuditEvent
from officer_app.vault.transactions import Reading, Writing

CLOCK_JUMPED: Final = "CLOCK_JUMPED"
_WORDS: Final = {
    audit.JUMPED: N_(
        "The laptop's clock was moved, by hand or by an empty battery: {before:moment}, and then {after:moment}"
    ),
    audit.UNWATCHED: N_(
        "By the laptop's clock the program was closed from {before:moment} to {after:moment}, and nothing confirms it"
    ),
    audit.DIFFERS: N_(
        "A signature that came for this case tells {before:moment} where this laptop's clock tells {after:moment}: "
        "one of the two is wrong"
    ),
}


@dataclass(frozen=True, slots=True)
class ClockJump:
    """One of them, under the key by which its explanation is kept; both times stand in the sentence too."""

    key: str
    sentence: Message
    before: datetime
    after: datetime


def clock_jumps(tx: Reading, case: CaseId) -> tuple[ClockJump, ...]:
    """The newest while the case was open; none where the clock was left alone."""
    found = [event for event in audit.jumps(tx, case) if not _confirmed(tx, event)]
    return (_told(found[-1]),) if found else ()


def answered(tx: Writing, case: CaseId, *, ours: datetime, theirs: datetime) -> None:
    """What was signed here at `ours` was answered by a signature of `theirs`: that cannot be before it."""
    if theirs < ours - audit.DRIFT:
        audit.differs(tx, case, ours, theirs)


def arrived(tx: Writing, case: CaseId, signed: datetime) -> None:
    """Something about a case came that was signed at `signed`: that cannot be to come."""
    now = tx.clock.now()
    if signed > now + audit.DRIFT:
        audit.differs(tx, case, now, signed)


def _confirmed(tx: Reading, event: AuditEvent) -> bool:
    """Whether head office has signed a time since that bears out a long absence: its clock came as far as ours."""
    signed = signed_time(tx)
    return event.kind == audit.UNWATCHED and signed is not None and signed >= event.at - audit.DRIFT


def _told(event: AuditEvent) -> ClockJump:
    before, after = (_moment(event, name) for name in ("before", "after"))
    told = message(_WORDS[event.kind], before=local_time(before), after=local_time(after))
    return ClockJump(f"{CLOCK_JUMPED}:{event.number}", told, before, after)


def _moment(event: AuditEvent, name: str) -> datetime:
    told = event.detail.get(name) if isinstance(event.detail, dict) else None
    return from_text(told) if isinstance(told, str) else event.at
