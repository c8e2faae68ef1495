"""Captured lines of a visit: what was said, where it went, and what still waits."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert

from officer_app.base.ids import VisitId
from officer_app.vault import rows
from officer_app.vault.records import CaptureRecord
from officer_app.vault.tables import CAPTURE
from officer_app.vault.transactions import Reading, Writing


def put(tx: Writing, capture: CaptureRecord) -> None:
    """A new line, or what has become of one. Errors: RECORD_MISSING (no such visit)."""
    values = rows.values(capture)
    changed = {name: values[name] for name in ("state", "ref", "value", "read_as", "settled")}
    rows.write(tx, CAPTURE, insert(CAPTURE).values(values).on_conflict_do_update(["id"], set_=changed))


def of_visit(tx: Reading, visit: VisitId) -> tuple[CaptureRecord, ...]:
    """A visit's lines in the order in which they were typed."""
    return rows.many(tx, CAPTURE, CaptureRecord, CAPTURE.c.visit == visit, order=(CAPTURE.c.at, CAPTURE.c.id))
