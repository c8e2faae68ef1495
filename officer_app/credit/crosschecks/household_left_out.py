"""Persons and rent of the home that the household leaves out: the floor is counted by persons. Speaks only then."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.costs_left_out import TOLERANCE
from officer_app.credit.crosschecks.costs_named import ALL_IN_ONE, HOUSING, is_named
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.household import HouseholdExpense, HouseholdFacts
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, at_most, known, summed
from officer_app.credit.ground import Ground

PERSONS: Final = Rule(
    "PERSONS_LEFT_OUT",
    FlagKind("PERSONS_LEFT_OUT", 424, 1, N_("more persons live from this income than are counted")),
    Message(N_("Persons of the household")),
    Message(N_("persons at least 1 + spouse + the greater of dependants and further members named")),
    Message(N_("Ask who lives from this income")),
    Message(N_("Count again by name: spouse, children, parents, those studying away")),
)
HOME: Final = Rule(
    "HOME_RENT_LEFT_OUT",
    FlagKind(
        "HOME_RENT_LEFT_OUT", 423, 1, N_("the home is rented, but its rent is not among the household expenses")
    ),
    Message(N_("Rent of the home")),
    Message(N_("a rented home has its rent among the household expenses, less the tolerance")),
    Message(N_("Ask what the home costs a month")),
    Message(N_("See the lease of the home, and put its rent into the household expenses")),
)


def _persons(ground: Ground) -> Results:
    """Fail when fewer persons are told than the answers name."""
    family = ground.facts.household
    if ground.policy.get(TOLERANCE, None) is None:
        return ()
    named = _named(family, married=ground.facts.borrower.marital_status == "married")
    if at_most(named, family.persons) is not False:
        return ()
    sentence = Message(
        N_("Told {told:count} persons in the household; with spouse, dependants and members there are {found:count}"),
        {"told": known(family.persons), "found": named},
    )
    paths = (family.at("persons"), family.at("dependants"), family.at("members"))
    numbers = Numbers(family.persons, named, unit=Unit.COUNT)
    return PERSONS.result(passes=False, sentence=sentence, paths=paths, numbers=numbers)


def _named(family: HouseholdFacts, *, married: bool) -> Decimal:
    """1 + spouse + the greater of dependants and further members: a child is both, and is counted once."""
    spouse = married or any(member.relation == "spouse" for member in family.members)
    further = Decimal(sum(member.relation != "spouse" for member in family.members))
    return ONE + spouse + max(known(family.dependants) or ZERO, further)


def _home(ground: Ground) -> Results:
    """Fail when a rented home's rent is not named, nor can lie in one sum for everything."""
    family, tolerance = ground.facts.household, ground.policy.get(TOLERANCE, None)
    home = family.home
    if tolerance is None or home is None or home.tenure != "rented":
        return ()
    named, rent = summed(family.monthly_expenses, _housing), known(home.monthly_rent)
    if rent == ZERO or not isinstance(named, Decimal) or _lies_in_one_sum(ground, rent or ZERO):
        return ()
    if named and (rent is None or named * HUNDRED >= rent * (HUNDRED - tolerance)):
        return ()
    sentence = (
        Message(N_("The home is rented, and the household expenses hold no rent"))
        if rent is None
        else Message(
            N_("The home costs a rent of {found:money} a month; the household expenses hold {told:money} of it"),
            {"found": rent, "told": named},
        )
    )
    paths = (home.at("monthly_rent") if rent else home.at("tenure"), family.at("monthly_expenses"))
    return HOME.result(passes=False, sentence=sentence, paths=paths, numbers=Numbers(named, rent))


def _housing(expense: HouseholdExpense) -> Figure:
    return expense.monthly_amount if is_named(expense.item, HOUSING) else ZERO


def _lies_in_one_sum(ground: Ground, rent: Decimal) -> bool:
    """One sum for everything that still leaves the local floor when the rent is taken out of it."""
    family = ground.household
    expenses = ground.facts.household.monthly_expenses
    if not isinstance(expenses, tuple) or not any(is_named(expense.item, ALL_IN_ONE) for expense in expenses):
        return False
    return at_most(family.expenses_floor, family.expenses_reported - rent) is not False


CHECKS: Final = (PERSONS.check(_persons), HOME.check(_home))
