"""The hand-written book against its own entries, re-added by the officer.

Source: DOMAIN a, row 8, and the institution's policy; older policies have no such rule.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.facts.routes import Route, RouteKind
from officer_app.credit.figures import HUNDRED, Figure, at_most, deviation, known, magnitude
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key

TOLERANCE: Final = decimal_key("hand_book_tolerance_percent", "percent", optional=True)

FLAG: Final = FlagKind("HAND_BOOK_ADDS_UP_WRONG", 14, 1, N_("the hand-written book does not add up"))

_TITLE: Final = Message(N_("Pages of the hand-written book re-added"))
_FORMULA: Final = Message(N_("(entries re-added − total as written) ÷ total as written"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when |re-added − written| / written ≤ tolerance; without such a route there is no check."""
    tolerance, routes = ground.policy.get(TOLERANCE, None), ground.facts.sales.routes
    if tolerance is None or not isinstance(routes, tuple):
        return ()
    return tuple(_of_route(route, tolerance) for route in routes if route.kind == RouteKind.HAND_BOOK)


def _of_route(route: Route, tolerance: Figure) -> CheckResult:
    written, added = route.inputs.pages_stated, route.inputs.pages_readded
    apart = deviation(added, written, route.inputs.at("pages_stated")) * HUNDRED
    identity, paths = f"HAND_BOOK_{route.id.upper()}", (route.path,)
    sentence = Message(
        N_("The pages say {told:money}; their entries add up to {found:money} ({deviation:percent})"),
        {"told": known(written), "found": known(added), "deviation": known(apart)},
    )
    return judged(
        Finding(
            identity,
            _TITLE,
            _FORMULA,
            sentence,
            at_most(magnitude(apart), tolerance),
            Message(
                N_("Re-add two more pages that the borrower did not choose, and ask who keeps the book and when")
            ),
            paths,
            written,
            added,
            apart,
            tolerance,
            fields=(Field("deviation_percent", apart, 2), Field("tolerance_percent", tolerance)),
            causes=failing(FLAG, identity, sentence, paths),
        )
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
