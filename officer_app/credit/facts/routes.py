# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""The facts of a sales route: one wide group of inputs; the route's kind says which of them count.

Source: cases/README, section 3.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, choice, group, listing, money, number, percent, text
from officer_app.credit.figures import Figure, Missing
from officer_app.credit.nodes import Node


class RouteKind(StrEnum):
    """How a route shows the sales."""

    DAY_TYPES = "day_types"
    PROXY = "proxy"
    OUTPUT_PROXY = "output_proxy"
    CONSUMPTION_PROXY = "consumption_proxy"
    CASHLESS = "cashless"
    BANK_NET = "bank_net"
    PURCHASES = "purchases"
    COMMISSION = "commission"
    BOOK = "book"
    UNITS = "units"
    HERD = "herd"
    FOOTFALL = "footfall"
    CATEGORY = "category"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayType(Node):
    """Good, normal or bad days of a month."""

    day_type: str = text(N_("Kind of day"))
    days_per_month: Figure = number(N_("Days of this kind a month"), unit="days")
    average_sales_per_day: Figure = money(N_("Sales on such a day"), unit="money/day")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteInputs(Node):
    """Everything that any kind of route may ask for; what a kind needs stands in `routes.NEEDED`."""

    unit: str = text(N_("Unit counted"))
    output_unit: str = text(N_("Unit of output"))
    day_types: tuple[DayType, ...] | None = listing(DayType, N_("Kinds of days"), absence=Absence.OPTIONAL)
    quantity_per_month: Figure = number(N_("Quantity a month"), optional=True)
    sales_per_unit: Figure = money(N_("Sales per unit"), optional=True)
    output_per_unit: Figure = number(N_("Output per unit"), optional=True)
    quantity_per_output: Figure = number(N_("Quantity used per output"), optional=True)
    price_per_output: Figure = money(N_("Price per output"), optional=True)
    other_sales: Figure = money(N_("Other sales a month"), unit="money/month", default="0")
    gross_inflow: Figure = money(N_("Gross inflow a month"), unit="money/month", optional=True)
    own_transfers: Figure = money(N_("Own transfers a month"), unit="money/month", optional=True)
    refunds: Figure = money(N_("Refunds a month"), unit="money/month", default="0")
    cashless_share_percent: Figure = percent(N_("Cashless share of sales"), optional=True)
    opening_stock: Figure = money(N_("Stock at the start of the month"), optional=True)
    monthly_purchases: Figure = money(N_("Purchases a month"), unit="money/month", optional=True)
    closing_stock: Figure = money(N_("Stock at the end of the month"), optional=True)
    total_paid: Figure = money(N_("Commission or fee paid a month"), unit="money/month", optional=True)
    rate_percent: Figure = percent(N_("Rate of the commission or fee"), optional=True)
    monthly_sales: Figure = money(N_("Monthly sales in the book"), unit="money/month", optional=True)
    units_per_year: Figure = number(N_("Units sold a year"), optional=True)
    average_price: Figure = money(N_("Average price"), optional=True)
    sows: Figure = number(N_("Sows"), unit="head", optional=True)
    litters_per_sow_year: Figure = number(N_("Litters per sow and year"), optional=True)
    weaned_per_litter: Figure = number(N_("Weaned per litter"), optional=True)
    survival_percent: Figure = percent(N_("Survival to sale"), optional=True)
    sale_weight_kg: Figure = number(N_("Weight at sale"), unit="kg", optional=True)
    price_per_kg: Figure = money(N_("Price per kilogram"), optional=True)
    customers_counted: Figure = number(N_("Customers counted"), optional=True)
    average_ticket: Figure = money(N_("Average ticket"), optional=True)
    hours_counted: Figure = number(N_("Hours counted"), unit="hours", optional=True)
    opening_hours: Figure = number(N_("Opening hours a day"), unit="hours", optional=True)
    peak_correction: Figure = number(N_("Correction for the peak hour"), optional=True)
    days_per_month: Figure = number(N_("Opening days a month"), unit="days", optional=True)
    category_margin_percent: Figure = percent(N_("Margin of the category"), optional=True)
    category_share_percent: Figure = percent(N_("Share of the category in sales"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Node):
    """One way to show the sales."""

    id: str = text(N_("Route"), required=True)
    name: str = text(N_("Name of the route"))
    kind: str | Missing = choice(N_("Kind of route"), *RouteKind)
    inputs: RouteInputs = group(RouteInputs, N_("Inputs of the route"))
