"""Cash month by month with the loan and without it, what happens under stress, and the debts there are."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from decimal import Decimal

from reportlab.platypus import Flowable

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import CashFlow, CashFlowMonth, Stress
from officer_app.credit.facts.debts import Liability, Outflow
from officer_app.credit.figures import HUNDRED, Figure, Missing, Truth, known
from officer_app.credit.stress import scenario_name
from officer_app.memos.blocks import BODY, NUMBER, SMALL, Pen
from officer_app.memos.facets import can_pay, other_leverage
from officer_app.memos.inputs import MemoInputs, Standing
from officer_app.memos.lines import Span
from officer_app.memos.quantities import NOT_KNOWN, NOTHING, money, ratio
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
    (N_("Cash without the loan"), lambda month: month.closing_without),
)
_SUMS = frozenset({8, 9})
_CLOSING = 9
_HALF = 6
_WHOLE_YEAR = 12
_EVERY_MONTH = 60  # of a longer plan one month a year is printed
_PAYOUT = N_(
    "At the payout: {before:money} of cash and deposits, {loan:money} of loan in, {purpose:money} of purpose out, "
    "{fee:money} of fee kept back; the first month begins with {left:money}. The borrower pays {own:money} of it."
)
_BREAK_EVEN = N_("Sales may fall by {fall:percent} before the instalment is not covered.")
_BREAK_EVEN_NOW = N_("The instalment is not covered even by the sales there are.")
_BREAK_EVEN_CASH = N_("Sales may fall by {fall:percent} before the lowest month closes below zero.")
_TENTH = Decimal("0.1")


def cash(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The first year in full and the rest in short, the chart, the ratios, the stress, the caps."""
    yield heading(pen, Section.CASH_FLOW)
    flow = inputs.assessment.cash_flow
    if isinstance(flow, CashFlow):
        yield pen.block(_payout(flow), replace(BODY, keep=True))
        for start in range(0, min(len(flow.months), _WHOLE_YEAR), _HALF):
            yield _months(pen, flow, flow.months[start : min(start + _HALF, _WHOLE_YEAR)])
            yield gap(6)
        if len(flow.months) > _WHOLE_YEAR:
            yield _later(pen, flow)
        yield from plotted(pen, cash_flow(inputs.assessment, width=WIDTH, em=8, height=118))
    elif isinstance(flow, Missing):
        yield from missing_line(pen, flow.paths)
    else:
        yield pen.block(message(N_("No loan can be recommended, so there is no cash flow with one.")))
    yield subheading(pen, N_("Ratios at the tested loan, and with fewer sales"))
    yield figures(pen, [*can_pay(pen, inputs), other_leverage(inputs.assessment)], WIDTH * 0.7)
    yield subheading(pen, N_("If something goes worse, and how far sales may fall"))
    yield _stress(pen, inputs)
    yield gap(2)
    yield pen.block(_break_evens(inputs.assessment.stress), SMALL)
    yield from plotted(pen, caps(inputs.assessment, width=WIDTH, em=8))


def _payout(flow: CashFlow) -> Message:
    paid = flow.payout
    return message(
        _PAYOUT,
        before=paid.before,
        loan=paid.loan,
        purpose=paid.purpose + paid.beyond_purpose,
        fee=paid.fee,
        left=flow.opening,
        own=paid.own_contribution,
    )


def _stress(pen: Pen, inputs: MemoInputs) -> Flowable:
    columns = (
        Column(message(N_("What goes worse")), 0.38),
        Column(message(N_("Left a month")), 0.15, number=True),
        Column(message(N_("Cover")), 0.1, number=True),
        Column(message(N_("Instalment")), 0.2),
        Column(message(N_("Lowest cash")), 0.17, number=True),
    )
    rows = [
        (
            scenario_name(one),
            money(_fen(one.disposable_income)),
            ratio(one.dscr),
            _covered(pen, one.instalment_covered),
            NOTHING if one.lowest is None else money(_fen(one.lowest)),
        )
        for one in inputs.assessment.stress.scenarios
    ]
    return listed(pen, columns, rows)


def _covered(pen: Pen, covered: Truth) -> Span | Message:
    if isinstance(covered, Missing):
        return message(NOT_KNOWN)
    if covered:
        return standing_span(pen, Standing.PASSED, message(N_("still covered")))
    return standing_span(pen, Standing.STOP, message(N_("not covered")))


def _fen(figure: Figure) -> Figure:
    return figure.quantize(Decimal("0.01")) if isinstance(figure, Decimal) else figure


def _break_evens(stress: Stress) -> Sayable:
    fall, cash_fall = known(stress.break_even_percent), stress.break_even_cash_percent
    if fall is None:
        return message(NOT_KNOWN)
    if fall < 0:
        return message(_BREAK_EVEN_NOW)
    covered = message(_BREAK_EVEN, fall=min(fall, HUNDRED).quantize(_TENTH))
    if not isinstance(cash_fall, Decimal) or cash_fall < 0:
        return covered
    cash_words = message(_BREAK_EVEN_CASH, fall=min(cash_fall, HUNDRED).quantize(_TENTH))
    return message(N_("{first} {second}"), first=covered, second=cash_words)


def _later(pen: Pen, flow: CashFlow) -> Flowable:
    """One row for each month after the first year; of a plan of many years one a year, the lowest and the last."""
    columns = (
        Column(message(N_("Month")), 0.25),
        Column(message(N_("Sales")), 0.15, number=True),
        Column(message(N_("New instalment")), 0.15, number=True),
        Column(message(N_("Net of the month")), 0.15, number=True),
        Column(message(N_("Cash at the end")), 0.15, number=True),
        Column(message(N_("Cash without the loan")), 0.15, number=True),
    )
    takes = (_LINES[0][1], _LINES[7][1], _LINES[8][1], _LINES[9][1], _LINES[10][1])
    rows = [
        (
            month_name(month),
            *(
                _amount(pen, take(month), month, flow, _CLOSING if take is _LINES[_CLOSING][1] else 0)
                for take in takes
            ),
        )
        for month in flow.months[_WHOLE_YEAR:]
        if _printed(month, flow)
    ]
    return table(pen, columns, rows, WIDTH, size=7.4)


def _printed(month: CashFlowMonth, flow: CashFlow) -> bool:
    shown = {flow.lowest.number, flow.months[-1].number}
    return month.number <= _EVERY_MONTH or month.number % _WHOLE_YEAR == 0 or month.number in shown


def _months(pen: Pen, flow: CashFlow, months: tuple[CashFlowMonth, ...]) -> Flowable:
    columns = (Column("", 0.22), *(Column(month_name(month), 0.13, number=True) for month in months))
    rows = [
        (message(label), *(_amount(pen, take(month), month, flow, number) for month in months))
        for number, (label, take) in enumerate(_LINES)
    ]
    return table(pen, columns, rows, WIDTH, bold_rows=_SUMS, size=7.4, whole=True)


def _amount(pen: Pen, value: Decimal, month: CashFlowMonth, flow: CashFlow, line: int) -> Cell:
    whole = message(N_("{amount:money}"), amount=value.quantize(Decimal(1)))
    if line != _CLOSING or month.number != flow.lowest.number:
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
