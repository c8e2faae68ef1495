# ruff: noqa: RUF009  each field declares itself by a call that returns `dataclasses.field`
"""How the net worth came about, and where the profit went."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.base.words import N_
from officer_app.credit.fields import Absence, listing, money, number, text, yes_no
from officer_app.credit.figures import Figure, Missing, Truth
from officer_app.credit.nodes import Node


@dataclass(frozen=True, slots=True, kw_only=True)
class UseOfProfit(Node):
    """Where one part of past profit went."""

    item: str = text(N_("Where the profit went"))
    amount: Figure = money(N_("Amount of the profit used"), optional=True)
    seen: Truth = yes_no(N_("Use seen"), optional=True)
    year: str = text(N_("Year of the use"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Surplus(Node):
    """What was left over in one period, as told."""

    period: str = text(N_("Period"))
    surplus: Figure = money(N_("Surplus of the period as told"), signed=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideMoney(Node):
    """Money that came in from, or went out to, beyond the business."""

    item: str = text(N_("Money in or out"))
    amount: Figure = money(N_("Amount in or out"))


@dataclass(frozen=True, slots=True, kw_only=True)
class EquityHistory(Node):
    """How the net worth came about, as told."""

    start: str = text(N_("Business started"))
    initial_equity: Figure = money(N_("Own money at the start"), signed=True)
    declared_surplus_by_period: tuple[Surplus, ...] | Missing = listing(Surplus, N_("Surpluses as told"))
    outside_injections: tuple[OutsideMoney, ...] = listing(
        OutsideMoney, N_("Money brought in from outside"), absence=Absence.EMPTY
    )
    outside_withdrawals: tuple[OutsideMoney, ...] = listing(
        OutsideMoney, N_("Money taken out"), absence=Absence.EMPTY
    )
    appreciation: Figure = money(N_("Rise in value of what is owned"), default="0")
    depreciation: Figure = money(N_("Loss in value of what is owned"))
    uses_of_profit: tuple[UseOfProfit, ...] = listing(UseOfProfit, N_("Uses of profit"), absence=Absence.EMPTY)
    profit_told_per_year: Figure = money(N_("Profit a year as told"), optional=True)
    years_of_profit: Figure = number(N_("Years of such profit"), unit="years", optional=True)
