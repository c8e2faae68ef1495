"""What runs out: the lease before the loan, the insurance of vehicles before the visit. Source: DOMAIN, row 50."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit import inapplicable
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.purpose_terms import months_between
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, either, unsaid
from officer_app.credit.facts.business import Premises
from officer_app.credit.figures import YEAR, Figure, absent, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.inapplicable import does_not_apply
from officer_app.credit.keys import choice_key, whole_key

RULES: Final = replace(choice_key("expiry_rules", "none", "all"), optional=True)

# Years in a row of papers from which on a lease by the year counts as renewed.
RENEWED: Final = whole_key("lease_years_seen_min", "years", optional=True)

LEASE: Final = Rule(
    "LEASE",
    FlagKind("LEASE_ENDS_BEFORE_LOAN", 105, 1, N_("the lease ends before the loan does")),
    Message(N_("Lease against the term")),
    Message(N_("months from the payout to the end of the lease ≥ term of the loan")),
    Message(N_("Ask for the lease and its last day")),
    Message(N_("Ask whether the landlord renews, and where the business goes otherwise")),
)
INSURED: Final = Rule(
    "INSURANCE",
    FlagKind("INSURANCE_RAN_OUT", 106, 1, N_("an insurance has run out")),
    Message(N_("Insurance of vehicles and goods")),
    Message(N_("each insurance runs at least until the visit")),
    Message(N_("Look at the insurance of each vehicle and note its last day")),
    Message(N_("Ask for the new insurance before the payout")),
)


def _lease(ground: Ground) -> Results:
    """Pass when the lease covers the whole term, or is renewed every year; none where owned or let without a lease.

    Market stalls are let by the year. Leases or receipts of this place in the borrower's own name, seen for as many
    years in a row as the policy asks and at least as long as the loan runs, stand for the renewals to come. A liar
    has to produce years of paper for it; the landlord is asked for years and rent elsewhere.
    """
    premises, term = ground.facts.premises, ground.facts.application.term_months
    if ground.policy.get(RULES, "none") == "none" or (premises is not None and premises.tenure == "owned"):
        return ()
    if does_not_apply(inapplicable.LEASE, ground.facts, ground.policy):
        return ()
    if premises is None or premises.lease_until is None:
        return LEASE.not_begun("premises.lease_until")
    start = ground.facts.application.payout_date or _visit(ground)
    left: Figure = (
        absent("site_visit.visited_on") if start is None else Decimal(_whole_months(start, premises.lease_until))
    )
    sentence = Message(
        N_(
            "The lease runs until {day:date}, {found:count} months from the payout; the loan runs {told:count} months"
        ),
        {"day": premises.lease_until, "found": known(left), "told": known(term)},
    )
    paths = (premises.at("lease_until"), "application.term_months", "application.payout_date")
    renewed = _renewed(ground, premises, term)
    if renewed is True:
        sentence = Message(
            N_("{sentence}. Leases or receipts of {years:count} years in a row were seen"),
            {"sentence": sentence, "years": known(premises.lease_years_seen)},
        )
    passes = either(at_most(term, left), renewed)
    return LEASE.result(passes, sentence, paths, Numbers(term, left, unit=Unit.MONTHS))


def _renewed(ground: Ground, premises: Premises, term: Figure) -> bool:
    """Whether papers show that the lease, not run out at the visit, is renewed year after year."""
    least, seen, visited = ground.policy.get(RENEWED, None), premises.lease_years_seen, _visit(ground)
    if least is None or unsaid(seen) or premises.lease_until is None or visited is None:
        return False
    own = (
        ground.facts.borrower.name,
        "" if ground.facts.household.spouse is None else ground.facts.household.spouse.name,
    )
    tenant = premises.lease_holder.strip()
    enough = all_true((at_most(least, seen), at_most(term, seen * YEAR)))
    return enough is True and premises.lease_until >= visited and tenant in {name.strip() for name in own} - {""}


def _whole_months(start: date, end: date) -> int:
    """Whole months from one day to another; negative when the end lies before the start."""
    return -months_between(end, start)


def _insured(ground: Ground) -> Results:
    """Pass when nothing insured had run out at the visit; without vehicles and insurances there is no check."""
    vehicles, policies, visited = ground.facts.vehicles, ground.facts.insurances, _visit(ground)
    if ground.policy.get(RULES, "none") == "none" or not (vehicles or policies):
        return ()
    days = (
        *((Verbatim(vehicle.plate), vehicle.insured_until) for vehicle in vehicles),
        *((Verbatim(policy.insured), policy.until) for policy in policies),
    )
    dated = tuple((name, day) for name, day in days if day is not None)
    if not dated:
        return INSURED.not_begun("vehicles", "insurances")
    paths = ("vehicles", "insurances", "site_visit.visited_on")
    if visited is None:
        return INSURED.result(absent("site_visit.visited_on"), _runs(len(dated)), paths)
    over = tuple(
        Message(N_("{name} until {day:date}"), {"name": name, "day": day}) for name, day in dated if day < visited
    )
    sentence = Message(N_("Insurance has run out: {names}"), {"names": over}) if over else _runs(len(dated))
    return INSURED.result(not over, sentence, paths)


def _runs(count: int) -> Message:
    return Message(N_("{count:count} insurances were looked at and run"), {"count": count})


def _visit(ground: Ground) -> date | None:
    return None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on


CHECKS: Final = (LEASE.check(_lease), INSURED.check(_insured))
