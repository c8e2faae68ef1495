"""Which statements there are, and which facts stand in which cell."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from officer_app.base.words import N_, Message, message


class Statement(StrEnum):
    """The sheets, in the order in which they are filled."""

    BALANCE = "balance"
    INCOME = "income"
    HOUSEHOLD = "household"
    HISTORY = "history"
    CASH = "cash"


TITLES: Final = {
    Statement.BALANCE: message(N_("Balance sheet")),
    Statement.INCOME: message(N_("Income statement")),
    Statement.HOUSEHOLD: message(N_("Household")),
    Statement.HISTORY: message(N_("Where the net worth came from")),
    Statement.CASH: message(N_("Cash flow")),
}


@dataclass(frozen=True, slots=True)
class FactLine:
    """One line: a figure, and where it comes from."""

    fact: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Lines:
    """Single facts under each other; `total` names the line under them."""

    title: Message
    lines: tuple[FactLine, ...]
    total: Message | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of facts as rows; the last row is empty and waits."""

    title: Message
    fact: str
    columns: tuple[str, ...]
    totals: tuple[str, ...] = ()
    source: str = ""


Part = Lines | Listing

_ASSETS: Final = (
    ("cash_on_hand", "cash_on_hand"),
    ("deposits", "deposits"),
    ("receivables_total", "receivables"),
    ("inventory_counted", "inventory"),
    ("prepayments", "prepayments"),
    ("livestock", "livestock"),
    ("machinery_equipment", "machinery"),
    ("vehicles", "vehicles"),
    ("buildings", "buildings"),
    ("other_assets", "other_assets"),
)

PLAN: Final[dict[Statement, tuple[Part, ...]]] = {
    Statement.BALANCE: (
        Lines(
            message(N_("What is owned")),
            tuple(FactLine(f"assets.{name}", f"assets.{source}_source") for name, source in _ASSETS),
            message(N_("Assets in all")),
        ),
        Listing(
            message(N_("What is owed")),
            "liabilities[]",
            ("creditor", "kind", "balance", "monthly_payment", "bullet_principal_due_in_term", "disclosed", "source"),
            ("balance", "monthly_payment", "bullet_principal_due_in_term"),
        ),
        Listing(
            message(N_("Guarantees given for others")), "guarantees_given[]", ("beneficiary", "amount"), ("amount",)
        ),
        Lines(
            message(N_("Of these, the family's and others'")),
            (
                FactLine("assets.home_value"),
                FactLine("assets.household_cash"),
                FactLine("assets.household_vehicles"),
                FactLine("assets.borrowed_goods"),
                FactLine("assets.receivables_over_12_months"),
            ),
        ),
    ),
    Statement.INCOME: (
        Lines(
            message(N_("Sales as told")),
            (FactLine("sales.declared_monthly_sales"), FactLine("sales.declared_gross_margin_percent")),
        ),
        Listing(
            message(N_("Main products")), "products[]",
            ("name", "share_percent", "sale_price", "unit_cost", "source"),
            ("share_percent",), "source",
        ),
        Listing(
            message(N_("Operating costs")), "operating_costs[]", ("item", "monthly_amount", "behaviour", "source"),
            ("monthly_amount",), "source",
        ),
    ),
    Statement.HOUSEHOLD: (
        Lines(message(N_("Household")), (FactLine("household.persons"), FactLine("household.dependants"))),
        Listing(
            message(N_("Household expenses")), "household.monthly_expenses[]", ("item", "monthly_amount", "source"),
            ("monthly_amount",), "source",
        ),
        Listing(
            message(N_("Other income of the household")), "household.other_income[]",
            ("item", "earner", "kind", "monthly_amount", "verified", "proof"), ("monthly_amount",),
        ),
    ),
    Statement.HISTORY: (
        Lines(
            message(N_("From the beginning to today")),
            (
                FactLine("equity_history.initial_equity"),
                FactLine("equity_history.appreciation"),
                FactLine("equity_history.depreciation"),
                FactLine("equity_history.profit_told_per_year"),
                FactLine("equity_history.years_of_profit"),
            ),
        ),
        Listing(
            message(N_("Surpluses as told")), "equity_history.declared_surplus_by_period[]", ("period", "surplus"),
            ("surplus",),
        ),
        Listing(
            message(N_("Where the profit went")), "equity_history.uses_of_profit[]",
            ("item", "year", "amount", "seen"), ("amount",),
        ),
        Listing(
            message(N_("Money brought in from outside")), "equity_history.outside_injections[]", ("item", "amount"),
            ("amount",),
        ),
        Listing(
            message(N_("Money taken out")), "equity_history.outside_withdrawals[]", ("item", "amount"), ("amount",),
        ),
    ),
    Statement.CASH: (),
}  # fmt: skip
