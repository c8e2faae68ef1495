"""What follows from the sheets: the lines that the program works out, each with where it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import Assessment, BalanceSheet, CashFlowMonth
from officer_app.credit.figures import YEAR, Figure, Missing, Ratio, known
from officer_app.desktop.screens.statements.plan import Statement
from officer_app.desktop.widgets.sheet import SheetCell, SheetRow
from officer_app.desktop.widgets.table import Column, ColumnKind
from officer_app.memos.quantities import waits_for

_MONEY: Final = 128
_FIRST: Final = Column("what", message(""), stretch=True)


def _money(value: Ratio, *, strong: bool = False) -> SheetCell:
    figure = known(value)
    if figure is None:
        tip = waits_for(value.paths) if isinstance(value, Missing) else None
        return SheetCell(words=message("—"), tip=tip, strong=strong)
    return SheetCell(words=message("{figure:money}", figure=figure), strong=strong)


def columns_of(statement: Statement) -> tuple[Column, ...]:
    """The columns of the results under a sheet."""
    titles: dict[Statement, tuple[Message, ...]] = {
        Statement.BALANCE: (message(N_("As told")), message(N_("As found"))),
        Statement.INCOME: (message(N_("Base month")), message(N_("Average month")), message(N_("Year"))),
        Statement.HOUSEHOLD: (message(N_("A month")),),
        Statement.HISTORY: (message(N_("Amount")),),
    }
    return (
        _FIRST,
        *(
            Column(f"c{place}", title, ColumnKind.MONEY, _MONEY)
            for place, title in enumerate(titles.get(statement, ()))
        ),
    )


def rows_of(statement: Statement, it: Assessment) -> tuple[SheetRow, ...]:
    """The results under a sheet."""
    made = {
        Statement.BALANCE: _balance,
        Statement.INCOME: _income,
        Statement.HOUSEHOLD: _household,
        Statement.HISTORY: _history,
    }.get(statement)
    return made(it) if made is not None else ()


def _row(key: str, label: Sayable, *values: Ratio | None, strong: bool = False) -> SheetRow:
    cells = (SheetCell() if value is None else _money(value, strong=strong) for value in values)
    return SheetRow(key, (SheetCell(words=label, strong=strong), *cells))


def _balance(it: Assessment) -> tuple[SheetRow, ...]:
    sheet = it.balance_sheet
    down = sheet.receivables_written_down
    return (
        _row("down", message(N_("Old receivables written down")), None, _minus(down)),
        *_left_out(sheet),
        _row("assets", message(N_("Assets in all")), sheet.total_assets_declared, sheet.total_assets_adjusted),
        _row("found", message(N_("Debts found, not told")), None, sheet.undisclosed_debt_found),
        _row(
            "debts", message(N_("Debts in all")), sheet.total_liabilities_declared, sheet.total_liabilities_adjusted
        ),
        _row("own", message(N_("Own funds")), sheet.equity_declared, sheet.equity_adjusted, strong=True),
        _row("contingent", message(N_("Guarantees given, weighted, not in the debts")), None, sheet.contingent),
    )


def _left_out(sheet: BalanceSheet) -> tuple[SheetRow, ...]:
    """Goods of others and things only told, where there are any; named goods leave what is told as well."""
    goods, told = sheet.goods_of_others, sheet.goods_disclosed
    own = None if told == 0 else _minus(told)
    return (
        *((_row("others", message(N_("Goods that belong to others")), own, _minus(goods)),) if goods != 0 else ()),
        *(
            (_row("only_told", message(N_("Only told, not counted")), None, _minus(sheet.only_told)),)
            if sheet.only_told != 0
            else ()
        ),
    )


def _income(it: Assessment) -> tuple[SheetRow, ...]:
    """Base month, average month, and twelve of those. Costs of the average month follow the season's rule."""
    income = it.income
    factor = income.average_month_factor
    even = it.facts.sales.cogs_timing == "even"
    sales, cost, variable = income.adopted_monthly_sales, income.cost_of_sales, income.variable_costs
    average_cost, average_variable = (cost, variable) if even else (cost * factor, variable * factor)
    profit = income.net_business_profit_average_month
    return (
        _month("sales", message(N_("Adopted sales of the month")), sales, sales * factor),
        _month("cost", message(N_("Cost of sales")), _minus(cost), _minus(average_cost)),
        _month("gross", message(N_("Gross profit")), income.gross_profit, sales * factor - average_cost, strong=True),
        _month("fixed", message(N_("Fixed costs")), _minus(income.fixed_costs), _minus(income.fixed_costs)),
        _month("variable", message(N_("Variable costs")), _minus(variable), _minus(average_variable)),
        _month(
            "profit",
            message(N_("Profit of the business")),
            income.net_business_profit_base_month,
            profit,
            strong=True,
        ),
    )


