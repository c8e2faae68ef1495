"""What each kind of sales route gives a month, its formula, and the same with the numbers filled in.

Source: cases/README, section 3. Products come before quotients, so that a result which is exact stays exact.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message, Parameter
from officer_app.credit.facts.routes import Route, RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, YEAR, Figure, Missing, absent, absorbed, invalid, known, ratio, total

# Beyond this no product of slips means anything, and printing it would need more digits than money has.
_TOO_MUCH: Final = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class RouteRule:
    """One kind of route: the inputs it needs, how it computes, and how it is said."""

    needs: tuple[str, ...]
    value: Callable[[RouteInputs, Figure], Figure]
    formula: str
    shown: str


@dataclass(frozen=True, slots=True)
class SalesRoute:
    """What one route shows a month."""

    id: str
    name: str
    kind: str
    value: Figure
    path: str
    formula: Message
    shown: Message


def sales_route(route: Route, place: int, margin: Figure) -> SalesRoute:
    """One route computed; `margin` is the weighted gross margin as a fraction, which purchases need."""
    identity = route.id or str(place + 1)
    name = route.name or identity
    if isinstance(route.kind, Missing):
        unknown = Message(N_("The kind of the route is not chosen yet"))
        return SalesRoute(identity, name, "", route.kind, route.path, unknown, unknown)
    rule = RULES[RouteKind(route.kind)]
    filled: dict[str, Parameter] = {
        "other_sales": known(route.inputs.other_sales),
        "refunds": known(route.inputs.refunds),
        "margin": _in_percent(margin),
        "days": _days_shown(route.inputs),
    }
    for need in rule.needs:
        filled[need] = _input(route.inputs, need)
    return SalesRoute(
        identity,
        name,
        route.kind,
        _in_reason(rule.value(route.inputs, margin), route, rule),
        route.path,
        Message(rule.formula),
        Message(rule.shown, filled),
    )


def lacking_inputs(route: Route) -> tuple[str, ...]:
    """Paths of the inputs that the route's kind needs and nobody has given."""
    if isinstance(route.kind, Missing):
        return ()
    wanted = (getattr(route.inputs, need) for need in RULES[RouteKind(route.kind)].needs if need != "day_types")
    found = absorbed(*(value for value in wanted if isinstance(value, Missing) and value.absent)).paths
    days = route.kind == RouteKind.DAY_TYPES and route.inputs.day_types is None
    return (*found, route.inputs.at("day_types")) if days else found


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


def _day_types(x: RouteInputs, _: Figure) -> Figure:
    """Σ days a month × average sales a day."""
    if x.day_types is None:
        return absent(x.at("day_types"))
    return total(day.days_per_month * day.average_sales_per_day for day in x.day_types)


def _proxy(x: RouteInputs, _: Figure) -> Figure:
    """Quantity a month × sales per unit + other sales: charcoal tells the sales of a barbecue stall."""
    return x.quantity_per_month * x.sales_per_unit + x.other_sales


def _output_proxy(x: RouteInputs, _: Figure) -> Figure:
    """Quantity a month × output per unit × price + other sales: saw blades tell the output of a stone works."""
    return x.quantity_per_month * x.output_per_unit * x.price_per_output + x.other_sales


def _consumption_proxy(x: RouteInputs, _: Figure) -> Figure:
    """Quantity a month / quantity per output × price + other sales: water, power, gas."""
    sold = ratio(x.quantity_per_month * x.price_per_output, x.quantity_per_output, x.at("quantity_per_output"))
    return sold + x.other_sales


def _cashless(x: RouteInputs, _: Figure) -> Figure:
    """(Gross inflow − own transfers − refunds) / cashless share."""
    net = x.gross_inflow - x.own_transfers - x.refunds
    return ratio(net * HUNDRED, x.cashless_share_percent, x.at("cashless_share_percent"))


def _bank_net(x: RouteInputs, _: Figure) -> Figure:
    """Gross inflow − own transfers."""
    return x.gross_inflow - x.own_transfers


def _purchases(x: RouteInputs, margin: Figure) -> Figure:
    """(Opening stock + purchases − closing stock) / (1 − weighted gross margin)."""
    return ratio(x.opening_stock + x.monthly_purchases - x.closing_stock, 1 - margin, "products")


def _commission(x: RouteInputs, _: Figure) -> Figure:
    """Paid / rate + other sales: staff commission, market fee."""
    return ratio(x.total_paid * HUNDRED, x.rate_percent, x.at("rate_percent")) + x.other_sales


def _book(x: RouteInputs, _: Figure) -> Figure:
    """The sales of a hand-written book as they stand there."""
    return x.monthly_sales


