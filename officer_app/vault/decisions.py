"""Signed decisions, each on exactly one dossier."""

from __future__ import annotations

from officer_app.base.ids import CaseId
from officer_app.vault import rows
from officer_app.vault.records import DecisionRecord
from officer_app.vault.tables import DECISION
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, decision: DecisionRecord) -> None:
    """Keep a decision. Errors: RECORD_EXISTS, RECORD_MISSING when its dossier is not here."""
    rows.add(tx, DECISION, decision)


def of_case(tx: Reading, case: CaseId) -> tuple[DecisionRecord, ...]:
    """A case's decisions, oldest first."""
    return rows.many(tx, DECISION, DecisionRecord, DECISION.c.case == case, order=(DECISION.c.at, DECISION.c.id))


def of_dossier(tx: Reading, dossier_digest: str) -> tuple[DecisionRecord, ...]:
    """The decisions on one dossier, oldest first: an escalated one has several."""
    where = DECISION.c.dossier_digest == dossier_digest
    return rows.many(tx, DECISION, DecisionRecord, where, order=(DECISION.c.at, DECISION.c.id))
