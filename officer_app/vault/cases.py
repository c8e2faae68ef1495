"""Loan files: kept, found, counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, UnaryExpression, func, select, text

from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId, UserId
from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.pinyin import spellings
from officer_app.vault import rows, search, settings
from officer_app.vault.records import (
    CaseItem,
    CaseOrder,
    CasePage,
    CaseQuery,
    CaseRecord,
    CaseState,
    Delivery,
)
from officer_app.vault.tables import CASE, CASE_SEARCH
from officer_app.vault.transactions import Reading, Writing

_ORDERS: Final = {
    CaseOrder.UPDATED: CASE.c.updated,
    CaseOrder.NUMBER: CASE.c.number,
    CaseOrder.APPLICANT: CASE.c.applicant_order,
    CaseOrder.AMOUNT: CASE.c.amount_order,
}
_INDEXED: Final = text(
    f"INSERT INTO {CASE_SEARCH} (rowid, names, business, letters, numbers, tails)"  # noqa: S608  a constant
    " VALUES (:seq, :names, :business, :letters, :numbers, :tails)"
)
_MATCHED: Final = text(f"SELECT rowid AS seq FROM {CASE_SEARCH} WHERE {CASE_SEARCH} MATCH :asked")  # noqa: S608  as above
_COUNTED: Final = text(f"SELECT count(*) FROM {CASE_SEARCH} WHERE {CASE_SEARCH} MATCH :asked")  # noqa: S608  as above
_MANY: Final = 5_000
_UNINDEXED: Final = text(f"DELETE FROM {CASE_SEARCH} WHERE rowid = :seq")  # noqa: S608  as above


def add(tx: Writing, case: CaseRecord) -> None:
    """A new file. Errors: RECORD_EXISTS when its id or number is taken."""
    rows.add(tx, CASE, case, **_derived(tx, case))
    _index(tx, case)


def save(tx: Writing, case: CaseRecord) -> None:
    """The whole record in place of the former. Errors: RECORD_MISSING."""
    rows.save(tx, CASE, case, **_derived(tx, case))
    tx.sql.execute(_UNINDEXED, {"seq": _seq(tx, case.id)})
    _index(tx, case)


def get(tx: Reading, case: CaseId) -> CaseRecord:
    """Errors: RECORD_MISSING."""
    return rows.get(tx, CASE, CaseRecord, case)


def all(tx: Reading) -> tuple[CaseRecord, ...]:  # noqa: A001  reads as cases.all(tx)
    """Every file, by number."""
    return rows.many(tx, CASE, CaseRecord, order=(CASE.c.number, CASE.c.id))


def of_number(tx: Reading, number: str, officer: UserId) -> CaseRecord | None:
    """The officer's file with this number: two laptops count each for itself."""
    return rows.find(tx, CASE, CaseRecord, CASE.c.number == number, CASE.c.officer == officer)


def next_number(tx: Writing, year: int) -> str:
    """The next case number of a year, as 2026-0417. No number is given twice."""
    while True:
        number = f"{year}-{settings.next_number(tx, f'case_number.{year}'):04d}"
        if of_number(tx, number, tx.user.id) is None:
            return number


def set_state(tx: Writing, case: CaseId, new: CaseState, *, expected: frozenset[CaseState]) -> CaseRecord:
    """Move a file on, if it still stands where the caller thinks. Errors: CASE_STATE_CHANGED, RECORD_MISSING."""
    found = get(tx, case)
    if found.state not in expected:
        raise Fault(Code.CASE_STATE_CHANGED, where=found.number, state=found.state.value)
    moved = replace(found, state=new, updated=tx.clock.now())
    save(tx, moved)
    return moved


def set_delivery(tx: Writing, case: CaseId, delivery: Delivery) -> None:
    """How far the file has travelled. Errors: RECORD_MISSING."""
    if not rows.write(tx, CASE, CASE.update().where(CASE.c.id == case).values(delivery=delivery)):
        raise rows.missing(CASE)


def counts(tx: Reading, officer: UserId | None = None) -> Mapping[CaseState, int]:
    """How many files stand where; states without any are left out."""
    asked = select(CASE.c.state, func.count()).group_by(CASE.c.state)
    if officer is not None:
        asked = asked.where(CASE.c.officer == officer)
    return {row[0]: int(row[1]) for row in tx.sql.execute(asked)}


