"""Where did the profit go: claimed profit against growth and uses that can be shown. Source: DOMAIN e.4, row 9."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.figures import HUNDRED, ZERO, at_most, known, ratio, summed
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import counted, is_young

LIMIT: Final = decimal_key("profit_unshown_max_percent", "percent", optional=True)

RULE: Final = Rule(
    "USES_OF_PROFIT",
    FlagKind("PROFIT_USE_NOT_SHOWN", 42, 1, N_("nobody can show where the claimed profit went")),
    Message(N_("Where the profit went")),
    Message(
        N_(
            "claimed profit a year × years − growth of the net worth out of profit − uses that were seen, "
            "at most the limit's share of the claimed profit"
        )
    ),
    Message(N_("Ask for the profit of an ordinary year, for how many years, and where it went")),
    Message(N_("Go through the uses of profit one by one and ask for a paper of each")),
)


def _examine(ground: Ground) -> Results:
    """Pass when the part that nobody can show ≤ limit × claimed; more shown than claimed never fails.

    A business of less than a year has just written off what it was fitted out with: the loss in value that its
    history tells counts as growth. A liar gains nothing, since the equity check takes the same loss off.
    """
    history, limit = ground.facts.equity_history, ground.policy.get(LIMIT, None)
    if limit is None:
        return ()
    if unsaid(history.profit_told_per_year, history.years_of_profit):
        return RULE.not_begun(history.at("profit_told_per_year"), history.at("years_of_profit"))
    claimed = history.profit_told_per_year * history.years_of_profit
    brought = summed(history.outside_injections, lambda money: money.amount)
    growth = ground.balance.equity_declared - history.initial_equity - brought
    if counted(ground.policy) and is_young(ground.facts):
        growth = growth + history.depreciation - history.appreciation
    shown = summed(history.uses_of_profit, lambda use: use.amount if use.seen is True else ZERO)
    told_only = summed(history.uses_of_profit, lambda use: ZERO if use.seen is True else use.amount)
    unshown = claimed - growth - shown
    sentence = Message(
        N_(
            "Claimed {claimed:money} in {years:ratio} years; the net worth grew by {growth:money}, uses of "
            "{shown:money} were seen, {told:money} were only told: {found:money} nobody can show"
        ),
        {
            "claimed": known(claimed),
            "years": known(history.years_of_profit),
            "growth": known(growth),
            "shown": known(shown),
            "told": known(told_only),
            "found": known(unshown),
        },
    )
    share = ratio(unshown * HUNDRED, claimed, history.at("profit_told_per_year"))
    numbers = Numbers(claimed, unshown, share, limit)
    paths = (
        history.at("profit_told_per_year"),
        history.at("years_of_profit"),
        history.at("uses_of_profit"),
        "assets",
        "liabilities",
    )
    return RULE.result(at_most(unshown * HUNDRED, claimed * limit), sentence, paths, numbers)


CHECK: Final = RULE.check(_examine)
