"""Fees beside the interest, and what the money costs with them: yearly rates and the sum in yuan.

Fees change no row of the schedule, only the payments that the rates are made of. Source: `schedules.md`, section 5;
DOMAIN b, "APR": nominal = rate of the period × periods a year, effective by dates, act/365; both are shown.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from enum import StrEnum

from officer_app.credit.figures import HUNDRED, ONE, ZERO, arithmetic
from officer_app.credit.loans.repayment import ScheduleRow, total_interest
from officer_app.credit.loans.returns import (
    Flow,
    effective_annual,
    effective_percent,
    nominal_percent,
    per_period,
)
from officer_app.credit.loans.terms import LoanTerms


class FeeKind(StrEnum):
    """When a fee is paid, and what a percentage of it is taken of."""

    UPFRONT = "upfront"  # at the payout, kept back; of the loan
    PER_INSTALMENT = "per_instalment"  # with every row; of the loan
    YEARLY = "yearly"  # at the beginning of every year begun; of the balance then
    INSURANCE = "insurance"  # at the beginning of every year begun; of the loan


@dataclass(frozen=True, slots=True)
class Fee:
    """One fee: an amount each time, or a percentage. `name` is Chinese, or the only name there is."""

    name: str
    kind: FeeKind
    amount: Decimal | None = None
    percent: Decimal | None = None
    english: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """A fee falling due: with the payout (row 0) or with a row."""

    fee: Fee
    row: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Cost:
    """What a loan costs: interest and fees in yuan, yearly rates in percent with all fees in them."""

    interest: Decimal
    fees: Decimal
    subsidy: Decimal
    nominal_percent: Decimal
    effective_percent: Decimal

    @property
    def whole(self) -> Decimal:
        """Everything that is paid beyond the loan itself."""
        return self.interest + self.fees - self.subsidy


def charges_of(terms: LoanTerms, rows: Sequence[ScheduleRow], fees: Sequence[Fee]) -> tuple[Charge, ...]:
    """Every fee each time it falls due, rounded as every amount; those of nothing are left out."""
    with localcontext(arithmetic()):
        found = (charge for fee in fees for charge in _charges(terms, rows, fee))
        return tuple(charge for charge in found if charge.amount)


def _charges(terms: LoanTerms, rows: Sequence[ScheduleRow], fee: Fee) -> Iterator[Charge]:
    def charge(row: int, of: Decimal) -> Charge:
        amount = fee.amount if fee.amount is not None else of * (fee.percent or ZERO) / HUNDRED
        return Charge(fee, row, terms.exactness.amount(amount))

    match fee.kind:
        case FeeKind.UPFRONT:
            yield charge(0, terms.principal)
        case FeeKind.PER_INSTALMENT:
            yield from (charge(row.number, terms.principal) for row in rows)
        case FeeKind.YEARLY | FeeKind.INSURANCE:
            for number in range(0, len(rows), terms.periods_per_year):
                balance = rows[number - 1].balance_after if number else terms.principal
                yield charge(number, balance if fee.kind is FeeKind.YEARLY else terms.principal)


def cost_of(
    terms: LoanTerms, rows: Sequence[ScheduleRow], fees: Sequence[Fee] = (), subsidised: Decimal = ZERO
) -> Cost:
    """Interest, fees and yearly rates. `subsidised` is the share of each row's interest that another pays.

    Without dates the effective rate is (1+i)^periods − 1. Errors: LOAN_TERMS when no rate balances the payments.
    """
    charges = charges_of(terms, rows, fees)
    flows = borrower_flows(terms, rows, charges, subsidised)
    each = per_period(flows)
    with localcontext(arithmetic()):
        interest = total_interest(tuple(rows))
        return Cost(
            interest=interest,
            fees=sum((charge.amount for charge in charges), ZERO),
            subsidy=sum((_subsidy(terms, row, subsidised) for row in rows), ZERO),
            nominal_percent=nominal_percent(each, terms.periods_per_year),
            effective_percent=(
                effective_annual(flows) * HUNDRED if terms.dates else effective_percent(each, terms.periods_per_year)
            ),
        )


def borrower_flows(
    terms: LoanTerms, rows: Sequence[ScheduleRow], charges: Sequence[Charge], subsidised: Decimal = ZERO
) -> tuple[Flow, ...]:
    """Received at the payout less what is kept back, then each row with its fees, less the subsidy.

    Without dates the places alone count, and days stand one after the other.
    """
    start = terms.dates[0] if terms.dates else date.min
    with localcontext(arithmetic()):
        taken = dict.fromkeys(range(len(rows) + 1), ZERO)
        for charge in charges:
            taken[charge.row] += charge.amount
        paid = (
            Flow(
                row.due or start + timedelta(days=row.number),
                _subsidy(terms, row, subsidised) - row.payment - taken[row.number],
            )
            for row in rows
        )
        return (Flow(start, terms.principal - taken[0]), *paid)


def _subsidy(terms: LoanTerms, row: ScheduleRow, share: Decimal) -> Decimal:
    return terms.exactness.amount(row.interest * min(share, ONE))
