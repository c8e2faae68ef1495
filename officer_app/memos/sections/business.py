"""The business: what it is, what it earns, what it owns and owes, as told and as found."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.facts.sales import Product
from officer_app.credit.figures import Figure, Missing, known
from officer_app.credit.statements import SALES_ADOPTED
from officer_app.memos.blocks import SMALL, Pen
from officer_app.memos.inputs import MemoInputs
from officer_app.memos.quantities import NOTHING, money, percent, ratio, share
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, missing_line, nothing, plotted, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Column, pairs
from officer_app.memos.terms import term
from officer_app.plots.balance import balance

_YEAR = 12
_ADOPTED_BY: Final[Mapping[str, str]] = {
    "lowest_of_all": N_("Adopted sales are the lowest of what was told and of every route that shows them."),
    "lowest_full_route": N_(
        "Adopted sales are the lowest of what was told and of every route that shows all of them."
    ),
}


def business(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What is done, what is sold, and by which routes the sales were shown."""
    it = inputs.business
    yield heading(pen, Section.BUSINESS)
    yield pairs(
        pen,
        [
            (message(N_("Business")), it.name or NOTHING),
            (message(N_("Trade")), it.trade or NOTHING),
            (message(N_("Years in the trade")), it.years or NOTHING),
            (message(N_("Address")), it.address or NOTHING),
            (message(N_("Licence")), it.licence or NOTHING),
            (message(N_("Description")), it.description or NOTHING),
            (message(N_("Note on the seasons")), inputs.facts.sales.month_factors_note or NOTHING),
        ],
        WIDTH,
    )
    yield subheading(pen, N_("Main products"))
    yield _products(pen, inputs)
    yield subheading(pen, N_("Sales a month by each route"))
    yield _routes(pen, inputs)


def _products(pen: Pen, inputs: MemoInputs) -> Flowable:
    products = inputs.facts.products
    if isinstance(products, Missing):
        return nothing(pen)
    columns = (
        Column(message(N_("Product")), 0.4),
        Column(message(N_("Share of sales")), 0.15, number=True),
        Column(message(N_("Price")), 0.15, number=True),
        Column(message(N_("Unit cost")), 0.15, number=True),
        Column(message(N_("Margin")), 0.15, number=True),
    )
    rows = [
        (item.name, percent(item.share_percent), money(item.sale_price), money(item.unit_cost), share(_margin(item)))
        for item in products
    ]
    return listed(pen, columns, rows)


def _margin(item: Product) -> Decimal | None:
    price, cost = known(item.sale_price), known(item.unit_cost)
    return (price - cost) / price if price and cost is not None else None


def _routes(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("Route")), 0.3),
        Column(message(N_("Computed from")), 0.5),
        Column(message(N_("Sales a month")), 0.2, number=True),
    )
    rows = [(route.name, route.shown, money(_fen(route.value))) for route in inputs.assessment.routes]
    return listed(pen, columns, rows)


def _fen(figure: Figure) -> Figure:
    """Rounded as it is printed: routes divide, and money has two decimals."""
    return figure.quantize(Decimal("0.01")) if isinstance(figure, Decimal) else figure


def income(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """From sales to profit in the base month, and the average month with the seasons."""
    yield heading(pen, Section.INCOME)
    statement, told = inputs.assessment.income, inputs.facts.sales
    columns = (
        Column("", 0.52),
        Column(message(N_("As told")), 0.24, number=True),
        Column(message(N_("Adopted")), 0.24, number=True),
    )
    year = statement.net_business_profit_average_month * Decimal(_YEAR)
    rows: list[tuple[Sayable, Sayable, Sayable]] = [
        (message(N_("Sales a month")), money(told.declared_monthly_sales), money(statement.adopted_monthly_sales)),
        (
            message(N_("Gross margin")),
            percent(told.declared_gross_margin_percent),
            share(statement.weighted_gross_margin),
        ),
        (message(N_("Cost of sales")), NOTHING, money(statement.cost_of_sales)),
        (message(N_("Gross profit")), NOTHING, money(statement.gross_profit)),
        (message(N_("Fixed costs")), NOTHING, money(statement.fixed_costs)),
        (message(N_("Variable costs")), NOTHING, money(statement.variable_costs)),
        (message(N_("Profit of the base month")), NOTHING, money(statement.net_business_profit_base_month)),
        (message(N_("Net margin")), NOTHING, share(statement.net_margin)),
        (message(N_("Average season factor")), NOTHING, ratio(statement.average_month_factor)),
        (message(N_("Profit of the average month")), NOTHING, money(statement.net_business_profit_average_month)),
        (message(N_("Profit of a year")), NOTHING, money(year)),
    ]
    yield listed(pen, columns, rows, bold_rows=frozenset({6, 9}))
    yield gap(2)
    yield pen.block(message(_ADOPTED_BY[inputs.assessment.policy[SALES_ADOPTED]]), SMALL)
    if isinstance(year, Missing):
        yield from missing_line(pen, year.paths)
    yield subheading(pen, N_("Running costs a month"))
    yield _costs(pen, inputs)


def _costs(pen: Pen, inputs: MemoInputs) -> Flowable:
    costs = inputs.facts.operating_costs
    if isinstance(costs, Missing):
        return nothing(pen)
    columns = (
        Column(message(N_("Item")), 0.52),
        Column(message(N_("Behaviour")), 0.24),
        Column(message(N_("Amount")), 0.24, number=True),
    )
    return listed(pen, columns, [(cost.item, term(cost.behaviour), money(cost.monthly_amount)) for cost in costs])


def _less(figure: Figure) -> Sayable:
    """An amount that is taken off; nothing is written as nothing."""
    if isinstance(figure, Missing):
        return money(figure)
    return money(-figure) if figure else NOTHING


def balance_sheet(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What is owned and owed, as told and with what was found."""
    yield heading(pen, Section.BALANCE)
    sheet = inputs.assessment.balance_sheet
    columns = (
        Column("", 0.52),
        Column(message(N_("As told")), 0.24, number=True),
        Column(message(N_("As found")), 0.24, number=True),
    )
    rows: list[tuple[Sayable, Sayable, Sayable]] = [
        (line.label, money(line.amount), money(line.amount)) for line in sheet.lines if line.amount != 0
    ]
    assets = len(rows) + 1
    rows += [
        (message(N_("Old receivables written down")), NOTHING, _less(sheet.receivables_written_down)),
        (message(N_("Assets in all")), money(sheet.total_assets_declared), money(sheet.total_assets_adjusted)),
        (message(N_("Debts told")), money(sheet.total_liabilities_declared), money(sheet.total_liabilities_declared)),
        (message(N_("Debts found, not told")), NOTHING, money(sheet.undisclosed_debt_found)),
        (
            message(N_("Debts in all")),
            money(sheet.total_liabilities_declared),
            money(sheet.total_liabilities_adjusted),
        ),
        (message(N_("Own funds")), money(sheet.equity_declared), money(sheet.equity_adjusted)),
        (message(N_("Guarantees given, weighted, not in the debts")), NOTHING, money(sheet.contingent)),
    ]
    yield listed(pen, columns, rows, bold_rows=frozenset({assets, assets + 3, assets + 4}))
    if isinstance(sheet.equity_adjusted, Missing):
        yield from missing_line(pen, sheet.equity_adjusted.paths)
    yield from plotted(pen, balance(inputs.assessment, width=WIDTH, em=8))
