"""The audit log: append-only, each entry chained to all before it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import select

from officer_app.base.canonical import Json
from officer_app.base.clock import to_text
from officer_app.trust import chain
from officer_app.vault import rows
from officer_app.vault.records import AuditEvent
from officer_app.vault.tables import AUDIT_EVENT
from officer_app.vault.transactions import Reading, Writing


def append(tx: Writing, kind: str, subject: str, detail: Json = None) -> AuditEvent:
    """One more entry, by the signed-in user and now. Identity numbers and the like do not belong in `detail`."""
    number, previous = head(tx)
    at, elapsed = tx.clock.now(), int(tx.clock.elapsed() * 1000)
    bare = AuditEvent(number + 1, at, elapsed, tx.user.id, kind, subject, detail, previous, "")
    event = AuditEvent(number + 1, at, elapsed, tx.user.id, kind, subject, detail, previous, _digest(bare))
    rows.add(tx, AUDIT_EVENT, event)
    return event


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
