"""Wages: the wage sheet against the costs, the word of the staff, the people counted. Source: DOMAIN, section b."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.costs_named import WAGES, cost_named
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, compared, near, unsaid
from officer_app.credit.facts.business import Payroll
from officer_app.credit.figures import HUNDRED, ONE, ZERO, at_most, deviation, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import counted, sells_harvests, sold_nothing_around

TOLERANCE: Final = decimal_key("wages_tolerance_percent", "percent", optional=True)
TOLD_TOLERANCE: Final = decimal_key("wage_told_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "WAGES",
    FlagKind("WAGES_DISAGREE", 101, 1, N_("the wage sheet does not fit the costs, the staff or their word")),
    Message(N_("Wage sheet against the costs")),
    Message(N_("(wages paid − wages among the running costs) ÷ wages among the running costs")),
    Message(N_("Ask for last month's wage sheet: how many were paid, and how much in all")),
    Message(N_("Go through the wage sheet by name and put the wages into the running costs")),
)
BEHIND: Final = Rule(
    "WAGES_BEHIND",
    FlagKind("WAGES_BEHIND", 102, 1, N_("wages are behind")),
    Message(N_("Wages paid on time")),
    Message(N_("months that wages are behind = 0")),
    Message(N_("Ask a member of staff when the last wage was paid")),
    Message(N_("Ask since when wages are behind, and with what they will be paid")),
)
_PERSONS: Final = Message(N_("Staff paid against staff seen"))
_PERSONS_FORMULA: Final = Message(N_("persons paid last month − persons seen, at most 1 apart"))
_TOLD: Final = Message(N_("Wage as a member of staff tells it"))
_TOLD_FORMULA: Final = Message(N_("(wage told − average) ÷ average; average = wages paid ÷ persons paid"))


def _examine(ground: Ground) -> Results:
    """Pass when wages agree with the costs, with what one member of staff told, and with the persons seen."""
    payroll, tolerance = ground.facts.payroll, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if payroll is None or unsaid(payroll.monthly_total, payroll.staff_paid):
        return RULE.not_begun("payroll.monthly_total", "payroll.staff_paid")
    costs = () if _hired_for_harvest(ground, payroll) else _costs(ground, payroll, tolerance)
    return (*costs, *_told(ground, payroll), *_persons(ground, payroll))


def _hired_for_harvest(ground: Ground, payroll: Payroll) -> bool:
    """Nobody was paid last month since nothing was picked: the wages among the costs are those of the harvest.

    They stay among the costs, and a wage sheet with anybody on it is compared as ever.
    """
    visit = None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on
    nobody = payroll.staff_paid == ZERO and payroll.monthly_total == ZERO
    quiet = visit is not None and sold_nothing_around(ground.facts, visit.month)
    return nobody and quiet and counted(ground.policy) and sells_harvests(ground.facts, ground.routes)


def _costs(ground: Ground, payroll: Payroll, tolerance: Decimal) -> Results:
    counted = cost_named(ground.facts, WAGES)
    numbers = compared(counted, payroll.monthly_total, tolerance, "operating_costs")
    sentence = Message(
        N_("The running costs hold wages of {told:money} a month; the wage sheet shows {found:money}"),
        {"told": known(counted), "found": known(payroll.monthly_total)},
    )
    passes = near(payroll.monthly_total, counted, tolerance)
    return RULE.result(passes, sentence, (payroll.at("monthly_total"), "operating_costs"), numbers)


def _told(ground: Ground, payroll: Payroll) -> Results:
    """One wage against the average: wide, since wages differ."""
    staff, tolerance = ground.facts.staff, ground.policy.get(TOLD_TOLERANCE, None)
    if staff is None or tolerance is None or unsaid(staff.asked_wage):
        return ()
    average = ratio(payroll.monthly_total, payroll.staff_paid, payroll.at("staff_paid"))
    apart = deviation(staff.asked_wage, average, payroll.path) * HUNDRED
    sentence = Message(
        N_("A member of staff told a wage of {found:money}; the wage sheet makes {told:money} for each"),
        {"found": known(staff.asked_wage), "told": known(average)},
    )
    paths = (staff.at("asked_wage"), payroll.path)
    numbers = Numbers(average, staff.asked_wage, apart, tolerance)
    passes = near(staff.asked_wage, average, tolerance)
    return RULE.result(passes, sentence, paths, numbers, part="TOLD", title=_TOLD, formula=_TOLD_FORMULA)


def _persons(ground: Ground, payroll: Payroll) -> Results:
    staff = ground.facts.staff
    if staff is None or unsaid(payroll.staff_paid):
        return ()
    apart = magnitude(payroll.staff_paid - staff.seen_on_site)
    sentence = Message(
        N_("{told:count} were paid last month; {found:count} were seen at work"),
        {"told": known(payroll.staff_paid), "found": known(staff.seen_on_site)},
    )
    paths = (payroll.at("staff_paid"), staff.at("seen_on_site"))
    numbers = Numbers(payroll.staff_paid, staff.seen_on_site, apart, ONE, Unit.COUNT, Unit.COUNT)
    return RULE.result(
        at_most(apart, ONE), sentence, paths, numbers, part="PERSONS", title=_PERSONS, formula=_PERSONS_FORMULA
    )


def _behind(ground: Ground) -> Results:
    """Pass when no month is behind."""
    payroll = ground.facts.payroll
    if ground.policy.get(TOLERANCE, None) is None:
        return ()
    if payroll is None or unsaid(payroll.months_behind):
        return BEHIND.not_begun("payroll.months_behind")
    months = payroll.months_behind
    sentence = Message(N_("Wages are {found:ratio} months behind"), {"found": known(months)})
    numbers = Numbers(found=months, limit=ZERO, unit=Unit.MONTHS)
    return BEHIND.result(at_most(months, ZERO), sentence, (payroll.at("months_behind"),), numbers)


CHECKS: Final = (RULE.check(_examine), BEHIND.check(_behind))
