"""The portfolio in numbers: by trade, village, officer and product; each line can be added up from the views.

Applications are cases in their newest version. Loans and arrears are those of the book, as of the newest day told for
each loan. Portfolio at risk is the balance of loans with anything 30 days late or more, over the balance of all.
Source: CGAP, Microfinance Consensus Guidelines (2003), PAR 30.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final

from sqlalchemy import Connection, select

from officer_app.base.words import N_
from officer_app.headoffice.exporting import unfinished
from officer_app.headoffice.tables import BOOK, CASES, CHECKS, FLAGS, LOAN_DAYS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.columns import Column, Kind
from officer_app.workbooks.tables import Table
from officer_app.workbooks.values import Value

LATE: Final = 30  # days
_APPROVED: Final = frozenset({"approved", "approved_with_conditions"})
_GROUPS: Final[Mapping[str, str]] = {
    "trade": N_("By trade"),
    "village": N_("By village"),
    "officer": N_("By loan officer"),
    "product": N_("By product"),
    "branch": N_("By branch"),
}
_HEADS: Final[Mapping[str, str]] = {
    "trade": N_("Trade"),
    "village": N_("Village"),
    "officer": N_("Loan officer"),
    "product": N_("Product"),
    "branch": N_("Branch"),
}
_COLUMNS: Final = (
    Column("cases", N_("Applications"), Kind.COUNT, 10),
    Column("requested", N_("Requested amount"), Kind.MONEY, 15),
    Column("approved_cases", N_("Number approved"), Kind.COUNT, 10),
    Column("approved", N_("Approved amount"), Kind.MONEY, 15),
    Column("refused_cases", N_("Number refused"), Kind.COUNT, 10),
    Column("waiting_cases", N_("Number waiting"), Kind.COUNT, 10),
    Column("hard_flags", N_("Cases with a hard flag"), Kind.COUNT, 12),
    Column("failed_checks", N_("Checks failed a case"), Kind.NUMBER, 12),
    Column("loans", N_("Loans in the book"), Kind.COUNT, 10),
    Column("balance", N_("Balance"), Kind.MONEY, 15),
    Column("late_loans", N_("Loans 30 days late"), Kind.COUNT, 12),
    Column("late_balance", N_("Balance 30 days late"), Kind.MONEY, 15),
    Column("par30_percent", N_("Portfolio at risk %"), Kind.NUMBER, 12),
)


@dataclass(slots=True)
class Line:
    """One group's sums."""

    cases: int = 0
    requested: Decimal = field(default=Decimal(0))
    approved_cases: int = 0
    approved: Decimal = field(default=Decimal(0))
    refused_cases: int = 0
    waiting_cases: int = 0
    hard_flags: int = 0
    failed: int = 0
    loans: int = 0
    balance: Decimal = field(default=Decimal(0))
    late_loans: int = 0
    late_balance: Decimal = field(default=Decimal(0))

    def cells(self) -> tuple[Value, ...]:
        """As the columns ask for it; a share of nothing is empty, not nought."""
        a_case = Decimal(self.failed) / self.cases if self.cases else None
        at_risk = 100 * self.late_balance / self.balance if self.balance else None
        return (
            *(self.cases, self.requested, self.approved_cases, self.approved, self.refused_cases, self.waiting_cases),
            *(self.hard_flags, _two(a_case), self.loans, self.balance, self.late_loans, self.late_balance),
            _two(at_risk),
        )


def portfolio(warehouse: Warehouse) -> tuple[Table, ...]:
    """A table for each way of grouping, the largest balance first; the last line adds all up."""
    with warehouse.transaction() as connection:
        lines = _lines(connection)
    return tuple(_table(group, lines[group]) for group in _GROUPS)


def _table(group: str, lines: Mapping[str, Line]) -> Table:
    head = Column(group, _HEADS[group], Kind.CODE, 24)
    ordered = sorted(lines.items(), key=lambda one: (-one[1].balance, -one[1].requested, one[0]))
    rows = [(name or "—", *line.cells()) for name, line in ordered]
    return Table(f"by_{group}", _GROUPS[group], (head, *_COLUMNS), rows)


def _lines(connection: Connection) -> Mapping[str, Mapping[str, Line]]:
    found: dict[str, dict[str, Line]] = {group: defaultdict(Line) for group in _GROUPS}
    hard, failed = (
        _counted(connection, FLAGS, FLAGS.c.hard.is_(True)),
        _counted(connection, CHECKS, CHECKS.c.verdict == "failed"),
    )
    places: dict[str, Any] = {}
    for row in connection.execute(select(CASES)):
        places[row.number] = row
        for line in _each(found, lambda group, row=row: row._mapping[group]):  # type: ignore[misc]  # noqa: SLF001
            _add_case(line, row, hard.get(row.dossier, 0), failed.get(row.dossier, 0))
    for loan in newest_days(connection):
        case = places.get(loan.case_number or "")
        for line in _each(found, lambda group, loan=loan, case=case: _group_of(loan, case, group)):  # type: ignore[misc]
            _add_loan(line, loan)
    return found


def _each(found: Mapping[str, dict[str, Line]], group_of: Callable[[str], str | None]) -> Iterator[Line]:
    for group, lines in found.items():
        yield lines[group_of(group) or ""]


def _group_of(loan: Any, case: Any, group: str) -> str | None:
    """The book's own word, or the case's where the book has none."""
    told: str | None = loan._mapping[group]  # noqa: SLF001  SQLAlchemy's public name
    return told or (case._mapping[group] if case is not None else None)  # noqa: SLF001


def _add_case(line: Line, row: Any, hard: int, failed: int) -> None:
    line.cases += 1
    line.requested += row.requested
    line.approved_cases += row.state in _APPROVED
    line.approved += row.approved or 0
    line.refused_cases += row.state == "refused"
    line.waiting_cases += unfinished(row.state)
    line.hard_flags += hard > 0
    line.failed += failed


def _add_loan(line: Line, loan: Any) -> None:
    line.loans += 1
    line.balance += loan.balance
    if loan.days_past_due >= LATE:
        line.late_loans += 1
        line.late_balance += loan.balance


def _counted(connection: Connection, table: Any, which: Any) -> Mapping[str, int]:
    counts: dict[str, int] = defaultdict(int)
    for dossier in connection.execute(select(table.c.dossier).where(which)).scalars():
        counts[dossier] += 1
    return counts


def newest_days(connection: Connection) -> Iterator[Any]:
    """Every loan of the book as the newest day that was told for it has it."""
    told = select(BOOK, LOAN_DAYS.c.as_of, LOAN_DAYS.c.balance, LOAN_DAYS.c.overdue, LOAN_DAYS.c.days_past_due).join(
        LOAN_DAYS, LOAN_DAYS.c.contract == BOOK.c.contract
    )
    newest: Any = None
    for row in connection.execute(told.order_by(BOOK.c.contract, LOAN_DAYS.c.as_of)):
        if newest is not None and newest.contract != row.contract:
            yield newest
        newest = row
    if newest is not None:
        yield newest


def _two(value: Decimal | None) -> Decimal | None:
    return None if value is None else value.quantize(Decimal("0.01"))
