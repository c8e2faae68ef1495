"""Income, household and balance as rows, each figure with the way it is made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import Assessment, Unit
from officer_app.credit.figures import HUNDRED, Figure, Missing
from officer_app.credit.household import FLOOR_PER_PERSON, UNVERIFIED_COUNTED
from officer_app.credit.statements import CONTINGENT_WEIGHT, OLD_RECEIVABLES_COUNTED, SALES_ADOPTED
from officer_app.desktop.screens.capacity.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.table import Column, ColumnKind, Row

_NOTHING: Final = message("")
TWO: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("amount", message(N_("Amount")), ColumnKind.MONEY, 116),
)
TOLD_AND_ADOPTED: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("told", message(N_("As told")), ColumnKind.MONEY, 112),
    Column("adopted", message(N_("Adopted")), ColumnKind.MONEY, 112),
)
TOLD_AND_FOUND: Final = (
    Column("what", _NOTHING, stretch=True),
    Column("told", message(N_("As told")), ColumnKind.MONEY, 112),
    Column("found", message(N_("As found")), ColumnKind.MONEY, 112),
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
_AS_ANSWERED: Final = N_("As answered in the checklist.")


def income_rows(it: Assessment) -> tuple[Row, ...]:
    """From sales to the profit of an average month, beside what was told of it."""
    made, told = it.income, it.facts.sales
    in_percent = made.weighted_gross_margin * HUNDRED
    answered = message(_AS_ANSWERED)
    return (
        Row(
            first_path(made.adopted_monthly_sales, "sales.declared_monthly_sales"),
            (
                Cell(message(N_("Sales a month"))),
                money_cell(told.declared_monthly_sales, answered),
                money_cell(made.adopted_monthly_sales, message(_SALES[it.policy[SALES_ADOPTED]]), strong=True),
            ),
        ),
        Row(
            first_path(made.weighted_gross_margin, "products"),
            (
                Cell(message(N_("Gross margin"))),
                figure_cell(told.declared_gross_margin_percent, Unit.PERCENT, answered),
                figure_cell(in_percent, Unit.PERCENT, message(_MARGIN)),
            ),
        ),
        _made(N_("Cost of sales"), made.cost_of_sales, _COST, "products"),
        _made(N_("Gross profit"), made.gross_profit, _GROSS, "sales.declared_monthly_sales"),
        _made(N_("Fixed costs"), made.fixed_costs, _FIXED, "operating_costs"),
        _made(N_("Variable costs"), made.variable_costs, _VARIABLE, "operating_costs"),
        _made(
            N_("Profit of the base month"), made.net_business_profit_base_month, _PROFIT, "operating_costs", sum_=True
        ),
        _made(N_("Net margin"), made.net_margin * HUNDRED, _NET, "operating_costs", unit=Unit.PERCENT),
        _made(
            N_("Average season factor"), made.average_month_factor, _FACTOR, "sales.month_factors", unit=Unit.RATIO
        ),
        _made(
            N_("Profit of the average month"),
            made.net_business_profit_average_month,
            _AVERAGE,
            "sales.month_factors",
            sum_=True,
        ),
    )


def _made(label: str, value: Figure, formula: str, path: str, *, unit: Unit = Unit.MONEY, sum_: bool = False) -> Row:
    """A line that nobody told."""
    cell = figure_cell(value, unit, message(formula), strong=sum_)
    return Row(first_path(value, path), (Cell(message(label), strong=sum_), Cell(message("")), cell))


def household_rows(it: Assessment) -> tuple[Row, ...]:
    """From profit to what is left for a new instalment."""
    family, policy = it.household, it.policy
    floor = message(_FLOOR, floor=policy[FLOOR_PER_PERSON])
    income = message(_INCOME, share=policy[UNVERIFIED_COUNTED])
    profit = it.income.net_business_profit_average_month
    return (
        _line(N_("Profit of the average month"), profit, message(_AVERAGE), "sales.month_factors"),
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
    """What is owned and owed, as told beside as found; lines of nothing are left out."""
    sheet, policy = it.balance_sheet, it.policy
    written = message(_WRITTEN, share=policy[OLD_RECEIVABLES_COUNTED])
    answered, hidden, own = message(_AS_ANSWERED), message(_HIDDEN), message(_OWN)
    owned = tuple(
        _both(line.label, line.amount, line.amount, answered, line.path) for line in sheet.lines if line.amount != 0
    )
    down: Figure = sheet.receivables_written_down
    down = down if isinstance(down, Missing) else -down
    vouched = message(_VOUCHED, share=policy[CONTINGENT_WEIGHT])
    return (
        *owned,
        _found(N_("Old receivables written down"), down, written, "assets.receivables_over_12_months"),
        _both(
            message(N_("Assets in all")),
            sheet.total_assets_declared,
            sheet.total_assets_adjusted,
            written,
            "assets",
            sum_=True,
        ),
        _both(
            message(N_("Debts told")),
            sheet.total_liabilities_declared,
            sheet.total_liabilities_declared,
            answered,
            "liabilities",
        ),
        _found(N_("Debts found, not told"), sheet.undisclosed_debt_found, hidden, "liabilities"),
        _both(
            message(N_("Debts in all")),
            sheet.total_liabilities_declared,
            sheet.total_liabilities_adjusted,
            hidden,
            "liabilities",
            sum_=True,
        ),
        _both(
            message(N_("Own funds")), sheet.equity_declared, sheet.equity_adjusted, own, "equity_history", sum_=True
        ),
        _found(N_("Guarantees given, weighted, not in the debts"), sheet.contingent, vouched, "guarantees_given"),
    )


def _both(label: Message, told: Figure, found: Figure, tip: Sayable, path: str, *, sum_: bool = False) -> Row:
    cells = (Cell(label, strong=sum_), money_cell(told, tip, strong=sum_), money_cell(found, tip, strong=sum_))
    return Row(first_path(found, path), cells)


def _found(label: str, found: Figure, tip: Sayable, path: str) -> Row:
    return Row(first_path(found, path), (Cell(message(label)), Cell(message("")), money_cell(found, tip)))
