"""Income, household and balance as rows, each figure with the way it is made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import Assessment, BalanceSheet, Sphere, Unit
from officer_app.credit.balance import CONTINGENT_WEIGHT, OLD_RECEIVABLES_COUNTED, TOLD_COUNTED
from officer_app.credit.figures import HUNDRED, Figure, Missing
from officer_app.credit.household import FLOOR_PER_PERSON, UNVERIFIED_COUNTED
from officer_app.credit.statements import SALES_ADOPTED
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.terms import term

_NOTHING: Final = message("")
# What was seen or stands on paper is firmer than what was told.
_SOURCES: Final = {"seen": State.PASSED, "paper": State.PASSED, "told": State.LOOK}
TWO: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("amount", message(N_("Amount")), ColumnKind.MONEY, 116),
)
INCOME: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("told", message(N_("As told")), ColumnKind.MONEY, 100),
    Column("base", message(N_("Base month")), ColumnKind.MONEY, 100),
    Column("average", message(N_("Average month")), ColumnKind.MONEY, 108),
    Column("year", message(N_("Year")), ColumnKind.MONEY, 108),
)
BALANCE: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("source", message(N_("Source")), width=76),
    Column("business", message(N_("Business side")), ColumnKind.MONEY, 92),
    Column("household", message(N_("Household")), ColumnKind.MONEY, 84),
    Column("together", message(N_("Together")), ColumnKind.MONEY, 92),
)

_SALES: Final[Mapping[str, str]] = {
    "lowest_of_all": N_("The lowest of what was told and of every route that shows sales."),
    "lowest_full_route": N_("The lowest of what was told and of every route that shows all sales."),
}
_MARGIN: Final = N_("Sum over the products of share × (price − cost) ÷ price.")
_COST: Final = N_("Adopted sales × (1 − gross margin).")
_GROSS: Final = N_("Adopted sales − cost of sales.")
_FIXED: Final = N_("Sum of the running costs that do not move with sales.")
_VARIABLE: Final = N_("Sum of the running costs that move with sales.")
_PROFIT: Final = N_("Gross profit − fixed costs − variable costs.")
_NET: Final = N_("Profit of the base month ÷ adopted sales.")
_FACTOR: Final = N_("Sum of the twelve month factors ÷ 12.")
_AVERAGE: Final = N_("The same with sales × average season factor.")
_INCOME: Final = N_("Other income that was seen on paper counts whole, the rest by {share:percent} of the policy.")
_FLOOR: Final = N_("Persons × {floor:money} of the policy.")
_HIGHER: Final = N_("The higher of what was told and the floor.")
_SERVED: Final = N_(
    "Payments on all debts, told or found, and outflows nobody explained; sums due at once are spread over the term."
)
_LEFT: Final = N_("Profit of the average month + other income − household expenses − debts already served.")
_WRITTEN: Final = N_("Receivables older than twelve months count by {share:percent} of the policy.")
_HIDDEN: Final = N_("Debts found that were not told, and what stands behind outflows nobody explained.")
_OWN: Final = N_("Assets − debts.")
_VOUCHED: Final = N_("Guarantees given for others × {share:percent} of the policy; beside the debts, not in them.")
_YEAR: Final = N_("Twelve average months.")
_OTHERS: Final = N_("On sale for others or borrowed: counted with the stock, not owned.")
_ONLY_TOLD: Final = N_("What nobody saw, on no paper either, counts by {share:percent} of the policy.")
_AS_ANSWERED: Final = N_("As answered in the checklist.")


def income_rows(it: Assessment) -> tuple[Row, ...]:
    """From sales to profit: the base month beside what was told of it, the average month, the year."""
    made, told, average, year = it.income, it.facts.sales, it.income.average_month, it.income.year
    in_percent = made.weighted_gross_margin * HUNDRED
    answered = message(_AS_ANSWERED)
    return (
        _span(
            N_("Sales"),
            made.adopted_monthly_sales,
            average.sales,
            year.sales,
            _SALES[it.policy[SALES_ADOPTED]],
            told=told.declared_monthly_sales,
        ),
        Row(
            first_path(made.weighted_gross_margin, "products"),
            (
                Cell(message(N_("Gross margin"))),
                figure_cell(told.declared_gross_margin_percent, Unit.PERCENT, answered),
                figure_cell(in_percent, Unit.PERCENT, message(_MARGIN)),
                *(Cell(_NOTHING),) * 2,
            ),
        ),
        _span(N_("Cost of sales"), made.cost_of_sales, average.cost_of_sales, year.cost_of_sales, _COST),
        _span(N_("Gross profit"), made.gross_profit, average.gross_profit, year.gross_profit, _GROSS),
        _span(N_("Fixed costs"), made.fixed_costs, average.fixed_costs, year.fixed_costs, _FIXED),
        _span(N_("Variable costs"), made.variable_costs, average.variable_costs, year.variable_costs, _VARIABLE),
        _span(
            N_("Profit"), made.net_business_profit_base_month, average.net_profit, year.net_profit, _PROFIT, sum_=True
        ),
        _made(N_("Net margin"), made.net_margin * HUNDRED, _NET, "operating_costs", unit=Unit.PERCENT),
        _made(N_("Average season factor"), made.average_month_factor, _FACTOR, _seasons_of(it), unit=Unit.RATIO),
    )


def _span(
    label: str,
    base: Figure,
    average: Figure,
    year: Figure,
    formula: str,
    *,
    told: Figure | None = None,
    sum_: bool = False,
) -> Row:
    """One line over the three spans of time."""
    said = Cell(_NOTHING) if told is None else money_cell(told, message(_AS_ANSWERED))
    return Row(
        first_path(base, "sales.declared_monthly_sales" if told is not None else "operating_costs"),
        (
            Cell(message(label), strong=sum_),
            said,
            money_cell(base, message(formula), strong=sum_),
            money_cell(average, message(_AVERAGE), strong=sum_),
            money_cell(year, message(_YEAR), strong=sum_),
        ),
    )


def _seasons_of(it: Assessment) -> str:
    return "sales.month_factors" if it.facts.sales.calendar_factors is None else "sales.calendar_factors"


def _made(label: str, value: Figure, formula: str, path: str, *, unit: Unit) -> Row:
    """A line of the base month alone that nobody told."""
    empty = Cell(_NOTHING)
    return Row(
        first_path(value, path),
        (Cell(message(label)), empty, figure_cell(value, unit, message(formula)), empty, empty),
    )


def household_rows(it: Assessment) -> tuple[Row, ...]:
    """From profit to what is left for a new instalment."""
    family, policy = it.household, it.policy
    floor = message(_FLOOR, floor=policy[FLOOR_PER_PERSON])
    income = message(_INCOME, share=policy[UNVERIFIED_COUNTED])
    profit = it.income.net_business_profit_average_month
    return (
        _line(N_("Profit of the average month"), profit, message(_AVERAGE), _seasons_of(it)),
        _line(N_("Other income that counts"), family.other_income_counted, income, "household.other_income"),
        _line(
            N_("Household expenses, told"),
            family.expenses_reported,
            message(_AS_ANSWERED),
            "household.monthly_expenses",
        ),
        _line(N_("Household expenses, floor"), family.expenses_floor, floor, "household.persons"),
        _line(
            N_("Household expenses, adopted"), family.expenses_adopted, message(_HIGHER), "household.monthly_expenses"
        ),
        _line(N_("Debts already served"), family.existing_debt_service, message(_SERVED), "liabilities"),
        _line(N_("Disposable income a month"), family.disposable_income, message(_LEFT), "household", sum_=True),
    )


def _line(label: str, value: Figure, tip: Sayable, path: str, *, sum_: bool = False) -> Row:
    cells = (Cell(message(label), strong=sum_), money_cell(value, tip, strong=sum_))
    return Row(first_path(value, path), cells)


def balance_rows(it: Assessment) -> tuple[Row, ...]:
    """What is owned and owed by business and household, as told and as found; lines of nothing are left out."""
    sheet, policy = it.balance_sheet, it.policy
    spheres = (sheet.business, sheet.household, sheet)
    written = message(_WRITTEN, share=policy[OLD_RECEIVABLES_COUNTED])
    vouched = message(_VOUCHED, share=policy[CONTINGENT_WEIGHT])
    lines = zip(sheet.lines, sheet.business.lines, sheet.household.lines, strict=True)
    owned = tuple(
        _three(
            whole.label,
            (business.amount, private.amount, whole.amount),
            message(_AS_ANSWERED),
            whole.path,
            whole.source,
        )
        for whole, business, private in lines
        if whole.amount != 0
    )

    def row(
        label: str, take: Callable[[BalanceSheet | Sphere], Figure], tip: Sayable, path: str, *, sum_: bool = False
    ) -> Row:
        return _three(message(label), tuple(take(sphere) for sphere in spheres), tip, path, sum_=sum_)

    told, hidden, own = message(_AS_ANSWERED), message(_HIDDEN), message(_OWN)
    less = [
        row(
            N_("Old receivables written down"),
            lambda it: _less(it.receivables_written_down),
            written,
            "assets.receivables_over_12_months",
        ),
    ]
    goods = row(
        N_("Goods that belong to others"),
        lambda it: _less(it.goods_of_others),
        message(_OTHERS),
        "assets.borrowed_goods",
    )
    # Goods that the borrower named leave what is told; those that were found leave what is found.
    named = sheet.goods_disclosed != 0
    if sheet.goods_of_others != 0 and not named:
        less.append(goods)
    if sheet.only_told != 0:
        less.append(
            row(
                N_("Only told, not counted"),
                lambda it: _less(it.only_told),
                message(_ONLY_TOLD, share=policy.get(TOLD_COUNTED, HUNDRED)),
                "assets",
            )
        )
    return (
        *owned,
        *((goods,) if named else ()),
        row(N_("Assets as told"), lambda it: it.total_assets_declared, told, "assets"),
        *less,
        row(N_("Assets as found"), lambda it: it.total_assets_adjusted, written, "assets", sum_=True),
        row(N_("Debts told"), lambda it: it.total_liabilities_declared, told, "liabilities"),
        row(N_("Debts found, not told"), lambda it: it.undisclosed_debt_found, hidden, "liabilities"),
        row(N_("Debts in all"), lambda it: it.total_liabilities_adjusted, hidden, "liabilities", sum_=True),
        row(N_("Own funds as told"), lambda it: it.equity_declared, own, "equity_history"),
        row(N_("Own funds as found"), lambda it: it.equity_adjusted, own, "equity_history", sum_=True),
        _three(
            message(N_("Guarantees given, weighted, not in the debts")),
            (None, None, sheet.contingent),
            vouched,
            "guarantees_given",
        ),
    )


def _three(
    label: Message,
    figures: tuple[Figure | None, ...],
    tip: Sayable,
    path: str,
    source: str = "",
    *,
    sum_: bool = False,
) -> Row:
    """Business, household, together; where the figure comes from stands before them."""
    told = Cell(term(source), state=_SOURCES[source]) if source else Cell(_NOTHING)
    cells = (Cell(_NOTHING) if one is None else money_cell(one, tip, strong=sum_) for one in figures)
    known_path = next((first_path(one) for one in figures if isinstance(one, Missing)), path)
    return Row(known_path, (Cell(label, strong=sum_), told, *cells))


def _less(figure: Figure) -> Figure:
    return figure if isinstance(figure, Missing) else -figure
