"""Checks as rows of a table, what fails first; what a row says when it is opened."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.fact_places import FactPlace
from officer_app.credit.assessment import CheckResult, Unit, Verdict
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.links import FactLinks
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.quantities import quantity, waits_for

ORDER: Final = (Verdict.FAILED, Verdict.MISSING, Verdict.PASSED, Verdict.NOT_DONE)
VERDICTS: Final = {
    Verdict.FAILED: (State.STOP, N_("does not agree")),
    Verdict.MISSING: (State.CANNOT_TELL, N_("inputs missing")),
    Verdict.PASSED: (State.PASSED, N_("agrees")),
    Verdict.NOT_DONE: (State.NEUTRAL, N_("not done")),
}
COLUMNS: Final = (
    Column("check", message(N_("Check")), stretch=True),
    Column("told", message(N_("Told")), ColumnKind.MONEY, 88),
    Column("found", message(N_("Found")), ColumnKind.MONEY, 88),
    Column("deviation", message(N_("Deviation")), ColumnKind.MONEY, 104),
    Column("tolerance", message(N_("Tolerance")), ColumnKind.MONEY, 96),
    Column("verdict", message(N_("Verdict")), width=132),
)
_TENTH: Final = Decimal("0.1")
_SIGNED: Final = (Unit.PERCENT, Unit.POINTS)


def ordered(checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """What fails, what lacks inputs, what passes, what was not done: nothing is left out."""
    return tuple(sorted(checks, key=lambda check: ORDER.index(check.verdict)))


def row_of(check: CheckResult) -> Row:
    """One check."""
    state, word = VERDICTS[check.verdict]
    failed = check.verdict is Verdict.FAILED
    formula = check.formula
    return Row(
        check.id,
        (
            Cell(check.title, strong=failed),
            Cell(_shown(check.told, check.unit), check.told, tip=formula),
            Cell(_shown(check.found, check.unit), check.found, strong=failed, tip=formula),
            Cell(_deviation(check), check.deviation, strong=failed, tip=formula),
            Cell(_tolerance(check), check.tolerance, muted=True, tip=formula),
            Cell(message(word), state=state),
        ),
    )


def _shown(value: Decimal | None, unit: Unit) -> Sayable | None:
    if value is None:
        return None
    return quantity(value.quantize(Decimal(1)) if unit is Unit.MONEY else value, unit)


def _deviation(check: CheckResult) -> Sayable | None:
    if check.deviation is None:
        return None
    value = check.deviation.quantize(_TENTH) if check.deviation_unit is Unit.PERCENT else check.deviation
    shown = quantity(value, check.deviation_unit)
    if check.deviation_unit not in _SIGNED or value <= 0 or not isinstance(shown, Message):
        return shown
    return message(N_("+{deviation}"), deviation=shown)


def _tolerance(check: CheckResult) -> Sayable | None:
    if check.tolerance is None:
        return None
    shown = quantity(check.tolerance, check.deviation_unit)
    if check.deviation is None or check.deviation_unit not in _SIGNED or not isinstance(shown, Message):
        return shown
    return message(N_("±{limit}"), limit=shown)


class CheckDetails(QWidget):
    """Formula, sentence, what to ask next, and the facts it is made of; `wanted(ref)` leads to a question."""

    wanted = Signal(str)

    def __init__(
        self, speech: Speech, check: CheckResult, places: tuple[FactPlace, ...], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self.setProperty("ground", "ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(2 * SPACE, SPACE + HALF, 2 * SPACE, SPACE + HALF)
        self._column.setSpacing(HALF)
        self._say(N_("What it says"), _sentence(check))
        self._say(N_("How it is made"), check.formula)
        tolerance = _tolerance(check)
        if tolerance is not None:
            self._say(N_("Tolerance"), tolerance)
        if check.ask_next is not None and check.verdict is not Verdict.PASSED:
            self._say(N_("Ask next"), check.ask_next)
        self.links = FactLinks(speech, places, self)
        self.links.wanted.connect(self.wanted)
        self._column.addWidget(self.links)
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _say(self, title: str, words: Sayable) -> None:
        self._column.addWidget(Text(self._speech, message(title), Kind.SECTION, parent=self))
        self._column.addWidget(Text(self._speech, words, wrap=True, parent=self))
        self._column.addSpacing(HALF)


def _sentence(check: CheckResult) -> Sayable:
    if check.verdict in (Verdict.MISSING, Verdict.NOT_DONE) and check.missing:
        return waits_for(check.missing)
    return check.sentence


def places_wanted(check: CheckResult) -> tuple[str, ...]:
    """The facts to go to: what is missing first."""
    return tuple(dict.fromkeys((*check.missing, *check.paths)))
