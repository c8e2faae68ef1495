"""What each sales route gives a month, its formula, and the same with the numbers filled in.

Source: cases/README, section 3; classes of routes: DOMAIN e.3. The rules by kind stand in `routekinds`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from officer_app.base.words import N_, Message, Parameter
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import Coverage, Mouth, Route, RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, Figure, Missing, absorbed, invalid, known
from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy
from officer_app.credit.routekinds import counts, farm_and_road, receipts, things
from officer_app.credit.routekinds.rule import RouteRule
from officer_app.credit.wordsaid import counts as words_count
from officer_app.credit.wordsaid import plain

RULES: Final[Mapping[RouteKind, RouteRule]] = MappingProxyType(
    {**counts.RULES, **things.RULES, **receipts.RULES, **farm_and_road.RULES}
)

# Beyond this no product of slips means anything, and printing it would need more digits than money has.
_TOO_MUCH: Final = Decimal(10) ** 15

_INPUTS: Final = tuple(item.name for item in fields(RouteInputs))

# Whether an officer may class a route better than its kind: older policies take what was told.
CLASS_TOLD: Final = replace(choice_key("route_class_told", "as_chosen", "never_better"), optional=True)

# Kinds that read one trace: the money coming in, the goods bought, one wage sheet, one book.
_TRACES: Final[Mapping[RouteKind, str]] = {
    RouteKind.CASHLESS: "inflow",
    RouteKind.CASHLESS_CARDS: "inflow",
    RouteKind.BANK_NET: "inflow",
    RouteKind.PURCHASES: "bought",
    RouteKind.CATEGORY: "bought",
    RouteKind.PAYROLL: "wages",
    RouteKind.PIECE_WAGES: "wages",
    RouteKind.BOOK: "book",
    RouteKind.HAND_BOOK: "book",
    RouteKind.DAY_TYPES: "days",
    RouteKind.DAY_COUNTS: "days",
}
# Of these one thing used up is one trace, whichever kind reads it: charcoal and flour are two.
_BY_THING: Final = frozenset(
    {RouteKind.PROXY, RouteKind.OUTPUT_PROXY, RouteKind.CONSUMPTION_PROXY, RouteKind.RECIPE, RouteKind.METER}
)


@dataclass(frozen=True, slots=True)
class SalesRoute:
    """What one route shows a month, how much of the sales it covers, who it comes from and what was seen of it.

    `trace` is what it reads: routes of one trace are one witness. `evidence` is "" where its words say nothing.
    `coverage_told` and `mouth_told` are set where the officer told better than the kind can be: they do not count.
    """

    id: str
    name: str
    kind: str
    value: Figure
    path: str
    formula: Message
    shown: Message
    coverage: Coverage
    mouth: Mouth
    evidence: str
    trace: str
    coverage_told: Coverage | None = None
    mouth_told: Mouth | None = None


def sales_route(route: Route, place: int, margin: Figure, policy: Policy) -> SalesRoute:
    """One route computed; `margin` is the weighted gross margin as a fraction, which purchases need.

    A route whose kind nobody has chosen may yet show all sales, from the borrower's mouth.
    """
    identity = route.id or str(place + 1)
    name = route.name or identity
    value: Figure
    if isinstance(route.kind, Missing):
        value, formula = route.kind, Message(N_("The kind of the route is not chosen yet"))
        shown, own = formula, (Coverage.FULL, Mouth.BORROWER)
    else:
        rule = RULES[RouteKind(route.kind)]
        value = _in_reason(rule.value(route.inputs, margin), route, rule)
        formula, shown = Message(rule.formula), Message(rule.shown, _filled(route.inputs, margin))
        own = rule.coverage, rule.mouth
    coverage = own[0] if isinstance(route.coverage, Missing) else Coverage(route.coverage)
    mouth = own[1] if isinstance(route.mouth, Missing) else Mouth(route.mouth)
    strict = policy.get(CLASS_TOLD, "as_chosen") == "never_better" and not isinstance(route.kind, Missing)
    # All sales may always be told as a part of them: one QR code of several.
    wider = strict and own[0] is not Coverage.FULL and coverage is not own[0]
    farther = strict and own[1] is Mouth.BORROWER and mouth is not own[1]
    return SalesRoute(
        id=identity,
        name=name,
        kind="" if isinstance(route.kind, Missing) else route.kind,
        value=value,
        path=route.path,
        formula=formula,
        shown=shown,
        coverage=own[0] if wider else coverage,
        mouth=own[1] if farther else mouth,
        evidence=route.evidence.strip() if words_count(route.evidence, policy) else "",
        trace=_trace(route, identity),
        coverage_told=coverage if wider else None,
        mouth_told=mouth if farther else None,
    )


def _trace(route: Route, identity: str) -> str:
    if isinstance(route.kind, Missing):
        return identity
    kind = RouteKind(route.kind)
    if kind not in _BY_THING:
        return _TRACES.get(kind, kind.value)
    inputs = route.inputs
    thing = inputs.unit if kind is not RouteKind.METER else "" if isinstance(inputs.meter, Missing) else inputs.meter
    return f"thing {plain(thing)}" if plain(thing) else kind.value


def with_facts(route: Route, facts: CaseFacts) -> Route:
    """The route with the inputs that it lacks and other facts of the case tell: the meter, the wage sheet, peers."""
    if isinstance(route.kind, Missing):
        return route
    found: dict[str, Any] = {
        name: value
        for name, told in RULES[RouteKind(route.kind)].elsewhere.items()
        if _is_absent(getattr(route.inputs, name)) and isinstance(value := told(facts, route.inputs), Decimal)
    }
    return replace(route, inputs=replace(route.inputs, **found)) if found else route


def lacking_inputs(route: Route) -> tuple[str, ...]:
    """Paths of the inputs that the route's kind needs and nobody has given."""
    if isinstance(route.kind, Missing):
        return ()
    wanted = (getattr(route.inputs, need) for need in RULES[RouteKind(route.kind)].needs if need != "day_types")
    found = absorbed(*(value for value in wanted if _is_absent(value))).paths
    days = route.kind == RouteKind.DAY_TYPES and route.inputs.day_types is None
    return (*found, route.inputs.at("day_types")) if days else found


def _is_absent(value: object) -> bool:
    return isinstance(value, Missing) and value.absent


def _filled(inputs: RouteInputs, margin: Figure) -> Mapping[str, Parameter]:
    """Every number that a formula may name."""
    numbers: dict[str, Parameter] = {name: _input(inputs, name) for name in _INPUTS}
    return numbers | {"margin": _in_percent(margin), "days": _days_shown(inputs)}


def _input(inputs: RouteInputs, name: str) -> Decimal | None:
    value = getattr(inputs, name)
    return value if isinstance(value, Decimal) else None


def _days_shown(inputs: RouteInputs) -> tuple[Message, ...]:
    return tuple(
        Message(
            N_("{days} × {sales:money}"),
            {"days": known(day.days_per_month), "sales": known(day.average_sales_per_day)},
        )
        for day in inputs.day_types or ()
    )


def _in_percent(fraction: Figure) -> Decimal | None:
    return known(fraction * HUNDRED)


def _in_reason(value: Figure, route: Route, rule: RouteRule) -> Figure:
    if isinstance(value, Decimal) and abs(value) >= _TOO_MUCH:
        return invalid(*(route.inputs.at(need) for need in rule.needs))
    return value
