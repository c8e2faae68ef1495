"""Contradictions of a case and the way each was closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from officer_app.base.ids import CaseId, PhotoId, RecordId
from officer_app.vault import rows
from officer_app.vault.records import ContradictionRecord, Exit
from officer_app.vault.tables import CONTRADICTION
from officer_app.vault.transactions import Reading, Writing


def put(tx: Writing, contradiction: ContradictionRecord) -> None:
    """A new contradiction, or the whole record in place of the one with its id.

    Errors: RECORD_EXISTS when the case has this code under another id.
    """
    if rows.find(tx, CONTRADICTION, ContradictionRecord, CONTRADICTION.c.id == contradiction.id) is None:
        rows.add(tx, CONTRADICTION, contradiction)
    else:
        rows.save(tx, CONTRADICTION, contradiction)


def get(tx: Reading, contradiction: RecordId) -> ContradictionRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, CONTRADICTION, ContradictionRecord, contradiction)


def of_case(tx: Reading, case: CaseId) -> tuple[ContradictionRecord, ...]:
    """A case's contradictions in the order they appeared, those that are gone as well."""
    order = (CONTRADICTION.c.opened, CONTRADICTION.c.code)
    return rows.many(tx, CONTRADICTION, ContradictionRecord, CONTRADICTION.c.case == case, order=order)


def close(
    tx: Writing, contradiction: RecordId, way: Exit, explanation: str, photos: Sequence[PhotoId] = ()
) -> ContradictionRecord:
    """Give a contradiction one of its three exits, by the signed-in user and now."""
    closed = replace(
        get(tx, contradiction),
        exit=way,
        explanation=explanation,
        photos=tuple(photos),
        closed_by=tx.user.id,
        closed=tx.clock.now(),
    )
    rows.save(tx, CONTRADICTION, closed)
    return closed


def reopen(tx: Writing, contradiction: RecordId) -> ContradictionRecord:
    """Take the exit back; the explanation stays as a draft."""
    opened = replace(get(tx, contradiction), exit=None, closed_by=None, closed=None)
    rows.save(tx, CONTRADICTION, opened)
    return opened
