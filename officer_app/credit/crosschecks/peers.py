"""Sales a day against neighbours and the same trade. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import all_true, at_most, known, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.inapplicable import PEERS, does_not_apply

FLAG: Final = FlagKind("PEER_DEVIATION", 120, 1, N_("sales a day lie outside those of neighbours and peers"))

_TITLE: Final = Message(N_("Sales a day inside the range of neighbours and peers"))
_FORMULA: Final = Message(N_("lowest peer ≤ adopted sales ÷ business days ≤ highest peer"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when low ≤ adopted sales / days a month ≤ high; no check where there is nobody to compare with."""
    peers = ground.facts.peers
    if does_not_apply(PEERS, ground.facts, ground.policy):
        return ()
    if peers is None:
        ask = Message(N_("Ask two neighbours of the same trade what they sell on a normal day"))
        return (not_done("PEERS", _TITLE, _FORMULA, ask, "peers"),)
    daily = ratio(ground.income.adopted_monthly_sales, peers.days_per_month, peers.at("days_per_month"))
    low, high = peers.peer_sales_per_day_low, peers.peer_sales_per_day_high
    sentence = Message(
        N_("Sales of {found:money} a day; peers sell {low:money} to {high:money}"),
        {"found": known(daily), "low": known(low), "high": known(high)},
    )
    return (
        judged(
            Finding(
                "PEERS",
                _TITLE,
                _FORMULA,
                sentence,
                all_true((at_most(low, daily), at_most(daily, high))),
                Message(N_("Ask what this business does otherwise than its neighbours")),
                ("peers", "sales"),
                found=daily,
                fields=(Field("value", daily, 2), Field("low", low, 2), Field("high", high, 2)),
                causes=failing(FLAG, "PEERS", sentence, ("peers", "sales")),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
