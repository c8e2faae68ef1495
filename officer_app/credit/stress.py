"""The month with fewer sales, other things going worse, and how far sales may fall.

Source: cases/README, section 6; DOMAIN e.9: by the same share for everybody, and always the break-even.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from decimal import Decimal, localcontext
from itertools import accumulate
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Assessment, Mix, Scenario, Stress
from officer_app.credit.capacity import dscr_of, instalment_of
from officer_app.credit.cashflow import CashPlan, cash_plan, lost_with_sales
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import (
    HUNDRED,
    ONE,
    YEAR,
    ZERO,
    Figure,
    Missing,
    absorbed,
    arithmetic,
    at_most,
    ratio,
    summed,
    undefined,
)
from officer_app.credit.ground import Ground, ground_of
from officer_app.credit.harvests import terms_on
from officer_app.credit.keys import decimal_key, numbers_key, whole_key
from officer_app.credit.policy import Policy
from officer_app.credit.seasons import weakest_mean, year_of_factors
from officer_app.credit.statements import month_profit

SALES_DROP: Final = decimal_key("stress_sales_drop_percent", "percent")
PRICE_DROP: Final = decimal_key("stress.price_drop_percent", "percent", optional=True)
COST_RISE: Final = decimal_key("stress.cost_rise_percent", "percent", optional=True)
WEAK_MONTHS: Final = whole_key("stress.weak_months", "months", optional=True)
RATE_RISE: Final = decimal_key("stress.rate_rise_points", "points/year", optional=True)
# In the order of the fields of a mix, the months apart: they are whole.
_MIXED: Final = ("sales_drop_percent", "price_drop_percent", "cost_rise_percent", "rate_rise_points")
_MONTHS: Final = "weak_months"
MIX: Final = replace(numbers_key("stress.mix", "percent", (*_MIXED, _MONTHS)), optional=True)

_NAMES: Final[Mapping[str, tuple[str, Callable[[Mix], Decimal]]]] = MappingProxyType(
    {
        "sales": (N_("Sales {by:percent} lower"), lambda mix: mix.sales_drop_percent),
        "price": (N_("Selling prices {by:percent} lower"), lambda mix: mix.price_drop_percent),
        "cost": (N_("Buying prices {by:percent} higher"), lambda mix: mix.cost_rise_percent),
        "season": (N_("Every month like the {by:count} weakest"), lambda mix: Decimal(mix.weak_months)),
        "rate": (N_("Other debts {by:points} points a year dearer"), lambda mix: mix.rate_rise_points),
    }
)
OWN: Final = "own"
_WITHOUT_INTEREST: Final = ("supplier", "customer")


def stressed(ground: Ground, instalment: Figure, plan: CashPlan | Missing | None) -> Stress:
    """The month when sales fall by the policy's share, every scenario of the policy, and the break-evens."""
    drop = ground.policy[SALES_DROP]
    left = _left_with(ground, drop)
    return Stress(
        drop,
        left,
        at_most(instalment, left),
        tuple(scenario(ground, instalment, plan, name, mix) for name, mix in mixes_of(ground.policy).items()),
        break_even_percent(ground, instalment),
        _break_even_cash(plan),
    )


def _left_with(ground: Ground, drop: Decimal) -> Figure:
    """Disposable income when sales are so many percent lower; costs that do not move stay."""
    income, family = ground.income, ground.household
    profit = month_profit(
        ground.facts.sales,
        income.adopted_monthly_sales,
        income.weighted_gross_margin,
        income.fixed_costs,
        income.variable_costs,
        income.average_month_factor * (ONE - drop / HUNDRED),
    )
    return profit + family.other_income_counted - family.expenses_adopted - family.existing_debt_service


def mixes_of(policy: Policy) -> Mapping[str, Mix]:
    """The scenarios of a policy by name; an older one knows fewer sales alone."""
    return MappingProxyType(dict(_mixes(policy)))


def _mixes(policy: Policy) -> Iterator[tuple[str, Mix]]:
    yield "sales", Mix(sales_drop_percent=policy[SALES_DROP])
    if (fall := policy.get(PRICE_DROP, None)) is not None:
        yield "price", Mix(price_drop_percent=fall)
    if (rise := policy.get(COST_RISE, None)) is not None:
        yield "cost", Mix(cost_rise_percent=rise)
    if (months := policy.get(WEAK_MONTHS, None)) is not None:
        yield "season", Mix(weak_months=int(months))
    if (points := policy.get(RATE_RISE, None)) is not None:
        yield "rate", Mix(rate_rise_points=points)
    if (mix := policy.get(MIX, None)) is not None:
        yield "mix", _mix_of(mix)


def _mix_of(values: Mapping[str, Decimal]) -> Mix:
    sales, price, cost, rate = (values[name] for name in _MIXED)
    return Mix(sales, price, cost, rate, int(values[_MONTHS]))


