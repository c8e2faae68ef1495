"""The audit log: append-only, each entry chained to all before it."""

from __future__ import annotations

from collections.abc import Iterator

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


def first_broken(tx: Reading) -> int | None:
    """The number of the first entry that does not fit, or None."""
    return chain.first_broken(_links(tx))


def _links(tx: Reading) -> Iterator[chain.Link]:
    asked = rows.query(AUDIT_EVENT, AuditEvent).order_by(AUDIT_EVENT.c.number)
    for row in tx.sql.execute(asked.execution_options(yield_per=500)):
        event = AuditEvent(**row._mapping)  # noqa: SLF001  as above
        yield chain.Link(event.number, event.previous, _payload(event), event.digest)


def _digest(event: AuditEvent) -> str:
    return chain.link(event.previous, _payload(event))


def _payload(event: AuditEvent) -> Json:
    return {
        "number": event.number,
        "at": to_text(event.at),
        "elapsed": event.elapsed,
        "user": event.user,
        "kind": event.kind,
        "subject": event.subject,
        "detail": event.detail,
    }
