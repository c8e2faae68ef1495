"""How long the stock lasts and how long customers owe, against what was told. Source: cases/README, section 5."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.facts.balance import Turnover
from officer_app.credit.figures import HUNDRED, Figure, Missing, at_most, deviation, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import whole_days
from officer_app.credit.statements import per_day

TOLERANCE: Final = decimal_key("turnover_tolerance_percent", "percent")


@dataclass(frozen=True, slots=True)
class _Days:
    """One of the two: what was told of it, what it comes to, and the check's own words.

    `first` is what to ask while nothing was told, `ask` what to ask when the two do not agree.
    """

    id: str
    flag: FlagKind
    title: Message
    formula: Message
    told: Callable[[Turnover], Figure]
    days: Callable[[Ground], Figure]
    paths: tuple[str, ...]
    sentence: str
    first: Message
    ask: Message


_STOCK: Final = _Days(
    "STOCK_DAYS",
    FlagKind("STOCK_TURNOVER_ABNORMAL", 70, 1, N_("the stock counted does not fit the sales")),
    Message(N_("Stock days")),
    Message(N_("stock counted ÷ (cost of sales a month ÷ 30)")),
    lambda turnover: turnover.declared_stock_days,
    lambda ground: ratio(
        ground.facts.assets.inventory_counted, per_day(ground.income.cost_of_sales), "sales", "products"
    ),
    ("turnover.declared_stock_days", "assets.inventory_counted", "sales", "products"),
    N_("Told that stock lasts {told} days; the count lasts {found:ratio} days ({deviation:percent})"),
    Message(N_("Ask how often stock is bought")),
    Message(N_("Ask for the last delivery notes; look for stock that is old, lent or not the borrower's")),
)
_RECEIVABLES: Final = _Days(
    "RECEIVABLE_DAYS",
    FlagKind("RECEIVABLES_ABNORMAL", 80, 1, N_("the receivables do not fit the sales")),
    Message(N_("Receivable days")),
    Message(N_("receivables ÷ (sales a month ÷ 30)")),
    lambda turnover: turnover.declared_credit_days,
    lambda ground: ratio(
        ground.facts.assets.receivables_total, per_day(ground.income.adopted_monthly_sales), "sales"
    ),
    ("turnover.declared_credit_days", "assets.receivables_total", "sales"),
    N_("Told that customers pay after {told} days; they owe {found:ratio} days of sales ({deviation:percent})"),
    Message(N_("Ask how many days customers may owe")),
    Message(N_("Ask for the list of debtors, and call two of them")),
)


def _examine(kind: _Days, ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |(days − told) / told| ≤ tolerance, or within the one day that is told whole."""
    turnover, tolerance = ground.facts.turnover, ground.policy[TOLERANCE]
    told = kind.told(turnover) if turnover is not None else None
    if told is None or (isinstance(told, Missing) and told.absent):
        return (not_done(kind.id, kind.title, kind.formula, kind.first, kind.paths[0]),)
    days = kind.days(ground)
    apart = deviation(days, told, kind.paths[0]) * HUNDRED
    sentence = Message(kind.sentence, {"told": known(told), "found": known(days), "deviation": known(apart)})
    return (
        judged(
            Finding(
                kind.id,
                kind.title,
                kind.formula,
                sentence,
                whole_days(ground.policy, days, told, at_most(magnitude(apart), tolerance)),
                kind.ask,
                kind.paths,
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
                causes=failing(kind.flag, kind.id, sentence, kind.paths),
            )
        ),
    )


CHECKS: Final = tuple(
    Check(kind.flag.order, (kind.flag,), partial(_examine, kind)) for kind in (_STOCK, _RECEIVABLES)
)