def scenario(ground: Ground, instalment: Figure, plan: CashPlan | Missing | None, name: str, mix: Mix) -> Scenario:
    """The average month and the lowest cash under one mix.

    Sales = S·f·(1 − drop)·(1 − price fall); cost of sales = C·f·(1 − drop)·(1 + cost rise), C·(1 + cost rise) where
    costs run evenly; variable costs by the goods sold; debt service + Σ other loans × points / 12.
    """
    income, family = ground.income, ground.household
    even, weak = ground.facts.sales.cogs_timing == "even", _weak_factor(ground, mix)
    sold = (income.average_month_factor if weak is None else weak) * (ONE - mix.sales_drop_percent / HUNDRED)
    pace: Figure = ONE if even else sold
    gained = income.adopted_monthly_sales * sold * (ONE - mix.price_drop_percent / HUNDRED)
    spent = income.cost_of_sales * pace * (ONE + mix.cost_rise_percent / HUNDRED) + income.variable_costs * pace
    dearer = _dearer(ground, mix)
    before_debts = gained - spent - income.fixed_costs + family.other_income_counted - family.expenses_adopted
    service = family.existing_debt_service + dearer
    left = before_debts - service
    return Scenario(
        name,
        mix,
        left,
        dscr_of(before_debts, service, instalment),
        at_most(instalment, left),
        _lowest(plan, mix, dearer, weak),
    )


def _weak_factor(ground: Ground, mix: Mix) -> Figure | None:
    """The factor of the weak months of a usual year; None where the mix leaves the seasons."""
    if not mix.weak_months:
        return None
    year = year_of_factors(ground.facts.sales, ground.facts.application)
    if isinstance(year, Missing):
        return year
    known = tuple(factor for factor in year if isinstance(factor, Decimal))
    return weakest_mean(known, mix.weak_months) if len(known) == len(year) else absorbed(*year)


def _dearer(ground: Ground, mix: Mix) -> Figure:
    """What a rise of interest costs a month on the debts that bear interest; trade credit does not."""

    def balance(debt: Liability) -> Figure:
        return ZERO if debt.kind in _WITHOUT_INTEREST else debt.balance

    if not mix.rate_rise_points:
        return ZERO
    return summed(ground.facts.liabilities, balance) * mix.rate_rise_points / HUNDRED / YEAR


def _lowest(plan: CashPlan | Missing | None, mix: Mix, dearer: Figure, weak: Figure | None) -> Figure | None:
    """The least closing cash of the plan under a mix."""
    if plan is None:
        return None
    if isinstance(plan, Missing) or isinstance(dearer, Missing) or isinstance(weak, Missing):
        return absorbed(plan, dearer, weak)
    sold = ONE - mix.sales_drop_percent / HUNDRED
    # What one unit of factor brings, and what goes out whatever the factor is.
    brings = plan.sales * sold * (ONE - mix.price_drop_percent / HUNDRED)
    spent = plan.cost * (ONE + mix.cost_rise_percent / HUNDRED) + plan.variable
    moving = brings if plan.even else brings - spent * sold
    steady = plan.steady - dearer - (spent if plan.even else ZERO)
    factors = plan.factors if weak is None else (weak,) * len(plan.factors)
    nets = (
        moving * factor + steady - debts - due
        for factor, debts, due in zip(factors, plan.debts, plan.due, strict=True)
    )
    closings = accumulate(nets, initial=plan.opening)
    next(closings)  # the opening alone is no month's end
    return min(closings)


def break_even_percent(ground: Ground, instalment: Figure) -> Figure:
    """By how many percent sales may fall until what is left is just the instalment; below 0: not covered now.

    (Y − I) / what one percent of the sales brings: a·(S − C − V) / 100, a·S / 100 where costs run evenly. Missing
    where more sales bring nothing: no fall is the one.
    """
    income = ground.income
    moving = income.adopted_monthly_sales
    if ground.facts.sales.cogs_timing != "even":
        moving = moving - income.cost_of_sales - income.variable_costs
    moving = moving * income.average_month_factor
    spare = ground.household.disposable_income - instalment
    if isinstance(moving, Decimal) and moving <= 0:
        return absorbed(spare, undefined("products"))
    return ratio(spare * HUNDRED, moving, "sales")


def _break_even_cash(plan: CashPlan | Missing | None) -> Figure | None:
    """By how many percent sales may fall until the lowest month closes with nothing; below 0 it does not now."""
    if plan is None or isinstance(plan, Missing):
        return plan
    months = lost_with_sales(plan)
    falls = [closing * HUNDRED / lost for closing, lost in months if lost > 0]
    # A month that is short though nothing was sold up to it: no change of sales mends it.
    stuck = any(closing < 0 for closing, lost in months if lost <= 0)
    return undefined("products", "assets") if stuck or not falls else min(falls)


def scenario_name(of: Scenario) -> Message:
    """What a scenario is called: what goes worse, and by how much."""
    if of.name in _NAMES:
        text, by = _NAMES[of.name]
        return Message(text, {"by": by(of.mix)})
    return Message(N_("Your own mix")) if of.name == OWN else Message(N_("Several at once, as the policy says"))


def tried(assessment: Assessment, mix: Mix) -> Scenario:
    """What a mix of one's own would do to an assessed case, at its tested loan."""
    facts, policy = assessment.facts, assessment.policy
    with localcontext(arithmetic()):
        ground = ground_of(facts, policy)
        terms = terms_on(ground)
        instalment = instalment_of(terms, assessment.capacity.tested_loan)
        plan = cash_plan(ground, terms, assessment.sizing.recommended_max_loan, instalment)
        return scenario(ground, instalment, plan, OWN, mix)
