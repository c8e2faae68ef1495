"""The cashless share that a QR route divides by, against the last sales counted on the spot.

Source: DOMAIN e.3 and the institution's policy; older policies have no such rule.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.facts.counts import LastSales
from officer_app.credit.facts.routes import Route, RouteKind
from officer_app.credit.figures import HUNDRED, Figure, absent, at_most, known, magnitude, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key, whole_key

TOLERANCE: Final = decimal_key("cashless_share_tolerance_points", "points", optional=True)
COUNTED_MIN: Final = whole_key("last_sales_counted_min", "count", optional=True)

FLAG: Final = FlagKind("CASHLESS_SHARE_DENIED", 13, 1, N_("the cashless share told is not the one counted"))

_TITLE: Final = Message(N_("Cashless share against the last sales counted"))
_FORMULA: Final = Message(N_("cashless among the last sales ÷ last sales counted"))
_ASK: Final = Message(N_("Count the last twenty sales: how many were paid by phone"))
_KINDS: Final = frozenset({RouteKind.CASHLESS, RouteKind.CASHLESS_CARDS})


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |share counted − share told| ≤ tolerance in points, route by route; no check without such a route."""
    sales, tolerance = ground.facts.sales, ground.policy.get(TOLERANCE, None)
    routes = sales.routes if isinstance(sales.routes, tuple) else ()
    shared = tuple(route for route in routes if route.kind in _KINDS)
    if tolerance is None or not shared:
        return ()
    last = sales.last_sales
    if last is None:
        return (not_done("CASHLESS_SHARE", _TITLE, _FORMULA, _ASK, sales.at("last_sales.counted")),)
    counted = _share(last, ground.policy.get(COUNTED_MIN, None))
    return tuple(_of_route(route, last, counted, tolerance) for route in shared)


def _share(last: LastSales, least: Figure | None) -> Figure:
    """In per cent; too few sales counted tell nothing, so the count is still wanted."""
    enough = True if least is None else at_most(least, last.counted)
    if enough is False:
        return absent(last.at("counted"))
    return ratio(last.cashless * HUNDRED, last.counted, last.at("counted"))


def _of_route(route: Route, last: LastSales, counted: Figure, tolerance: Figure) -> CheckResult:
    told = route.inputs.cashless_share_percent
    identity = f"CASHLESS_SHARE_{route.id.upper()}"
    paths = (route.inputs.at("cashless_share_percent"), last.path)
    sentence = Message(
        N_(
            "{route} takes {told:percent} of the sales as cashless; the last {count:count} sales counted "
            "give {found:percent}"
        ),
        {
            "route": route.name or route.id,
            "told": known(told),
            "count": known(last.counted),
            "found": known(counted),
        },
    )  # fmt: skip
    return judged(
        Finding(
            identity,
            _TITLE,
            _FORMULA,
            sentence,
            at_most(magnitude(counted - told), tolerance),
            Message(N_("Count again at another hour, and ask which customers pay in cash")),
            paths,
            told,
            counted,
            counted - told,
            tolerance,
            Unit.PERCENT,
            Unit.POINTS,
            fields=(Field("value_percent", counted, 2), Field("tolerance_points", tolerance)),
            causes=failing(FLAG, identity, sentence, paths),
        )
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
