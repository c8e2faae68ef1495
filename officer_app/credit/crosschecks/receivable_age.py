"""How much of the receivables is old. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.figures import HUNDRED, at_most, known, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

LIMIT: Final = decimal_key("receivable_over_12m_share_max_percent", "percent")

FLAG: Final = FlagKind("RECEIVABLES_AGED", 90, 1, N_("too large a part of the receivables is older than 12 months"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when old / total ≤ limit; without receivables there is nothing to check."""
    assets, limit = ground.facts.assets, ground.policy[LIMIT]
    paths = (assets.at("receivables_over_12_months"), assets.at("receivables_total"))
    if assets.receivables_total == 0:
        return ()
    share = ratio(assets.receivables_over_12_months, assets.receivables_total, *paths) * HUNDRED
    sentence = Message(
        N_(
            "Of {all:money} receivables {old:money} are older than 12 months ({found:percent}; limit {limit:percent})"
        ),
        {
            "old": known(assets.receivables_over_12_months),
            "all": known(assets.receivables_total),
            "found": known(share),
            "limit": limit,
        },
    )
    return (
        judged(
            Finding(
                "RECEIVABLE_AGE",
                Message(N_("Share of receivables over 12 months")),
                Message(N_("receivables older than 12 months ÷ all receivables")),
                sentence,
                at_most(share, limit),
                Message(N_("Ask who owes the old sums, and whether they still pay")),
                paths,
                found=share,
                tolerance=limit,
                unit=Unit.PERCENT,
                fields=(Field("value_percent", share, 2), Field("limit_percent", limit)),
                causes=failing(FLAG, "RECEIVABLE_AGE", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
