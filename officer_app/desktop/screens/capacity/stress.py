"""What happens when something goes worse: the policy's scenarios, a mix of one's own, and the break-evens."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Assessment, Mix, Scenario, Unit
from officer_app.credit.capacity import DSCR_MIN
from officer_app.credit.figures import HUNDRED, Figure, known
from officer_app.credit.stress import scenario_name
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.blocks import figure_cell, first_path, money_cell
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row

SCENARIOS: Final = (
    Column("what", message(N_("What goes worse")), stretch=True),
    Column("left", message(N_("Left a month")), ColumnKind.MONEY, 92),
    Column("cover", message(N_("Cover")), ColumnKind.MONEY, 84),
    Column("verdict", message(N_("Instalment")), width=132),
    Column("lowest", message(N_("Lowest cash")), ColumnKind.MONEY, 96),
)

_MIXED: Final = (
    ("sales_drop_percent", N_("Sales lower (%)")),
    ("price_drop_percent", N_("Prices lower (%)")),
    ("cost_rise_percent", N_("Goods dearer (%)")),
    ("rate_rise_points", N_("Interest up (points)")),
    ("weak_months", N_("Weakest months")),
)
_FIELD: Final = 64
_MOST: Final = Decimal(100)
_YEAR: Final = 12
_LEFT: Final = N_(
    "Average month: sales − cost − running costs + other income − household − debts, all under this stress."
)
_COVER: Final = N_(
    "What is left before debts ÷ (debts already served + instalment); the policy asks for {least:ratio}."
)
_LOWEST: Final = N_("The least cash at the end of any month of the plan under this stress.")
_NO_FLOW: Final = N_("No loan can be recommended, so there is no cash flow with one.")
_TENTH: Final = Decimal("0.1")


def scenario_rows(it: Assessment, own: Scenario | None) -> tuple[Row, ...]:
    """Each scenario of the policy, then the mix of one's own, then the two break-evens."""
    scenarios = [*it.stress.scenarios] if own is None else [*it.stress.scenarios, own]
    least = it.policy[DSCR_MIN]
    return (
        *(_row(scenario, least) for scenario in scenarios),
        _break_even(
            N_("Break-even: sales may fall by"),
            it.stress.break_even_percent,
            N_("not covered"),
            N_("(Disposable income − instalment) ÷ what one percent of the sales brings."),
        ),
        _break_even(
            N_("Lowest month at nothing: sales may fall by"),
            it.stress.break_even_cash_percent,
            N_("below zero"),
            N_("The smallest of: cash at the end of a month ÷ what one percent of the sales brings until then."),
        ),
    )


def _row(scenario: Scenario, least: Decimal) -> Row:
    covered = scenario.instalment_covered
    verdict = Cell(state=State.CANNOT_TELL)
    if isinstance(covered, bool):
        kept = Cell(message(N_("still covered")), state=State.PASSED)
        verdict = kept if covered else Cell(message(N_("not covered")), state=State.STOP)
    lowest = Cell(message("—"), muted=True, tip=message(_NO_FLOW))
    if scenario.lowest is not None:
        lowest = money_cell(scenario.lowest, message(_LOWEST), strong=bool((known(scenario.lowest) or 0) < 0))
    return Row(
        first_path(scenario.disposable_income, "sales.declared_monthly_sales"),
        (
            Cell(scenario_name(scenario)),
            money_cell(scenario.disposable_income, message(_LEFT)),
            figure_cell(scenario.dscr, Unit.RATIO, message(_COVER, least=least)),
            verdict,
            lowest,
        ),
    )


def _break_even(label: str, found: Figure | None, below: str, tip: str) -> Row:
    number = None if found is None else known(found)
    nothing = Cell(message(""))
    if number is None:
        cell = Cell(message("—"), muted=True, tip=message(N_("Not known, or no fall of sales is the one.")))
    else:
        cell = figure_cell(number.quantize(_TENTH), Unit.PERCENT, message(tip), strong=True)
    verdict = nothing
    if number is not None and number < 0:
        verdict = Cell(message(below), state=State.STOP)
    elif number is not None and number >= HUNDRED:
        verdict = Cell(message(N_("even without sales")), state=State.PASSED)
    path = "sales.declared_monthly_sales" if found is None else first_path(found, "sales.declared_monthly_sales")
    return Row(path, (Cell(message(label)), cell, nothing, verdict, nothing))


class MixFields(QWidget):
    """`changed()` when a mix of one's own was typed."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, NumberField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(HALF)
        title = message(N_("Your own mix: what goes worse at the same time"))
        grid.addWidget(Text(speech, title, Kind.HINT, wrap=True, parent=self), 0, 0, 1, len(_MIXED))
        for place, (name, label) in enumerate(_MIXED):
            kind = NumberKind.INTEGER if name == "weak_months" else NumberKind.DECIMAL
            field = NumberField(speech, kind, parent=self)
            field.line.setFixedWidth(_FIELD)
            speech.name(field.line, message(label))
            field.edited.connect(self.changed)
            self.fields[name] = field
            grid.addWidget(Text(speech, message(label), Kind.HINT, wrap=True, parent=self), 1, place)
            grid.addWidget(field, 2, place)
            grid.setColumnStretch(place, 1)

    def mix(self) -> Mix | None:
        """What stands there; None while nothing does, or something cannot be."""
        sales, price, cost, rate, months = (_number(field) for field in self.fields.values())
        if sales is None or price is None or cost is None or rate is None or months is None:
            return None
        if not all(0 <= value <= _MOST for value in (sales, price, cost, rate)) or not 0 <= months <= _YEAR:
            return None
        mix = Mix(sales, price, cost, rate, int(months))
        return None if mix == Mix() else mix


def _number(field: NumberField) -> Decimal | None:
    text, _ = field.read()
    return None if text is None else Decimal(text or 0)
