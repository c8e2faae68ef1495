# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What is sold: as told, by product, at which cost, and by every route that shows it."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.facts.counts import LastSales
from officer_app.credit.facts.routes import Route
from officer_app.credit.fields import (
    Absence,
    FactKind,
    choice,
    group,
    listing,
    money,
    number,
    percent,
    text,
    values,
    yes_no,
)
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Book(Node):
    """One of several sets of books."""

    book: str = text(N_("Set of books"))
    monthly_sales: Figure = money(N_("Monthly sales in this set of books"), unit="money/month")
    kind: str | Missing = choice(N_("Kind of book"), "tax", "bank", "inner", "hand", "till", optional=True)
    adopted: Truth = yes_no(N_("Adopted book"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Product(Node):
    """One main product or service."""

    name: str = text(N_("Product"))
    share_percent: Figure = percent(N_("Share of sales"))
    sale_price: Figure = money(N_("Sale price"))
    unit_cost: Figure = money(N_("Unit cost"))
    source: str | Missing = choice(N_("Source of price and cost"), "seen", "told", "paper", optional=True)
    unit: str = text(N_("Unit sold"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingCost(Node):
    """One running cost of the business, in the base month."""

    item: str = text(N_("Cost item"))
    monthly_amount: Figure = money(N_("Monthly cost"), unit="money/month")
    behaviour: str | Missing = choice(N_("Fixed or variable"), "fixed", "variable")
    paid_every_months: Figure = number(N_("Paid every so many months"), unit="months", optional=True)
    source: str | Missing = choice(N_("Source of the cost"), "seen", "told", "paper", optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sales(Node):
    """What is sold: as told, and by every route that shows it."""

    declared_monthly_sales: Figure = money(N_("Monthly sales as told"), unit="money/month")
    declared_gross_margin_percent: Figure = percent(N_("Gross margin as told"))
    largest_customer_share_percent: Figure = percent(N_("Share of the largest customer"), optional=True)
    cogs_timing: str = choice(N_("Timing of the cost of sales"), "with_sales", "even", default="with_sales")
    month_factors: tuple[Figure, ...] | None = values(
        FactKind.NUMBER, N_("Season factor of each month"), absence=Absence.OPTIONAL
    )
    month_factors_note: str = text(N_("Note on the season factors"))
    books: tuple[Book, ...] | None = listing(Book, N_("Sets of books"), absence=Absence.OPTIONAL, key=("book",))
    routes: tuple[Route, ...] | Missing = listing(Route, N_("Sales routes"), key=("kind", "name"))
    calendar_factors: tuple[Figure, ...] | None = values(
        FactKind.NUMBER, N_("Season factor of each calendar month"), absence=Absence.OPTIONAL
    )
    spring_festival_factor: Figure = number(N_("Factor of the month of the Spring Festival"), optional=True)
    last_sales: LastSales | None = group(LastSales, N_("Last sales counted"), optional=True)
