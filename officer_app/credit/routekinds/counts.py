"""Routes by counting: days, customers, pieces, seats, neighbours.

Source: cases/README, section 3, and DOMAIN e.3. Products come before quotients.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import Coverage, Mouth, RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, YEAR, Figure, absent, ratio, total
from officer_app.credit.routekinds.rule import RouteRule


def _day_types(x: RouteInputs, _: Figure) -> Figure:
    """Σ days a month × average sales a day."""
    if x.day_types is None:
        return absent(x.at("day_types"))
    return total(day.days_per_month * day.average_sales_per_day for day in x.day_types)


def _day_counts(x: RouteInputs, _: Figure) -> Figure:
    """(Weekdays × pieces + weekend days × pieces) × price: (20 × 185 + 8 × 265) × 12.50 = 5 820 × 12.50 = 72 750."""
    weekdays = x.weekdays_per_month * x.quantity_per_weekday
    weekend = x.weekend_days_per_month * x.quantity_per_weekend_day
    return (weekdays + weekend) * x.price_per_output + x.other_sales


def _units(x: RouteInputs, _: Figure) -> Figure:
    """Units a year × average price / 12."""
    return x.units_per_year * x.average_price / YEAR


def _footfall(x: RouteInputs, _: Figure) -> Figure:
    """Customers × ticket / hours counted × opening hours × peak correction × days a month."""
    day = x.customers_counted * x.average_ticket * x.opening_hours * x.peak_correction
    return ratio(day * x.days_per_month, x.hours_counted, x.at("hours_counted"))


def _capacity(x: RouteInputs, _: Figure) -> Figure:
    """Seats × turns × ticket × days × share filled: 40 × 4 × 25 × 30 × 80 % = 96 000. The most the place can sell."""
    full = x.seats * x.turns_per_day * x.average_ticket * x.days_per_month
    return full * x.occupancy_percent / HUNDRED


def _seats(facts: CaseFacts, x: RouteInputs) -> Figure:
    return facts.premises.seats if facts.premises else absent(x.at("seats"))


def _peers(x: RouteInputs, _: Figure) -> Figure:
    """Average sales of peers a day × days: 2 300 × 28 = 64 400. What such a place sells, not what this one does."""
    return x.peer_sales_per_day * x.days_per_month


def _peer_average(facts: CaseFacts, x: RouteInputs) -> Figure:
    """The middle of the range that peers told."""
    if facts.peers is None:
        return absent(x.at("peer_sales_per_day"))
    return (facts.peers.peer_sales_per_day_low + facts.peers.peer_sales_per_day_high) / 2


def _peer_days(facts: CaseFacts, x: RouteInputs) -> Figure:
    return facts.peers.days_per_month if facts.peers else absent(x.at("days_per_month"))


RULES: Final[Mapping[RouteKind, RouteRule]] = {
    RouteKind.DAY_TYPES: RouteRule(
        ("day_types",),
        _day_types,
        N_("sum over kinds of days: days a month × sales a day"),
        N_("sum of {days}"),
        mouth=Mouth.BORROWER,
    ),
    RouteKind.DAY_COUNTS: RouteRule(
        (
            "weekdays_per_month",
            "quantity_per_weekday",
            "weekend_days_per_month",
            "quantity_per_weekend_day",
            "price_per_output",
        ),
        _day_counts,
        N_("(weekdays × sold on a weekday + weekend days × sold on such a day) × price + other sales"),
        N_(
            "({weekdays_per_month} × {quantity_per_weekday} + {weekend_days_per_month} × {quantity_per_weekend_day}) "
            "× {price_per_output} + {other_sales:money}"
        ),
        mouth=Mouth.BORROWER,
    ),
    RouteKind.UNITS: RouteRule(
        ("units_per_year", "average_price"),
        _units,
        N_("units a year × average price ÷ 12"),
        N_("{units_per_year} × {average_price} ÷ 12"),
        mouth=Mouth.BORROWER,
    ),
    RouteKind.FOOTFALL: RouteRule(
        (
            "customers_counted",
            "average_ticket",
            "hours_counted",
            "opening_hours",
            "peak_correction",
            "days_per_month",
        ),
        _footfall,
        N_("customers counted × ticket ÷ hours counted × opening hours × peak correction × days a month"),
        N_(
            "{customers_counted} × {average_ticket} ÷ {hours_counted} × {opening_hours} "
            "× {peak_correction} × {days_per_month}"
        ),
        mouth=Mouth.COUNTED,
    ),
    RouteKind.CAPACITY: RouteRule(
        ("seats", "turns_per_day", "average_ticket", "days_per_month", "occupancy_percent"),
        _capacity,
        N_("seats × turns a day × ticket × days a month × share of the seats filled"),
        N_("{seats} × {turns_per_day} × {average_ticket} × {days_per_month} × {occupancy_percent:percent}"),
        mouth=Mouth.COUNTED,
        coverage=Coverage.CEILING,
        normed="turns_per_day",
        elsewhere={"seats": _seats},
    ),
    RouteKind.PEERS: RouteRule(
        ("peer_sales_per_day", "days_per_month"),
        _peers,
        N_("average sales of peers a day × days a month"),
        N_("{peer_sales_per_day:money} × {days_per_month}"),
        mouth=Mouth.THIRD_PARTY,
        coverage=Coverage.CEILING,
        elsewhere={"peer_sales_per_day": _peer_average, "days_per_month": _peer_days},
    ),
}
