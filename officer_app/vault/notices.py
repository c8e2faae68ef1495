"""Questions, answers and withdrawals on a dossier, each as its author signed it."""

from __future__ import annotations

from officer_app.base.ids import CaseId, RecordId
from officer_app.vault import rows
from officer_app.vault.records import NoticeRecord
from officer_app.vault.tables import NOTICE
from officer_app.vault.transactions import Reading, Writing


def add(tx: Writing, notice: NoticeRecord) -> None:
    """Keep a notice. Errors: RECORD_EXISTS, RECORD_MISSING when its dossier is not here."""
    rows.add(tx, NOTICE, notice)


def of_case(tx: Reading, case: CaseId) -> tuple[NoticeRecord, ...]:
    """Every notice on a case, oldest first."""
    return rows.many(tx, NOTICE, NoticeRecord, NOTICE.c.case == case, order=(NOTICE.c.at, NOTICE.c.id))


def find(tx: Reading, notice: RecordId) -> NoticeRecord | None:
    """The notice that is kept under an id."""
    return rows.find(tx, NOTICE, NoticeRecord, NOTICE.c.id == notice)
