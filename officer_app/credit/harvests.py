"""Who sells once or twice a year: what a month brings by its season, and over how many months a loan is carried.

A crop loan runs from spring to harvest and is paid out of a whole year's crop. Its monthly equivalent over the few
months that it runs, held against the mean month of the year, refuses what the harvest pays easily.
"""

from __future__ import annotations

from decimal import Decimal

from officer_app.credit.facts.application import Application
from officer_app.credit.figures import YEAR, Figure, Missing, total
from officer_app.credit.ground import Ground
from officer_app.credit.reasons import counted, sells_harvests
from officer_app.credit.rounding import ROUNDING
from officer_app.credit.schedules import Terms, terms_of
from officer_app.credit.seasons import factors
from officer_app.credit.statements import month_profit


def disposable_in(ground: Ground, factor: Figure) -> Figure:
    """Disposable income of a month that sells `factor` times the base month; yuan."""
    income, family = ground.income, ground.household
    profit = month_profit(
        ground.facts.sales,
        income.adopted_monthly_sales,
        income.weighted_gross_margin,
        income.fixed_costs,
        income.variable_costs,
        factor,
    )
    return profit + family.other_income_counted - family.expenses_adopted - family.existing_debt_service


def terms_on(ground: Ground) -> Terms | Missing:
    """The terms asked for, a plan of less than a year carried by what the harvest inside it brings."""
    application = ground.facts.application
    terms = terms_of(application, ground.policy[ROUNDING].amounts)
    if isinstance(terms, Missing) or not _by_harvest(ground, terms):
        return terms
    return terms.carried_over(_months_carried(ground, application, terms.months))


def _by_harvest(ground: Ground, terms: Terms) -> bool:
    return (
        terms.shares is not None
        and terms.months < YEAR
        and ground.facts.sales.calendar_factors is not None
        and counted(ground.policy)
        and sells_harvests(ground.facts, ground.routes)
    )


def _months_carried(ground: Ground, application: Application, months: int) -> Decimal:
    """What is left over in the months of the loan, in mean months; at least its term, at most a year.

    The year bounds it since the harvest has to feed the family until the next one. Who tells a higher season inside
    the term gains no more than that, and the lean months stand in the cash flow with the same factors.
    """
    term, mean = Decimal(months), ground.household.disposable_income
    by_month = factors(ground.facts.sales, application, months)
    if isinstance(by_month, Missing) or isinstance(mean, Missing) or mean <= 0:
        return term
    brought = total(disposable_in(ground, factor) for factor in by_month)
    return term if isinstance(brought, Missing) else max(term, min(brought / mean, YEAR))
