"""The business: what it is, what it earns, what it owns and owes, as told and as found."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Final

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.assessment import BalanceSheet, Sphere
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
    average, year = statement.average_month, statement.year
    columns = (
        Column("", 0.28),
        Column(message(N_("As told")), 0.18, number=True),
        Column(message(N_("Base month")), 0.18, number=True),
        Column(message(N_("Average month")), 0.18, number=True),
        Column(message(N_("Year")), 0.18, number=True),
    )
    spans = (
        (N_("Cost of sales"), statement.cost_of_sales, average.cost_of_sales, year.cost_of_sales),
        (N_("Gross profit"), statement.gross_profit, average.gross_profit, year.gross_profit),
        (N_("Fixed costs"), statement.fixed_costs, average.fixed_costs, year.fixed_costs),
        (N_("Variable costs"), statement.variable_costs, average.variable_costs, year.variable_costs),
        (N_("Profit"), statement.net_business_profit_base_month, average.net_profit, year.net_profit),
    )
    sales = (told.declared_monthly_sales, statement.adopted_monthly_sales, average.sales, year.sales)
    rows: list[tuple[Sayable, ...]] = [
        (message(N_("Sales")), *(money(_fen(figure)) for figure in sales)),
        (
            message(N_("Gross margin")),
            percent(told.declared_gross_margin_percent),
            share(statement.weighted_gross_margin),
            NOTHING,
            NOTHING,
        ),
        *((message(label), NOTHING, *(money(_fen(figure)) for figure in figures)) for label, *figures in spans),
        (message(N_("Net margin")), NOTHING, share(statement.net_margin), NOTHING, NOTHING),
        (message(N_("Average season factor")), NOTHING, ratio(statement.average_month_factor), NOTHING, NOTHING),
    ]
    yield listed(pen, columns, rows, bold_rows=frozenset({6}))
    yield gap(2)
    yield pen.block(message(_ADOPTED_BY[inputs.assessment.policy[SALES_ADOPTED]]), SMALL)
    if isinstance(year.net_profit, Missing):
        yield from missing_line(pen, year.net_profit.paths)
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
        Column("", 0.34),
        Column(message(N_("Source")), 0.12),
        Column(message(N_("Business side")), 0.18, number=True),
        Column(message(N_("Household")), 0.18, number=True),
        Column(message(N_("Together")), 0.18, number=True),
    )
    lines = zip(sheet.lines, sheet.business.lines, sheet.household.lines, strict=True)
    rows: list[tuple[Sayable, ...]] = [
        (whole.label, _source(whole.source), money(business.amount), money(private.amount), money(whole.amount))
        for whole, business, private in lines
        if whole.amount != 0
    ]
    found = len(rows) + 2 + (sheet.goods_of_others != 0) + (sheet.only_told != 0)
    debts = found + 3
    rows += _totals(sheet)
    yield listed(pen, columns, rows, bold_rows=frozenset({found, debts, debts + 2}))
    if isinstance(sheet.equity_adjusted, Missing):
        yield from missing_line(pen, sheet.equity_adjusted.paths)
    yield from plotted(pen, balance(inputs.assessment, width=WIDTH, em=8))


def _source(source: str) -> Sayable:
    return term(source) if source else NOTHING


def _totals(sheet: BalanceSheet) -> list[tuple[Sayable, ...]]:
    """As told, what is taken off or added, as found: for the business, the household, and both."""
    spheres = (sheet.business, sheet.household, sheet)

    def row(label: str, take: Callable[[BalanceSheet | Sphere], Sayable]) -> tuple[Sayable, ...]:
        return (message(label), NOTHING, *(take(sphere) for sphere in spheres))

    goods = [row(N_("Goods that belong to others"), lambda it: _less(it.goods_of_others))]
    # Goods that the borrower named leave what is told; those that were found leave what is found.
    named = sheet.goods_disclosed != 0
    rows = [
        *(goods if named else ()),
        row(N_("Assets as told"), lambda it: money(it.total_assets_declared)),
        row(N_("Old receivables written down"), lambda it: _less(it.receivables_written_down)),
        *(goods if sheet.goods_of_others != 0 and not named else ()),
    ]
    if sheet.only_told != 0:
        rows.append(row(N_("Only told, not counted"), lambda it: _less(it.only_told)))
    rows += [
        row(N_("Assets as found"), lambda it: money(it.total_assets_adjusted)),
        row(N_("Debts told"), lambda it: money(it.total_liabilities_declared)),
        row(N_("Debts found, not told"), lambda it: money(it.undisclosed_debt_found)),
        row(N_("Debts in all"), lambda it: money(it.total_liabilities_adjusted)),
        row(N_("Own funds as told"), lambda it: money(it.equity_declared)),
        row(N_("Own funds as found"), lambda it: money(it.equity_adjusted)),
    ]
    guaranteed = message(N_("Guarantees given, weighted, not in the debts"))
    return [*rows, (guaranteed, NOTHING, NOTHING, NOTHING, money(sheet.contingent))]
