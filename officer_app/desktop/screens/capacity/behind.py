"""What stands behind the loan, how the index comes about, which flags are up, the payout and the months after it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.credit.assessment import Assessment, CashFlow, CashFlowMonth, CollateralItem, GuarantorCover, Unit
from officer_app.credit.facts.security import Collateral, Guarantor
from officer_app.credit.figures import Missing, known
from officer_app.credit.guarantors import COVER_MIN
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.quantities import quantity
from officer_app.memos.terms import term
from officer_app.plots.cashflow import month_name

PLEDGES: Final = (
    Column("what", message(N_("Pledge")), stretch=True),
    Column("adopted", message(N_("Adopted")), ColumnKind.MONEY, 80),
    Column("share", message(N_("Share lent")), ColumnKind.MONEY, 72),
    Column("lien", message(N_("Prior lien")), ColumnKind.MONEY, 80),
    Column("lendable", message(N_("Lendable")), ColumnKind.MONEY, 80),
)
GUARANTORS: Final = (
    Column("who", message(N_("Guarantor")), stretch=True),
    Column("left", message(N_("Left a month")), ColumnKind.MONEY, 92),
    Column("cover", message(N_("Cover")), ColumnKind.MONEY, 72),
    Column("verdict", message(N_("Verdict")), width=140),
)
PARTS: Final = (
    Column("part", message(N_("Part")), width=208),
    Column("points", message(N_("Points")), ColumnKind.MONEY, 120),
    Column("why", message(N_("Why")), stretch=True),
)
FLAGS: Final = (
    Column("kind", message(N_("Kind")), width=132),
    Column("says", message(N_("Says")), stretch=True),
)
MONTHS: Final = (
    Column("month", message(N_("Month")), stretch=True),
    *(
        Column(key, message(title), ColumnKind.MONEY, width)
        for key, title, width in (
            ("sales", N_("Sales"), 77),
            ("costs", N_("Costs"), 77),
            ("family", N_("Family, debts"), 92),
            ("payment", N_("Instalment"), 77),
            ("net", N_("Net"), 77),
            ("closing", N_("Cash left"), 77),
            ("without", N_("Without loan"), 92),
        )
    ),
)

_LOWEST_METHOD: Final = N_("The lowest of: {values}.")
_VALUE: Final = N_("{method} {amount:money}")
_LEND: Final = N_(
    "Adopted value × share lent − prior lien; nothing where it may not be pledged, or while its deed was not seen or "
    "nobody said what it is before the law."
)
_SURPLUS: Final = N_("Income − expenses − own debts of the guarantor, a month.")
_COVER: Final = N_("What is left ÷ instalment of the tested loan.")
_COSTS: Final = N_("Cost of sales {goods:money}, fixed {fixed:money}, variable {variable:money}.")
_FAMILY: Final = N_(
    "Other income {income:money}, less household {household:money}, less debts already served {debts:money}."
)
_POINTS: Final = N_("{points:points} of {weight:points}")
_LOAN_IN: Final = N_("The loan tested here.")
_FEE: Final = N_("The share of the loan that is kept back at payout.")
_BOUGHT: Final = N_("What the money is for, as answered.")
_BEYOND: Final = N_("What is lent beyond the purpose counts as spent.")
_LEFT: Final = N_("Cash before + loan − fee − purpose: the first month begins with it.")
_OWN_PART: Final = N_("The part of the purpose that the loan does not pay.")
_WHOLE: Final = Decimal(1)


def pledge_rows(it: Assessment) -> tuple[Row, ...]:
    """Each pledge with the lowest of its values, and all together."""
    pairs = tuple(zip(it.collateral, it.facts.collateral, strict=True))
    if not pairs:
        return ()
    total = Row(
        "collateral",
        (
            Cell(message(N_("Lendable in all")), strong=True),
            *(Cell(message("")),) * 3,
            money_cell(it.collateral_lendable_total, message(_LEND), strong=True),
        ),
    )
    return (*(_pledge(item, told) for item, told in pairs), total)


def _pledge(item: CollateralItem, told: Collateral) -> Row:
    values = tuple(message(_VALUE, method=term(method), amount=known(value)) for method, value in item.values.items())
    barred = message(N_("may not be pledged: {why}"), why=told.ineligible_reason or "—")
    below: Sayable = barred if item.eligible is False else Verbatim(told.owner or "—")
    return Row(
        item.path,
        (
            Cell(term(item.type), below=below),
            money_cell(item.adopted_value, message(_LOWEST_METHOD, values=values)),
            figure_cell(item.ltv_percent, Unit.PERCENT),
            money_cell(item.prior_lien),
            money_cell(item.lendable, message(_LEND)),
        ),
    )


def guarantor_rows(it: Assessment) -> tuple[Row, ...]:
    """Each guarantor and what is left, and all together against the policy's least cover."""
    pairs = tuple(zip(it.guarantors, it.facts.guarantors, strict=True))
    if not pairs:
        return ()
    least, cover = it.policy[COVER_MIN], known(it.group_cover)
    verdict = Cell(state=State.CANNOT_TELL)
    if cover is not None:
        kept = Cell(message(N_("within the limit")), state=State.PASSED)
        verdict = kept if cover >= least else Cell(message(N_("below the limit")), state=State.LOOK)
    limit = message(N_("Together (≥ {limit})"), limit=quantity(least, Unit.RATIO))
    together = figure_cell(it.group_cover, Unit.RATIO, message(_COVER), strong=True)
    total = Row("guarantors", (Cell(limit, strong=True), Cell(message("")), together, verdict))
    return (*(_guarantor(item, told) for item, told in pairs), total)


