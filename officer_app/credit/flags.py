"""Red flags: which are raised, why, and which cannot be judged yet. Source: cases/README, section 7.

The first stage stands before the loan is sized, the second tests the sized loan; the all-in rate comes last of all
and is only listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Final, TypeAlias

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit import flagkinds as kinds
from officer_app.credit.assessment import (
    Capacity,
    CashFlow,
    Cause,
    CheckResult,
    CollateralItem,
    Flag,
    FlagKind,
    Stress,
    Undecided,
    Verdict,
)
from officer_app.credit.capacity import DSCR_MIN, RATE_CAP, RESERVE_MIN
from officer_app.credit.crosschecks.check import Check
from officer_app.credit.crosschecks.gap import LEFT, gap_left
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import HUNDRED, ZERO, Figure, Missing, Truth, absent, at_most, denied, known
from officer_app.credit.flagkinds import known_codes
from officer_app.credit.ground import Ground
from officer_app.credit.guarantors import COVER_MIN
from officer_app.credit.keys import codes_key, whole_key
from officer_app.credit.leverage import DEBT_TO_ASSETS_MAX
from officer_app.credit.lies import WILLINGNESS_CAP
from officer_app.credit.policy import Policy
from officer_app.credit.ratecaps import PriceLimit, coming, in_force, limits_of, reaching, within
from officer_app.credit.sizing import INSTALMENT_MAX, affordable
from officer_app.credit.statements import debt_behind

TRAIT_MIN: Final = whole_key("trait_min", "count")
HARD: Final = codes_key("hard_flags", known_codes)
# Checks, by a flag of theirs, that must not be skipped. Source: DOMAIN e.1; the worked cases know no such rule.
REQUIRED: Final = replace(codes_key("required_checks", known_codes), optional=True)

_PRICE: Final = ("application.annual_rate_percent", "application.upfront_fee_percent")

Raised: TypeAlias = Cause | Undecided
Examined: TypeAlias = tuple[tuple[Check, tuple[CheckResult, ...]], ...]


def first_stage(ground: Ground, examined: Examined, pledges: tuple[CollateralItem, ...]) -> tuple[Raised, ...]:
    """What the checks and the facts raise before a loan is sized, in the order of the rules."""
    found = (
        *_of_checks(examined),
        *_undisclosed(ground),
        *_negative_income(ground),
        *_traits(ground),
        *_lies(ground),
        *_ineligible(ground, pledges),
    )
    return tuple(sorted(found, key=lambda raised: raised.kind.order))


def second_stage(
    ground: Ground,
    capacity: Capacity,
    stress: Stress,
    group_cover: Figure,
    cash_flow: CashFlow | Missing | None,
) -> tuple[Raised, ...]:
    """What the tested loan raises, then the all-in rate."""
    return (
        *_reserve(ground, capacity),
        *_instalment_ratio(ground, capacity),
        *_dscr(ground, capacity),
        *_leverage(ground, capacity),
        *_stress(stress, capacity),
        *_guarantors(ground, group_cover),
        *_cash_flow(cash_flow),
        *_gap(ground, capacity),
        *_rate(ground, capacity),
    )


def skipped_of(examined: Examined, policy: Policy) -> tuple[CheckResult, ...]:
    """The checks that the policy wants done and nobody did."""
    wanted = frozenset(policy.get(REQUIRED, ()))
    return tuple(
        result
        for check, results in examined
        if wanted & {kind.code for kind in check.flags}
        for result in results
        if result.verdict is Verdict.NOT_DONE
    )


def flags_of(causes: Iterable[Cause], policy: Policy) -> tuple[Flag, ...]:
    """Each code once, in the order raised, with the sentence of its first cause."""
    found: dict[str, Flag] = {}
    for cause in causes:
        code = cause.kind.code
        hard = code in policy[HARD]
        found.setdefault(code, Flag(code, cause.sentence, hard, cause.kind.stage, cause.paths))
    return tuple(found.values())


def _of_checks(examined: Examined) -> Iterator[Raised]:
    for check, results in examined:
        for result in results:
            yield from result.causes
            if result.verdict is Verdict.MISSING:
                yield from (Undecided(kind, absent(*result.missing)) for kind in check.flags)


def _judged(kind: FlagKind, raised: Truth, sentence: Message, *paths: str) -> Iterator[Raised]:
    """One flag from one comparison."""
    if isinstance(raised, Missing):
        yield Undecided(kind, raised)
    elif raised:
        yield Cause(kind, kind.code, sentence, paths, told_and_seen=False)


def _undisclosed(ground: Ground) -> Iterator[Raised]:
    """Any debt not told, any regular payment that nobody explained: each is a cause of its own."""
    liabilities = ground.facts.liabilities
    if isinstance(liabilities, Missing):
        yield Undecided(kinds.UNDISCLOSED_DEBT, liabilities)
        liabilities = ()
    for debt in liabilities:
        if isinstance(debt.disclosed, Missing):
            yield Undecided(kinds.UNDISCLOSED_DEBT, debt.disclosed)
        elif not debt.disclosed:
            sentence = Message(
                N_("A debt of {found:money} to {creditor} was found that was not told"),
                {"found": known(debt.balance), "creditor": debt.creditor or None},
            )
            yield Cause(kinds.UNDISCLOSED_DEBT, debt.path, sentence, (debt.path,))
    for outflow in ground.facts.unexplained_regular_outflows:
        sentence = Message(
            N_("{monthly:money} a month goes out ({what}) and nobody explained it: about {found:money} of debt"),
            {
                "monthly": known(outflow.monthly_amount),
                "what": outflow.description or None,
                "found": known(debt_behind(outflow)),
            },
        )
        yield Cause(kinds.UNDISCLOSED_DEBT, outflow.path, sentence, (outflow.path,))


def _negative_income(ground: Ground) -> Iterator[Raised]:
    """Disposable income ≤ 0."""
    left = ground.household.disposable_income
    sentence = Message(
        N_("After household and debts {left:money} a month are left, nothing for an instalment"),
        {"left": known(left)},
    )
    yield from _judged(kinds.NEGATIVE_DISPOSABLE, at_most(left, ZERO), sentence, "sales", "household", "liabilities")


def _traits(ground: Ground) -> Iterator[Raised]:
    """As many traits as the limit, or more."""
    seen, limit = len(ground.facts.traits_bankruptcy_prone), ground.policy[TRAIT_MIN]
    sentence = Message(
        N_("{seen:count} traits of people who fail easily were seen; the watch begins at {limit:count}"),
        {"seen": seen, "limit": limit},
    )
    yield from _judged(kinds.BANKRUPTCY_PRONE, seen >= limit, sentence, "traits_bankruptcy_prone")


def _lies(ground: Ground) -> Iterator[Raised]:
    """Each proven lie, where the policy knows the rule; it repeats the contradiction that proved it."""
    if ground.policy.get(WILLINGNESS_CAP, None) is None:
        return
    for lie in ground.facts.lies:
        sentence = Message(
            N_("Said knowingly wrong: “{said}”. True is: “{found}”"),
            {"said": lie.said or None, "found": lie.found or None},
        )
        yield Cause(kinds.PROVEN_LIE, lie.path, sentence, (lie.path,), follows=True)


def _ineligible(ground: Ground, pledges: tuple[CollateralItem, ...]) -> Iterator[Raised]:
    """Any pledge that may not be pledged."""
    for item, pledge in zip(ground.facts.collateral, pledges, strict=True):
        if isinstance(pledge.eligible, Missing):
            yield Undecided(kinds.COLLATERAL_INELIGIBLE, pledge.eligible)
        elif not pledge.eligible:
            sentence = Message(
                N_("{pledge} is offered but may not be pledged: {reason}"),
                {"pledge": pledge.id, "reason": why_ineligible(item, pledge)},
            )
            # Where the law alone bars it, the check on the law tells so already.
            by_law = item.eligible is not False
            yield Cause(kinds.COLLATERAL_INELIGIBLE, pledge.path, sentence, (pledge.path,), follows=by_law)


def why_ineligible(item: Collateral, pledge: CollateralItem) -> Sayable | None:
    """What the officer wrote, then what the law says; None where nobody gave a reason."""
    own = (Verbatim(item.ineligible_reason),) if item.ineligible_reason else ()
    reasons: tuple[Sayable, ...] = (*own, *pledge.standing.bars)
    return message("{reasons}", reasons=reasons) if reasons else None


def _reserve(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """Reserve months < limit."""
    limit = ground.policy[RESERVE_MIN]
    sentence = Message(
        N_("Cash and deposits last {found:ratio} months; the policy asks for at least {limit:ratio}"),
        {"found": known(capacity.reserve_months), "limit": limit},
    )
    too_low = denied(at_most(limit, capacity.reserve_months))
    yield from _judged(kinds.LOW_RESERVE, too_low, sentence, "assets.cash_on_hand", "assets.deposits")


def _instalment_ratio(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """Instalment > max ratio × max(0, disposable income)."""
    most = affordable(ground)
    sentence = Message(
        N_("The instalment is {found:money}; {limit:percent} of the disposable income are {most:money}"),
        {"found": known(capacity.instalment), "limit": ground.policy[INSTALMENT_MAX], "most": known(most)},
    )
    yield from _judged(
        kinds.INSTALMENT_RATIO, denied(at_most(capacity.instalment, most)), sentence, "sales", "household"
    )


def _dscr(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """DSCR < limit."""
    limit = ground.policy[DSCR_MIN]
    sentence = Message(
        N_("What is left before debts is {found:ratio} times the debt service; at least {limit:ratio} is asked for"),
        {"found": known(capacity.dscr), "limit": limit},
    )
    yield from _judged(
        kinds.DSCR_BELOW, denied(at_most(limit, capacity.dscr)), sentence, "sales", "household", "liabilities"
    )


def _leverage(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """Debt to assets after the loan > limit."""
    share, limit = capacity.debt_to_assets_after_loan * HUNDRED, ground.policy[DEBT_TO_ASSETS_MAX]
    sentence = Message(
        N_("After the loan debts are {found:percent} of assets; the limit is {limit:percent}"),
        {"found": known(share), "limit": limit},
    )
    yield from _judged(kinds.LEVERAGE_OVER, denied(at_most(share, limit)), sentence, "assets", "liabilities")


def _stress(stress: Stress, capacity: Capacity) -> Iterator[Raised]:
    """Stressed disposable income < instalment."""
    sentence = Message(
        N_("With sales {drop:percent} lower {left:money} a month are left for an instalment of {found:money}"),
        {
            "drop": stress.drop_percent,
            "left": known(stress.disposable_income),
            "found": known(capacity.instalment),
        },
    )
    yield from _judged(kinds.STRESS_FAILED, denied(stress.instalment_covered), sentence, "sales")


def _guarantors(ground: Ground, group_cover: Figure) -> Iterator[Raised]:
    """There are guarantors, and together they cover less than the limit."""
    if not ground.facts.guarantors:
        return
    limit = ground.policy[COVER_MIN]
    sentence = Message(
        N_("The guarantors cover {found:ratio} times the instalment; at least {limit:ratio} is asked for"),
        {"found": known(group_cover), "limit": limit},
    )
    yield from _judged(kinds.GUARANTOR_WEAK, denied(at_most(limit, group_cover)), sentence, "guarantors")


def _cash_flow(flow: CashFlow | Missing | None) -> Iterator[Raised]:
    """Liquid funds below 0 at the end of a month; the opening alone does not count."""
    if isinstance(flow, Missing):
        yield Undecided(kinds.CASH_FLOW_NEGATIVE, flow)
    elif flow is not None:
        lowest = flow.lowest
        sentence = Message(
            N_("In month {month} the liquid funds fall to {found:money}"),
            {"month": lowest.number, "found": lowest.closing},
        )
        yield from _judged(kinds.CASH_FLOW_NEGATIVE, lowest.closing < 0, sentence, "sales.month_factors", "assets")


def _gap(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """Less is recommended than was asked for, and the rest comes from nobody or from a private lender."""
    raised, sentence = gap_left(ground, capacity.tested_loan)
    yield from _judged(LEFT, raised, sentence, "application.gap_source", "application.own_funds_available")


def _rate(ground: Ground, capacity: Capacity) -> Iterator[Raised]:
    """All-in rate at the tested loan > cap: the policy's own, or a lower one in force on the day of the payout."""
    rate, limits = capacity.all_in_rate_percent, limits_of(ground.facts.application, ground.policy)
    dated = in_force(limits)
    limit = ground.policy[RATE_CAP] if dated is None else min(ground.policy[RATE_CAP], dated)
    sentence = Message(
        N_("The all-in rate is {found:percent} a year; the cap is {limit:percent}"),
        {"found": known(rate), "limit": limit},
    )
    yield from _judged(kinds.RATE_OVER_CAP, denied(at_most(rate, limit)), sentence, *_PRICE)
    line = coming(reaching(limits, ground.facts.application, ground.policy))
    if line is not None and isinstance(rate, Decimal) and not within(rate, line.percent):
        yield _notice(rate, line)


def _notice(rate: Decimal, line: PriceLimit) -> Cause:
    """Above a line that is coming: told and listed, nothing to answer for, since the price is not the borrower's."""
    sentence = Message(
        N_("The all-in rate is {found:percent} a year; from {since:date} {name} allows {limit:percent}"),
        {"found": rate, "limit": line.percent, "since": line.since, "name": line.name},
    )
    return Cause(kinds.RATE_COMING, kinds.RATE_COMING.code, sentence, _PRICE, told_and_seen=False, follows=True)
