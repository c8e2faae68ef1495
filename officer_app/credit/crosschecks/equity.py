"""The net worth against what the history explains: the equity check 权益检验. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, judged
from officer_app.credit.facts.equity import EquityHistory
from officer_app.credit.figures import HUNDRED, ZERO, Figure, Missing, at_most, deviation, known, magnitude, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("equity_tolerance_percent", "percent")

FAILED: Final = FlagKind("EQUITY_CHECK_FAILED", 40, 1, N_("the net worth does not match the accumulated surpluses"))
UNEXPLAINED: Final = FlagKind(
    "PAST_PROFIT_UNEXPLAINED",
    41,
    1,
    N_("past profits as told are not found in assets, repaid debts or explained withdrawals"),
)


def expected_equity(history: EquityHistory) -> Figure:
    """Initial + surpluses + injections − withdrawals + appreciation − depreciation."""
    surpluses = summed(history.declared_surplus_by_period, lambda period: period.surplus)
    brought = summed(history.outside_injections, lambda money: money.amount)
    taken = summed(history.outside_withdrawals, lambda money: money.amount)
    return history.initial_equity + surpluses + brought - taken + history.appreciation - history.depreciation


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
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
    paths = (history.path, "assets", "liabilities")
    return (
        judged(
            Finding(
                "EQUITY",
                Message(N_("Equity check")),
                Message(
                    N_(
                        "expected = initial + surpluses + injections − withdrawals + appreciation − depreciation; "
                        "actual = assets − debts as told; deviation = (actual − expected) ÷ expected"
                    )
                ),
                sentence,
                at_most(magnitude(apart), tolerance),
                Message(N_("Ask where the profit of the past years went: drawings, repaid debts, things bought")),
                paths,
                expected,
                actual,
                apart,
                tolerance,
                fields=(
                    Field("expected", expected, 2),
                    Field("actual", actual, 2),
                    Field("difference", actual - expected, 2),
                    Field("deviation_percent", apart, 2),
                    Field("tolerance_percent", tolerance),
                ),
                causes=_causes(apart, sentence, paths),
            )
        ),
    )


def _causes(apart: Figure, sentence: Message, paths: tuple[str, ...]) -> tuple[Cause, ...]:
    failed = Cause(FAILED, "EQUITY", sentence, paths)
    if isinstance(apart, Missing) or apart >= ZERO:
        return (failed,)
    return failed, Cause(UNEXPLAINED, "EQUITY", sentence, paths, follows=True)


CHECK: Final = Check(FAILED.order, (FAILED, UNEXPLAINED), _examine)
