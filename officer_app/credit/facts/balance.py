# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What is owned: counted, seen, at today's resale value."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.fields import choice, money, number, text, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Assets(Node):
    """What is owned: counted, seen, at today's resale value."""

    cash_on_hand: Figure = money(N_("Cash on hand"))
    deposits: Figure = money(N_("Deposits"))
    inventory_counted: Figure = money(N_("Stock counted at cost"))
    prepayments: Figure = money(N_("Prepayments"), default="0")
    livestock: Figure = money(N_("Livestock"), default="0")
    machinery_equipment: Figure = money(N_("Machinery and equipment"), default="0")
    vehicles: Figure = money(N_("Vehicles"), default="0")
    buildings: Figure = money(N_("Buildings"), default="0")
    other_assets: Figure = money(N_("Other assets"), default="0")
    receivables_total: Figure = money(N_("Receivables"), default="0")
    receivables_over_12_months: Figure = money(N_("Receivables older than 12 months"), default="0")
    cash_on_hand_source: str | Missing = choice(
        N_("Source of the cash on hand"), "seen", "told", "paper", optional=True
    )
    deposits_source: str | Missing = choice(N_("Source of the deposits"), "seen", "told", "paper", optional=True)
    inventory_source: str | Missing = choice(N_("Source of the stock"), "seen", "told", "paper", optional=True)
    prepayments_source: str | Missing = choice(
        N_("Source of the prepayments"), "seen", "told", "paper", optional=True
    )
    livestock_source: str | Missing = choice(N_("Source of the livestock"), "seen", "told", "paper", optional=True)
    machinery_source: str | Missing = choice(N_("Source of the machinery"), "seen", "told", "paper", optional=True)
    vehicles_source: str | Missing = choice(N_("Source of the vehicles"), "seen", "told", "paper", optional=True)
    buildings_source: str | Missing = choice(N_("Source of the buildings"), "seen", "told", "paper", optional=True)
    other_assets_source: str | Missing = choice(
        N_("Source of the other assets"), "seen", "told", "paper", optional=True
    )
    receivables_source: str | Missing = choice(
        N_("Source of the receivables"), "seen", "told", "paper", optional=True
    )
    home_value: Figure = money(N_("Value of the home among the buildings"), default="0")
    household_cash: Figure = money(N_("Cash and deposits of the household"), default="0")
    household_vehicles: Figure = money(N_("Private vehicles among the vehicles"), default="0")
    borrowed_goods: Figure = money(N_("Goods that belong to others"), default="0")
    borrowed_goods_told: Truth = yes_no(N_("Goods of others named by the borrower"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class LivestockDetail(Node):
    """How the value of the livestock was counted."""

    kind: str = text(N_("Kind of animal"))
    head: Figure = number(N_("Head counted"), unit="head", optional=True)
    unit_value: Figure = money(N_("Value of one head"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turnover(Node):
    """Rhythm of stock and credit, as told."""

    declared_stock_days: Figure = number(N_("Stock days as told"), unit="days", optional=True)
    declared_credit_days: Figure = number(N_("Credit days as told"), unit="days", optional=True)
