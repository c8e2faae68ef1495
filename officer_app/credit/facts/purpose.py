# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""Whether the purpose holds: what the business can use, a project, working capital."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import day, money, number, percent, text, yes_no
from officer_app.credit.figures import Figure, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Project(Node):
    """The project that the loan pays for."""

    name: str = text(N_("Project"))
    total_cost: Figure = money(N_("Cost of the project"), optional=True)
    units_per_year: Figure = number(N_("Units produced a year"), unit="units", optional=True)
    unit: str = text(N_("Unit of output of the project"))
    price_per_unit: Figure = money(N_("Price of one unit"), optional=True)
    cost_per_unit: Figure = money(N_("Cost of one unit produced"), optional=True)
    fixed_costs_per_year: Figure = money(N_("Fixed costs of the project a year"), unit="money/year", optional=True)
    starts_earning_on: date | None = day(N_("Project earns from"))
    buyer_known: Truth = yes_no(N_("Buyer of the output known"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkingCapital(Node):
    """What a firm with accounts needs to turn its sales."""

    last_year_sales: Figure = money(N_("Sales of the last year"), optional=True)
    net_margin_percent: Figure = percent(N_("Margin of the last year"), optional=True)
    growth_percent: Figure = percent(N_("Growth expected"), optional=True)
    stock_days: Figure = number(N_("Stock days on the accounts"), unit="days", optional=True)
    receivable_days: Figure = number(N_("Receivable days on the accounts"), unit="days", optional=True)
    payable_days: Figure = number(N_("Payable days on the accounts"), unit="days", optional=True)
    prepaid_days: Figure = number(N_("Prepayment days on the accounts"), unit="days", optional=True)
    advance_days: Figure = number(N_("Advance days on the accounts"), unit="days", optional=True)
    own_funds: Figure = money(N_("Own working capital"), optional=True)
    other_loans: Figure = money(N_("Working capital from other lenders"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlausiblePurpose(Node):
    """What the business can use at most."""

    amount: Figure = money(N_("Largest amount the business can use"))
    basis: str = text(N_("How that amount was found"))
