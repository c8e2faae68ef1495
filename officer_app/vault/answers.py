"""Visits and their answers: the present ones, and every change there ever was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.dialects.sqlite import insert

from officer_app.base.ids import CaseId, VisitId
from officer_app.vault import audit, rows
from officer_app.vault.records import AnswerEvent, VisitRecord
from officer_app.vault.tables import ANSWER, ANSWER_EVENT, VISIT
from officer_app.vault.transactions import Reading, Writing

_NEW: Final = insert(ANSWER)
_PUT: Final = _NEW.on_conflict_do_update(set_={"value": _NEW.excluded.value})
_LINE: Final = ANSWER_EVENT.insert()


def add_visit(tx: Writing, visit: VisitRecord) -> None:
    """A new visit to a case."""
    rows.add(tx, VISIT, visit)


def save_visit(tx: Writing, visit: VisitRecord) -> None:
    """Replace a visit's record. Errors: RECORD_MISSING."""
    rows.save(tx, VISIT, visit)


def visit(tx: Reading, visit: VisitId) -> VisitRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, VISIT, VisitRecord, visit)


def visits(tx: Reading, case: CaseId) -> tuple[VisitRecord, ...]:
    """A case's visits, oldest first."""
    return rows.many(tx, VISIT, VisitRecord, VISIT.c.case == case, order=(VISIT.c.started, VISIT.c.id))


def visit_before(tx: Reading, form: str, officer: str, moment: datetime) -> VisitRecord | None:
    """The visit with a checklist that an officer began last before a moment, in whatever case."""
    where = (VISIT.c.form == form, VISIT.c.officer == officer, VISIT.c.started < moment)
    found = tx.sql.execute(select(VISIT.c.id).where(*where).order_by(VISIT.c.started.desc()).limit(1)).first()
    return visit(tx, VisitId(found.id)) if found is not None else None


def store(tx: Writing, visit: VisitId, stored: Mapping[str, str | None]) -> tuple[AnswerEvent, ...]:
    """Write answers by question reference; None takes an answer away. Gives what really changed.

    A repeat's own reference carries its count. Each change leaves a line in the history that nothing can remove.
    """
    before = _some(tx, visit, stored)
    changed = {ref: new for ref, new in stored.items() if before.get(ref) != new}
    audit.watch_clock(tx)
    return tuple(_change(tx, visit, ref, before.get(ref), new) for ref, new in changed.items())


def all(tx: Reading, visit: VisitId) -> dict[str, str]:  # noqa: A001  reads as answers.all(tx, visit)
    """Every present answer of a visit."""
    found = tx.sql.execute(select(ANSWER.c.ref, ANSWER.c.value).where(ANSWER.c.visit == visit))
    return {str(row.ref): str(row.value) for row in found}


def history(tx: Reading, visit: VisitId, ref: str = "") -> tuple[AnswerEvent, ...]:
    """Every change of a visit, or of one question, in order."""
    where = [ANSWER_EVENT.c.visit == visit] + ([ANSWER_EVENT.c.ref == ref] if ref else [])
    return rows.many(tx, ANSWER_EVENT, AnswerEvent, *where, order=(ANSWER_EVENT.c.number,))


def last_touched(tx: Reading) -> tuple[tuple[CaseId, VisitId, datetime], ...]:
    """Every visit with its case and when it was touched last: its newest answer, its end, or its beginning."""
    newest = select(ANSWER_EVENT.c.visit, func.max(ANSWER_EVENT.c.at, type_=ANSWER_EVENT.c.at.type))
    changed = {str(row[0]): row[1] for row in tx.sql.execute(newest.group_by(ANSWER_EVENT.c.visit))}
    visits = tx.sql.execute(select(VISIT.c.id, VISIT.c.case, VISIT.c.started, VISIT.c.ended))
    return tuple(
        (
            CaseId(row.case),
            VisitId(row.id),
            max(row.started, row.ended or row.started, changed.get(row.id, row.started)),
        )
        for row in visits
    )


def _some(tx: Reading, visit: VisitId, stored: Mapping[str, str | None]) -> dict[str, str]:
    if len(stored) > 50:
        return all(tx, visit)
    asked = select(ANSWER.c.ref, ANSWER.c.value).where(ANSWER.c.visit == visit, ANSWER.c.ref.in_(list(stored)))
    return {str(row.ref): str(row.value) for row in tx.sql.execute(asked)}


def _change(tx: Writing, visit: VisitId, ref: str, old: str | None, new: str | None) -> AnswerEvent:
    if new is None:
        rows.write(tx, ANSWER, ANSWER.delete().where(ANSWER.c.visit == visit, ANSWER.c.ref == ref))
    else:
        rows.write(tx, ANSWER, _PUT, visit=visit, ref=ref, value=new)
    return _remember(tx, visit, ref, old, new)


def _remember(tx: Writing, visit: VisitId, ref: str, old: str | None, new: str | None) -> AnswerEvent:
    now = tx.clock.now()
    line = {"visit": visit, "ref": ref, "who": tx.user.id, "at": now, "old": old, "new": new}
    number = tx.sql.execute(_LINE, line).inserted_primary_key
    return AnswerEvent(int(number[0]) if number else 0, visit, ref, tx.user.id, now, old, new)