def same_person(tx: Reading, resident_id: str) -> tuple[CaseItem, ...]:
    """All files of an identity number, newest first."""
    hashed = tx.search_hash(search.plain_number(resident_id))
    return _items(tx, _columns().where(CASE.c.person_hash == hashed).order_by(CASE.c.updated.desc()))


def find(tx: Reading, query: CaseQuery) -> CasePage:
    """One page of the case list."""
    where = _filter(tx, query)
    asked = None if search.identity_in(query.text) else query.text.strip()
    if not asked:
        return CasePage(_page(tx, query, where), _count(tx, where))
    expression = search.expression(asked)
    matching = 0 if expression is None else _matching(tx, expression)
    if expression is None or not matching:
        return CasePage((), 0)
    found = [*where, _found(expression, many=matching > _MANY)]
    return CasePage(_page(tx, query, found), _count(tx, found) if where else matching)


def _filter(tx: Reading, query: CaseQuery) -> list[ColumnElement[bool]]:
    """What columns can answer: state, officer, the whole identity number."""
    where: list[ColumnElement[bool]] = []
    if query.states:
        where.append(CASE.c.state.in_(sorted(query.states)))
    if query.officer is not None:
        where.append(CASE.c.officer == query.officer)
    identity = search.identity_in(query.text)
    if identity is not None:
        where.append(CASE.c.person_hash == tx.search_hash(identity))
    return where


def _page(tx: Reading, query: CaseQuery, where: list[ColumnElement[bool]]) -> tuple[CaseItem, ...]:
    page = _columns().where(*where).order_by(*_order(query)).offset(query.offset).limit(query.limit)
    return _items(tx, page)


def _count(tx: Reading, where: list[ColumnElement[bool]]) -> int:
    return int(tx.sql.execute(select(func.count()).select_from(CASE).where(*where)).scalar_one())


def _matching(tx: Reading, expression: str) -> int:
    return int(tx.sql.execute(_COUNTED, {"asked": expression}).scalar_one())


def _found(expression: str, *, many: bool) -> ColumnElement[bool]:
    """The search as a condition.

    Where it matches few, they are fetched and sorted; where many, the list is walked in its order and each line
    looked up among the matches: four times faster when 100,000 match. The sum hides the key from the planner.
    """
    matching = _MATCHED.bindparams(asked=expression).columns(CASE.c.seq).subquery()
    key = CASE.c.seq + 0 if many else CASE.c.seq
    return key.in_(select(matching.c.seq))


def _order(query: CaseQuery) -> tuple[UnaryExpression[Any], ...]:
    column = _ORDERS[query.order]
    return (column.desc(), CASE.c.seq.desc()) if query.descending else (column.asc(), CASE.c.seq.asc())


def _columns() -> Select[Any]:
    return select(*(CASE.c[name] for name in rows.names(CaseItem)))


def _items(tx: Reading, asked: Select[Any]) -> tuple[CaseItem, ...]:
    return tuple(_masked(CaseItem(**row._mapping)) for row in tx.sql.execute(asked))  # noqa: SLF001  SQLAlchemy's public name


def _masked(item: CaseItem) -> CaseItem:
    return replace(item, resident_id=mask_identity(item.resident_id), phone=mask_phone(item.phone))


def _derived(tx: Writing, case: CaseRecord) -> dict[str, object]:
    identity = search.plain_number(case.resident_id)
    return {
        "person_hash": tx.search_hash(identity) if identity else "",
        "applicant_order": spellings(case.applicant)[0] or case.applicant,
        "amount_order": _fen(case.requested_amount),
    }


def _fen(amount: Decimal | None) -> int | None:
    return None if amount is None else int((amount * 100).to_integral_value(ROUND_FLOOR))


def _index(tx: Writing, case: CaseRecord) -> None:
    words = search.index(case.applicant, case.business, case.number, case.phone, case.resident_id)
    tx.sql.execute(_INDEXED, {"seq": _seq(tx, case.id), **asdict(words)})


def _seq(tx: Reading, case: CaseId) -> int:
    return int(tx.sql.execute(select(CASE.c.seq).where(CASE.c.id == case)).scalar_one())
