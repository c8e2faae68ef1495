"""Another amount, another term: tried out by slider or by figure, with what they mean said at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import HUNDRED, known
from officer_app.credit.offers import Offer, offer
from officer_app.credit.sizing import CAP_LABELS
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.plots.cashflow import month_name

Remark = tuple[Role | None, Sayable]
LONGEST: Final = 1200  # months of a term that anyone can mean

_FIGURE: Final = 92
_STEP: Final = 1000
_USUAL_MONTHS: Final = 36
_MORE: Final = Decimal("1.25")
_WHOLE: Final = Decimal(1)
_TENTH: Final = Decimal("0.1")


class CounterOffer(QWidget):
    """`changed()` after every change; `found` is then what the amount and the term mean."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._assessment: Assessment | None = None
        self.found: Offer | None = None
        self.amount = NumberField(speech, NumberKind.INTEGER, parent=self)
        self.term = NumberField(speech, NumberKind.INTEGER, parent=self)
        self.amount_slider = _slider(self)
        self.term_slider = _slider(self)
        self._remarks = QVBoxLayout()
        self._texts: list[Text] = []
        self._arrange()
        self._join(self.amount, self.amount_slider, _STEP)
        self._join(self.term, self.term_slider, 1)
        speech.changed.connect(self.tell)

    # --- data in and out -------------------------------------------------------------------------------------------

    def show_offer(self, assessment: Assessment, most: Decimal, amount: str, term: str) -> None:
        """Begin with an amount over a term; the sliders go a little further than `most` and the term asked for."""
        self._assessment = assessment
        asked = known(assessment.facts.application.term_months)
        top = int(max(most, Decimal(_STEP)) * _MORE) // _STEP
        self._range(self.amount_slider, top)
        self._range(self.term_slider, max(_USUAL_MONTHS, int(asked or 0)))
        self.amount.turn_to(amount)
        self.term.turn_to(term)
        self._follow()
        self.tell()

    def show_assessment(self, assessment: Assessment) -> None:
        """The facts have changed under what is being tried out."""
        self._assessment = assessment
        self.tell()

    def money(self) -> Decimal | None:
        """The amount as it stands in its field."""
        return _number(self.amount)

    def months(self) -> int | None:
        """The term as it stands in its field."""
        found = _number(self.term)
        return int(found) if found is not None else None

    def finish(self) -> None:
        """Keep what is being typed."""
        self.amount.finish()
        self.term.finish()

    def tell(self) -> None:
        """Work it out again and say it."""
        self.found = self._worked_out()
        remarks = self.remarks(self.found) if self.found is not None else []
        while len(self._texts) < len(remarks):
            text = Text(self._speech, None, Kind.SMALL, wrap=True, parent=self)
            self._remarks.addWidget(text)
            self._texts.append(text)
        for place, text in enumerate(self._texts):
            role, words = remarks[place] if place < len(remarks) else (None, None)
            text.set_text(words)
            text.set_tone(role)

    def remarks(self, found: Offer) -> list[Remark]:
        """What is said of an offer, the gravest first."""
        return [*against_caps(found), *in_months(found), *in_falls(found)]

    # --- inside ----------------------------------------------------------------------------------------------------

    def _worked_out(self) -> Offer | None:
        amount, months = self.money(), self.months()
        if self._assessment is None or amount is None or amount <= 0 or not months or not 0 < months <= LONGEST:
            return None
        return offer(self._assessment, amount, months)

    def _join(self, field: NumberField, slider: QSlider, step: int) -> None:
        def slid(place: int) -> None:
            field.turn_to(str(place * step))
            self.tell()
            self.changed.emit()

        def typed() -> None:
            self._follow()
            self.tell()
            self.changed.emit()

        slider.valueChanged.connect(slid)
        field.edited.connect(typed)
        field.committed.connect(typed)

    def _follow(self) -> None:
        """The sliders go where the figures are; figures between two steps stay as they were typed."""
        values = ((self.amount_slider, (self.money() or 0) // _STEP), (self.term_slider, self.months() or 0))
        for slider, value in values:
            slider.blockSignals(True)
            slider.setValue(int(min(value, slider.maximum())))
            slider.blockSignals(False)

    def _range(self, slider: QSlider, most: int) -> None:
        slider.blockSignals(True)
        slider.setRange(1, max(most, 1))
        slider.blockSignals(False)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(HALF)
        rows = (
            (message(N_("Amount (yuan)")), self.amount_slider, self.amount),
            (message(N_("Term (months)")), self.term_slider, self.term),
        )
        for row, (name, slider, field) in enumerate(rows):
            grid.addWidget(Text(self._speech, name, Kind.HINT, wrap=True, parent=self), row, 0)
            grid.addWidget(slider, row, 1)
            grid.addWidget(field, row, 2)
            field.line.setFixedWidth(_FIGURE)
            self._speech.name(field.line, name)
            self._speech.name(slider, name)
        grid.setColumnMinimumWidth(0, 52)
        grid.setColumnStretch(1, 1)
        self._remarks.setSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        nest(column, grid)
        nest(column, self._remarks)
        column.addStretch(1)


def _slider(parent: QWidget) -> QSlider:
    """By hand, or by arrow and page keys: a thousand yuan or a month at a step, ten at a page."""
    slider = QSlider(Qt.Orientation.Horizontal, parent)
    slider.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    slider.setSingleStep(1)
    slider.setPageStep(10)
    slider.setMinimumSize(48, 40)
    return slider


def _number(field: NumberField) -> Decimal | None:
    text, _ = field.read()
    return Decimal(text) if text else None


def against_caps(found: Offer) -> list[Remark]:
    """Which cap is passed and by how much, or which one decides."""
    if found.above:
        name = found.above[0]
        cap = dict(found.limits)[name]
        words = message(
            N_("{over:money} above what can be supported: {cap} allows {most:money}."),
            over=(found.amount - cap).quantize(_WHOLE),
            cap=message(CAP_LABELS[name]),
            most=cap.quantize(_WHOLE),
        )
        return [(Role.LOOK, words)]
    if found.binding is None or found.most is None:
        return [(None, message(N_("Not every cap is known yet.")))]
    words = message(
        N_("Within every cap; over this term {cap} decides, up to {most:money}."),
        cap=message(CAP_LABELS[found.binding]),
        most=found.most,
    )
    return [(Role.PASSED, words)]


def in_months(found: Offer) -> list[Remark]:
    """What it takes a month, and the month in which the least is left."""
    remarks: list[Remark] = []
    instalment, share, dscr = known(found.instalment), known(found.to_disposable), known(found.dscr)
    if instalment is not None:
        remarks.append((None, message(N_("Instalment {amount:money} a month."), amount=instalment)))
    if share is not None and dscr is not None:
        words = message(
            N_("Takes {share:percent} of what is left a month; debt service cover {dscr:ratio}."),
            share=share * HUNDRED,
            dscr=dscr,
        )
        remarks.append((None, words))
    if found.lowest is not None:
        closing = found.lowest.closing.quantize(_WHOLE)
        words = message(N_("Lowest month: {month}, {amount:money}."), month=month_name(found.lowest), amount=closing)
        remarks.append((Role.STOP if closing < 0 else None, words))
    return remarks


def in_falls(found: Offer) -> list[Remark]:
    """By how much sales may fall before the instalment is not covered."""
    fall = known(found.break_even_percent)
    if fall is None:
        return []
    if fall < 0:
        return [(Role.STOP, message(N_("The instalment is not covered even by the sales there are.")))]
    if fall >= HUNDRED:
        return [(None, message(N_("The instalment is covered even without any sales.")))]
    return [(None, message(N_("Covered until sales fall by {fall:percent}."), fall=fall.quantize(_TENTH)))]
