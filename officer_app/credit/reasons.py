"""What the facts themselves give as the reason of something odd: a harvest, a young business, a lawful stall.

A check that cries on honest people teaches officers to click it away. Each predicate here rests on facts that are
counted, seen on paper or told by others, never on the borrower's word alone, and moves nothing else: sales, margin,
debts and cash are computed as before. A policy without the key knows none of them.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import Mouth, RouteKind
from officer_app.credit.figures import ONE, ZERO, Figure, Missing, Truth, at_most, magnitude
from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy
from officer_app.credit.routes import SalesRoute

REASONS: Final = replace(choice_key("shown_reasons", "none", "all"), optional=True)

_HARVESTS_MOST: Final = Decimal(2)
_YEAR_MONTHS: Final = 12
_YEAR_DAYS: Final = Decimal("365.25")


def counted(policy: Policy) -> bool:
    """Whether a reason that the facts show is counted."""
    return policy.get(REASONS, "none") == "all"


def sells_harvests(facts: CaseFacts, routes: tuple[SalesRoute, ...]) -> bool:
    """Sells a crop once or twice a year: the field was measured, by somebody else than the borrower, with evidence.

    A trader who calls his goods a harvest gains nothing: without a field there is no such route, and with one its
    yield is held against the sales told like every other route.
    """
    given = () if isinstance(facts.sales.routes, Missing) else facts.sales.routes
    fields = {
        route.id
        for route in given
        if route.kind == RouteKind.CROP and at_most(route.inputs.harvests_per_year, _HARVESTS_MOST) is True
    }
    return any(
        route.id in fields and route.evidence.strip() and route.mouth is not Mouth.BORROWER for route in routes
    )


def is_young(facts: CaseFacts) -> bool:
    """Less than a year old as told and by every paper there is: licence, lease, first receipts.

    Nobody old gains by saying so: an older licence takes it away, and a young business has no history to lend on.
    """
    business = facts.business
    if business is None:
        return False
    papers = [age for age in (business.years_on_paper, _licence_years(facts)) if isinstance(age, Decimal)]
    told = at_most(ONE, business.years) is False
    return told and bool(papers) and all(age < ONE for age in papers)


def _licence_years(facts: CaseFacts) -> Figure | None:
    visit = None if facts.site_visit is None else facts.site_visit.visited_on
    since = None if facts.business is None else facts.business.licence_since
    return None if visit is None or since is None else Decimal((visit - since).days) / _YEAR_DAYS


def factor_of(facts: CaseFacts, month: int) -> Figure | None:
    """The told season factor of a calendar month, 1 for January; None where nobody gave twelve."""
    given = facts.sales.calendar_factors
    return given[(month - 1) % _YEAR_MONTHS] if given is not None and len(given) == _YEAR_MONTHS else None


def sold_nothing_around(facts: CaseFacts, month: int) -> bool:
    """Nothing is sold in this calendar month and the one before, by the season factors.

    The same factors make the cash flow: who calls a month dead to escape a question has no sales in it there either.
    """
    return all(factor_of(facts, one) == ZERO for one in (month, month - 1))


def whole_days(policy: Policy, found: Figure, told: Figure, passes: Truth) -> Truth:
    """Days are told whole: what lies within one of them is no difference, though of one day it is many per cent.

    A liar gains one day of sales at most.
    """
    return True if counted(policy) and passes is False and at_most(magnitude(found - told), ONE) is True else passes
