"""What the goods bought leave of the adopted sales, against the margin that the products give.

Source: the institution's policy; older policies have no such rule. Prices and margin are told by one mouth; delivery
notes are not.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.facts.routes import Route
from officer_app.credit.figures import HUNDRED, ONE, Figure, at_most, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("purchase_margin_tolerance_points", "points", optional=True)

FLAG: Final = FlagKind("PURCHASES_DENY_MARGIN", 22, 1, N_("the goods bought leave another margin than the products"))

_TITLE: Final = Message(N_("Gross margin by the goods bought"))
_FORMULA: Final = Message(N_("1 − (opening stock + purchases − closing stock) ÷ adopted sales"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |margin by purchases − weighted margin| ≤ tolerance in points."""
    tolerance = ground.policy.get(TOLERANCE, None)
    if tolerance is None:
        return ()
    routes = ground.facts.sales.routes
    bought = tuple(route for route in routes if route.kind == "purchases") if isinstance(routes, tuple) else ()
    if not bought:
        ask = Message(N_("Ask for the delivery notes of three months, and count the stock"))
        return (not_done("PURCHASE_MARGIN", _TITLE, _FORMULA, ask, "sales.routes"),)
    found = (ONE - ratio(_used(bought[0]), ground.income.adopted_monthly_sales, "sales")) * HUNDRED
    told = ground.income.weighted_gross_margin * HUNDRED
    apart, paths = found - told, (bought[0].path, "products")
    sentence = Message(
        N_("The products give a gross margin of {told:percent}; the goods bought leave {found:percent}"),
        {"told": known(told), "found": known(found)},
    )
    return (
        judged(
            Finding(
                "PURCHASE_MARGIN",
                _TITLE,
                _FORMULA,
                sentence,
                at_most(magnitude(apart), tolerance),
                Message(N_("Take ten goods from the shelf and compare the price tag with the delivery note")),
                paths,
                told,
                found,
                apart,
                tolerance,
                Unit.PERCENT,
                Unit.POINTS,
                fields=(Field("value_percent", found, 2), Field("tolerance_points", tolerance)),
                causes=failing(FLAG, "PURCHASE_MARGIN", sentence, paths),
            )
        ),
    )


def _used(route: Route) -> Figure:
    of = route.inputs
    return of.opening_stock + of.monthly_purchases - of.closing_stock


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
