"""Whether a route was told better than its kind can be: a tax return as all sales, his own word as somebody else's.

What is told may only be worse. Source: DOMAIN e.3 (floors, ceilings, the borrower's mouth); older policies take what
was told.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.routes import Coverage, Mouth
from officer_app.credit.figures import ZERO
from officer_app.credit.ground import Ground
from officer_app.credit.routes import SalesRoute

RULE: Final = Rule(
    "ROUTE_CLASS",
    FlagKind("ROUTE_TOLD_BETTER", 450, 1, N_("a route was told better than its kind can be")),
    Message(N_("What each route can show")),
    Message(N_("coverage and mouth as told, never better than those of the kind")),
    Message(N_("Note for each route how much of the sales it shows and who it comes from")),
    Message(N_("Choose the kind that fits what was seen, or tell what the route shows as it is")),
)
_COVERAGES: Final = {
    Coverage.FULL: N_("all sales"),
    Coverage.FLOOR: N_("at least so much"),
    Coverage.CEILING: N_("at most so much"),
}
_MOUTHS: Final = {
    Mouth.BORROWER: N_("only told by him"),
    Mouth.PAPER: N_("seen on paper"),
    Mouth.COUNTED: N_("counted by the officer"),
    Mouth.THIRD_PARTY: N_("told by others"),
}


def _examine(ground: Ground) -> Results:
    """Speaks only where something was told better: that nothing was proves nothing.

    His own book or list is paper that was seen, so an officer who says so errs honestly: it counts as the borrower's
    word and is no finding.
    """
    told = tuple((route, words) for route in ground.routes for words in _said(route))
    if not told:
        return ()
    sentence = Message(
        N_("Told better than the kind can be, and not counted so: {routes}"),
        {"routes": tuple(words for _, words in told)},
    )
    paths = tuple(dict.fromkeys(route.path for route, _ in told))
    return RULE.result(False, sentence, paths, Numbers(found=Decimal(len(told)), limit=ZERO, unit=Unit.COUNT))


def _said(route: SalesRoute) -> tuple[Message, ...]:
    coverage, mouth = route.coverage_told, route.mouth_told
    wide = () if coverage is None else (_each(route, _COVERAGES[coverage], _COVERAGES[route.coverage]),)
    far = () if mouth in (None, Mouth.PAPER) else (_each(route, _MOUTHS[mouth], _MOUTHS[route.mouth]),)
    return (*wide, *far)


def _each(route: SalesRoute, told: str, own: str) -> Message:
    return Message(
        N_("{route} (told: {told}; by its kind: {own})"),
        {"route": Verbatim(route.name), "told": Message(told), "own": Message(own)},
    )


CHECK: Final = RULE.check(_examine)
