"""The net worth against what the history explains: the equity check 权益检验.

Source: cases/README, section 5; DOMAIN e.4 for the lower of a share of the net worth and a share of the loan.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.facts.equity import EquityHistory
from officer_app.credit.figures import (
    HUNDRED,
    ZERO,
    Figure,
    Missing,
    absorbed,
    all_true,
    at_most,
    deviation,
    known,
    least,
    magnitude,
    summed,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key, decimal_key

TOLERANCE: Final = decimal_key("equity_tolerance_percent", "percent")
METHOD: Final = replace(choice_key("equity_tolerance", "percent_only", "lower_of_share_and_loan"), optional=True)
LOAN_SHARE: Final = decimal_key("equity_tolerance_loan_percent", "percent", optional=True)

FAILED: Final = FlagKind("EQUITY_CHECK_FAILED", 40, 1, N_("the net worth does not match the accumulated surpluses"))
UNEXPLAINED: Final = FlagKind(
    "PAST_PROFIT_UNEXPLAINED",
    41,
    1,
    N_("past profits as told are not found in assets, repaid debts or explained withdrawals"),
)

_FORMULA: Final = Message(
    N_(
        "expected = initial + surpluses + injections − withdrawals + appreciation − depreciation; "
        "actual = assets − debts as told; deviation = (actual − expected) ÷ expected"
    )
)
_FORMULA_BOTH: Final = Message(
    N_(
        "expected = initial + surpluses + injections − withdrawals + appreciation − depreciation; actual = assets − "
        "debts, as told and as found; each within the lower of a share of the expected and a share of the loan"
    )
)
_ASK: Final = Message(N_("Ask where the profit of the past years went: drawings, repaid debts, things bought"))
_ASK_SEE: Final = Message(
    N_("See what was only told, or a paper on it. For what still lacks, ask where the profit of the past years went")
)
_ASK_MORE: Final = Message(
    N_("Ask what is here that belongs to others, which income was not told, and which debt paid for the stock")
)


def expected_equity(history: EquityHistory) -> Figure:
    """Initial + surpluses + injections − withdrawals + appreciation − depreciation."""
    surpluses = summed(history.declared_surplus_by_period, lambda period: period.surplus)
    brought = summed(history.outside_injections, lambda money: money.amount)
    taken = summed(history.outside_withdrawals, lambda money: money.amount)
    return history.initial_equity + surpluses + brought - taken + history.appreciation - history.depreciation


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    by_loan = ground.policy.get(METHOD, "percent_only") == "lower_of_share_and_loan"
    return (_by_both(ground) if by_loan else _by_share(ground),)


def _by_share(ground: Ground) -> CheckResult:
    """Pass when |(actual − expected) / expected| ≤ tolerance; actual = declared assets − declared liabilities."""
    history, tolerance = ground.facts.equity_history, ground.policy[TOLERANCE]
    expected, actual = expected_equity(history), ground.balance.equity_declared
    apart = deviation(actual, expected, history.path) * HUNDRED
    sentence = Message(
        N_(
            "The history explains a net worth of {told:money}; as told there is {found:money} ({deviation:percent}), "
            "after corrections {corrected:money}"
        ),
        {
            "told": known(expected),
            "found": known(actual),
            "deviation": known(apart),
            "corrected": known(ground.balance.equity_adjusted),
        },
    )
    return _result(
        ground,
        (sentence, _FORMULA, _ASK),
        at_most(magnitude(apart), tolerance),
        (expected, actual, apart, tolerance, Unit.PERCENT),
        (Field("deviation_percent", apart, 2), Field("tolerance_percent", tolerance)),
    )


def _by_both(ground: Ground) -> CheckResult:
    """Pass when the net worth as told and as found are both within min(share × |expected|, share × loan)."""
    expected = expected_equity(ground.facts.equity_history)
    told, found = ground.balance.equity_declared, ground.balance.equity_adjusted
    allowed = _allowed(ground, expected)
    # The one that is farther away is the one to talk about.
    worst = _farther(told - expected, found - expected)
    passes = all_true((at_most(magnitude(told - expected), allowed), at_most(magnitude(found - expected), allowed)))
    short = isinstance(worst, Missing) or worst < ZERO
    unseen = known(ground.balance.only_told)
    sentence = Message(
        (_UNSEEN if unseen else _SHORT) if short else _OVER,
        {
            "unseen": unseen,
            "told": known(expected),
            "found": known(told),
            "corrected": known(found),
            "gap": known(magnitude(worst)),
            "allowed": known(allowed),
        },
    )
    return _result(
        ground,
        (
            sentence if passes is False else _agreed(sentence),
            _FORMULA_BOTH,
            (_ASK_SEE if unseen else _ASK) if short else _ASK_MORE,
        ),
        passes,
        (expected, told, worst, allowed, Unit.MONEY),
        (Field("as_found", found, 2), Field("apart", worst, 2), Field("tolerance", allowed, 2)),
    )


_SHORT: Final = N_(
    "The history explains a net worth of {told:money}; as told there is {found:money}, as found {corrected:money}: "
    "{gap:money} short, {allowed:money} allowed. Drawings, an overstated profit, or a hidden debt being repaid"
)
_OVER: Final = N_(
    "The history explains a net worth of {told:money}; as told there is {found:money}, as found {corrected:money}: "
    "{gap:money} too much, {allowed:money} allowed. Hidden income, borrowed assets, or a hidden loan still in stock"
)

_UNSEEN: Final = N_(
    "The history explains a net worth of {told:money}; as told there is {found:money}, as found {corrected:money}: "
    "{gap:money} short, {allowed:money} allowed. Things worth {unseen:money} were only told and do not count"
)


def _agreed(sentence: Message) -> Message:
    return Message(
        N_(
            "The history explains a net worth of {told:money}; as told there is {found:money}, as found "
            "{corrected:money}; {allowed:money} apart are allowed"
        ),
        {name: value for name, value in sentence.values.items() if name not in ("gap", "unseen")},
    )


def _allowed(ground: Ground, expected: Figure) -> Figure:
    """The lower of the share of the expected net worth and the share of the loan asked for."""
    share = magnitude(expected) * ground.policy[TOLERANCE] / HUNDRED
    of_loan = ground.facts.application.requested_amount * ground.policy.get(LOAN_SHARE, _LOAN_SHARE) / HUNDRED
    return least((share, of_loan), absorbed(share, of_loan))


_LOAN_SHARE: Final = HUNDRED / 4


def _farther(one: Figure, other: Figure) -> Figure:
    if isinstance(one, Missing) or isinstance(other, Missing):
        return absorbed(one, other)
    return max((one, other), key=abs)


def _result(
    ground: Ground,
    words: tuple[Message, Message, Message],
    passes: bool | Missing,
    numbers: tuple[Figure, Figure, Figure, Figure, Unit],
    fields: tuple[Field, ...],
) -> CheckResult:
    """The result from sentence, formula and question; from expected, actual, how far apart, how far allowed."""
    (sentence, formula, ask), (expected, actual, apart, allowed, apart_unit) = words, numbers
    paths = (ground.facts.equity_history.path, "assets", "liabilities")
    return judged(
        Finding(
            "EQUITY",
            Message(N_("Equity check")),
            formula,
            sentence,
            passes,
            ask,
            paths,
            expected,
            actual,
            apart,
            allowed,
            deviation_unit=apart_unit,
            fields=(
                Field("expected", expected, 2),
                Field("actual", actual, 2),
                Field("difference", actual - expected, 2),
                *fields,
            ),
            causes=_causes(apart, sentence, paths),
        )
    )


def _causes(apart: Figure, sentence: Message, paths: tuple[str, ...]) -> tuple[Cause, ...]:
    failed = Cause(FAILED, "EQUITY", sentence, paths)
    if isinstance(apart, Missing) or apart >= ZERO:
        return (failed,)
    return failed, Cause(UNEXPLAINED, "EQUITY", sentence, paths, follows=True)


CHECK: Final = Check(FAILED.order, (FAILED, UNEXPLAINED), _examine)
