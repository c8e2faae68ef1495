"""The audit log: append-only, each entry chained to all before it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import and_, func, or_, select

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
# The clock tells of a time without the program, longer than anybody is away, that nothing here has counted.
UNWATCHED: Final = "clock.unwatched"
# What somebody else signed about a case cannot be of the time that it tells, if ours is right.
DIFFERS: Final = "clock.differs"
CLOCK: Final = "clock"
# A poor clock loses seconds a day and is put right by minutes; a wrong zone, an empty battery or a hand moves hours.
DRIFT: Final = timedelta(minutes=30)
_LONGEST_AWAY: Final = timedelta(days=45)
_BOOT: Final = "boot"


def append(tx: Writing, kind: str, subject: str, detail: Json = None) -> AuditEvent:
    """One more entry, by the signed-in user and now. Identity numbers and the like do not belong in `detail`.

    Where the clock was moved since the entry before, an entry that says so comes first (`jumps`).
    """
    now = _now(tx, kind, subject, detail)
    return _add(tx, _watched(tx, now), now)


def opened(tx: Writing) -> None:
    """The entry with which a sitting begins: it names the start of the machine that `elapsed` counts from."""
    boot = tx.clock.boot()
    append(tx, OPENED, tx.user.id, {_BOOT: boot} if boot else None)


def differs(tx: Writing, case: str, ours: datetime, theirs: datetime) -> None:
    """Note that what somebody else signed about a case tells a time that ours cannot agree with."""
    append(tx, DIFFERS, case, {"before": to_text(theirs), "after": to_text(ours)})


def watch_clock(tx: Writing) -> None:
    """Note a clock that was moved, for what is written without an entry of its own."""
    _watched(tx, _now(tx, JUMPED, CLOCK, None))


def _now(tx: Writing, kind: str, subject: str, detail: Json) -> AuditEvent:
    at, elapsed = tx.clock.now(), int(tx.clock.elapsed() * 1000)
    return AuditEvent(0, at, elapsed, tx.user.id, kind, subject, detail, "", "")


def _watched(tx: Writing, now: AuditEvent) -> AuditEvent | None:
    """The last entry, after the one that tells of a jump if there was one."""
    last = next(iter(events(tx, limit=1)), None)
    if last is None:
        return None
    counted = now.kind != OPENED or _same_start(tx, last, now)
    expected = last.at + _counted(last, now) if counted else last.at
    kind = _moved(expected, now.at, counted=counted)
    if not kind:
        return last
    moved: Json = {"before": to_text(expected), "after": to_text(now.at)}
    return _add(tx, last, replace(now, kind=kind, subject=CLOCK, detail=moved))


def _same_start(tx: Reading, last: AuditEvent, now: AuditEvent) -> bool:
    """Whether the machine has run on since the last entry, so that its count goes over the time without us."""
    asked = select(AUDIT_EVENT.c.detail).where(AUDIT_EVENT.c.kind == OPENED)
    before = tx.sql.execute(asked.order_by(AUDIT_EVENT.c.number.desc()).limit(1)).scalar_one_or_none()
    return before is not None and before == now.detail and now.elapsed >= last.elapsed


def _moved(expected: datetime, now: datetime, *, counted: bool) -> str:
    """What there is to tell of the clock, or nothing.

    What it claims is held against the count that no change of the clock bends: while the program runs, and over the
    time without it as long as the machine was not started anew. Where nobody counted, a clock that goes back is
    seen; one that goes on is seen by how far alone, and may be right.
    """
    apart = now - expected
    if apart < -DRIFT or (counted and apart > DRIFT):
        return JUMPED
    return UNWATCHED if not counted and apart > _LONGEST_AWAY else ""


def _add(tx: Writing, last: AuditEvent | None, told: AuditEvent) -> AuditEvent:
    number, previous = (0, chain.GENESIS) if last is None else (last.number, last.digest)
    bare = replace(told, number=number + 1, previous=previous)
    event = replace(bare, digest=_digest(bare))
    rows.add(tx, AUDIT_EVENT, event)
    return event


def _counted(last: AuditEvent, now: AuditEvent) -> timedelta:
    return timedelta(milliseconds=now.elapsed - last.elapsed)


def jumps(tx: Reading, subject: str) -> tuple[AuditEvent, ...]:
    """What there is to tell of the clock since a case was first heard of, oldest first; its detail has both times.

    `kind` is JUMPED, UNWATCHED or DIFFERS, the last of which is about this case alone.
    """
    own, clock = AUDIT_EVENT.c.subject == subject, AUDIT_EVENT.c.subject == CLOCK
    begun = select(func.min(AUDIT_EVENT.c.number)).where(own).scalar_subquery()
    told = or_(and_(clock, AUDIT_EVENT.c.number > begun), and_(own, AUDIT_EVENT.c.kind == DIFFERS))
    found = tx.sql.execute(rows.query(AUDIT_EVENT, AuditEvent).where(told).order_by(AUDIT_EVENT.c.number))
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
