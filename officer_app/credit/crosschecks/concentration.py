"""How much hangs on one customer. Source: cases/README, section 5."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import ZERO, Missing, any_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import counted, sells_harvests

LIMIT: Final = decimal_key("customer_concentration_max_percent", "percent")

FLAG: Final = FlagKind("CONCENTRATION_CUSTOMER", 130, 1, N_("one customer is too large"))

_TITLE: Final = Message(N_("Largest customer"))
_FORMULA: Final = Message(N_("share of the largest customer at most the limit"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when the largest share ≤ limit, or a harvest is sold for cash to whoever fetches it.

    A whole crop goes to one or two dealers and can go to others next year: what hurts is a buyer who owes, or whom
    nobody asked. Every large buyer must have been asked, pay on the day and owe nothing; the field was measured.
    """
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
                any_true((at_most(share, limit), _cash_for_crop(ground, limit))),
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


def _cash_for_crop(ground: Ground, limit: Decimal) -> bool:
    large = [one for one in ground.facts.customers if at_most(one.share_percent, limit) is not True]
    cash = all(one.credit_days == ZERO and one.owed == ZERO and one.asked is True for one in large)
    return bool(large) and cash and counted(ground.policy) and sells_harvests(ground.facts, ground.routes)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
