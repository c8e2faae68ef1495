"""Where the business stands and what it plans: a lease that ends too early, work that nobody is there to do."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.asking.candidate import Candidate, Situation
from officer_app.credit.changing import changed, made
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.sales import OperatingCost
from officer_app.credit.figures import Missing, known
from officer_app.credit.household import FLOOR_PER_PERSON

_RISE: Final = Decimal("0.2")  # of the rent, when a lease is made anew
_WAGE_OF_PERSONS: Final = 3  # a wage in floors for one person, where no wage was told
_LARGER: Final = frozenset({"equipment", "vehicle", "premises", "fitting_out", "livestock"})
_YEAR: Final = 12


def premises(case: Situation) -> Iterator[Candidate]:
    """Questions on the lease and on the plan."""
    yield from _lease(case)
    yield from _plan(case)


def _lease(case: Situation) -> Iterator[Candidate]:
    """Not prolonged, the loan must be repaid by its end; prolonged, the rent may rise."""
    place, begins = case.told.premises, _begins(case.told)
    term = known(case.told.application.term_months)
    if place is None or place.lease_until is None or begins is None or term is None:
        return
    left = (place.lease_until.year - begins.year) * _YEAR + place.lease_until.month - begins.month
    if left >= term:
        return
    shorter = changed(case.facts, "application.term_months", Decimal(max(left, 1)))
    yield Candidate(
        Message(N_("Until when will the landlord prolong the lease, and at what rent? Have it written down")),
        Message(
            N_("The lease ends on {until:date}, before a loan of {term:count} months is repaid"),
            {"until": place.lease_until, "term": term},
        ),
        ("premises.lease_until",),
        (case.facts, shorter, _costlier(case.facts, (known(place.monthly_rent) or Decimal(0)) * _RISE)),
    )


def _begins(facts: CaseFacts) -> date | None:
    """The first day of the loan, as far as the case names one."""
    visited = facts.site_visit.visited_on if facts.site_visit is not None else None
    return facts.application.payout_date or facts.application.first_month_of_cash_flow or visited


def _plan(case: Situation) -> Iterator[Candidate]:
    """A larger business needs hands: until somebody says who works there, a wage may come on top."""
    items = case.told.application.purpose_items
    grows = [] if isinstance(items, Missing) else [item for item in items if item.kind in _LARGER]
    project = case.told.project
    if not grows or (project is not None and known(project.units_per_year) is not None):
        return
    wage = known(case.told.staff.asked_wage) if case.told.staff is not None else None
    wage = wage or case.policy[FLOOR_PER_PERSON] * _WAGE_OF_PERSONS
    yield Candidate(
        Message(
            N_("How much more will be sold once “{item}” is there, and who will do the work?"),
            {"item": grows[0].item or None},
        ),
        Message(N_("The loan makes the business larger; sales and wages afterwards are not known")),
        ("project.units_per_year",),
        (case.facts, _costlier(case.facts, wage)),
    )


def _costlier(facts: CaseFacts, monthly: Decimal) -> CaseFacts:
    """With one more fixed cost."""
    costs = facts.operating_costs
    if isinstance(costs, Missing):
        return facts
    path, amount = f"operating_costs[{len(costs)}]", f"{monthly.quantize(Decimal('0.01')):f}"
    more = made(OperatingCost, path, item="-", monthly_amount=amount, behaviour="fixed")
    return changed(facts, "operating_costs", (*costs, more))
