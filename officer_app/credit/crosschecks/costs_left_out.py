"""Costs that must be paid and nobody named: they raise the profit unseen. Each rule speaks only when it finds one.

Where an amount was told beside it (wage sheet, rent), `wages` and `seen_and_told` compare; here nothing was told.
Source: DOMAIN, b: the officer restores the statements from what is there.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.costs_named import PLACE, RENT, WAGES, cost_named, is_energy, is_named
from officer_app.credit.crosschecks.costs_named import is_power_or_water as power_or_water
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.business import MeterReading, Premises
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, at_most, known, summed, total
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("costs_left_out_tolerance_percent", "percent", below=HUNDRED, optional=True)

WAGES_OUT: Final = Rule(
    "WAGES_LEFT_OUT",
    FlagKind("WAGES_LEFT_OUT", 420, 1, N_("people work here, but too little wage stands among the running costs")),
    Message(N_("Wages among the running costs")),
    Message(N_("who is paid or hired stands in the running costs: persons × wage told, less the tolerance")),
    Message(N_("Ask who works here and what each is paid")),
    Message(N_("Ask what each person seen is paid, food and lodging with it, and put it into the running costs")),
)
RENT_OUT: Final = Rule(
    "RENT_LEFT_OUT",
    FlagKind("RENT_LEFT_OUT", 421, 1, N_("the place is rented, but no rent stands among the running costs")),
    Message(N_("Rent among the running costs")),
    Message(N_("a rented place has a rent or a stall fee among the running costs")),
    Message(N_("Ask for the lease and the rent a month")),
    Message(N_("See the lease or the landlord's receipt, and put the rent a month into the running costs")),
)
POWER_OUT: Final = Rule(
    "POWER_LEFT_OUT",
    FlagKind("POWER_LEFT_OUT", 422, 1, N_("power or water is used, but too little of it stands among the costs")),
    Message(N_("Power and water among the costs")),
    Message(
        N_("what meters and bills show stands among the running costs or household expenses, less the tolerance")
    ),
    Message(N_("Ask for the last bills of power and water")),
    Message(N_("See the last bills, and put power and water a month into the running costs")),
)
_PAID_FOR: Final = ("rented", "shared", "stall")


def _wages(ground: Ground) -> Results:
    """Fail when persons are hired and no wage is named, or far less than a member of staff told for each."""
    facts, tolerance = ground.facts, ground.policy.get(TOLERANCE, None)
    sheet = None if facts.payroll is None else known(facts.payroll.monthly_total)
    hired, named = _hired(facts), cost_named(facts, WAGES)
    if tolerance is None or sheet or not hired or not isinstance(named, Decimal):
        return ()
    asked = None if facts.staff is None else known(facts.staff.asked_wage)
    due = ZERO if asked is None else asked * hired
    if named and named * HUNDRED >= due * (HUNDRED - tolerance):
        return ()
    values = {"persons": hired, "told": named, "found": due}
    sentence = (
        Message(N_("{persons:count} persons work for pay; the running costs hold wages of {told:money}"), values)
        if not due
        else Message(
            N_(
                "{persons:count} persons work for pay, {found:money} a month by the wage one of them told; the "
                "running costs hold wages of {told:money}"
            ),
            values,
        )
    )
    numbers = Numbers(told=named, found=due or None)
    return WAGES_OUT.result(passes=False, sentence=sentence, paths=("staff", "operating_costs"), numbers=numbers)


def _hired(facts: CaseFacts) -> Decimal:
    """Who is paid: on the wage sheet, or seen at work beyond the family. What nobody said counts as none."""
    staff, payroll, spouse = facts.staff, facts.payroll, facts.household.spouse
    paid = ZERO if payroll is None else known(payroll.staff_paid) or ZERO
    if staff is None:
        return paid
    helps = spouse is not None and spouse.runs_business is True
    children = sum(member.works is True and member.relation != "spouse" for member in facts.household.members)
    seen = (known(staff.seen_on_site) or ZERO) - ONE - helps - children
    return max(paid, known(staff.on_payroll) or ZERO, seen)


def _rent(ground: Ground) -> Results:
    """Fail when the place must cost something and nothing of it is named."""
    premises = ground.facts.premises
    if ground.policy.get(TOLERANCE, None) is None or premises is None or known(premises.monthly_rent):
        return ()
    if not _is_paid_for(ground.facts, premises) or cost_named(ground.facts, PLACE) != ZERO:
        return ()
    sentence = Message(N_("The place is rented, and the running costs hold no rent"))
    return RENT_OUT.result(passes=False, sentence=sentence, paths=(premises.at("tenure"), "operating_costs"))


def _is_paid_for(facts: CaseFacts, premises: Premises) -> bool:
    """A rented place; a stall or a shared one where a lease, a paid day, the landlord or a bill tells of rent."""
    if premises.tenure == "rented":
        return True
    landlord = None if facts.accounts is None else facts.accounts.landlord
    told = (
        bool(premises.lease_holder.strip()),
        premises.lease_until is not None,
        premises.rent_paid_until is not None,
        landlord is not None and bool(known(landlord.monthly_rent)),
        any(is_named(bill.item, RENT) for bill in facts.utilities or ()),
    )
    return premises.tenure in _PAID_FOR and any(told)


def _power(ground: Ground) -> Results:
    """Fail when a meter runs or a bill is there, and the costs named are nothing, or far below the amounts read."""
    facts, tolerance = ground.facts, ground.policy.get(TOLERANCE, None)
    meters = tuple(meter for meter in facts.meters if meter.kind in ("power", "water") and _runs(meter))
    bills = tuple(bill for bill in facts.utilities or () if power_or_water(bill.item))
    if tolerance is None or not (meters or bills):
        return ()
    named, read = _energy_named(facts), total(ZERO if unsaid(bill) else bill for bill in map(_bill, meters))
    enough = at_most(read * (HUNDRED - tolerance), named * HUNDRED)
    if not isinstance(named, Decimal) or (named and enough is not False):
        return ()
    values = {"told": named, "found": known(read)}
    sentence = (
        Message(N_("Meters show power and water of {found:money} a month; the costs name {told:money}"), values)
        if known(read)
        else Message(N_("There are meters or bills for power and water; the costs name none"), values)
    )
    paths = (*(meter.path for meter in meters), *(bill.path for bill in bills), "operating_costs")
    return POWER_OUT.result(passes=False, sentence=sentence, paths=paths, numbers=Numbers(named, known(read) or None))


def _runs(meter: MeterReading) -> bool:
    return bool(known(meter.quantity_per_month)) or bool(known(meter.monthly_amount))


def _bill(meter: MeterReading) -> Figure:
    """The bill a month, or the use at its price."""
    return meter.quantity_per_month * meter.unit_price if unsaid(meter.monthly_amount) else meter.monthly_amount


def _energy_named(facts: CaseFacts) -> Figure:
    """Who lives behind the shop has one meter for both: what the household pays is paid."""
    business = summed(facts.operating_costs, lambda cost: cost.monthly_amount if is_energy(cost.item) else ZERO)
    return business + summed(
        facts.household.monthly_expenses, lambda spent: spent.monthly_amount if is_energy(spent.item) else ZERO
    )


CHECKS: Final = (WAGES_OUT.check(_wages), RENT_OUT.check(_rent), POWER_OUT.check(_power))
