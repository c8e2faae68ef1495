"""Bills that are behind: power, water, rent, phone. Source: cases/README, section 5; DOMAIN, section b."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, day_of, unsaid
from officer_app.credit.facts.onsite import Utility
from officer_app.credit.figures import (
    ONE,
    YEAR,
    ZERO,
    Figure,
    Missing,
    Truth,
    all_true,
    at_most,
    greatest,
    known,
    summed,
)
from officer_app.credit.ground import Ground
from officer_app.credit.inapplicable import UTILITIES, does_not_apply
from officer_app.credit.keys import decimal_key

# How old the last paid day of a bill may be at the visit. Older policies have no such rule.
PAID_DAYS: Final = decimal_key("bill_paid_days_max", "days", optional=True)

FLAG: Final = FlagKind("UTILITY_ARREARS", 110, 1, N_("bills are unpaid"))

_TITLE: Final = Message(N_("Utility, phone and rent arrears"))
_FORMULA: Final = Message(N_("sum of arrears = 0"))
_PURSUE: Final = Message(N_("Ask since when the bills are unpaid and why"))

_LONG_MONTH: Final = Decimal(31)

RENT: Final = Rule(
    "RENT_PAID",
    FLAG,
    Message(N_("Rent paid until")),
    Message(N_("day of the visit − day until which the rent is paid, at most the limit")),
    Message(N_("Ask for the last receipt of the rent")),
    _PURSUE,
)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when all bills together have no arrears, none is months behind, and each is paid up to about now.

    Where there are no bills for a reason, only the rent is looked at.
    """
    bills = ground.facts.utilities
    if does_not_apply(UTILITIES, ground.facts, ground.policy):
        return _rent(ground)
    if bills is None:
        ask = Message(N_("Ask for the last bills of power, water, rent and phone"))
        return (not_done("UTILITIES", _TITLE, _FORMULA, ask, "utilities"), *_rent(ground))
    arrears, months = summed(bills, lambda bill: bill.arrears_amount), _months_behind(bills)
    passes = all_true((at_most(arrears, ZERO), at_most(months, ZERO), *_paid(ground, bills)))
    sentence = _sentence(arrears, months)
    found = judged(
        Finding(
            "UTILITIES",
            _TITLE,
            _FORMULA,
            sentence,
            passes,
            _PURSUE,
            ("utilities",),
            found=arrears,
            tolerance=ZERO,
            fields=(Field("arrears", arrears, 2),),
            causes=failing(FLAG, "UTILITIES", sentence, ("utilities",)),
        )
    )
    return (found, *_rent(ground))


def _months_behind(bills: tuple[Utility, ...]) -> Figure:
    """The longest that any bill is behind; bills of which nobody said so are not asked."""
    said = tuple(bill.months_behind for bill in bills if not unsaid(bill.months_behind))
    return greatest(said, Missing(())) if said else ZERO


def _sentence(arrears: Figure, months: Figure) -> Message:
    if months == ZERO:
        return Message(N_("Bills are {found:money} behind"), {"found": known(arrears)})
    return Message(
        N_("Bills are {found:money} behind, the oldest {months:ratio} months"),
        {"found": known(arrears), "months": known(months)},
    )


def _paid(ground: Ground, bills: tuple[Utility, ...]) -> tuple[Truth, ...]:
    """Of the bills whose last paid day is known, each is recent, by the rhythm in which it comes.

    Water comes every other month or by the quarter, power for the fields once a season. The rhythm is read from the
    bills themselves, at most a year; arrears and months behind are told beside it and fail as ever.
    """
    limit = ground.policy.get(PAID_DAYS, None)
    visit = _visit(ground)
    if limit is None or visit is None:
        return ()
    dated = ((bill, bill.paid_until) for bill in bills if bill.paid_until is not None)
    return tuple(at_most(Decimal((visit - day).days), _allowed(bill, limit)) for bill, day in dated)


def _allowed(bill: Utility, limit: Decimal) -> Figure:
    """Days that may lie behind the last paid one: the limit, and for every further month between bills thirty-one."""
    every = bill.billed_every_months
    if unsaid(every):
        return limit
    if isinstance(every, Missing):
        return every
    return limit + max(ZERO, min(every, YEAR) - ONE) * _LONG_MONTH


def _rent(ground: Ground) -> Results:
    """The rent of the premises, where the day until which it is paid is known."""
    premises, limit = ground.facts.premises, ground.policy.get(PAID_DAYS, None)
    if premises is None or premises.rent_paid_until is None or limit is None:
        return ()
    path = premises.at("rent_paid_until")
    age = day_of(_visit(ground), "site_visit.visited_on") - day_of(premises.rent_paid_until, path)
    sentence = Message(
        N_("The rent is paid until {day:date}; the visit was on {visit:date}"),
        {"day": premises.rent_paid_until, "visit": _visit(ground)},
    )
    numbers = Numbers(found=age, limit=limit, unit=Unit.DAYS)
    return RENT.result(at_most(age, limit), sentence, (path, "site_visit.visited_on"), numbers)


def _visit(ground: Ground) -> date | None:
    return None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
