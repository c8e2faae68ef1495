"""Cash month by month with the loan, the month with fewer sales, and the debts there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import CashFlow, CashFlowMonth
from officer_app.credit.facts.debts import Liability, Outflow
from officer_app.credit.figures import Missing, Truth
from officer_app.memos.blocks import BODY, NUMBER, SMALL, Pen
from officer_app.memos.facets import can_pay
from officer_app.memos.inputs import MemoInputs, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOT_KNOWN, NOTHING, money
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, listed, missing_line, nothing, plotted, subheading
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import Cell, Column, figures, table
from officer_app.memos.terms import standing_span, term
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow, month_name
from officer_app.plots.primitives import Role

_LINES: tuple[tuple[str, Callable[[CashFlowMonth], Decimal]], ...] = (
    (N_("Sales"), lambda month: month.sales),
    (N_("Cost of sales"), lambda month: -month.cost_of_sales),
    (N_("Fixed costs"), lambda month: -month.fixed_costs),
    (N_("Variable costs"), lambda month: -month.variable_costs),
    (N_("Other income"), lambda month: month.other_income),
    (N_("Household expenses"), lambda month: -month.household),
    (N_("Debts already served"), lambda month: -month.existing_debt_service),
    (N_("New instalment"), lambda month: -month.new_payment),
    (N_("Net of the month"), lambda month: month.net),
    (N_("Cash at the end"), lambda month: month.closing),
)
_SUMS = frozenset({8, 9})
_HALF = 6


def cash(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The twelve months in two halves, the chart, the ratios and the stress, the caps."""
    yield heading(pen, Section.CASH_FLOW)
    flow = inputs.assessment.cash_flow
    if isinstance(flow, CashFlow):
        opening = message(N_("Cash and deposits after the own contribution: {amount:money}."), amount=flow.opening)
        yield pen.block(opening, replace(BODY, keep=True))
        yield _months(pen, flow, flow.months[:_HALF])
        yield gap(6)
        yield _months(pen, flow, flow.months[_HALF:])
        yield from plotted(pen, cash_flow(inputs.assessment, width=WIDTH, em=8, height=118))
    elif isinstance(flow, Missing):
        yield from missing_line(pen, flow.paths)
    else:
        yield pen.block(message(N_("No loan can be recommended, so there is no cash flow with one.")))
    yield subheading(pen, N_("Ratios at the tested loan, and with fewer sales"))
    yield figures(pen, can_pay(pen, inputs), WIDTH * 0.7)
    yield from plotted(pen, caps(inputs.assessment, width=WIDTH, em=8))


def _months(pen: Pen, flow: CashFlow, months: tuple[CashFlowMonth, ...]) -> Flowable:
    columns = (Column("", 0.22), *(Column(month_name(month), 0.13, number=True) for month in months))
    rows = [
        (message(label), *(_amount(pen, take(month), month, flow, number) for month in months))
        for number, (label, take) in enumerate(_LINES)
    ]
    return table(pen, columns, rows, WIDTH, bold_rows=_SUMS, size=7.4, whole=True)


def _amount(pen: Pen, value: Decimal, month: CashFlowMonth, flow: CashFlow, line: int) -> Cell:
    whole = message(N_("{amount:money}"), amount=value.quantize(Decimal(1)))
    if line != len(_LINES) - 1 or month.number != flow.lowest.number:
        return whole
    role = Role.STOP if value < 0 else Role.LOOK
    sign = "■" if value < 0 else "◐"
    style = replace(NUMBER, size=7.4, bold=True)
    return pen.spans([replace(pen.span(whole), text=f"{sign} {pen.say(whole)}", role=role)], style)


def debts(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """What is owed, told or found; what leaves the account without a reason; what is vouched for."""
    yield heading(pen, Section.DEBTS)
    yield _liabilities(pen, inputs)
    yield subheading(pen, N_("Regular payments that nobody explained"))
    yield _outflows(pen, inputs.facts.unexplained_regular_outflows)
    yield subheading(pen, N_("Guarantees given for others"))
    columns = (Column(message(N_("For whom")), 0.7), Column(message(N_("Amount")), 0.3, number=True))
    given = [(item.beneficiary, money(item.amount)) for item in inputs.facts.guarantees_given]
    yield listed(pen, columns, given, width=WIDTH * 0.6)
    equity = inputs.assessment.capacity.debt_to_equity_before_loan
    if isinstance(equity, Decimal):
        text = message(N_("Debts are {ratio:ratio} times own funds before the loan."), ratio=equity)
        yield gap()
        yield pen.block(text, SMALL)


def _liabilities(pen: Pen, inputs: MemoInputs) -> Flowable:
    debts_there = inputs.facts.liabilities
    if isinstance(debts_there, Missing) or not debts_there:
        return nothing(pen)
    columns = (
        Column(message(N_("Creditor")), 0.3),
        Column(message(N_("Kind")), 0.16),
        Column(message(N_("Balance")), 0.18, number=True),
        Column(message(N_("Payment a month")), 0.18, number=True),
        Column(message(N_("Source")), 0.18),
    )
    rows = [_liability(pen, debt) for debt in debts_there]
    return listed(pen, columns, rows)


def _liability(pen: Pen, debt: Liability) -> tuple[Cell, ...]:
    told = _told(pen, debt.disclosed)
    return debt.creditor, term(debt.kind), money(debt.balance), money(debt.monthly_payment), told


def _told(pen: Pen, disclosed: Truth) -> Span | Message:
    if isinstance(disclosed, Missing):
        return message(NOT_KNOWN)
    if disclosed:
        return message(N_("told"))
    return standing_span(pen, Standing.STOP, message(N_("found, not told")))


def _outflows(pen: Pen, outflows: tuple[Outflow, ...]) -> Flowable:
    columns = (
        Column(message(N_("What it looks like")), 0.4),
        Column(message(N_("Paid to")), 0.16),
        Column(message(N_("Amount a month")), 0.18, number=True),
        Column(message(N_("Taken as")), 0.26),
    )
    rows = [
        (item.description, term(item.counterparty), money(item.monthly_amount), _taken(item)) for item in outflows
    ]
    return listed(pen, columns, rows)


def _taken(item: Outflow) -> Sayable:
    if isinstance(item.assumed_monthly_rate_percent, Decimal):
        return message(N_("interest at {rate:percent} a month"), rate=item.assumed_monthly_rate_percent)
    if isinstance(item.remaining_months, Decimal):
        return message(N_("{months:count} payments to come"), months=item.remaining_months)
    return NOTHING
