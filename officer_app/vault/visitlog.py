"""The log of a visit: append-only, and each batch's digest stands in the audit log's chain."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import astuple
from datetime import datetime
from itertools import groupby
from typing import Final

from sqlalchemy import select

from officer_app.base.canonical import Json, digest, encode
from officer_app.base.clock import to_text
from officer_app.base.ids import UserId, VisitId
from officer_app.checklists.visitlog import COLUMNS, Event, LogEntry, Sitting, table
from officer_app.checklists.visitlog import rows as rows_of
from officer_app.vault import audit, deletions, rows, users
from officer_app.vault.records import AuditEvent, VisitEvent
from officer_app.vault.tables import AUDIT_EVENT, CASE, VISIT, VISIT_EVENT
from officer_app.vault.transactions import Reading, Writing

_KIND: Final = "visit_log"


def append(tx: Writing, visit: VisitId, sitting: datetime, entries: Sequence[LogEntry]) -> None:
    """Keep what happened in a sitting (named by its beginning), by the signed-in user."""
    if not entries:
        return
    kept = [_keep(tx, visit, sitting, entry) for entry in entries]
    told: Json = {"first": kept[0].number, "last": kept[-1].number, "digest": _digest(kept)}
    audit.append(tx, _KIND, visit, told)


def of_visit(tx: Reading, visit: VisitId) -> tuple[VisitEvent, ...]:
    """Everything that happened on a visit, in order."""
    return rows.many(tx, VISIT_EVENT, VisitEvent, VISIT_EVENT.c.visit == visit, order=(VISIT_EVENT.c.number,))


def sittings(tx: Reading, visit: VisitId) -> tuple[Sitting, ...]:
    """Who sat at a visit's checklist, when, and what happened; empty where a program filled it."""
    events = of_visit(tx, visit)
    names = {who: users.get(tx, who).full_name for who in {event.who for event in events}}
    grouped = groupby(events, key=lambda event: (event.sitting, event.who))
    return tuple(Sitting(began, names[who], tuple(map(_entry, some))) for (began, who), some in grouped)


def flat(tx: Reading) -> tuple[int, bytes]:
    """Every visit of every case in one table, each row with its case's number and its visit; and how many rows."""
    asked = select(CASE.c.number, VISIT.c.id).join(VISIT, VISIT.c.case == CASE.c.id)
    known = tx.sql.execute(asked.order_by(CASE.c.number, VISIT.c.started, VISIT.c.id))
    lines = [
        (str(number), str(visit), *row)
        for number, visit in known
        for sitting in sittings(tx, VisitId(visit))
        for row in rows_of(sitting)
    ]
    return len(lines), table(("case", "visit", *COLUMNS), lines)


def first_changed(tx: Reading) -> str | None:
    """The first visit whose log is not as the audit log has it, or None. Sees changed, missing and added events.

    Visits that went with a deleted case are passed over: the audit log names them.
    """
    chained: dict[str, int] = {}
    gone = deletions.deleted_visits(tx)
    for visit, told in _batches(tx):
        if visit in gone:
            continue
        kept = _between(tx, visit, int(str(told.get("first"))), int(str(told.get("last"))))
        if _digest(kept) != told.get("digest"):
            return visit
        chained[visit] = chained.get(visit, 0) + len(kept)
    for visit in tx.sql.execute(select(VISIT_EVENT.c.visit).distinct()).scalars():
        if chained.get(visit, 0) != len(of_visit(tx, VisitId(visit))):
            return str(visit)
    return None


def _keep(tx: Writing, visit: VisitId, sitting: datetime, entry: LogEntry) -> VisitEvent:
    told = (entry.event.value, entry.ref, entry.start, entry.end, entry.old, entry.new, entry.shown)
    names = ("event", "ref", "start", "end", "old", "new", "shown")
    said = dict(zip(names, told, strict=True))
    line = VISIT_EVENT.insert().values(visit=visit, who=tx.user.id, sitting=sitting, **said)
    number = tx.sql.execute(line).inserted_primary_key
    return VisitEvent(int(number[0]) if number else 0, visit, UserId(tx.user.id), sitting, *told)


def _entry(event: VisitEvent) -> LogEntry:
    return LogEntry(Event(event.event), event.ref, event.start, event.end, event.old, event.new, event.shown)


def _batches(tx: Reading) -> Iterator[tuple[str, dict[str, Json]]]:
    asked = rows.query(AUDIT_EVENT, AuditEvent).where(AUDIT_EVENT.c.kind == _KIND).order_by(AUDIT_EVENT.c.number)
    for row in tx.sql.execute(asked):
        event = AuditEvent(**row._mapping)  # noqa: SLF001  SQLAlchemy's public name
        if isinstance(event.detail, dict):
            yield event.subject, event.detail


def _between(tx: Reading, visit: str, first: int, last: int) -> tuple[VisitEvent, ...]:
    number = VISIT_EVENT.c.number
    return rows.many(
        tx, VISIT_EVENT, VisitEvent, VISIT_EVENT.c.visit == visit, number >= first, number <= last, order=(number,)
    )


def _digest(events: Sequence[VisitEvent]) -> str:
    return digest(encode([_told(event) for event in events]))


def _told(event: VisitEvent) -> Json:
    return [to_text(part) if isinstance(part, datetime) else part for part in astuple(event)]
