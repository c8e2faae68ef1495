"""Second signatures under visits: each stays as it was given, a later one stands over it."""

from __future__ import annotations

from officer_app.base.ids import VisitId
from officer_app.vault import rows
from officer_app.vault.records import CosignRecord
from officer_app.vault.tables import COSIGN
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, cosign: CosignRecord) -> None:
    """A new signature. Errors: RECORD_MISSING (no such visit)."""
    rows.add(tx, COSIGN, cosign)


def of_visit(tx: Reading, visit: VisitId) -> tuple[CosignRecord, ...]:
    """A visit's second signatures, oldest first."""
    return rows.many(tx, COSIGN, CosignRecord, COSIGN.c.visit == visit, order=(COSIGN.c.at, COSIGN.c.id))
