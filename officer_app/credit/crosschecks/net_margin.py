"""Profit over sales against the range of the trade. Source: DOMAIN, section b."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.figures import HUNDRED, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("net_margin_tolerance_points", "points", optional=True)

RULE: Final = Rule(
    "NET_MARGIN",
    FlagKind("NET_MARGIN_OUT_OF_RANGE", 27, 1, N_("the net margin is not one of this trade")),
    Message(N_("Net margin against the trade")),
    Message(N_("profit of the base month ÷ adopted sales, inside the range of the trade")),
    Message(N_("Look up, or ask peers for, the lowest and highest net margin of the trade")),
    Message(N_("Ask for the costs that are missing, or for what this shop does better than the others")),
)


def _examine(ground: Ground) -> Results:
    """Pass when lowest − tolerance ≤ net margin ≤ highest + tolerance."""
    peers, tolerance = ground.facts.peers, ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    if peers is None or unsaid(peers.net_margin_low_percent, peers.net_margin_high_percent):
        return RULE.not_begun("peers.net_margin_low_percent", "peers.net_margin_high_percent")
    low, high = peers.net_margin_low_percent, peers.net_margin_high_percent
    margin = ground.income.net_margin * HUNDRED
    sentence = Message(
        N_("The net margin is {found:percent}; in this trade it is {low:percent} to {high:percent}"),
        {"found": known(margin), "low": known(low), "high": known(high)},
    )
    passes = all_true((at_most(low - tolerance, margin), at_most(margin, high + tolerance)))
    paths = (peers.at("net_margin_low_percent"), peers.at("net_margin_high_percent"), "sales", "operating_costs")
    return RULE.result(passes, sentence, paths, Numbers(found=margin, limit=high, unit=Unit.PERCENT))


CHECK: Final = RULE.check(_examine)
