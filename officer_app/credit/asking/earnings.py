"""What comes in: other income that nobody saw on paper, sales that too few routes show, the slow months."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.asking.missing import book
from officer_app.credit.changing import changed
from officer_app.credit.figures import ONE, Missing, known

# Source: DOMAIN, e.3: at least three routes.
_ROUTES_WANTED: Final = 3
_LOWER: Final = Decimal("0.8")  # of the adopted sales: what another honest route shows when the first were too kind
_SLOW: Final = Decimal("0.8")
_MONTHS: Final = 12


def earnings(case: Situation) -> Iterator[Candidate]:
    """Questions on income and sales."""
    yield from _other_income(case)
    yield from _another_route(case)
    yield from _seasons(case)


def _other_income(case: Situation) -> Iterator[Candidate]:
    found = case.told.household.other_income
    for income in () if isinstance(found, Missing) else found:
        if income.verified is False and known(income.monthly_amount):
            values = {"item": income.item or None, "monthly": known(income.monthly_amount)}
            yield Candidate(
                Message(N_("Can “{item}”, {monthly:money} a month, be seen on paper?"), values),
                Message(N_("Income that nobody saw on paper is not counted")),
                (income.at("verified"), income.path),
                (case.facts, changed(case.facts, income.at("verified"), value=True)),
            )


def _another_route(case: Situation) -> Iterator[Candidate]:
    routes = case.told.sales.routes
    if isinstance(routes, Missing) or not 0 < len(routes) < _ROUTES_WANTED:
        return
    adopted = known(case.figures.income.adopted_monthly_sales)
    if not adopted or isinstance(case.facts.sales.routes, Missing):
        return
    lower = book(f"sales.routes[{len(routes)}]", adopted * _LOWER)
    yield Candidate(
        Message(N_("What else shows the sales that does not come from the borrower's mouth?")),
        Message(N_("Only {routes:count} ways to the sales so far"), {"routes": len(routes)}),
        ("sales.routes",),
        (case.facts, changed(case.facts, "sales.routes", (*case.facts.sales.routes, lower))),
    )


def _seasons(case: Situation) -> Iterator[Candidate]:
    if case.told.sales.month_factors is not None or not known(case.told.sales.declared_monthly_sales):
        return
    slow = (*(ONE,) * (_MONTHS // 2), *(_SLOW,) * (_MONTHS // 2))
    yield Candidate(
        Message(N_("Which months are slow, and how slow?")),
        Message(N_("Every month counts like the one told")),
        ("sales.month_factors",),
        (case.facts, changed(case.facts, "sales.month_factors", slow)),
    )
