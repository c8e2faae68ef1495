"""The register of exceptions: every rule of the policy that an approval set aside, by whom, and why.

Source: DOMAIN e 20. Read from the signed decision records themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from sqlalchemy import select

from officer_app.base.words import Bilingual
from officer_app.dossier.records import parse_decision
from officer_app.headoffice.intake import ACCEPTED
from officer_app.headoffice.tables import CASES, DECISIONS
from officer_app.headoffice.warehouse import Warehouse


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One rule that was set aside. `state` is the case's today."""

    case_number: str
    branch: str
    rule: str
    sentence: Bilingual
    reason: str
    decided_by: str
    decided_at: datetime
    amount: Decimal | None
    state: str


def exceptions(warehouse: str) -> tuple[ExceptionRow, ...]:
    """The register, the newest first. Errors: WAREHOUSE_ADDRESS, _GONE, _NEWER."""
    asked = (
        select(DECISIONS.c.record, CASES.c.number, CASES.c.branch, CASES.c.state)
        .join(CASES, CASES.c.case_id == DECISIONS.c.case_id)
        .where(DECISIONS.c.standing == ACCEPTED)
        .order_by(DECISIONS.c.decided_at.desc(), DECISIONS.c.digest)
    )
    with Warehouse(warehouse) as there, there.transaction() as connection:
        told = [(parse_decision(row.record), row) for row in connection.execute(asked)]
    return tuple(
        ExceptionRow(
            row.number,
            row.branch,
            one.rule,
            Bilingual(one.sentence, one.sentence_zh),
            one.reason,
            decision.decided_by.name,
            decision.decided_at,
            decision.amount,
            row.state,
        )
        for decision, row in told
        for one in decision.overrides
    )
