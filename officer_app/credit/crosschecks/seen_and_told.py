"""Years and rent as told, against what papers and the running costs show. Source: DOMAIN, section a, row 18."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit import inapplicable
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.costs_named import RENT as RENT_WORDS
from officer_app.credit.crosschecks.costs_named import cost_named
from officer_app.credit.crosschecks.public_records import is_exempt
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, near, unsaid
from officer_app.credit.facts.business import Business
from officer_app.credit.figures import Figure, Missing, absent, at_most, greatest, known
from officer_app.credit.ground import Ground
from officer_app.credit.inapplicable import does_not_apply
from officer_app.credit.keys import decimal_key

YEARS_OVER: Final = decimal_key("years_over_paper_max", "years", optional=True)
RENT_TOLERANCE: Final = decimal_key("rent_tolerance_percent", "percent", optional=True)

YEARS: Final = Rule(
    "YEARS",
    FlagKind("YEARS_NOT_ON_PAPER", 103, 1, N_("the papers show fewer years than told")),
    Message(N_("Years told against papers")),
    Message(N_("years as told − years on paper (licence, lease, first receipts), at most the limit")),
    Message(N_("Ask since when the business runs, and look at licence, lease and the oldest receipts")),
    Message(N_("Ask who ran the business before, and for an older paper")),
)
RENT: Final = Rule(
    "RENT",
    FlagKind("RENT_NOT_IN_COSTS", 104, 1, N_("the rent is not the one in the running costs")),
    Message(N_("Rent against the running costs")),
    Message(N_("(rent of the premises − rent among the running costs) ÷ rent among the running costs")),
    Message(N_("Ask for the lease and the rent a month")),
    Message(N_("Look at the lease and correct the rent in the running costs")),
)
_YEAR_DAYS: Final = Decimal("365.25")


def _years(ground: Ground) -> Results:
    """Pass when told years exceed the papers by no more than the limit; fewer years than on paper never fail.

    A stall that needs no licence has no paper of its first day: there the years that two others tell, each by
    himself, stand beside the papers, the fewer of the two. A liar needs two outsiders who tell the same, and what
    each of them says is held against his own word too.
    """
    business, limit = ground.facts.business, ground.policy.get(YEARS_OVER, None)
    if limit is None:
        return ()
    if business is None or unsaid(business.years) or unsaid(business.years_on_paper, business.licence_since):
        return YEARS.not_begun("business.years", "business.years_on_paper")
    visit = ground.facts.site_visit
    shown = _on_paper(business, None if visit is None else visit.visited_on)
    if is_exempt(ground):
        shown = greatest((shown, *_told_by_others(ground)), shown if isinstance(shown, Missing) else absent())
    sentence = Message(
        N_("Told {told:ratio} years in this business; papers show {found:ratio}"),
        {"told": known(business.years), "found": known(shown)},
    )
    paths = (business.at("years"), business.at("years_on_paper"), business.at("licence_since"))
    over = business.years - shown
    numbers = Numbers(business.years, shown, over, limit, Unit.RATIO, Unit.RATIO)
    return YEARS.result(at_most(over, limit), sentence, paths, numbers)


def _on_paper(business: Business, visited_on: date | None) -> Figure:
    """The years noted from papers, else those of the licence up to the visit."""
    if not unsaid(business.years_on_paper) or business.licence_since is None:
        return business.years_on_paper
    if visited_on is None:
        return absent("site_visit.visited_on")
    return Decimal((visited_on - business.licence_since).days) / _YEAR_DAYS


def _told_by_others(ground: Ground) -> tuple[Figure, ...]:
    """The second longest of the years told by people outside family and staff; nothing by one person alone."""
    asked = ground.facts.accounts
    people = () if asked is None else (asked.neighbour, asked.supplier, asked.landlord)
    told = sorted((one.years for one in people if one is not None and isinstance(one.years, Decimal)), reverse=True)
    return tuple(told[1:2])


def _rent(ground: Ground) -> Results:
    """Pass when the rent is the one that the profit was worked out with; no check where none is paid."""
    premises, tolerance = ground.facts.premises, ground.policy.get(RENT_TOLERANCE, None)
    if tolerance is None or _pays_no_rent(ground):
        return ()
    if premises is None or unsaid(premises.monthly_rent):
        return RENT.not_begun("premises.monthly_rent")
    counted = cost_named(ground.facts, RENT_WORDS)
    numbers = compared(counted, premises.monthly_rent, tolerance, "operating_costs")
    sentence = Message(
        N_("The running costs hold a rent of {told:money} a month; the premises cost {found:money}"),
        {"told": known(counted), "found": known(premises.monthly_rent)},
    )
    paths = (premises.at("monthly_rent"), "operating_costs")
    return RENT.result(near(premises.monthly_rent, counted, tolerance), sentence, paths, numbers)


def _pays_no_rent(ground: Ground) -> bool:
    """Own premises of which no rent was told, or a reason that holds."""
    premises = ground.facts.premises
    owned = premises is not None and premises.tenure == "owned" and unsaid(premises.monthly_rent)
    return owned or does_not_apply(inapplicable.RENT, ground.facts, ground.policy)


CHECKS: Final = (YEARS.check(_years), RENT.check(_rent))
