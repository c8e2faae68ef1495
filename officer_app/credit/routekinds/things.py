"""Routes by what was used up or paid for making it: charcoal, flour, water, power, wages, commission.

Source: cases/README, section 3, and the institution's method. Products come before quotients.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.routes import RouteInputs, RouteKind
from officer_app.credit.figures import HUNDRED, Figure, absent, not_below_zero, ratio
from officer_app.credit.routekinds.rule import RouteRule


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


def _recipe(x: RouteInputs, _: Figure) -> Figure:
    """Units × kg per unit × finished weight per weight used / finished weight per piece × price + other sales.

    36 bags of flour × 25 kg × 1.4 / 0.2 kg a bowl = 6 300 bowls, × 12.50 = 78 750.
    """
    made = x.quantity_per_month * x.kg_per_unit * x.yield_factor
    return ratio(made * x.price_per_output, x.kg_per_output, x.at("kg_per_output")) + x.other_sales


def _meter(x: RouteInputs, _: Figure) -> Figure:
    """(Used a month − used without any sale) / quantity per output × price + other sales.

    A hair salon: (66 − 6) m³ / 0.05 m³ a head × 35 = 1 200 heads × 35 = 42 000.
    """
    working = not_below_zero(x.quantity_per_month - x.base_quantity)
    return ratio(working * x.price_per_output, x.quantity_per_output, x.at("quantity_per_output")) + x.other_sales


def _of_meter(facts: CaseFacts, x: RouteInputs) -> Figure:
    """Used a month by the meters of that kind; several meters (shop and workshop) are added up."""
    read = [meter.quantity_per_month for meter in facts.meters if meter.kind == x.meter]
    return sum(read[1:], start=read[0]) if read else absent(x.at("quantity_per_month"))


def _commission(x: RouteInputs, _: Figure) -> Figure:
    """Paid / rate + other sales: staff commission, market fee."""
    return ratio(x.total_paid * HUNDRED, x.rate_percent, x.at("rate_percent")) + x.other_sales


def _payroll(x: RouteInputs, _: Figure) -> Figure:
    """Wages paid / wage share of sales: 12 000 / 20 % = 60 000."""
    return ratio(x.wages_paid * HUNDRED, x.wage_share_percent, x.at("wage_share_percent"))


def _piece_wages(x: RouteInputs, _: Figure) -> Figure:
    """Piece wages / wage per piece × price + other sales: 9 000 / 3 a piece = 3 000 pieces, × 20 = 60 000."""
    return ratio(x.piece_total * x.price_per_output, x.piece_rate, x.at("piece_rate")) + x.other_sales


def _wages(facts: CaseFacts, x: RouteInputs) -> Figure:
    return facts.payroll.monthly_total if facts.payroll else absent(x.at("wages_paid"))


def _piece_total(facts: CaseFacts, x: RouteInputs) -> Figure:
    return facts.payroll.piece_total if facts.payroll else absent(x.at("piece_total"))


def _piece_rate(facts: CaseFacts, x: RouteInputs) -> Figure:
    return facts.payroll.piece_rate if facts.payroll else absent(x.at("piece_rate"))


RULES: Final[Mapping[RouteKind, RouteRule]] = {
    RouteKind.PROXY: RouteRule(
        ("quantity_per_month", "sales_per_unit"),
        _proxy,
        N_("quantity a month × sales per unit + other sales"),
        N_("{quantity_per_month} × {sales_per_unit} + {other_sales:money}"),
        normed="sales_per_unit",
    ),
    RouteKind.OUTPUT_PROXY: RouteRule(
        ("quantity_per_month", "output_per_unit", "price_per_output"),
        _output_proxy,
        N_("quantity a month × output per unit × price per output + other sales"),
        N_("{quantity_per_month} × {output_per_unit} × {price_per_output} + {other_sales:money}"),
        normed="output_per_unit",
    ),
    RouteKind.CONSUMPTION_PROXY: RouteRule(
        ("quantity_per_month", "quantity_per_output", "price_per_output"),
        _consumption_proxy,
        N_("quantity a month ÷ quantity per output × price per output + other sales"),
        N_("{quantity_per_month} ÷ {quantity_per_output} × {price_per_output} + {other_sales:money}"),
        normed="quantity_per_output",
    ),
    RouteKind.RECIPE: RouteRule(
        ("quantity_per_month", "kg_per_unit", "yield_factor", "kg_per_output", "price_per_output"),
        _recipe,
        N_(
            "quantity a month × weight of one unit × finished weight per weight used "
            "÷ finished weight of one piece × price + other sales"
        ),
        N_(
            "{quantity_per_month} × {kg_per_unit} × {yield_factor} ÷ {kg_per_output} × {price_per_output} "
            "+ {other_sales:money}"
        ),
        normed="yield_factor",
    ),
    RouteKind.METER: RouteRule(
        ("quantity_per_month", "quantity_per_output", "price_per_output"),
        _meter,
        N_("(used a month − used without any sale) ÷ quantity per output × price per output + other sales"),
        N_(
            "({quantity_per_month} − {base_quantity}) ÷ {quantity_per_output} × {price_per_output} "
            "+ {other_sales:money}"
        ),
        normed="quantity_per_output",
        elsewhere={"quantity_per_month": _of_meter},
    ),
    RouteKind.COMMISSION: RouteRule(
        ("total_paid", "rate_percent"),
        _commission,
        N_("amount paid ÷ rate + other sales"),
        N_("{total_paid:money} ÷ {rate_percent:percent} + {other_sales:money}"),
    ),
    RouteKind.PAYROLL: RouteRule(
        ("wages_paid", "wage_share_percent"),
        _payroll,
        N_("wages paid ÷ wages as a share of sales"),
        N_("{wages_paid:money} ÷ {wage_share_percent:percent}"),
        normed="wage_share_percent",
        elsewhere={"wages_paid": _wages},
    ),
    RouteKind.PIECE_WAGES: RouteRule(
        ("piece_total", "piece_rate", "price_per_output"),
        _piece_wages,
        N_("piece wages ÷ wage per piece × price per piece + other sales"),
        N_("{piece_total:money} ÷ {piece_rate} × {price_per_output} + {other_sales:money}"),
        normed="piece_rate",
        elsewhere={"piece_total": _piece_total, "piece_rate": _piece_rate},
    ),
}
