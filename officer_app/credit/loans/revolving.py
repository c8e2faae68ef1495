"""A credit line (循环额度): drawn and paid back at will within a limit, interest on the days really used.

Source: DOMAIN, row 40; interest as in `schedules.md`, section 2, counted anew from each movement.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Message, message
from officer_app.credit.figures import ZERO, arithmetic
from officer_app.credit.loans.daycounts import DAY_COUNTS
from officer_app.credit.loans.returns import Flow
from officer_app.credit.loans.terms import Exactness
from officer_app.credit.loans.told import refused


@dataclass(frozen=True, slots=True)
class Movement:
    """Money drawn (positive) or paid back (negative) on a day, before that day's interest begins to count."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class CreditLine:
    """A line and what happens on it. `dates` are the start and every due date; the last one closes the line.

    On each due date the interest of the period is due and, of the principal, the greater of `least_principal` and
    `least_share` × balance, never more than the balance.
    """

    limit: Decimal
    rate: Decimal
    day_count: str
    dates: tuple[date, ...]
    movements: tuple[Movement, ...]
    least_principal: Decimal = ZERO
    least_share: Decimal = ZERO
    exactness: Exactness = field(default_factory=Exactness)


@dataclass(frozen=True, slots=True)
class LineRow:
    """One due date: what moved since the last one, what is due, what is still owed."""

    number: int
    due: date
    drawn: Decimal
    repaid: Decimal
    principal: Decimal
    interest: Decimal
    balance_after: Decimal

    @property
    def payment(self) -> Decimal:
        """What is due on the day, at the least."""
        return self.principal + self.interest


def line_schedule(line: CreditLine) -> tuple[LineRow, ...]:
    """Every due date. Interest of a period = Σ balance × R × share of the year between movements, rounded once.

    Errors: LOAN_TERMS for a movement outside the term, beyond the limit, or of more than is owed.
    """
    _check(line)
    with localcontext(arithmetic()):
        return tuple(_rows(line))


def line_flows(line: CreditLine, rows: tuple[LineRow, ...]) -> tuple[Flow, ...]:
    """What the borrower receives (positive) and pays (negative), by day."""
    moves = [Flow(move.day, move.amount) for move in line.movements]
    return tuple(sorted((*moves, *(Flow(row.due, -row.payment) for row in rows)), key=lambda flow: flow.day))


def _rows(line: CreditLine) -> Iterator[LineRow]:
    balance = ZERO
    moves = sorted(line.movements, key=lambda move: move.day)
    for number, (start, end) in enumerate(pairwise(line.dates), start=1):
        # What moves on the first due date belongs to the period that begins there.
        inside = [move for move in moves if start <= move.day < end]
        balance, interest = _period(line, balance, inside, start, end)
        principal = balance if number == len(line.dates) - 1 else _least(line, balance)
        balance -= principal
        yield LineRow(
            number,
            end,
            sum((move.amount for move in inside if move.amount > 0), ZERO),
            -sum((move.amount for move in inside if move.amount < 0), ZERO),
            principal,
            interest,
            balance,
        )


def _period(
    line: CreditLine, balance: Decimal, moves: list[Movement], start: date, end: date
) -> tuple[Decimal, Decimal]:
    """Balance at the end of a period, and its interest."""
    share, interest, at = DAY_COUNTS[line.day_count], ZERO, start
    for move in moves:
        interest += balance * line.rate * share(at, move.day)
        balance, at = balance + move.amount, move.day
        if balance > line.limit:
            raise _refused(message(N_("more than the limit is owed on {day:date}"), day=move.day))
        if balance < 0:
            raise _refused(message(N_("more than is owed is paid back on {day:date}"), day=move.day))
    return balance, line.exactness.amount(interest + balance * line.rate * share(at, end))


def _least(line: CreditLine, balance: Decimal) -> Decimal:
    return min(balance, max(line.least_principal, line.exactness.amount(balance * line.least_share)))


def _check(line: CreditLine) -> None:
    if line.least_share > 1:
        raise refused("minimum_principal_percent", message(N_("it is out of bounds")))
    if any(not line.dates[0] <= move.day < line.dates[-1] for move in line.movements):
        raise _refused(message(N_("money moves only between the start and the last due date")))


def _refused(why: Message) -> Fault:
    return refused("movements", why)
