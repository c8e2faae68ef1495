"""Cross-check notes: what was said, what was seen."""

from __future__ import annotations

from officer_app.base.ids import CaseId
from officer_app.vault import rows
from officer_app.vault.records import NoteRecord
from officer_app.vault.tables import NOTE
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, note: NoteRecord) -> None:
    """A new note."""
    rows.add(tx, NOTE, note)


def save(tx: Writing, note: NoteRecord) -> None:
    """Replace a note. Errors: RECORD_MISSING."""
    rows.save(tx, NOTE, note)


def of_case(tx: Reading, case: CaseId) -> tuple[NoteRecord, ...]:
    """A case's notes, oldest first."""
    return rows.many(tx, NOTE, NoteRecord, NOTE.c.case == case, order=(NOTE.c.at, NOTE.c.id))
