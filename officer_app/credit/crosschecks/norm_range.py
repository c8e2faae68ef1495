"""What a route takes for usual in the trade, against the range of the norm it names.

Source: DOMAIN d.1 and the institution's policy; older policies have no such rule. The range stands among the route's
own inputs (`norms.norm_inputs` writes it there), so that the file needs no library to be computed again.
"""

from __future__ import annotations

from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged
from officer_app.credit.facts.routes import Route, RouteKind
from officer_app.credit.figures import HUNDRED, ONE, Figure, all_true, at_most, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.routes import RULES
from officer_app.credit.vocabulary import label_of

TOLERANCE: Final = decimal_key("norm_range_tolerance_percent", "percent", optional=True)

FLAG: Final = FlagKind("NORM_OUT_OF_RANGE", 16, 1, N_("a route takes what is not usual in the trade"))

_TITLE: Final = Message(N_("Route inside the range of the trade"))
_FORMULA: Final = Message(N_("lowest by the norm ≤ figure of the route ≤ highest by the norm"))


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when low × (1 − tolerance) ≤ figure ≤ high × (1 + tolerance); routes that name no norm have no check."""
    tolerance, routes = ground.policy.get(TOLERANCE, None), ground.facts.sales.routes
    if tolerance is None or not isinstance(routes, tuple):
        return ()
    return tuple(
        _of_route(route, RULES[kind].normed, tolerance)
        for route in routes
        if route.inputs.norm.strip() and (kind := _kind(route)) is not None and RULES[kind].normed
    )


def _kind(route: Route) -> RouteKind | None:
    return RouteKind(route.kind) if isinstance(route.kind, str) else None


def _of_route(route: Route, normed: str, tolerance: Figure) -> CheckResult:
    inputs = route.inputs
    taken: Figure = getattr(inputs, normed)
    low, high = inputs.norm_low, inputs.norm_high
    margin = tolerance / HUNDRED
    path, identity = inputs.at(normed), f"NORM_{route.id.upper()}"
    sentence = Message(
        N_("{route} takes {found} for “{what}”; usual are {low} to {high} ({source})"),
        {
            "route": route.name or route.id,
            "found": known(taken),
            "what": Message(label_of(path).text),
            "low": known(low),
            "high": known(high),
            "source": inputs.norm_source or inputs.norm,
        },
    )
    return judged(
        Finding(
            identity,
            _TITLE,
            _FORMULA,
            sentence,
            all_true((at_most(low * (ONE - margin), taken), at_most(taken, high * (ONE + margin)))),
            Message(N_("Let it be shown once: weigh, measure or count what one unit gives")),
            (path,),
            found=taken,
            unit=Unit.RATIO,
            fields=(Field("value", taken, 4), Field("low", low, 4), Field("high", high, 4)),
            causes=failing(FLAG, identity, sentence, (path,)),
        )
    )


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
