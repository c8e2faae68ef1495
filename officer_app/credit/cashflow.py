"""Twelve months with the tested loan. Source: cases/README, section 6."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from officer_app.credit.assessment import CashFlow, CashFlowMonth
from officer_app.credit.crosschecks.purpose import purpose_total
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, absorbed, lift, not_below_zero
from officer_app.credit.ground import Ground
from officer_app.credit.schedules import Terms
from officer_app.credit.statements import month_factors


def cash_flow(
    ground: Ground, terms: Terms | Missing, recommended: Figure, instalment: Figure
) -> CashFlow | Missing | None:
    """Month by month, with the recommended loan; None when nothing is recommended."""
    if recommended == 0:
        return None
    factors = month_factors(ground.facts.sales)
    if isinstance(terms, Missing) or isinstance(factors, Missing):
        return absorbed(terms, factors, recommended)
    income, family = ground.income, ground.household

    def flow(
        loan: Decimal, paid: Decimal, opening: Decimal, sales: Decimal, margin: Decimal, fixed: Decimal,
        variable: Decimal, other: Decimal, household: Decimal, debts: Decimal, *by_month: Decimal,
    ) -> CashFlow:  # fmt: skip
        due = terms.due(loan, paid)
        even = ground.facts.sales.cogs_timing == "even"
        plans = [
            (
                factor * sales,
                sales * (ONE - margin) * (ONE if even else factor),
                fixed,
                variable * (ONE if even else factor),
                other,
                household,
                debts,
                due[place] if place < len(due) else ZERO,
            )
            for place, factor in enumerate(by_month)
        ]
        return CashFlow(opening, tuple(_months(plans, opening, ground.facts.application.first_month_of_cash_flow)))

    return lift(
        flow, recommended, instalment, _opening(ground, recommended), income.adopted_monthly_sales,
        income.weighted_gross_margin, income.fixed_costs, income.variable_costs, family.other_income_counted,
        family.expenses_adopted, family.existing_debt_service, *factors,
    )  # fmt: skip


def _opening(ground: Ground, loan: Figure) -> Figure:
    """Cash + deposits − max(0, purpose − loan): the own contribution has been paid."""
    assets = ground.facts.assets
    own = not_below_zero(purpose_total(ground.facts.application) - loan)
    return assets.cash_on_hand + assets.deposits - own


_Plan = tuple[Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal, Decimal]


def _months(plans: list[_Plan], opening: Decimal, first: date | None) -> Iterator[CashFlowMonth]:
    closing = opening
    for place, (sales, cost, fixed, variable, other, household, debts, payment) in enumerate(plans):
        net = sales - cost - fixed - variable + other - household - debts - payment
        closing += net
        yield CashFlowMonth(
            place + 1,
            _later(first, place),
            sales,
            cost,
            fixed,
            variable,
            other,
            household,
            debts,
            payment,
            net,
            closing,
        )


def _later(first: date | None, months: int) -> date | None:
    if first is None:
        return None
    count = first.year * 12 + first.month - 1 + months
    return date(count // 12, count % 12 + 1, 1)
