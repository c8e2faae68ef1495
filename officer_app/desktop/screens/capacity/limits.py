"""The ratios at the tested loan beside the policy's limits."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.assessment import Assessment, Unit
from officer_app.credit.capacity import DSCR_MIN, RATE_CAP, RESERVE_BASIS, RESERVE_MIN
from officer_app.credit.figures import HUNDRED, Missing, Ratio, known
from officer_app.credit.leverage import DEBT_TO_ASSETS_MAX, alone
from officer_app.credit.ourloans import owed_to_us
from officer_app.credit.ratecaps import coming, in_force, limits_of, reaching, within
from officer_app.credit.sizing import INSTALMENT_MAX, UNSECURED_BY_GRADE
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.quantities import quantity

COLUMNS: Final = (
    Column("what", message(""), stretch=True),
    Column("value", message(N_("Here")), ColumnKind.MONEY, 116),
    Column("limit", message(N_("Limit")), ColumnKind.MONEY, 104),
    Column("verdict", message(N_("Verdict")), width=144),
)
_AT_MOST: Final = N_("≤ {limit}")
_AT_LEAST: Final = N_("≥ {limit}")
_WITHIN: Final = N_("within the limit")
_OVER: Final = N_("beyond the limit")
_UNDER: Final = N_("below the limit")

_INSTALMENT: Final = N_("By the schedule of the loan at {loan:money}.")
_SHARE: Final = N_("Instalment ÷ disposable income a month.")
_DSCR: Final = N_("(Profit + other income − household expenses) ÷ (debts already served + instalment).")
_DEBT: Final = N_("(Debts + weighted guarantees + loan) ÷ (assets + loan), as found.")
_EQUITY: Final = N_("Debts ÷ own funds before the loan, as found.")
_RESERVE: Final = N_("(Cash + deposits) ÷ (household expenses + fixed costs + debts already served).")
_RATE: Final = N_("Twelve times the monthly inner rate of what is paid out and paid back, with all fees.")
_RESERVE_AFTER: Final = N_(
    "(Cash + deposits − own contribution − fee) ÷ "
    "(household expenses + fixed costs + debts already served + instalment)."
)
_WITH_HOME: Final = N_("The same with home, private cars and household debts.")
_ALONE: Final = N_("The same without home, private cars and household debts.")
_NEED: Final = N_(
    "Last year's sales × (1 − margin) × (1 + growth) × days bound ÷ 360, less own funds and other lenders."
)
_GRADE: Final = N_("By earlier loans with us, the credit report, and debts kept back; not by the loan asked for.")


def limit_rows(it: Assessment) -> tuple[Row, ...]:
    """Each ratio with its limit and whether it holds; then what stands beside them without a limit."""
    at, policy = it.capacity, it.policy
    taken, owed = _percent(at.instalment_to_disposable), _percent(at.debt_to_assets_after_loan)
    loan = message(_INSTALMENT, loan=known(at.tested_loan))
    asked = message(_INSTALMENT, loan=known(it.facts.application.requested_amount))
    return (
        _plain(N_("Instalment a month, tested loan"), at.instalment, Unit.MONEY, loan),
        _plain(N_("Instalment a month, amount asked for"), at.instalment_at_requested_amount, Unit.MONEY, asked),
        _most(
            N_("Instalment / disposable income"),
            taken,
            policy[INSTALMENT_MAX],
            _SHARE,
        ),
        _least(N_("Debt service cover"), at.dscr, policy[DSCR_MIN], Unit.RATIO, _DSCR),
        _most(N_("Debt / assets after the loan"), owed, policy[DEBT_TO_ASSETS_MAX], _DEBT),
        _other_leverage(it),
        _plain(N_("Debts / own funds before the loan"), at.debt_to_equity_before_loan, Unit.RATIO, message(_EQUITY)),
        _least(N_("Reserve in months"), at.reserve_months, policy[RESERVE_MIN], Unit.RATIO, _reserve_tip(it)),
        _most(N_("All-in rate a year"), at.all_in_rate_percent, _price_limit(it), _RATE),
        *_coming(it),
        *_shown_too(it),
    )


def _price_limit(it: Assessment) -> Decimal:
    """The policy's own limit, or a lower one in force on the day of the payout."""
    dated = in_force(limits_of(it.facts.application, it.policy))
    return it.policy[RATE_CAP] if dated is None else min(it.policy[RATE_CAP], dated)


