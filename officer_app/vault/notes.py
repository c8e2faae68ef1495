"""Notes: of a cross-check, and at the questions of a visit."""

from __future__ import annotations

from sqlalchemy.dialects.sqlite import insert

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


def put(tx: Writing, note: NoteRecord) -> None:
    """A new note, or what has become of one; author and time stay. Errors: RECORD_MISSING (no such case)."""
    values = rows.values(note)
    changed = {name: values[name] for name in ("subject", "said", "seen", "evidence", "verdict")}
    rows.write(tx, NOTE, insert(NOTE).values(values).on_conflict_do_update(["id"], set_=changed))


def of_case(tx: Reading, case: CaseId) -> tuple[NoteRecord, ...]:
    """A case's notes, oldest first."""
    return rows.many(tx, NOTE, NoteRecord, NOTE.c.case == case, order=(NOTE.c.at, NOTE.c.id))
