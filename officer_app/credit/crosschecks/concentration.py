"""How much hangs on one customer. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import Missing, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

LIMIT: Final = decimal_key("customer_concentration_max_percent", "percent")

FLAG: Final = FlagKind("CONCENTRATION_CUSTOMER", 130, 1, N_("one customer is too large"))

_TITLE: Final = Message(N_("Largest customer"))
_FORMULA: Final = Message(N_("share of the largest customer at most the limit"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the largest share ≤ limit."""
    sales, limit = ground.facts.sales, ground.policy[LIMIT]
    share, path = sales.largest_customer_share_percent, sales.at("largest_customer_share_percent")
    if isinstance(share, Missing) and share.absent:
        ask = Message(N_("Ask which customer buys most, and how much of all sales"))
        return (not_done("CONCENTRATION", _TITLE, _FORMULA, ask, path),)
    sentence = Message(
        N_("The largest customer takes {found:percent} of sales; the limit is {limit:percent}"),
        {"found": known(share), "limit": limit},
    )
    return (
        judged(
            Finding(
                "CONCENTRATION",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(share, limit),
                Message(N_("Ask what would happen if this customer stayed away")),
                (path,),
                found=share,
                tolerance=limit,
                unit=Unit.PERCENT,
                fields=(Field("value_percent", share, 2), Field("limit_percent", limit)),
                causes=failing(FLAG, "CONCENTRATION", sentence, (path,)),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
