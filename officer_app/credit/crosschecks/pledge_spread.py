"""How far the methods of valuation are apart. Source: DOMAIN, row 78; the limit is the institution's."""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Cause, CheckResult, Field, FlagKind, Unit
from officer_app.credit.collateral import spread_of, valuations
from officer_app.credit.crosschecks.check import Check, Finding, judged, not_done
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import HUNDRED, Figure, absent, all_true, at_most, greatest, known, least
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

LIMIT: Final = decimal_key("security.valuation_spread_max_percent", "percent", optional=True)

FLAG: Final = FlagKind("PLEDGE_VALUES_APART", 186, 1, N_("the methods value a pledge too differently"))

_TITLE: Final = message(N_("Methods of valuation"))
_FORMULA: Final = message(N_("(highest − lowest value) ÷ lowest value at most the limit, for each pledge"))
# What is counted or paid out has one value only.
_COUNTED_ONLY: Final = frozenset({"deposit", "receivables", "stock", "livestock"})


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when no pledge has values that lie further apart than the limit."""
    limit = ground.policy.get(LIMIT, None)
    pledges = [item for item in ground.facts.collateral if item.type not in _COUNTED_ONLY]
    if limit is None or not pledges:
        return ()
    apart = [(item, spread * HUNDRED) for item in pledges if (spread := _spread(item)) is not None]
    paths = tuple(item.at("valuation") for item in pledges)
    if not apart:
        ask = message(N_("Value the pledge a second way: comparable sales, rent, or what it costs new"))
        return (not_done("PLEDGE_SPREAD", _TITLE, _FORMULA, ask, *paths),)
    widest = greatest((spread for _, spread in apart), absent(*paths))
    return (
        judged(
            Finding(
                "PLEDGE_SPREAD",
                _TITLE,
                _FORMULA,
                message(
                    N_("The methods lie up to {found:percent} apart; the limit is {limit:percent}"),
                    found=known(widest),
                    limit=limit,
                ),
                all_true(at_most(spread, limit) for _, spread in apart),
                message(N_("Ask where each figure comes from, and look for one more sale nearby")),
                paths,
                found=widest,
                tolerance=limit,
                unit=Unit.PERCENT,
                fields=(Field("value_percent", widest, 2), Field("limit_percent", limit)),
                causes=tuple(_cause(item, spread) for item, spread in apart if at_most(spread, limit) is False),
            )
        ),
    )


def _spread(item: Collateral) -> Figure | None:
    return spread_of(valuations(item.valuation), item.at("valuation"))


def _cause(item: Collateral, spread: Figure) -> Cause:
    values = valuations(item.valuation).values()
    here = absent(item.at("valuation"))
    sentence = message(
        N_("{pledge}: the lowest value is {low:money}, the highest {high:money} ({apart:percent} apart)"),
        pledge=item.id,
        low=known(least(values, here)),
        high=known(greatest(values, here)),
        apart=known(spread),
    )
    return Cause(FLAG, item.at("valuation"), sentence, (item.at("valuation"),))


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
