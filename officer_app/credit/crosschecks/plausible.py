"""Figures that cannot be: sales far outside what an area, a person or a seat can bring. Source: DOMAIN, row 101."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.figures import ZERO, Figure, absent, at_most, known, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import numbers_key

BOUNDS: Final = ("area_low", "area_high", "person_low", "person_high", "seat_low", "seat_high")
LIMITS: Final = replace(numbers_key("plausible_monthly_sales", "money/month", BOUNDS), optional=True)

RULE: Final = Rule(
    "PLAUSIBLE",
    FlagKind("SALES_ABSURD", 15, 1, N_("the sales cannot be right for the size of the business")),
    Message(N_("Sales against the size of the business")),
    Message(N_("monthly sales ÷ square metres, persons or seats, inside the bounds of the policy")),
    Message(N_("Note area, persons and seats")),
    Message(N_("Look at the entry again: a unit, a zero or a period may be wrong")),
)


def _examine(ground: Ground) -> Results:
    """Speaks only where a figure cannot be: that it can be proves nothing, and must not count as a passed check."""
    limits = ground.policy.get(LIMITS, None)
    if limits is None:
        return ()
    return tuple(
        result
        for name, size, path, title, sentence in _SIZES
        for result in _size(ground, (limits[f"{name}_low"], limits[f"{name}_high"]), size, path, (title, sentence))
    )


def _size(
    ground: Ground,
    bounds: tuple[Figure, Figure],
    size: Callable[[CaseFacts], Figure],
    path: str,
    words: tuple[str, str],
) -> Results:
    sales, amount, (low, high), (title, text) = (
        ground.facts.sales.declared_monthly_sales,
        size(ground.facts),
        bounds,
        words,
    )
    if at_most(amount, ZERO) is not False:
        return ()
    possible = (at_most(low * amount, sales), at_most(sales, high * amount))
    if False not in possible:
        return ()
    values = {
        "told": known(sales),
        "size": known(amount),
        "found": known(ratio(sales, amount)),
        "low": known(low),
        "high": known(high),
    }
    paths = ("sales.declared_monthly_sales", path)
    numbers = Numbers(sales, ratio(sales, amount), limit=high, apart_unit=Unit.MONEY)
    part = path.rsplit(".", 1)[-1].upper()
    return RULE.result(False, Message(text, values), paths, numbers, part=part, title=Message(title))


def _area(facts: CaseFacts) -> Figure:
    return absent("premises.area_m2") if facts.premises is None else facts.premises.area_m2


def _persons(facts: CaseFacts) -> Figure:
    return absent("staff.seen_on_site") if facts.staff is None else facts.staff.seen_on_site


def _seats(facts: CaseFacts) -> Figure:
    return absent("premises.seats") if facts.premises is None else facts.premises.seats


_SIZES: Final = (
    (
        "area",
        _area,
        "premises.area_m2",
        N_("Sales per square metre"),
        N_(
            "Sales of {told:money} a month on {size:ratio} m²: {found:money} each; "
            "possible {low:money} to {high:money}"
        ),
    ),
    (
        "person",
        _persons,
        "staff.seen_on_site",
        N_("Sales per person"),
        N_(
            "Sales of {told:money} a month by {size:count} persons: {found:money} each; "
            "possible {low:money} to {high:money}"
        ),
    ),
    (
        "seat",
        _seats,
        "premises.seats",
        N_("Sales per seat"),
        N_(
            "Sales of {told:money} a month on {size:count} seats: {found:money} each; "
            "possible {low:money} to {high:money}"
        ),
    ),
)

CHECK: Final = RULE.check(_examine)
