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
    CASHLESS_CARDS = "cashless_cards"
    DAY_COUNTS = "day_counts"
    RECIPE = "recipe"
    METER = "meter"
    CAPACITY = "capacity"
    PAYROLL = "payroll"
    PIECE_WAGES = "piece_wages"
    INVOICES = "invoices"
    HAND_BOOK = "hand_book"
    PEERS = "peers"
    TRIPS = "trips"
    FUEL = "fuel"
    CROP = "crop"


class Coverage(StrEnum):
    """How much of the sales a route shows. Source: DOMAIN e.3."""

    FULL = "full"  # all sales: may be adopted, and must agree with what was told
    FLOOR = "floor"  # at least so much: tax figures, one QR code of several
    CEILING = "ceiling"  # at most so much: seats and turns, what such a place can sell


class Mouth(StrEnum):
    """Who a route comes from."""

    BORROWER = "borrower"
    PAPER = "paper"
    COUNTED = "counted"
    THIRD_PARTY = "third_party"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayType(Node):
    """Good, normal or bad days of a month."""

    day_type: str = text(N_("Kind of day"))
    days_per_month: Figure = number(N_("Days of this kind a month"), unit="days")
    average_sales_per_day: Figure = money(N_("Sales on such a day"), unit="money/day")


@dataclass(frozen=True, slots=True, kw_only=True)
class RouteInputs(Node):
    """Everything that any kind of route may ask for; what a kind needs stands in `routes.RULES`.

    `norm` names an entry of the norm library; its range and source are written beside it, so that the file says
    for ever against what was checked.
    """

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
    prepaid_sold: Figure = money(N_("Prepaid cards sold a month"), unit="money/month", optional=True)
    prepaid_consumed: Figure = money(N_("Used up from prepaid cards a month"), unit="money/month", optional=True)
    quantity_per_weekday: Figure = number(N_("Sold on a weekday"), optional=True)
    quantity_per_weekend_day: Figure = number(N_("Sold on a day of the weekend"), optional=True)
    weekdays_per_month: Figure = number(N_("Weekdays open a month"), unit="days", optional=True)
    weekend_days_per_month: Figure = number(N_("Weekend days open a month"), unit="days", optional=True)
    cost_per_unit: Figure = money(N_("Price paid per unit used"), optional=True)
    kg_per_unit: Figure = number(N_("Weight of one unit used"), unit="kg", optional=True)
    yield_factor: Figure = number(N_("Finished weight per weight used"), optional=True)
    kg_per_output: Figure = number(N_("Finished weight in one piece sold"), unit="kg", optional=True)
    meter: str | Missing = choice(
        N_("Meter of the route"), "power", "water", "gas", "coal", "diesel", "other", optional=True
    )
    base_quantity: Figure = number(N_("Used a month without any sale"), default="0")
    seats: Figure = number(N_("Seats or work places of the route"), unit="seats", optional=True)
    turns_per_day: Figure = number(N_("Turns of each seat a day"), optional=True)
    occupancy_percent: Figure = percent(N_("Share of the seats filled"), optional=True)
    wages_paid: Figure = money(N_("Wages paid a month by the wage sheet"), unit="money/month", optional=True)
    wage_share_percent: Figure = percent(N_("Wages as a share of sales"), optional=True)
    piece_total: Figure = money(N_("Piece wages paid a month"), unit="money/month", optional=True)
    piece_rate: Figure = money(N_("Wage for one piece made"), optional=True)
    invoiced_total: Figure = money(N_("Total of the invoices or tax returns"), optional=True)
    months_covered: Figure = number(N_("Months these cover"), unit="months", optional=True)
    pages_stated: Figure = money(N_("Total as written on the pages re-added"), optional=True)
    pages_readded: Figure = money(N_("Entries of these pages re-added"), optional=True)
    peer_sales_per_day: Figure = money(N_("Average sales of peers a day"), unit="money/day", optional=True)
    km_one_way: Figure = number(N_("Distance one way"), unit="km", optional=True)
    load_tonnes: Figure = number(N_("Load of a trip"), unit="tonnes", optional=True)
    outbound_yuan_per_tkm: Figure = money(N_("Freight per tonne-kilometre out"), unit="money/tkm", optional=True)
    return_yuan_per_tkm: Figure = money(N_("Freight per tonne-kilometre back"), unit="money/tkm", default="0")
    days_on_road: Figure = number(N_("Days on the road a month"), unit="days", optional=True)
    litres_per_100km: Figure = number(N_("Fuel per hundred kilometres"), unit="litre", optional=True)
    diesel_price_per_litre: Figure = money(N_("Price of a litre of fuel"), unit="money/litre", optional=True)
    fuel_paid: Figure = money(N_("Fuel paid a month"), unit="money/month", optional=True)
    area_mu: Figure = number(N_("Area grown"), unit="mu", optional=True)
    yield_per_mu: Figure = number(N_("Yield per mu and harvest"), unit="kg", optional=True)
    harvests_per_year: Figure = number(N_("Harvests a year"), default="1")
    norm: str = text(N_("Norm of the trade"))
    norm_low: Figure = number(N_("Lowest by the norm"), optional=True)
    norm_high: Figure = number(N_("Highest by the norm"), optional=True)
    norm_source: str = text(N_("Source of the norm"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Route(Node):
    """One way to show the sales."""

    id: str = text(N_("Route"), required=True)
    name: str = text(N_("Name of the route"))
    kind: str | Missing = choice(N_("Kind of route"), *RouteKind)
    inputs: RouteInputs = group(RouteInputs, N_("Inputs of the route"))
    coverage: str | Missing = choice(N_("What the route covers"), *Coverage, optional=True)
    mouth: str | Missing = choice(N_("Who the route comes from"), *Mouth, optional=True)
    evidence: str = text(N_("Evidence of the route"))
