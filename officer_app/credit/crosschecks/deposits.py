"""What should have stayed in the account since the last large payment. Source: DOMAIN, section b."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Results, Rule, compared, near, unsaid
from officer_app.credit.facts.sales import OperatingCost
from officer_app.credit.figures import (
    ONE,
    ZERO,
    Figure,
    Missing,
    Truth,
    any_true,
    known,
    magnitude,
    not_below_zero,
    summed,
    total,
)
from officer_app.credit.ground import Ground
from officer_app.credit.harvests import disposable_in
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import counted, factor_of
from officer_app.credit.wordsaid import counts

TOLERANCE: Final = decimal_key("deposits_tolerance_percent", "percent", optional=True)

RULE: Final = Rule(
    "DEPOSITS",
    FlagKind("DEPOSITS_UNEXPLAINED", 74, 1, N_("the savings are not what the income told would have left")),
    Message(N_("Savings since the last large payment")),
    Message(
        N_(
            "due = balance after that payment + free funds a month × months since; "
            "a deposit that is far from it needs a reason"
        )
    ),
    Message(N_("Ask for the last large payment, the balance after it, and how many months ago it was")),
    Message(N_("Ask where the money went, or came from, since the last large payment")),
)
_LONGEST: Final = Decimal(60)  # months that are looked at one by one


def _examine(ground: Ground) -> Results:
    """Pass when |deposits − due| ≤ tolerance × due, or a reason says something; due is never below 0.

    Where the facts show a reason, due is reckoned by it as well: by the months that really passed where months sell
    unevenly, and with the costs that are paid by the quarter or year still unpaid. The nearest of these is shown. A
    liar gains nothing: each follows from season factors, costs and debts that cash flow and profit are made of.
    """
    flow, tolerance = ground.facts.savings_flow, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if flow is None or unsaid(flow.months_since_large_payment, flow.balance_then):
        return RULE.not_begun("savings_flow")
    months, there = flow.months_since_large_payment, ground.facts.assets
    all_due = tuple(not_below_zero(flow.balance_then + gained) for gained in _gained(ground, months))
    due = min(all_due, key=lambda one: _apart(one, there.deposits))
    numbers = compared(due, there.deposits, tolerance, flow.path)
    reason = flow.reason.strip()
    sentence = Message(
        N_(
            "{then:money} was left after the last large payment; {months:ratio} months with {free:money} free each "
            "make {told:money}; {found:money} is there. Reason: {reason}"
        ),
        {
            "then": known(flow.balance_then),
            "months": known(months),
            "free": known(_free(ground, due, flow.balance_then, months)),
            "told": known(due),
            "found": known(there.deposits),
            "reason": Verbatim(reason) if reason else None,
        },
    )
    close = _any_near(there.deposits, all_due, tolerance)
    passes = True if counts(reason, ground.policy) and close is False else close
    return RULE.result(passes, sentence, (flow.path, there.at("deposits")), numbers)


def _any_near(there: Figure, all_due: tuple[Figure, ...], tolerance: Decimal) -> Truth:
    return any_true(near(there, due, tolerance) for due in all_due)


def _apart(due: Figure, there: Figure) -> Decimal:
    """How far from what is there; a figure that is missing stands first, so that what it lacks is asked for."""
    apart = magnitude(there - due)
    return -ONE if isinstance(apart, Missing) else apart


def _free(ground: Ground, due: Figure, then: Figure, months: Figure) -> Figure:
    """Free funds of one of the months that passed: the mean month, or what the months shown make each."""
    mean = ground.household.disposable_income
    if isinstance(due, Missing) or isinstance(then, Missing) or isinstance(months, Missing) or not months:
        return mean
    return mean if due == not_below_zero(then + mean * months) else (due - then) / months


def _gained(ground: Ground, months: Figure) -> Iterator[Figure]:
    """What the months since then should have left: by the mean month, by the season, each with costs not yet due."""
    ways = (ground.household.disposable_income * months, *_by_season(ground, months))
    yield from ways
    unpaid = _not_yet_paid(ground, months)
    if unpaid != ZERO:
        yield from (way + unpaid for way in ways)


def _by_season(ground: Ground, months: Figure) -> Iterator[Figure]:
    """By the calendar months up to the visit, with the visit's own month and without: nobody knows its days."""
    visit = None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on
    if not counted(ground.policy) or visit is None or isinstance(months, Missing) or not ZERO < months <= _LONGEST:
        return
    for last in (visit.month, visit.month - 1):
        gained = _gained_up_to(ground, last, months)
        if gained is not None:
            yield gained


def _gained_up_to(ground: Ground, last: int, months: Decimal) -> Figure | None:
    """The earliest month counts with the part of it that passed; None without season factors."""
    parts, month = [], last
    while months > ZERO:
        factor = factor_of(ground.facts, month)
        if factor is None:
            return None
        parts.append(disposable_in(ground, factor) * min(ONE, months))
        months, month = months - ONE, month - 1
    return total(parts)


def _not_yet_paid(ground: Ground, months: Figure) -> Figure:
    """Costs that are paid every so many months, at most one such period of each."""
    if not counted(ground.policy) or isinstance(months, Missing):
        return ZERO

    def kept(cost: OperatingCost) -> Figure:
        every = cost.paid_every_months
        if isinstance(every, Missing) or every <= ONE:
            return ZERO
        return cost.monthly_amount * min(every, months)

    return summed(ground.facts.operating_costs, kept)


CHECK: Final = RULE.check(_examine)
