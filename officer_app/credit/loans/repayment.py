"""The schedule of a loan, row by row: interest first, then principal; the last row repays the whole balance.

Source: `schedules.md`, section 3; each method's formula stands with its function.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from itertools import pairwise
from types import MappingProxyType
from typing import Final, TypeAlias

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, message
from officer_app.credit.figures import ONE, ZERO, arithmetic
from officer_app.credit.loans.daycounts import DAY_COUNTS
from officer_app.credit.loans.terms import LoanTerms, Method

# The principal of a row, from its number, the balance before it and its own interest.
_Principal: TypeAlias = Callable[[int, Decimal, Decimal], Decimal]


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """One payment. `capitalised` is interest that was added to the balance instead of being paid."""

    number: int
    due: date | None
    principal: Decimal
    interest: Decimal
    balance_after: Decimal
    capitalised: Decimal | None = None

    @property
    def payment(self) -> Decimal:
        """What is paid on the due date."""
        return self.principal + self.interest


def schedule_of(terms: LoanTerms) -> tuple[ScheduleRow, ...]:
    """Every row. Errors: LOAN_TERMS when the balance would fall below nothing before the last row."""
    with localcontext(arithmetic()):
        rows = tuple(_flat(terms) if terms.method is Method.FLAT else _rows(terms))
    early = next((row for row in rows if row.balance_after < 0), None)
    if early is not None:
        why = message(N_("more than the balance is paid back in row {number}"), number=early.number)
        raise Fault(Code.LOAN_TERMS, where="principal", field="principal", why=why)
    return rows


def _rows(terms: LoanTerms) -> Iterator[ScheduleRow]:
    factors = factors_of(terms)
    balance, waiting = terms.principal, ZERO
    quiet = terms.moratorium_periods
    for number in range(1, quiet + 1):
        grown = terms.exactness.amount(balance * factors[number - 1])
        balance += grown
        yield ScheduleRow(number, _due(terms, number), ZERO, ZERO, balance, grown)
    principal_of = _METHODS[terms.method](terms, balance, factors)
    for number in range(quiet + 1, terms.periods + 1):
        own = terms.exactness.multiple(balance * factors[number - 1], terms.interest_multiple_of)
        deferred = number <= terms.interest_deferral_periods
        waiting, interest = (waiting + own, ZERO) if deferred else (ZERO, own + waiting)
        if number == terms.periods:
            principal = balance
        elif number <= terms.principal_grace_periods:
            principal = ZERO
        else:
            principal = principal_of(number, balance, own)
        balance -= principal
        yield ScheduleRow(number, _due(terms, number), principal, interest, balance)


def factors_of(terms: LoanTerms) -> tuple[Decimal, ...]:
    """Interest of each period per unit of balance: R / periods a year, or R × the share of the year in days."""
    if terms.day_count not in DAY_COUNTS:
        return (terms.rate / terms.periods_per_year,) * terms.periods
    share = DAY_COUNTS[terms.day_count]
    return tuple(terms.rate * share(start, end) for start, end in pairwise(terms.dates))


def _first(terms: LoanTerms) -> int:
    """The first row that pays principal, counted from 0."""
    return max(terms.principal_grace_periods, terms.moratorium_periods)


def _equal_instalment(terms: LoanTerms, balance: Decimal, factors: tuple[Decimal, ...]) -> _Principal:
    """Instalment − own interest. Instalment: P·j / (1 − (1+j)^−k), P / k at no interest; or by exact day factors."""
    instalment = terms.instalment_override
    if instalment is None:
        annuity = _exact_annuity(terms, factors) if terms.exact_day_factors else _annuity(terms)
        # A balloon waits for the last row: only the rest is spread, and the balloon bears interest meanwhile.
        spread = balance - terms.balloon / _growth(terms, factors)
        instalment = terms.exactness.multiple(spread / annuity, terms.instalment_multiple_of)
    fixed = instalment
    return lambda _number, _balance, own: fixed - own


def _annuity(terms: LoanTerms) -> Decimal:
    """(1 − (1+j)^−k) / j for k rows, k when j is 0; j = R / periods a year, whatever the day count."""
    rows, j = terms.periods - _first(terms), terms.rate / terms.periods_per_year
    return (ONE - (ONE + j) ** -rows) / j if j else Decimal(rows)


def _exact_annuity(terms: LoanTerms, factors: tuple[Decimal, ...]) -> Decimal:
    """Σ over the paying rows of 1 / Π(1 + f) up to that row."""
    grown, annuity = ONE, ZERO
    for factor in factors[_first(terms) :]:
        grown *= ONE + factor
        annuity += ONE / grown
    return annuity


def _growth(terms: LoanTerms, factors: tuple[Decimal, ...]) -> Decimal:
    """What one unit grows to from the first paying row to the last."""
    if not terms.exact_day_factors:
        return (ONE + terms.rate / terms.periods_per_year) ** (terms.periods - _first(terms))
    grown = ONE
    for factor in factors[_first(terms) :]:
        grown *= ONE + factor
    return grown


def _equal_principal(terms: LoanTerms, balance: Decimal, _factors: tuple[Decimal, ...]) -> _Principal:
    """(P − balloon) / k, rounded to the multiple if there is one."""
    share = (balance - terms.balloon) / (terms.periods - _first(terms))
    fixed = terms.exactness.multiple(share, terms.instalment_multiple_of)
    return lambda _number, _balance, _own: fixed


def _bullet(_terms: LoanTerms, _balance: Decimal, _factors: tuple[Decimal, ...]) -> _Principal:
    """Nothing before the last row."""
    return lambda _number, _balance, _own: ZERO


def _fixed(terms: LoanTerms, _balance: Decimal, _factors: tuple[Decimal, ...]) -> _Principal:
    """The agreed principal; the balloon falls in the last row."""
    fixed = terms.fixed_principal or ZERO
    return lambda _number, _balance, _own: fixed


def _custom(terms: LoanTerms, _balance: Decimal, _factors: tuple[Decimal, ...]) -> _Principal:
    """The agreed principal of each row."""
    return lambda number, _balance, _own: terms.principal_schedule[number - 1]


_METHODS: Final[Mapping[Method, Callable[[LoanTerms, Decimal, tuple[Decimal, ...]], _Principal]]] = MappingProxyType(
    {
        Method.EQUAL_INSTALMENT: _equal_instalment,
        Method.EQUAL_PRINCIPAL: _equal_principal,
        Method.BULLET: _bullet,
        Method.FIXED_PRINCIPAL: _fixed,
        Method.CUSTOM: _custom,
    }
)


def _flat(terms: LoanTerms) -> Iterator[ScheduleRow]:
    """Interest on the first balance for the whole term, P·R·n / periods a year, in equal parts with the principal."""
    exact, count = terms.exactness, terms.periods
    unrounded = terms.principal * terms.rate * count / terms.periods_per_year
    interest = exact.amount(unrounded / count)
    principal = exact.amount((terms.principal - terms.balloon) / count)
    if terms.instalment_multiple_of is not None:
        principal = exact.multiple(principal + interest, terms.instalment_multiple_of) - interest
    balance = terms.principal
    for number in range(1, count):
        balance -= principal
        yield ScheduleRow(number, _due(terms, number), principal, interest, balance)
    rest = exact.amount(unrounded) - interest * (count - 1)
    yield ScheduleRow(count, _due(terms, count), balance, rest, ZERO)


def _due(terms: LoanTerms, number: int) -> date | None:
    if terms.payment_dates:
        return terms.payment_dates[number - 1]
    return terms.dates[number] if terms.dates else None


def total_interest(rows: tuple[ScheduleRow, ...]) -> Decimal:
    """All interest that is paid."""
    with localcontext(arithmetic()):
        return sum((row.interest for row in rows), ZERO)


def total_principal(rows: tuple[ScheduleRow, ...]) -> Decimal:
    """All principal that is paid back, capitalised interest with it."""
    with localcontext(arithmetic()):
        return sum((row.principal for row in rows), ZERO)
