# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""What was counted on the spot: stock, till, savings, the last sales."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from officer_app.base.words import N_
from officer_app.credit.fields import day, money, number, text, whole, yes_no
from officer_app.credit.figures import Figure, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class StockItem(Node):
    """One line of the stock count."""

    item: str = text(N_("Goods counted"))
    quantity: Figure = number(N_("Quantity counted"), unit="units", optional=True)
    unit: str = text(N_("Unit of the count"))
    unit_cost: Figure = money(N_("Cost of one unit"), optional=True)
    told_quantity: Figure = number(N_("Quantity as told"), unit="units", optional=True)
    slow: Truth = yes_no(N_("Old or hard to sell"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class StockFlow(Node):
    """Stock since the last delivery."""

    after_last_delivery: Figure = money(N_("Stock after the last delivery"), optional=True)
    last_delivery_on: date | None = day(N_("Last delivery on"))
    purchases_since: Figure = money(N_("Purchases since then"), optional=True)
    sales_since: Figure = money(N_("Sales since then"), optional=True)
    delivery_every_days: Figure = number(N_("Delivery every so many days"), unit="days", optional=True)
    usual_delivery: Figure = money(N_("Usual delivery"), optional=True)
    told_value: Figure = money(N_("Stock as told"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Till(Node):
    """The cash in the till, counted at one moment."""

    float_at_opening: Figure = money(N_("Float at opening"), optional=True)
    cash_sales_since: Figure = money(N_("Cash sales since opening"), optional=True)
    payments_since: Figure = money(N_("Paid out of the till since opening"), optional=True)
    counted: Figure = money(N_("Cash counted in the till"), optional=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsFlow(Node):
    """What should have stayed in the account."""

    months_since_large_payment: Figure = number(
        N_("Months since the last large payment"), unit="months", optional=True
    )
    large_payment: Figure = money(N_("Last large payment"), optional=True)
    large_payment_for: str = text(N_("What the large payment was for"))
    balance_then: Figure = money(N_("Balance after that payment"), optional=True)
    reason: str = text(N_("Why the balance differs"))


@dataclass(frozen=True, slots=True, kw_only=True)
class LastSales(Node):
    """The last sales of the day, counted by way of payment."""

    counted: Figure = whole(N_("Sales counted"), unit="count", optional=True)
    cashless: Figure = whole(N_("Of them cashless"), unit="count", optional=True)
    total_amount: Figure = money(N_("Their total"), optional=True)