def _units(x: RouteInputs, _: Figure) -> Figure:
    """Units a year × average price / 12."""
    return x.units_per_year * x.average_price / YEAR


def _herd(x: RouteInputs, _: Figure) -> Figure:
    """Sows × litters × weaned × survival × weight × price / 12."""
    sold = x.sows * x.litters_per_sow_year * x.weaned_per_litter * x.survival_percent / HUNDRED
    return sold * x.sale_weight_kg * x.price_per_kg / YEAR


def _footfall(x: RouteInputs, _: Figure) -> Figure:
    """Customers × ticket / hours counted × opening hours × peak correction × days a month."""
    day = x.customers_counted * x.average_ticket * x.opening_hours * x.peak_correction
    return ratio(day * x.days_per_month, x.hours_counted, x.at("hours_counted"))


def _category(x: RouteInputs, _: Figure) -> Figure:
    """Purchases / (1 − margin of the category) / share of the category in sales."""
    share = (HUNDRED - x.category_margin_percent) * x.category_share_percent
    culprits = x.at("category_margin_percent"), x.at("category_share_percent")
    return ratio(x.monthly_purchases * HUNDRED * HUNDRED, share, *culprits)


_RULES: Final[Mapping[RouteKind, RouteRule]] = {
    RouteKind.DAY_TYPES: RouteRule(
        ("day_types",),
        _day_types,
        N_("sum over kinds of days: days a month × sales a day"),
        N_("sum of {days}"),
    ),
    RouteKind.PROXY: RouteRule(
        ("quantity_per_month", "sales_per_unit"),
        _proxy,
        N_("quantity a month × sales per unit + other sales"),
        N_("{quantity_per_month} × {sales_per_unit} + {other_sales:money}"),
    ),
    RouteKind.OUTPUT_PROXY: RouteRule(
        ("quantity_per_month", "output_per_unit", "price_per_output"),
        _output_proxy,
        N_("quantity a month × output per unit × price per output + other sales"),
        N_("{quantity_per_month} × {output_per_unit} × {price_per_output} + {other_sales:money}"),
    ),
    RouteKind.CONSUMPTION_PROXY: RouteRule(
        ("quantity_per_month", "quantity_per_output", "price_per_output"),
        _consumption_proxy,
        N_("quantity a month ÷ quantity per output × price per output + other sales"),
        N_("{quantity_per_month} ÷ {quantity_per_output} × {price_per_output} + {other_sales:money}"),
    ),
    RouteKind.CASHLESS: RouteRule(
        ("gross_inflow", "own_transfers", "cashless_share_percent"),
        _cashless,
        N_("(gross inflow − own transfers − refunds) ÷ cashless share"),
        N_("({gross_inflow:money} − {own_transfers:money} − {refunds:money}) ÷ {cashless_share_percent:percent}"),
    ),
    RouteKind.BANK_NET: RouteRule(
        ("gross_inflow", "own_transfers"),
        _bank_net,
        N_("gross inflow − own transfers"),
        N_("{gross_inflow:money} − {own_transfers:money}"),
    ),
    RouteKind.PURCHASES: RouteRule(
        ("opening_stock", "monthly_purchases", "closing_stock"),
        _purchases,
        N_("(opening stock + purchases − closing stock) ÷ (1 − weighted gross margin)"),
        N_("({opening_stock:money} + {monthly_purchases:money} − {closing_stock:money}) ÷ (1 − {margin:percent})"),
    ),
    RouteKind.COMMISSION: RouteRule(
        ("total_paid", "rate_percent"),
        _commission,
        N_("amount paid ÷ rate + other sales"),
        N_("{total_paid:money} ÷ {rate_percent:percent} + {other_sales:money}"),
    ),
    RouteKind.BOOK: RouteRule(
        ("monthly_sales",),
        _book,
        N_("sales as the book has them"),
        N_("{monthly_sales:money}"),
    ),
    RouteKind.UNITS: RouteRule(
        ("units_per_year", "average_price"),
        _units,
        N_("units a year × average price ÷ 12"),
        N_("{units_per_year} × {average_price} ÷ 12"),
    ),
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
    ),
    RouteKind.CATEGORY: RouteRule(
        ("monthly_purchases", "category_margin_percent", "category_share_percent"),
        _category,
        N_("purchases of the category ÷ (1 − margin of the category) ÷ its share of sales"),
        N_("{monthly_purchases:money} ÷ (1 − {category_margin_percent:percent}) ÷ {category_share_percent:percent}"),
    ),
}
RULES: Final[Mapping[RouteKind, RouteRule]] = MappingProxyType(_RULES)
