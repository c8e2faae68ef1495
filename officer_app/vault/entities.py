"""What finished visits made of entities, in the order in which it happened."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import delete

from officer_app.base.ids import VisitId
from officer_app.vault import rows
from officer_app.vault.records import EntityChangeRecord
from officer_app.vault.tables import ENTITY_CHANGE
from officer_app.vault.transactions import Reading, Writing

_ORDER: Final = (ENTITY_CHANGE.c.at, ENTITY_CHANGE.c.id)


def replace_of_visit(tx: Writing, visit: VisitId, changes: Iterable[EntityChangeRecord]) -> None:
    """Keep what a visit makes of entities, instead of what it made when it was finished before."""
    rows.write(tx, ENTITY_CHANGE, delete(ENTITY_CHANGE).where(ENTITY_CHANGE.c.visit == visit))
    for change in changes:
        rows.add(tx, ENTITY_CHANGE, change)


def of_visit(tx: Reading, visit: VisitId) -> tuple[EntityChangeRecord, ...]:
    """What one visit made."""
    where = ENTITY_CHANGE.c.visit == visit
    return rows.many(tx, ENTITY_CHANGE, EntityChangeRecord, where, order=_ORDER)


def of_list(tx: Reading, list_name: str) -> tuple[EntityChangeRecord, ...]:
    """All that was made of a list's entities, oldest first."""
    where = ENTITY_CHANGE.c.list_name == list_name
    return rows.many(tx, ENTITY_CHANGE, EntityChangeRecord, where, order=_ORDER)
