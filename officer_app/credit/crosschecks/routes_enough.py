"""Whether enough routes bear out the sales: how many have evidence, how many come from others than the borrower.

Source: DOMAIN e.3 and the institution's policy; older policies have no such rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Verbatim
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.facts.routes import Coverage, Mouth
from officer_app.credit.figures import all_true, at_most
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key, whole_key
from officer_app.credit.routes import SalesRoute

EVIDENCED_MIN: Final = whole_key("routes_with_evidence_min", "count", optional=True)
NOT_TOLD_MIN: Final = whole_key("routes_not_from_borrower_min", "count", optional=True)
FULL_MIN: Final = whole_key("routes_full_min", "count", optional=True)
COUNTED: Final = replace(choice_key("routes_counted", "as_listed", "by_what_they_read"), optional=True)

FLAG: Final = FlagKind("SALES_ROUTES_TOO_FEW", 11, 1, N_("too few routes with evidence bear out the sales"))

_TITLE: Final = Message(N_("Enough routes with evidence for the sales"))
_FORMULA: Final = Message(N_("routes with evidence; among them those not from the borrower, and those of all sales"))
_SENTENCE: Final = N_(
    "{found:count} routes have evidence ({wanted:count} wanted), {others:count} of them not from the "
    "borrower ({others_wanted:count} wanted), {full:count} of all sales ({full_wanted:count} wanted)"
)
_TOGETHER: Final = N_(
    "{found:count} routes have evidence ({wanted:count} wanted), {others:count} of them not from the "
    "borrower ({others_wanted:count} wanted), {full:count} of all sales ({full_wanted:count} wanted). "
    "These read the same thing and count once: {same}"
)


def _examine(ground: Ground) -> tuple[CheckResult, ...]:
    """Pass when routes with evidence, those not the borrower's and full ones each reach their least number.

    Routes of one trace (three entries of one QR code, codes of two banks) are one witness where the policy says so.
    """
    limits = tuple(ground.policy.get(key, None) for key in (EVIDENCED_MIN, NOT_TOLD_MIN, FULL_MIN))
    if all(limit is None for limit in limits):
        return ()
    path = ground.facts.sales.at("routes")
    shown = tuple(route for route in ground.routes if route.evidence)
    told = ground.facts.sales.routes
    filled_in = isinstance(told, tuple) and any(route.evidence.strip() for route in told)
    if not shown and not filled_in:
        ask = Message(N_("Write down for every route what was seen: which papers, which count, who said it"))
        unseen = tuple(f"{route.path}.evidence" for route in ground.routes)
        return (not_done("ROUTES_ENOUGH", _TITLE, _FORMULA, ask, *(unseen or (path,))),)
    together = ground.policy.get(COUNTED, "as_listed") == "by_what_they_read"
    counts = tuple(
        _how_many(routes, together=together)
        for routes in (
            shown,
            (route for route in shown if route.mouth is not Mouth.BORROWER),
            (route for route in shown if route.coverage is Coverage.FULL),
        )
    )
    wanted = tuple(limit or Decimal(0) for limit in limits)
    sentence = _sentence(counts, wanted, _same(shown) if together else ())
    return (
        judged(
            Finding(
                "ROUTES_ENOUGH",
                _TITLE,
                _FORMULA,
                sentence,
                all_true(at_most(least, found) for least, found in zip(wanted, counts, strict=True)),
                Message(N_("Find one more route that does not come from the borrower: a supplier, a meter, a count")),
                (path,),
                found=counts[0],
                tolerance=wanted[0],
                unit=Unit.COUNT,
                fields=(
                    Field("value", counts[0], 0),
                    Field("not_from_borrower", counts[1], 0),
                    Field("full", counts[2], 0),
                ),
                causes=failing(FLAG, "ROUTES_ENOUGH", sentence, (path,)),
            )
        ),
    )


def _how_many(routes: Iterable[SalesRoute], *, together: bool) -> Decimal:
    names = [route.trace if together else route.path for route in routes]
    return Decimal(len(set(names)))


def _same(shown: tuple[SalesRoute, ...]) -> tuple[Verbatim, ...]:
    """Names of the routes whose trace another one reads as well."""
    traces = [route.trace for route in shown]
    return tuple(Verbatim(route.name) for route in shown if traces.count(route.trace) > 1)


def _sentence(counts: tuple[Decimal, ...], wanted: tuple[Decimal, ...], same: tuple[Verbatim, ...]) -> Message:
    values = {
        "found": counts[0], "wanted": wanted[0], "others": counts[1], "others_wanted": wanted[1],
        "full": counts[2], "full_wanted": wanted[2],
    }  # fmt: skip
    return Message(_TOGETHER, {**values, "same": same}) if same else Message(_SENTENCE, values)


CHECK: Final = Check(FLAG.order, (FLAG,), _examine)
