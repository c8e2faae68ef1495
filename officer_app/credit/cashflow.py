"""Cash month by month with the tested loan: loan in, purpose out, instalments, the lowest month.

An old policy looks at twelve months with the rounded instalment; the shipped one runs to the last due date with what
is really paid in each month. Source: cases/README, section 6; DOMAIN b and e.8.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from typing import Final

from officer_app.credit.assessment import CashFlow, CashFlowMonth, Payout
from officer_app.credit.crosschecks.purpose import purpose_total
from officer_app.credit.facts.application import Application
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, Missing, absorbed, lift
from officer_app.credit.ground import Ground
from officer_app.credit.imputed import principal_in_term
from officer_app.credit.keys import choice_key
from officer_app.credit.reasons import counted
from officer_app.credit.schedules import Terms
from officer_app.credit.seasons import factors, month_after

LENGTH: Final = replace(choice_key("cash_flow_length", "twelve_months", "to_last_due_date"), optional=True)

_TO_LAST_DUE_DATE: Final = "to_last_due_date"
_YEAR_MONTHS: Final = 12


@dataclass(frozen=True, slots=True)
class CashPlan:
    """Everything that the cash of each month follows from; one factor and one payment for each month."""

    payout: Payout
    opening: Decimal
    factors: tuple[Decimal, ...]
    due: tuple[Decimal, ...]
    sales: Decimal
    cost: Decimal
    fixed: Decimal
    variable: Decimal
    other_income: Decimal
    household: Decimal
    debts: tuple[Decimal, ...]
    even: bool
    first: date | None

    def pace(self, factor: Decimal) -> Decimal:
        """By which cost of sales and variable costs of a month with this factor run: with the sales, or evenly."""
        return ONE if self.even else factor

    @property
    def steady(self) -> Decimal:
        """What comes and goes in every month alike, without the loan and the other debts."""
        return self.other_income - self.fixed - self.household


def cash_plan(ground: Ground, terms: Terms | Missing, loan: Figure, instalment: Figure) -> CashPlan | Missing | None:
    """The plan with a loan; None when there is none."""
    if loan == 0:
        return None
    if isinstance(terms, Missing):
        return absorbed(terms, loan)
    facts, income, family = ground.facts, ground.income, ground.household
    count = months_shown(ground, terms)
    by_month = factors(facts.sales, facts.application, count)
    if isinstance(by_month, Missing):
        return absorbed(by_month, loan)
    service = _debt_service(ground, count)

    def made(
        amount: Decimal, paid: Decimal, before: Decimal, purpose: Decimal, fee: Decimal, sales: Decimal,
        cost: Decimal, fixed: Decimal, variable: Decimal, other: Decimal, household: Decimal, *found: Decimal,
    ) -> CashPlan:  # fmt: skip
        payout = Payout(before, amount, fee, purpose, max(ZERO, amount - purpose), max(ZERO, purpose - amount))
        return CashPlan(
            payout,
            before - payout.own_contribution - payout.fee,
            found[:count],
            _due(ground, terms, amount, paid, count),
            sales,
            cost,
            fixed,
            variable,
            other,
            household,
            found[count:],
            facts.sales.cogs_timing == "even",
            facts.application.first_month_of_cash_flow,
        )

    return lift(
        made, loan, instalment, facts.assets.cash_on_hand + facts.assets.deposits, purpose_total(facts.application),
        fee_kept(ground, loan), income.adopted_monthly_sales, income.cost_of_sales, income.fixed_costs,
        income.variable_costs, family.other_income_counted, family.expenses_adopted,
        *by_month, *service,
    )  # fmt: skip


def cash_flow(plan: CashPlan | Missing | None) -> CashFlow | Missing | None:
    """Month by month, with the recommended loan; None when nothing is recommended."""
    if plan is None or isinstance(plan, Missing):
        return plan
    return CashFlow(plan.opening, tuple(_months(plan)), plan.payout)


def months_shown(ground: Ground, terms: Terms) -> int:
    """Twelve, or as many as there are to the last due date."""
    if ground.policy.get(LENGTH, "") != _TO_LAST_DUE_DATE:
        return _YEAR_MONTHS
    return _before_first_due(ground.facts.application) + terms.months


def fee_kept(ground: Ground, loan: Figure) -> Figure:
    """The fee kept back at payout; an old policy reads it in the all-in rate alone."""
    if ground.policy.get(LENGTH, "") != _TO_LAST_DUE_DATE:
        return ZERO
    return loan * ground.facts.application.upfront_fee_percent / HUNDRED


def _due(ground: Ground, terms: Terms, loan: Decimal, instalment: Decimal, count: int) -> tuple[Decimal, ...]:
    """What is paid in each month shown: row by row from the first due date on, or evenly over the term."""
    if ground.policy.get(LENGTH, "") != _TO_LAST_DUE_DATE:
        even = terms.due(loan, instalment)[:count]
        return even + (ZERO,) * (count - len(even))
    return (ZERO,) * (count - terms.months) + terms.payments(loan, instalment)


def _debt_service(ground: Ground, count: int) -> tuple[Figure, ...]:
    """What the other debts take in each month shown; one sum due inside it in its own month, where its day is known.

    Spread over the term it would eat before the harvest what is paid after it. The sum is the same, so nobody gains
    but the order of months; one due before the first month shown, or after the last, stays spread.
    """
    even, application = ground.household.existing_debt_service, ground.facts.application
    first, debts = application.first_month_of_cash_flow, ground.facts.liabilities
    if not counted(ground.policy) or first is None or isinstance(debts, Missing):
        return (even,) * count
    service: list[Figure] = [even] * count
    for debt in debts:
        principal = principal_in_term(debt, application, ground.policy)
        place = -1 if debt.due_date is None else _month_of(debt.due_date) - _month_of(first)
        if principal != ZERO and 0 <= place < count:
            service = [month - principal / application.term_months for month in service]
            service[place] = service[place] + principal
    return tuple(service)


def _month_of(day: date) -> int:
    return day.year * _YEAR_MONTHS + day.month


def _before_first_due(application: Application) -> int:
    """Months of the cash flow before the first due date, where both are told; a due date before it counts as none."""
    first, due = application.first_month_of_cash_flow, application.first_due_date
    if first is None or due is None:
        return 0
    return min(max(0, (due.year - first.year) * _YEAR_MONTHS + due.month - first.month), _YEAR_MONTHS)


def _months(plan: CashPlan) -> Iterator[CashFlowMonth]:
    closing, without = plan.opening, plan.payout.before
    for place, (factor, debts, payment) in enumerate(zip(plan.factors, plan.debts, plan.due, strict=True)):
        sales, pace = plan.sales * factor, plan.pace(factor)
        cost, variable = plan.cost * pace, plan.variable * pace
        net = sales - cost - plan.fixed - variable + plan.other_income - plan.household - debts - payment
        closing += net
        without += net + payment
        yield CashFlowMonth(
            place + 1,
            None if plan.first is None else month_after(plan.first, place),
            sales,
            cost,
            plan.fixed,
            variable,
            plan.other_income,
            plan.household,
            debts,
            payment,
            net,
            closing,
            without,
        )


def lost_with_sales(plan: CashPlan) -> tuple[tuple[Decimal, Decimal], ...]:
    """For each month its closing cash, and what it would lose up to then if nothing more were sold."""
    lost = accumulate(
        plan.sales * factor - (ZERO if plan.even else (plan.cost + plan.variable) * factor) for factor in plan.factors
    )
    return tuple(zip((month.closing for month in _months(plan)), lost, strict=True))
