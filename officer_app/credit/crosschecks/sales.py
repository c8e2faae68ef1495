"""Each sales route against the sales as told, by what the route covers.

Source: cases/README, sections 3 and 5; classes of routes: DOMAIN e.3.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.facts.routes import Coverage
from officer_app.credit.figures import HUNDRED, ZERO, Figure, Truth, absent, at_most, deviation, known, magnitude
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.routes import SalesRoute

TOLERANCE: Final = decimal_key("sales_route_tolerance_percent", "percent")

FLAG: Final = FlagKind("SALES_ROUTES_DEVIATE", 10, 1, N_("a route shows sales that are far from those told"))

_SENTENCES: Final = {
    Coverage.FULL: N_("Told {told:money} a month; {route} shows {found:money} ({deviation:percent})"),
    Coverage.FLOOR: N_(
        "Told {told:money} a month; {route} shows {found:money} ({deviation:percent}), "
        "which is only a part of the sales"
    ),
    Coverage.CEILING: N_(
        "Told {told:money} a month; {route} shows {found:money} ({deviation:percent}), "
        "which is the most to be expected"
    ),
}


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    return tuple(_route(ground, route) for route in ground.routes) or (_no_route(ground),)


def _no_route(ground: Ground) -> CheckResult:
    """Sales that nothing shows yet: always due."""
    path = ground.facts.sales.at("routes")
    told = ground.facts.sales.declared_monthly_sales
    return judged(
        Finding(
            "SALES",
            Message(N_("Sales shown by at least one route")),
            Message(N_("(route − told) ÷ told")),
            Message(N_("Told {told:money} a month; nothing shows it yet"), {"told": known(told)}),
            absent(path),
            Message(N_("Ask for something that shows the sales: receipts, a book, purchases, a meter")),
            (path,),
            told,
        )
    )


def _route(ground: Ground, route: SalesRoute) -> CheckResult:
    """Pass when |(route − declared) / declared| ≤ tolerance.

    Of a floor only what lies above the declared sales counts, of a ceiling only what lies below.
    """
    sales, tolerance = ground.facts.sales, ground.policy[TOLERANCE]
    told, identity = sales.declared_monthly_sales, f"SALES_{route.id.upper()}"
    apart = deviation(route.value, told, sales.at("declared_monthly_sales")) * HUNDRED
    sentence = Message(
        _SENTENCES[route.coverage],
        {"told": known(told), "route": route.name, "found": known(route.value), "deviation": known(apart)},
    )
    paths = (sales.at("declared_monthly_sales"), route.path)
    return judged(
        Finding(
            identity,
            Verbatim(route.name),
            route.formula,
            sentence,
            _agrees(route.coverage, apart, tolerance),
            Message(
                N_("Ask where the difference between what was told and {route} comes from"), {"route": route.name}
            ),
            paths,
            told,
            route.value,
            apart,
            tolerance,
            fields=(
                Field("value", route.value, 2),
                Field("deviation_from_declared_percent", apart, 2),
                Field("tolerance_percent", tolerance),
            ),
            causes=failing(FLAG, identity, sentence, paths),
        )
    )


def _agrees(coverage: Coverage, apart: Figure, tolerance: Figure) -> Truth:
    """A part of the sales may lie below what was told, and what a place can sell may lie above."""
    match coverage:
        case Coverage.FULL:
            return at_most(magnitude(apart), tolerance)
        case Coverage.FLOOR:
            return at_most(apart, tolerance)
        case Coverage.CEILING:
            return at_most(ZERO - apart, tolerance)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