def _guarantor(item: GuarantorCover, told: Guarantor) -> Row:
    return Row(
        item.path,
        (
            Cell(Verbatim(told.id), below=Verbatim(told.relation or "—")),
            money_cell(item.surplus, message(_SURPLUS)),
            figure_cell(item.cover, Unit.RATIO, message(_COVER)),
            Cell(message("")),
        ),
    )


def part_rows(it: Assessment) -> tuple[Row, ...]:
    """Each part of the risk index with its sentence."""
    rows = []
    for part in it.risk_index.parts:
        points = known(part.points)
        shown = figure_cell(part.points, Unit.POINTS)
        if points is not None:
            shown = Cell(message(_POINTS, points=points, weight=part.weight), points)
        path = first_path(part.score, "soft_information" if part.name == "willingness" else "")
        rows.append(Row(f"{part.name}:{path}", (Cell(part.label), shown, Cell(part.sentence))))
    return tuple(rows)


def flag_rows(it: Assessment) -> tuple[Row, ...]:
    """The flags that are up, the hard ones first."""
    flags = sorted(it.flags, key=lambda flag: not flag.hard)
    return tuple(
        Row(
            flag.paths[0] if flag.paths else flag.code,
            (
                Cell(
                    message(N_("Hard flag") if flag.hard else N_("Red flag")),
                    state=State.STOP if flag.hard else State.LOOK,
                ),
                Cell(flag.sentence),
            ),
        )
        for flag in flags
    )


def month_rows(flow: CashFlow) -> tuple[Row, ...]:
    """Each month with the loan, and its cash without; the lowest is named, what is below zero stands out."""
    return tuple(_month(month, lowest=month.number == flow.lowest.number) for month in flow.months)


def _month(month: CashFlowMonth, *, lowest: bool) -> Row:
    costs = month.cost_of_sales + month.fixed_costs + month.variable_costs
    split = message(_COSTS, goods=month.cost_of_sales, fixed=month.fixed_costs, variable=month.variable_costs)
    family = message(_FAMILY, income=month.other_income, household=month.household, debts=month.existing_debt_service)
    figures = (
        (month.sales, None),
        (-costs, split),
        (month.other_income - month.household - month.existing_debt_service, family),
        (-month.new_payment, None),
        (month.net, None),
    )
    name = message(N_("{month}, lowest"), month=month_name(month)) if lowest else month_name(month)
    closing = Cell(_yuan(month.closing), month.closing, strong=lowest or month.closing < 0)
    without = Cell(_yuan(month.closing_without), month.closing_without, muted=True)
    return Row(
        f"month:{month.number}",
        (
            Cell(name, strong=lowest),
            *(Cell(_yuan(value), value, tip=tip) for value, tip in figures),
            closing,
            without,
        ),
    )


def payout_rows(it: Assessment, flow: CashFlow) -> tuple[Row, ...]:
    """What the payout does to the cash: loan in, fee and purpose out, what is left to begin with."""
    paid, items = flow.payout, it.facts.application.purpose_items
    before = _sum_of(N_("Cash and deposits before"), paid.before, "assets.deposits", N_("Cash on hand + deposits."))
    rows = [before, _sum_of(N_("Loan paid out"), paid.loan, "application.requested_amount", _LOAN_IN)]
    if paid.fee:
        rows.append(_sum_of(N_("Fee kept back"), -paid.fee, "application.upfront_fee_percent", _FEE))
    for item in () if isinstance(items, Missing) else items:
        amount = known(item.amount)
        if amount is not None:
            rows.append(_flow_row(Verbatim(item.item or "—"), -amount, item.at("amount"), _BOUGHT))
    if paid.beyond_purpose:
        rows.append(
            _sum_of(N_("Lent beyond the purpose"), -paid.beyond_purpose, "application.purpose_items", _BEYOND)
        )
    left = _sum_of(N_("Left to begin with"), flow.opening, "assets.deposits", _LEFT, strong=True)
    own = _sum_of(N_("Own contribution in it"), -paid.own_contribution, "application.purpose_items", _OWN_PART)
    return (*rows, left, own) if paid.own_contribution else (*rows, left)


def _sum_of(label: str, amount: Decimal, path: str, tip: str, *, strong: bool = False) -> Row:
    return _flow_row(message(label), amount, path, tip, strong=strong)


def _flow_row(label: Sayable, amount: Decimal, path: str, tip: str, *, strong: bool = False) -> Row:
    return Row(path, (Cell(label, strong=strong), money_cell(amount, message(tip), strong=strong)))


def _yuan(value: Decimal) -> Sayable:
    return message("{amount:money}", amount=value.quantize(_WHOLE))
