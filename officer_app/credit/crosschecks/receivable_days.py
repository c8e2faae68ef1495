"""How long customers owe, against the credit days as told. Source: cases/README, section 5."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.crosschecks.stock_days import TOLERANCE
from officer_app.credit.figures import HUNDRED, Missing, at_most, deviation, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.reasons import whole_days
from officer_app.credit.statements import per_day

FLAG: Final = FlagKind("RECEIVABLES_ABNORMAL", 80, 1, N_("the receivables do not fit the sales"))

_TITLE: Final = Message(N_("Receivable days"))
_FORMULA: Final = Message(N_("receivables ÷ (sales a month ÷ 30)"))
_TOLD: Final = "turnover.declared_credit_days"


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |(days − told) / told| ≤ tolerance, or within the one day that is told whole.

    days = receivables / (monthly sales / 30).
    """
    turnover, tolerance = ground.facts.turnover, ground.policy[TOLERANCE]
    if turnover is None or (
        isinstance(turnover.declared_credit_days, Missing) and turnover.declared_credit_days.absent
    ):
        return (
            not_done("RECEIVABLE_DAYS", _TITLE, _FORMULA, Message(N_("Ask how many days customers may owe")), _TOLD),
        )
    told = turnover.declared_credit_days
    days = ratio(ground.facts.assets.receivables_total, per_day(ground.income.adopted_monthly_sales), "sales")
    apart = deviation(days, told, _TOLD) * HUNDRED
    sentence = Message(
        N_("Told that customers pay after {told} days; they owe {found:ratio} days of sales ({deviation:percent})"),
        {"told": known(told), "found": known(days), "deviation": known(apart)},
    )
    paths = (_TOLD, "assets.receivables_total", "sales")
    return (
        judged(
            Finding(
                "RECEIVABLE_DAYS",
                _TITLE,
                _FORMULA,
                sentence,
                whole_days(ground.policy, days, told, at_most(magnitude(apart), tolerance)),
                Message(N_("Ask for the list of debtors, and call two of them")),
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
                causes=failing(FLAG, "RECEIVABLE_DAYS", sentence, paths),
            )
        ),
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
