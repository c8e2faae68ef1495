"""The register of exceptions: everything that an approval passed over, by whom, why, and what became of it.

A rule set aside stands in the signed record with its reason. A hard flag that no record names (it was decided before
records did) and a contradiction that stood unexplained are told with the reason of the whole decision.
Source: DOMAIN e 20.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from sqlalchemy import Connection, Select, func, select

from officer_app.base.words import Bilingual
from officer_app.dossier.records import Outcome, Override, parse_decision
from officer_app.headoffice.intake import ACCEPTED
from officer_app.headoffice.tables import CASES, CONTRADICTIONS, DECISIONS, DOSSIERS, FLAGS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.rows import ExceptionRow

RED_FLAG: Final = "red_flag"
ABOVE_CAP: Final = "above_cap"
RELATED_PARTY: Final = "related_party"
UNEXPLAINED: Final = "unexplained"
_BATCH: Final = 200
_YES: Final = tuple(outcome.value for outcome in Outcome if outcome.approves)
STANDING: Final = ("open", "stands")


def exceptions(warehouse: str) -> tuple[ExceptionRow, ...]:
    """The register, the newest first. Errors: WAREHOUSE_ADDRESS, _GONE, _NEWER."""
    with Warehouse(warehouse) as there:
        return tuple(sorted(Exceptions(there), key=lambda row: row.decided_at, reverse=True))


class Exceptions:
    """The register one row at a time, by case, as often as it is gone through."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._warehouse = warehouse

    def __iter__(self) -> Iterator[ExceptionRow]:
        start = 0
        while True:
            with self._warehouse.transaction() as connection:
                rows = connection.execute(_approvals().limit(_BATCH).offset(start)).all()
                found = [one for row in rows for one in _of_approval(connection, row)]
            yield from found
            start += len(rows)
            if len(rows) < _BATCH:
                return


def dossiers_with_exceptions(connection: Connection) -> frozenset[str]:
    """The dossiers whose approval passed over anything."""
    rows = connection.execute(_approvals()).all()
    return frozenset(row.dossier for row in rows if any(_of_approval(connection, row)))


def count_exceptions(connection: Connection) -> int:
    """How many the register holds, counted by the tables and not by its rows."""
    approved = DECISIONS.c.standing == ACCEPTED, DECISIONS.c.outcome.in_(_YES)
    unexplained = (
        select(func.count())
        .select_from(DECISIONS.join(CONTRADICTIONS, CONTRADICTIONS.c.dossier == DECISIONS.c.dossier))
        .where(*approved, CONTRADICTIONS.c.standing.in_(STANDING))
    )
    flags = (
        select(func.count())
        .select_from(DECISIONS.join(FLAGS, FLAGS.c.dossier == DECISIONS.c.dossier))
        .where(*approved, FLAGS.c.hard.is_(True))
    )
    rules = 0
    for record, dossier in connection.execute(select(DECISIONS.c.record, DECISIONS.c.dossier).where(*approved)):
        named = [one.rule for one in parse_decision(record).overrides]
        if named:
            hard = select(func.count()).where(
                FLAGS.c.dossier == dossier, FLAGS.c.hard.is_(True), FLAGS.c.code.in_(named)
            )
            rules += len(named) - int(connection.execute(hard).scalar_one())
    return rules + sum(int(connection.execute(one).scalar_one()) for one in (unexplained, flags))


def _approvals() -> Select[Any]:
    statement = select(DECISIONS, DOSSIERS.c.version, CASES.c.branch, CASES.c.state).join(
        DOSSIERS, DOSSIERS.c.digest == DECISIONS.c.dossier
    )
    return (
        statement.join(CASES, CASES.c.case_id == DECISIONS.c.case_id)
        .where(DECISIONS.c.standing == ACCEPTED, DECISIONS.c.outcome.in_(_YES))
        .order_by(DECISIONS.c.case_number, DECISIONS.c.decided_at, DECISIONS.c.digest)
    )


def _of_approval(connection: Connection, row: Any) -> Iterator[ExceptionRow]:
    set_aside = parse_decision(row.record).overrides
    flags = select(FLAGS).where(FLAGS.c.dossier == row.dossier, FLAGS.c.hard.is_(True)).order_by(FLAGS.c.position)
    hard = connection.execute(flags).all()
    for one in set_aside:
        sentence = Bilingual(one.sentence, one.sentence_zh)
        yield _row(row, _kind(one), one.rule, sentence, one.reason)
    named = {one.rule for one in set_aside}
    for flag in hard:
        if flag.code not in named:
            yield _row(row, RED_FLAG, flag.code, Bilingual(flag.sentence, flag.sentence_zh), row.reason)
    left = CONTRADICTIONS.c.dossier == row.dossier, CONTRADICTIONS.c.standing.in_(STANDING)
    for told in connection.execute(select(CONTRADICTIONS).where(*left).order_by(CONTRADICTIONS.c.position)):
        yield _row(row, UNEXPLAINED, told.code, Bilingual(told.sentence, told.sentence_zh), row.reason)


def _kind(one: Override) -> str:
    if one.rule == RELATED_PARTY:
        return RELATED_PARTY
    return ABOVE_CAP if one.rule.startswith("cap:") else RED_FLAG


def _row(row: Any, kind: str, code: str, sentence: Bilingual, reason: str) -> ExceptionRow:
    return ExceptionRow(
        case_number=row.case_number,
        version=row.version,
        branch=row.branch,
        kind=kind,
        code=code,
        sentence=sentence,
        reason=reason,
        amount=row.amount,
        decided_by=row.decided_by,
        decided_at=row.decided_at,
        record_id=row.record_id,
        state=row.state,
    )
