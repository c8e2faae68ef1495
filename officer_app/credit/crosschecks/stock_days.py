"""How long the counted stock lasts, against the rhythm as told. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import HUNDRED, Missing, at_most, deviation, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import whole_days
from officer_app.credit.statements import per_day

TOLERANCE: Final = decimal_key("turnover_tolerance_percent", "percent")

FLAG: Final = FlagKind("STOCK_TURNOVER_ABNORMAL", 70, 1, N_("the stock counted does not fit the sales"))

_TITLE: Final = Message(N_("Stock days"))
_FORMULA: Final = Message(N_("stock counted ÷ (cost of sales a month ÷ 30)"))
_TOLD: Final = "turnover.declared_stock_days"


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |(days − told) / told| ≤ tolerance, or within the one day that is told whole.

    days = stock / (monthly cost of sales / 30).
    """
    turnover, tolerance = ground.facts.turnover, ground.policy[TOLERANCE]
    if turnover is None or (
        isinstance(turnover.declared_stock_days, Missing) and turnover.declared_stock_days.absent
    ):
        return (not_done("STOCK_DAYS", _TITLE, _FORMULA, Message(N_("Ask how often stock is bought")), _TOLD),)
    told = turnover.declared_stock_days
    days = ratio(ground.facts.assets.inventory_counted, per_day(ground.income.cost_of_sales), "sales", "products")
    apart = deviation(days, told, _TOLD) * HUNDRED
    sentence = Message(
        N_("Told that stock lasts {told} days; the count lasts {found:ratio} days ({deviation:percent})"),
        {"told": known(told), "found": known(days), "deviation": known(apart)},
    )
    paths = (_TOLD, "assets.inventory_counted", "sales", "products")
    return (
        judged(
            Finding(
                "STOCK_DAYS",
                _TITLE,
                _FORMULA,
                sentence,
                whole_days(ground.policy, days, told, at_most(magnitude(apart), tolerance)),
                Message(
                    N_("Ask for the last delivery notes; look for stock that is old, lent or not the borrower's")
                ),
                paths,
                told,
                days,
                apart,
                tolerance,
                Unit.DAYS,
                fields=(
                    Field("value_days", days, 2),
                    Field("declared_days", told),
                    Field("deviation_percent", apart, 2),
                    Field("tolerance_percent", tolerance),
                ),
                causes=failing(FLAG, "STOCK_DAYS", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
