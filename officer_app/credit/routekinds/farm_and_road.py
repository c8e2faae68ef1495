"""Routes of those who raise, grow and carry: herds, crops, freight.

Source: cases/README, section 3, and the institution's method. Products come before quotients.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import Mouth, RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, YEAR, Figure, ratio
from officer_app.credit.routekinds.rule import RouteRule


def _herd(x: RouteInputs, _: Figure) -> Figure:
    """Sows × litters × weaned × survival × weight × price / 12."""
    sold = x.sows * x.litters_per_sow_year * x.weaned_per_litter * x.survival_percent / HUNDRED
    return sold * x.sale_weight_kg * x.price_per_kg / YEAR


def _crop(x: RouteInputs, _: Figure) -> Figure:
    """Mu × kg per mu and harvest × harvests a year × price per kg / 12: 60 × 500 × 2 × 2.40 / 12 = 12 000."""
    return x.area_mu * x.yield_per_mu * x.harvests_per_year * x.price_per_kg / YEAR


def _freight_per_km(x: RouteInputs) -> Figure:
    """What one kilometre out and the same kilometre back earn together."""
    return x.load_tonnes * (x.outbound_yuan_per_tkm + x.return_yuan_per_tkm)


def _trips(x: RouteInputs, _: Figure) -> Figure:
    """Trips × km one way × tonnes × (price out + price back): 6 × 480 × 30 × (0.26 + 0.15) = 35 424."""
    return x.quantity_per_month * x.km_one_way * _freight_per_km(x) + x.other_sales


def _fuel(x: RouteInputs, _: Figure) -> Figure:
    """Litres / litres per 100 km × 100 / 2 × tonnes × (price out + price back).

    Half of the kilometres driven are outward, so the length of a trip falls out of it.
    1 600 / 32 × 100 = 5 000 km, half of them 2 500, × 30 × 0.41 = 30 750.
    """
    driven = x.quantity_per_month * HUNDRED * _freight_per_km(x) / 2
    return ratio(driven, x.litres_per_100km, x.at("litres_per_100km")) + x.other_sales


def _litres(_: CaseFacts, x: RouteInputs) -> Figure:
    """What the fuel bill bought: 11 520 / 7.20 = 1 600 litres."""
    return ratio(x.fuel_paid, x.diesel_price_per_litre, x.at("diesel_price_per_litre"))


RULES: Final[Mapping[RouteKind, RouteRule]] = {
    RouteKind.HERD: RouteRule(
        (
            "sows",
            "litters_per_sow_year",
            "weaned_per_litter",
            "survival_percent",
            "sale_weight_kg",
            "price_per_kg",
        ),
        _herd,
        N_("sows × litters a year × weaned per litter × survival × weight at sale × price per kilogram ÷ 12"),
        N_(
            "{sows} × {litters_per_sow_year} × {weaned_per_litter} × {survival_percent:percent} "
            "× {sale_weight_kg} × {price_per_kg} ÷ 12"
        ),
        mouth=Mouth.COUNTED,
        normed="weaned_per_litter",
    ),
    RouteKind.CROP: RouteRule(
        ("area_mu", "yield_per_mu", "price_per_kg"),
        _crop,
        N_("area in mu × yield per mu × harvests a year × price per kilogram ÷ 12"),
        N_("{area_mu} × {yield_per_mu} × {harvests_per_year} × {price_per_kg} ÷ 12"),
        mouth=Mouth.COUNTED,
        normed="yield_per_mu",
    ),
    RouteKind.TRIPS: RouteRule(
        ("quantity_per_month", "km_one_way", "load_tonnes", "outbound_yuan_per_tkm"),
        _trips,
        N_("trips a month × distance one way × load × (freight out + freight back) + other sales"),
        N_(
            "{quantity_per_month} × {km_one_way} × {load_tonnes} × ({outbound_yuan_per_tkm} + {return_yuan_per_tkm}) "
            "+ {other_sales:money}"
        ),
        normed="outbound_yuan_per_tkm",
    ),
    RouteKind.FUEL: RouteRule(
        ("quantity_per_month", "litres_per_100km", "load_tonnes", "outbound_yuan_per_tkm"),
        _fuel,
        N_("litres a month ÷ litres per 100 km × 100 ÷ 2 × load × (freight out + freight back) + other sales"),
        N_(
            "{quantity_per_month} ÷ {litres_per_100km} × 100 ÷ 2 × {load_tonnes} "
            "× ({outbound_yuan_per_tkm} + {return_yuan_per_tkm}) + {other_sales:money}"
        ),
        normed="litres_per_100km",
        elsewhere={"quantity_per_month": _litres},
    ),
}
