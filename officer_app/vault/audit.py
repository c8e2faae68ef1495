"""The audit log: append-only, each entry chained to all before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import func, select

from officer_app.base.canonical import Json
from officer_app.base.clock import to_text
from officer_app.trust import chain
from officer_app.vault import rows
from officer_app.vault.records import AuditEvent
from officer_app.vault.tables import AUDIT_EVENT
from officer_app.vault.transactions import Reading, Writing

# The entry with which each sitting of the program begins, and the one that tells of a clock that was moved.
OPENED: Final = "vault.opened"
JUMPED: Final = "clock.jumped"
CLOCK: Final = "clock"
# A poor clock loses seconds a day and is put right by minutes; a wrong zone, an empty battery or a hand moves hours.
_DRIFT: Final = timedelta(minutes=30)


def append(tx: Writing, kind: str, subject: str, detail: Json = None) -> AuditEvent:
    """One more entry, by the signed-in user and now. Identity numbers and the like do not belong in `detail`.

    Where the clock was moved since the entry before, an entry that says so comes first (`jumps`).
    """
    now = _now(tx, kind, subject, detail)
    return _add(tx, _watched(tx, now), now)


def watch_clock(tx: Writing) -> None:
    """Note a clock that was moved, for what is written without an entry of its own."""
    _watched(tx, _now(tx, JUMPED, CLOCK, None))


def _now(tx: Writing, kind: str, subject: str, detail: Json) -> AuditEvent:
    at, elapsed = tx.clock.now(), int(tx.clock.elapsed() * 1000)
    return AuditEvent(0, at, elapsed, tx.user.id, kind, subject, detail, "", "")


def _watched(tx: Writing, now: AuditEvent) -> AuditEvent | None:
    """The last entry, after the one that tells of a jump if there was one."""
    last = next(iter(events(tx, limit=1)), None)
    if last is None or not _jumped(last, now):
        return last
    expected = last.at if now.kind == OPENED else last.at + _counted(last, now)
    moved: Json = {"before": to_text(expected), "after": to_text(now.at)}
    return _add(tx, last, replace(now, kind=JUMPED, subject=CLOCK, detail=moved))


def _add(tx: Writing, last: AuditEvent | None, told: AuditEvent) -> AuditEvent:
    number, previous = (0, chain.GENESIS) if last is None else (last.number, last.digest)
    bare = replace(told, number=number + 1, previous=previous)
    event = replace(bare, digest=_digest(bare))
    rows.add(tx, AUDIT_EVENT, event)
    return event


def _jumped(last: AuditEvent, now: AuditEvent) -> bool:
    """Whether the clock was moved by more than it may drift.

    While the program runs, what it claims is held against the count that no change of the clock bends. While it did
    not, nobody counted: there only a clock that goes back is seen.
    """
    moved = now.at - last.at
    return moved < -_DRIFT if now.kind == OPENED else abs(moved - _counted(last, now)) > _DRIFT


def _counted(last: AuditEvent, now: AuditEvent) -> timedelta:
    return timedelta(milliseconds=now.elapsed - last.elapsed)


def jumps(tx: Reading, subject: str) -> tuple[AuditEvent, ...]:
    """Every jump of the clock since something was first heard of, oldest first; its detail has both times."""
    own, jump = AUDIT_EVENT.c.subject == subject, AUDIT_EVENT.c.subject == CLOCK
    begun = select(func.min(AUDIT_EVENT.c.number)).where(own).scalar_subquery()
    asked = rows.query(AUDIT_EVENT, AuditEvent).where(jump, AUDIT_EVENT.c.number > begun)
    found = tx.sql.execute(asked.order_by(AUDIT_EVENT.c.number))
    return tuple(AuditEvent(**row._mapping) for row in found)  # noqa: SLF001  SQLAlchemy's public name


def head(tx: Reading) -> tuple[int, str]:
    """Number and digest of the last entry; (0, GENESIS) before the first. Head office keeps it against cut tails."""
    last = tx.sql.execute(
        select(AUDIT_EVENT.c.number, AUDIT_EVENT.c.digest).order_by(AUDIT_EVENT.c.number.desc()).limit(1)
    ).first()
    return (0, chain.GENESIS) if last is None else (last.number, last.digest)


def events(tx: Reading, subject: str = "", offset: int = 0, limit: int = 100) -> tuple[AuditEvent, ...]:
    """Entries, newest first; of one subject when it is named."""
    asked = rows.query(AUDIT_EVENT, AuditEvent).order_by(AUDIT_EVENT.c.number.desc()).offset(offset).limit(limit)
    if subject:
        asked = asked.where(AUDIT_EVENT.c.subject == subject)
    return tuple(AuditEvent(**row._mapping) for row in tx.sql.execute(asked))  # noqa: SLF001  SQLAlchemy's public name


def since(tx: Reading, head_before: str | None, most: int) -> tuple[str, tuple[AuditEvent, ...]]:
    """The digest of the first entry of all, and the entries after the one with this digest, the newest `most`.

    All of them where no entry has this digest: the log it was the head of is not this one.
    """
    numbers = select(AUDIT_EVENT.c.number).where(AUDIT_EVENT.c.digest == head_before)
    known = tx.sql.execute(numbers).scalar_one_or_none() or 0
    last = head(tx)[0]
    asked = rows.query(AUDIT_EVENT, AuditEvent).where(AUDIT_EVENT.c.number > max(known, last - most))
    found = tx.sql.execute(asked.order_by(AUDIT_EVENT.c.number))
    begun = tx.sql.execute(select(AUDIT_EVENT.c.digest).where(AUDIT_EVENT.c.number == 1)).scalar_one_or_none()
    told = tuple(AuditEvent(**row._mapping) for row in found)  # noqa: SLF001  SQLAlchemy's public name
    return begun or chain.GENESIS, told


def latest_of_each(tx: Reading, limit: datetime) -> dict[str, datetime]:
    """For each subject the latest time that the log had told up to its newest entry.

    Entries are in the order in which they were made, so a clock that was set back makes nothing older than it is.
    Times after `limit` are those of a clock that ran ahead, and count for nothing.
    """
    latest: dict[str, datetime] = {}
    highest = datetime.min.replace(tzinfo=UTC)
    asked = select(AUDIT_EVENT.c.subject, AUDIT_EVENT.c.at).order_by(AUDIT_EVENT.c.number)
    for subject, at in tx.sql.execute(asked.execution_options(yield_per=500)):
        if at <= limit:
            highest = max(highest, at)
        latest[subject] = highest
    return latest


def subjects(tx: Reading, kind: str) -> frozenset[str]:
    """Whatever has an entry of this kind."""
    asked = select(AUDIT_EVENT.c.subject).where(AUDIT_EVENT.c.kind == kind).distinct()
    return frozenset(tx.sql.execute(asked).scalars())


def first_broken(tx: Reading) -> int | None:
    """The number of the first entry that does not fit, or None."""
    return chain.first_broken(_links(tx))


def _links(tx: Reading) -> Iterator[chain.Link]:
    asked = rows.query(AUDIT_EVENT, AuditEvent).order_by(AUDIT_EVENT.c.number)
    for row in tx.sql.execute(asked.execution_options(yield_per=500)):
        event = AuditEvent(**row._mapping)  # noqa: SLF001  as above
        yield chain.Link(event.number, event.previous, payload(event), event.digest)


def _digest(event: AuditEvent) -> str:
    return chain.link(event.previous, payload(event))


def payload(event: AuditEvent) -> dict[str, Json]:
    """What an entry's digest is over, beside the digest before."""
    return {
        "number": event.number,
        "at": to_text(event.at),
        "elapsed": event.elapsed,
        "user": event.user,
        "kind": event.kind,
        "subject": event.subject,
        "detail": event.detail,
    }
