"""The three meters against the year before: who sells as much uses as much. Source: DOMAIN, section a, row 3."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import FlagKind, Unit
from officer_app.credit.crosschecks.rule import Numbers, Results, Rule, unsaid
from officer_app.credit.facts.business import MeterReading
from officer_app.credit.figures import HUNDRED, Missing, at_most, deviation, known
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.reasons import counted, is_young, sold_nothing_around

FALL: Final = decimal_key("meter_fall_max_percent", "percent", optional=True)

RULE: Final = Rule(
    "METERS",
    FlagKind("METER_USE_FELL", 112, 1, N_("less is used than a year ago although sales are said to hold")),
    Message(N_("Meter use against the year before")),
    Message(N_("(use now − use a year before) ÷ use a year before, when sales are told as steady or growing")),
    Message(N_("Read the meters and the same month of last year, and ask whether sales grow, hold or fall")),
    Message(N_("Ask what changed in the work, and look at the sales of the same months")),
)


def _examine(ground: Ground) -> Results:
    """Pass when no meter fell by more than the limit; where sales are told to fall there is nothing to compare.

    Nor is there where the year before belongs to another: a business of less than a year; or where nothing is sold
    in the months read, by the season factors: watering or its lack tells nothing of the harvest.
    """
    limit, business = ground.policy.get(FALL, None), ground.facts.business
    if limit is None:
        return ()
    meters = tuple(meter for meter in ground.facts.meters if not unsaid(meter.quantity_year_before))
    if not meters or business is None or unsaid(business.trend):
        return RULE.not_begun("meters", "business.trend")
    if business.trend == "falling" or (counted(ground.policy) and is_young(ground.facts)):
        return ()
    meters = tuple(meter for meter in meters if not _dead_month(ground, meter))
    return tuple(found for place, meter in enumerate(meters, 1) for found in _meter(meter, place, limit))


def _meter(meter: MeterReading, place: int, limit: Decimal) -> Results:
    now, before = meter.quantity_per_month, meter.quantity_year_before
    sentence = Message(
        N_("{meter}: {found:ratio} a month now, {told:ratio} a year before, while sales are told to hold or grow"),
        {"meter": _name(meter), "found": known(now), "told": known(before)},
    )
    change = deviation(now, before, meter.at("quantity_year_before")) * HUNDRED
    numbers = Numbers(before, now, change, limit, Unit.RATIO)
    enough = at_most(before * (HUNDRED - limit), now * HUNDRED)
    return RULE.result(enough, sentence, (meter.path, "business.trend"), numbers, part=str(place))


def _dead_month(ground: Ground, meter: MeterReading) -> bool:
    visit = None if ground.facts.site_visit is None else ground.facts.site_visit.visited_on
    read = meter.period_to or visit
    return counted(ground.policy) and read is not None and sold_nothing_around(ground.facts, read.month)


def _name(meter: MeterReading) -> Message:
    kind = "other" if isinstance(meter.kind, Missing) else meter.kind
    return Message(_NAMES[kind])


_NAMES: Final = {
    "power": N_("Power"),
    "water": N_("Water"),
    "gas": N_("Gas"),
    "coal": N_("Coal"),
    "diesel": N_("Diesel"),
    "other": N_("Meter"),
}

CHECK: Final = RULE.check(_examine)
