"""The tables of the page: what a plan costs, alone or beside another, and its payments one by one."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.loanplans import WAYS, LoanPlan
from officer_app.credit.ratecaps import PriceLimit, within
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.terms import term

FIGURES: Final = (
    Column("what", message(""), stretch=True),
    Column("here", message(N_("Laid out")), ColumnKind.MONEY, 152),
    Column("beside", message(N_("Beside it")), ColumnKind.MONEY, 152),
)
LIMITS: Final = (
    Column("what", message(N_("Limit of the price")), stretch=True),
    Column("limit", message(N_("At most")), ColumnKind.PERCENT, 88),
    Column("here", message(N_("Laid out")), width=136),
)
PAYMENTS: Final = (
    Column("number", message(N_("No.")), ColumnKind.COUNT, 52),
    Column("due", message(N_("Due on")), stretch=True),
    Column("principal", message(N_("Principal")), ColumnKind.MONEY, 104),
    Column("interest", message(N_("Interest")), ColumnKind.MONEY, 92),
    Column("total", message(N_("To pay")), ColumnKind.MONEY, 104),
    Column("balance", message(N_("Still owed")), ColumnKind.MONEY, 112),
)

_FIRST: Final = N_("The first payment; in equal instalments all but the last are like it.")
_LARGEST: Final = N_("The row that costs most: principal and interest.")
_INTEREST: Final = N_("Interest of all rows together.")
_FEES: Final = N_("What is kept back at the payout and what the product takes later.")
_WHOLE: Final = N_("Principal, interest and fees, less what a subsidy pays.")
_NOMINAL: Final = N_("The inner rate of a period × twelve, of what is received and paid with all fees.")
_EFFECTIVE: Final = N_("The yearly rate with interest upon interest, by real days over 365, with all fees.")
_PRICE: Final = N_("By the grade of the risk index, as the product's price table has it.")


def figure_rows(plan: LoanPlan, other: LoanPlan | None) -> tuple[Row, ...]:
    """What each costs, the simple yearly rate with all fees in bold."""
    both = (plan, other)
    return (
        Row("way", (Cell(message(N_("Way of paying back"))), *(_way(one) for one in both))),
        _money("first", N_("First payment"), _FIRST, both, lambda one: one.rows[0].payment),
        _money("largest", N_("Largest payment"), _LARGEST, both, lambda one: one.largest.payment),
        _money("interest", N_("Interest in all"), _INTEREST, both, lambda one: one.cost.interest),
        _money("fees", N_("Fees in all"), _FEES, both, lambda one: one.cost.fees),
        _money("whole", N_("Paid back in all"), _WHOLE, both, lambda one: one.terms.principal + one.cost.whole),
        _percent(
            "nominal", N_("Yearly rate, simple, all fees in"), _NOMINAL, both, lambda one: one.cost.nominal_percent
        ),
        _percent(
            "effective",
            N_("Yearly rate, with interest upon interest"),
            _EFFECTIVE,
            both,
            lambda one: one.cost.effective_percent,
        ),
    )


def price_row(plan: LoanPlan, grade: str, price: Decimal) -> Row:
    """The rate that the product's table names for the grade, beside the contract's."""
    label = message(N_("Rate of the product for grade {grade}"), grade=Verbatim(grade))
    shown = Cell(message("{value:percent}", value=plan.contract_rate), plan.contract_rate, tip=message(_PRICE))
    return Row("price", (Cell(label), Cell(number=price, tip=message(_PRICE)), shown))


def limit_rows(plan: LoanPlan) -> tuple[Row, ...]:
    """Each limit of the price, in force or coming, and whether the simple rate keeps it."""
    return tuple(_limit(place, plan, limit) for place, limit in enumerate(plan.limits))


def _limit(place: int, plan: LoanPlan, limit: PriceLimit) -> Row:
    since = N_("{name}, in force") if limit.in_force else N_("{name}, from {since:date}")
    tip = message(N_("In per cent a year with all fees, from {since:date}."), since=limit.since)
    if limit.multiple is not None:
        tip = message(
            N_("{multiple:ratio} × the one-year LPR of {lpr:percent}, from {since:date}."),
            multiple=limit.multiple,
            lpr=limit.lpr,
            since=limit.since,
        )
    label = message(since, name=limit.name, since=limit.since)
    kept = within(plan.cost.nominal_percent, limit.percent)
    broken = State.STOP if limit.in_force else State.LOOK
    verdict = Cell(message(N_("within the limit")), state=State.PASSED)
    if not kept:
        verdict = Cell(message(N_("beyond the limit")), state=broken)
    return Row(f"limit:{place}", (Cell(label, tip=tip), Cell(number=limit.percent, tip=tip), verdict))


def payment_rows(plan: LoanPlan) -> tuple[Row, ...]:
    """Every payment, to the fen."""
    return tuple(
        Row(
            f"row:{row.number}",
            (
                Cell(number=Decimal(row.number), muted=True),
                Cell(Verbatim(row.due.isoformat()) if row.due is not None else message("—")),
                _exact(row.principal),
                _exact(row.interest),
                _exact(row.payment, strong=True),
                _exact(row.balance_after),
            ),
        )
        for row in plan.rows
    )


def _exact(amount: Decimal, *, strong: bool = False) -> Cell:
    return Cell(Verbatim(f"{amount:,.2f}"), amount, strong=strong)


def _way(plan: LoanPlan | None) -> Cell:
    if plan is None:
        return Cell(message("—"), muted=True)
    words: Sayable = message(WAYS[plan.way]) if plan.way in WAYS else term(plan.way)
    return Cell(words, tip=words)


def _money(
    key: str, label: str, tip: str, both: tuple[LoanPlan | None, ...], figure: Callable[[LoanPlan], Decimal]
) -> Row:
    cells = (
        Cell(message("—"), muted=True)
        if one is None
        else Cell(message("{value:money}", value=figure(one)), figure(one), tip=message(tip))
        for one in both
    )
    return Row(key, (Cell(message(label)), *cells))


def _percent(
    key: str, label: str, tip: str, both: tuple[LoanPlan | None, ...], figure: Callable[[LoanPlan], Decimal]
) -> Row:
    cells = (
        Cell(message("—"), muted=True)
        if one is None
        else Cell(message("{value:percent}", value=figure(one)), figure(one), strong=True, tip=message(tip))
        for one in both
    )
    return Row(key, (Cell(message(label), strong=True), *cells))
