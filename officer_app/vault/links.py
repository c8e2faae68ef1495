"""Who appears in which case: links of a case, and other cases that hold one of its numbers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import select

from officer_app.base.ids import CaseId
from officer_app.vault import rows
from officer_app.vault.records import LinkedCase, PersonLinkRecord
from officer_app.vault.tables import CASE, PERSON_LINK
from officer_app.vault.transactions import Reading, Writing

# SQLite takes so many parameters in one statement; a case has far fewer numbers.
_MOST = 500
_OF_CASE = (
    CASE.c.number.label("case_number"),
    CASE.c.applicant,
    CASE.c.state,
    CASE.c.requested_amount,
    CASE.c.officer,
)


def of_case(tx: Reading, case: CaseId) -> tuple[PersonLinkRecord, ...]:
    """The links of a case."""
    return rows.many(tx, PERSON_LINK, PersonLinkRecord, PERSON_LINK.c.case == case, order=(PERSON_LINK.c.path,))


def put(tx: Writing, case: CaseId, links: Iterable[PersonLinkRecord]) -> None:
    """These links in place of those that the case had. Errors: RECORD_MISSING (no such case)."""
    rows.write(tx, PERSON_LINK, PERSON_LINK.delete().where(PERSON_LINK.c.case == case))
    for link in links:
        rows.add(tx, PERSON_LINK, link)


def elsewhere(tx: Reading, case: CaseId, numbers: Collection[str]) -> tuple[LinkedCase, ...]:
    """Other cases that hold one of these numbers, the newest first."""
    statement = (
        rows.query(
            PERSON_LINK,
            PersonLinkRecord,
            PERSON_LINK.c.number_hash.in_(sorted(numbers)[:_MOST]),
            PERSON_LINK.c.case != case,
        )
        .add_columns(*_OF_CASE)
        .join(CASE, CASE.c.id == PERSON_LINK.c.case)
        .order_by(CASE.c.updated.desc(), CASE.c.number, PERSON_LINK.c.path)
    )
    return tuple(_linked(row._mapping) for row in tx.sql.execute(statement))  # noqa: SLF001  SQLAlchemy's public name


def _linked(row: Mapping[Any, Any]) -> LinkedCase:
    link = PersonLinkRecord(**{name: row[name] for name in rows.names(PersonLinkRecord)})
    return LinkedCase(
        link, row["case_number"], row["applicant"], row["state"], row["requested_amount"], row["officer"]
    )


def guarantors_of(tx: Reading, person: str) -> tuple[tuple[str, str, str], ...]:
    """Who guarantees for a person, in any case of theirs: the guarantor's hash and name, and the case's number."""
    borrowed = (
        select(PERSON_LINK.c.case)
        .where(PERSON_LINK.c.person_hash == person, PERSON_LINK.c.role == "borrower")
        .distinct()
    )
    statement = (
        select(PERSON_LINK.c.person_hash, PERSON_LINK.c.name, CASE.c.number)
        .join(CASE, CASE.c.id == PERSON_LINK.c.case)
        .where(PERSON_LINK.c.case.in_(borrowed), PERSON_LINK.c.role.in_(("guarantor", "group_member")))
        .where(PERSON_LINK.c.person_hash != "")
        .distinct()
        .order_by(CASE.c.number, PERSON_LINK.c.person_hash)
    )
    return tuple((str(a), str(b), str(c)) for a, b, c in tx.sql.execute(statement))