def _month(key: str, label: Sayable, base: Figure, average: Figure, *, strong: bool = False) -> SheetRow:
    return _row(key, label, base, average, average * YEAR, strong=strong)


def _household(it: Assessment) -> tuple[SheetRow, ...]:
    family = it.household
    return (
        _row("profit", message(N_("Profit of the average month")), it.income.net_business_profit_average_month),
        _row("income", message(N_("Other income that counts")), family.other_income_counted),
        _row("told", message(N_("Household expenses, told")), family.expenses_reported),
        _row("floor", message(N_("Household expenses, floor")), family.expenses_floor),
        _row("adopted", message(N_("Household expenses, adopted")), _minus(family.expenses_adopted)),
        _row("debts", message(N_("Debts already served")), _minus(family.existing_debt_service)),
        _row("left", message(N_("Disposable income a month")), family.disposable_income, strong=True),
    )


def _history(it: Assessment) -> tuple[SheetRow, ...]:
    check = next((check for check in it.checks if check.id == "EQUITY"), None)
    if check is None or check.told is None or check.found is None:
        return (_row("own", message(N_("Own funds")), it.balance_sheet.equity_declared, strong=True),)
    return (
        SheetRow("sentence", (SheetCell(words=check.sentence), SheetCell())),
        _row("own", message(N_("Own funds")), it.balance_sheet.equity_declared, strong=True),
    )


def _minus(value: Figure) -> Figure:
    return value if isinstance(value, Missing) else -value


# --- cash flow ---------------------------------------------------------------------------------------------------

_FLOW: Final = (
    ("sales", N_("Sales"), 1),
    ("cost_of_sales", N_("Cost of sales"), -1),
    ("fixed_costs", N_("Fixed costs"), -1),
    ("variable_costs", N_("Variable costs"), -1),
    ("other_income", N_("Other income"), 1),
    ("household", N_("Household"), -1),
    ("existing_debt_service", N_("Debts already served"), -1),
    ("new_payment", N_("New instalment"), -1),
)


def flow_columns(months: tuple[CashFlowMonth, ...]) -> tuple[Column, ...]:
    """One column for each month."""
    return (
        Column("what", message(N_("Yuan a month, with the loan")), width=216),
        *(Column(f"m{month.number}", _label(month), ColumnKind.MONEY, 92) for month in months),
    )


def _label(month: CashFlowMonth) -> Sayable:
    if month.label is None:
        return message(N_("Month {number}"), number=month.number)
    return message("{month:month}", month=month.label)


def flow_rows(it: Assessment) -> tuple[SheetRow, ...]:
    """The lines of the cash flow over the months; the lowest balance is marked."""
    flow = it.cash_flow
    if flow is None or isinstance(flow, Missing):
        return ()
    lines = [
        _over(name, message(label), (_whole(sign * getattr(month, name)) for month in flow.months))
        for name, label, sign in _FLOW
    ]
    left = (_whole(month.net, strong=True) for month in flow.months)
    closing = (_lowest(month, low=month == flow.lowest) for month in flow.months)
    return (
        *lines,
        _over("net", message(N_("Left over")), left, strong=True),
        _over("closing", message(N_("Cash at the end of the month")), closing, strong=True),
    )


def _over(key: str, label: Sayable, cells: Iterable[SheetCell], *, strong: bool = False) -> SheetRow:
    return SheetRow(key, (SheetCell(words=label, strong=strong), *cells))


def _whole(value: Decimal, *, strong: bool = False) -> SheetCell:
    """Yuan without fen: thirty-six columns are read by size."""
    return SheetCell(words=message("{value:count}", value=value.to_integral_value()), strong=strong)


def _lowest(month: CashFlowMonth, *, low: bool) -> SheetCell:
    words = message("{value:count}", value=month.closing.to_integral_value())
    wrong = (
        message(N_("The lowest balance: {value:money}"), value=month.closing) if low and month.closing < 0 else None
    )
    tip = message(N_("The lowest balance: {value:money}"), value=month.closing) if low else None
    return SheetCell(words=words, strong=True, wrong=wrong, tip=tip)
