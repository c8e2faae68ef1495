"""The decision page: asked, supported, what does not fit, caps, cash flow, checks. Red before green."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.review import Review, ReviewedContradiction
from officer_app.credit.assessment import Assessment, CheckResult, Unit, Verdict
from officer_app.credit.figures import known
from officer_app.credit.sizing import CAP_LABELS
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.plot import PlotCanvas
from officer_app.desktop.widgets.side_by_side import SideBySide
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.plots.caps import caps
from officer_app.plots.cashflow import cash_flow
from officer_app.plots.primitives import Drawing

Make = Callable[[Assessment, float, float], Drawing | None]

_EXITS = {
    "stands": (State.STOP, N_("Stands unexplained")),
    "explained": (State.LOOK, N_("Explained")),
    "corrected": (State.PASSED, N_("Corrected")),
    "open": (State.STOP, N_("Open")),
}
_VERDICTS = {
    Verdict.FAILED: (State.STOP, 0),
    Verdict.MISSING: (State.CANNOT_TELL, 1),
    Verdict.PASSED: (State.PASSED, 2),
    Verdict.NOT_DONE: (State.CANNOT_TELL, 3),
}
_MONEY_PLACES = {Unit.MONEY: "{x:money}", Unit.PERCENT: "{x:percent}", Unit.POINTS: "{x:points}"}


class DecisionPage(Page):
    """Everything needed to decide, in one look and one scroll."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._holder: QWidget | None = None

    def show_review(self, review: Review) -> None:
        """Show a file."""
        if self._holder is not None:
            self._holder.hide()
            self._holder.deleteLater()
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._sums(review))
        for one in sorted(review.contradictions, key=lambda one: (one.standing != "stands", not one.severe)):
            column.addWidget(self._contradiction(one))
        column.addWidget(
            SideBySide(
                self._plot(message(N_("Caps: the lowest one binds")), review.assessment, caps_of),
                self._plot(message(N_("Cash at month's end")), review.assessment, flow_of),
            )
        )
        column.addWidget(self._checks(review.assessment))
        column.addStretch(1)
        self.body.addWidget(self._holder)
        self.verticalScrollBar().setValue(0)

    def _sums(self, review: Review) -> QWidget:
        card = Card()
        grid = QGridLayout()
        grid.setHorizontalSpacing(4 * SPACE)
        grid.setVerticalSpacing(2)
        for place, (title, amount, below) in enumerate(_sums(review)):
            grid.addWidget(Text(self._speech, title, Kind.SECTION), 0, place)
            grid.addWidget(Text(self._speech, amount, Kind.NUMBER), 1, place)
            grid.addWidget(Text(self._speech, below, Kind.HINT, wrap=True), 2, place)
            grid.setColumnStretch(place, 1)
        card.body.addLayout(grid)
        return card

    def _contradiction(self, one: ReviewedContradiction) -> QWidget:
        state, word = _EXITS.get(one.standing, (State.STOP, N_("Open")))
        card = Card(state)
        card.body.addWidget(Pill(self._speech, state, message(word)))
        card.body.addWidget(Text(self._speech, one.sentence, Kind.STRONG, wrap=True))
        if one.explanation:
            said = message(N_("The officer writes: {words}"), words=one.explanation)
            card.body.addWidget(Text(self._speech, said, Kind.SMALL, wrap=True))
        return card

    def _plot(self, title: Message, assessment: Assessment, make: Make) -> QWidget:
        card = Card()
        card.body.addWidget(Text(self._speech, title, Kind.SECTION))
        canvas = PlotCanvas(self._speech)
        canvas.show_plot(lambda width, em: make(assessment, width, em))
        card.body.addWidget(canvas)
        return card

    def _checks(self, assessment: Assessment) -> QWidget:
        table = Statement(
            self._speech,
            (
                Column("check", message(N_("Check")), stretch=True),
                Column("told", message(N_("Told")), ColumnKind.TEXT, 110),
                Column("found", message(N_("Found")), ColumnKind.TEXT, 110),
                Column("apart", message(N_("Deviation")), ColumnKind.TEXT, 100),
                Column("verdict", message(N_("Verdict")), width=120),
            ),
        )
        ordered = sorted(assessment.checks, key=lambda check: _VERDICTS[check.verdict][1])
        table.show_rows(tuple(_check_row(check) for check in ordered))
        return table


def caps_of(assessment: Assessment, width: float, em: float) -> Drawing | None:
    """The caps as a drawing."""
    return caps(assessment, width=width, em=em)


def flow_of(assessment: Assessment, width: float, em: float) -> Drawing | None:
    """The months as a drawing."""
    return cash_flow(assessment, width=width, em=em)


def _sums(review: Review) -> tuple[tuple[Message, Sayable, Sayable], ...]:
    manifest, capacity = review.manifest, review.assessment.capacity
    cap = review.assessment.sizing.binding_cap
    bound = message(CAP_LABELS[cap]) if isinstance(cap, str) else message(N_("Cannot tell"))
    instalment = known(capacity.instalment)
    return (
        (
            message(N_("Asked for")),
            _money(manifest.requested_amount),
            message(N_("{months:count} months"), months=manifest.term_months or 0),
        ),
        (message(N_("Can be supported")), _money(manifest.recommended_amount), bound),
        (
            message(N_("Instalment a month")),
            _money(instalment),
            message(N_("Grade {grade}"), grade=manifest.grade),
        ),
    )


def _money(amount: Decimal | None) -> Message:
    return message("{amount:money}", amount=amount) if amount is not None else message("—")


def _check_row(check: CheckResult) -> Row:
    state, _ = _VERDICTS[check.verdict]
    word = message(N_("Not done")) if check.verdict is Verdict.NOT_DONE else None
    return Row(
        check.id,
        (
            Cell(check.title, tip=check.sentence),
            Cell(_shown(check.told, check.unit)),
            Cell(_shown(check.found, check.unit)),
            Cell(_shown(check.deviation, check.deviation_unit)),
            Cell(word, state=state),
        ),
    )


def _shown(value: Decimal | None, unit: Unit) -> Message:
    if value is None:
        return message("—")
    return message(_MONEY_PLACES.get(unit, "{x:ratio}"), x=value)