def _coming(it: Assessment) -> tuple[Row, ...]:
    """The limit that is known to come, beside the rate: a notice, no refusal."""
    application = it.facts.application
    line, rate = coming(limits_of(application, it.policy)), it.capacity.all_in_rate_percent
    if line is None:
        return ()
    number = known(rate)
    verdict = None
    if number is not None:
        kept, met = within(number, line.percent), bool(reaching((line,), application, it.policy))
        words = _WITHIN if kept else _OVER if met else N_("ends before it")
        verdict = Cell(message(words), state=State.LOOK if met and not kept else State.PASSED)
    label = message(N_("All-in rate, limit from {since:date}"), since=line.since)
    shown = message(_AT_MOST, limit=quantity(line.percent, Unit.PERCENT))
    cell = figure_cell(rate, Unit.PERCENT, line.name)
    return (_row(label, cell, first_path(rate, "application.requested_amount"), shown, verdict),)


def break_even_percent(it: Assessment) -> Decimal | None:
    """By how many percent sales may fall until the instalment is just covered; None while it is not known."""
    return known(it.stress.break_even_percent)


def _reserve_tip(it: Assessment) -> str:
    return _RESERVE_AFTER if it.policy.get(RESERVE_BASIS, "") == "after_payout" else _RESERVE


def _other_leverage(it: Assessment) -> Row:
    """The leverage that the limit does not look at: with the home, or of the business alone."""
    at = it.capacity
    other, label, tip = at.debt_to_assets_combined, N_("Debt / assets with the home"), _WITH_HOME
    if not alone(it.policy):
        other, label, tip = at.debt_to_assets_business, N_("Debt / assets of the business alone"), _ALONE
    return _row(label, figure_cell(_percent(other), Unit.PERCENT, message(tip)), first_path(other, "assets"))


def _shown_too(it: Assessment) -> tuple[Row, ...]:
    """What stands beside the limits without being one: the working-capital need, the dossier's grade."""
    rows, need = [], it.working_capital
    if need is not None:
        path = first_path(need.gap, "working_capital")
        rows.append(_row(N_("Working capital that nobody pays for yet"), money_cell(need.gap, message(_NEED)), path))
    by_grade = it.policy.get(UNSECURED_BY_GRADE, None)
    if by_grade is not None:
        owed = known(owed_to_us(it.facts, it.policy)) or Decimal(0)
        limit = money_cell(max(Decimal(0), by_grade[it.dossier_grade] - owed), message(_GRADE))
        name = message(N_("Lent without a pledge, dossier grade {grade}"), grade=it.dossier_grade)
        rows.append(_row(name, limit, "borrower.history_loans"))
    return tuple(rows)


def _percent(fraction: Ratio) -> Ratio:
    return fraction * HUNDRED if isinstance(fraction, Decimal | Missing) else fraction


def _plain(label: str, value: Ratio, unit: Unit, tip: Sayable) -> Row:
    return _row(label, figure_cell(value, unit, tip), first_path(value, "application.requested_amount"))


def _most(label: str, value: Ratio, limit: Decimal, tip: str) -> Row:
    shown = message(_AT_MOST, limit=quantity(limit, Unit.PERCENT))
    number = known(value)
    verdict = None if number is None else _verdict(holds=number <= limit, broken=_OVER)
    cell = figure_cell(value, Unit.PERCENT, message(tip))
    return _row(label, cell, first_path(value, "application.requested_amount"), shown, verdict)


def _least(label: str, value: Ratio, limit: Decimal, unit: Unit, tip: str) -> Row:
    shown = message(_AT_LEAST, limit=quantity(limit, unit))
    number = known(value)
    verdict = None if number is None else _verdict(holds=number >= limit, broken=_UNDER)
    return _row(label, figure_cell(value, unit, message(tip)), first_path(value, "assets"), shown, verdict)


def _verdict(*, holds: bool, broken: str) -> Cell:
    return Cell(message(_WITHIN), state=State.PASSED) if holds else Cell(message(broken), state=State.STOP)


def _row(
    label: str | Sayable, value: Cell, path: str, limit: Sayable | None = None, verdict: Cell | None = None
) -> Row:
    words = message(label) if isinstance(label, str) else label
    unknown = Cell(state=State.CANNOT_TELL) if limit is not None else Cell(message(""))
    return Row(path, (Cell(words), value, Cell(limit or message(""), muted=True), verdict or unknown))
