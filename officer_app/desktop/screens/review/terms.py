"""Amount and term, by slider or by figure, with what they mean said at once."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSlider, QVBoxLayout, QWidget

from officer_app.base.numerals import amount_in_words
from officer_app.base.words import CHINESE, N_, Message, Sayable, Verbatim, message
from officer_app.casework.overrides import against, path_of
from officer_app.casework.review import Review
from officer_app.credit.figures import known
from officer_app.credit.offers import Offer, offer
from officer_app.credit.sizing import CAP_LABELS
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role
from officer_app.desktop.screens.review.path import level_words
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.plots.cashflow import month_name

_FIGURE: Final = 92
_STEP: Final = 1000
_LONGEST: Final = 36
Remark = tuple[Role | None, Sayable]


class Terms(QWidget):
    """`changed()` after every change."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._review: Review | None = None
        self._limit = Decimal(0)
        self.amount = NumberField(speech, NumberKind.INTEGER, parent=self)
        self.term = NumberField(speech, NumberKind.INTEGER, parent=self)
        self._money = _slider(self)
        self._months = _slider(self)
        self._remarks = QVBoxLayout()
        self._texts: list[Text] = []
        self._arrange()
        self._join(self.amount, self._money, _STEP)
        self._join(self.term, self._months, 1)
        speech.changed.connect(self._tell)

    def show_review(self, review: Review, limit: Decimal, amount: str, term: str) -> None:
        """Begin with a file: the supported amount over the term asked for, or what was typed before."""
        self._review, self._limit = review, limit
        supported = review.manifest.recommended_amount or Decimal(0)
        most = max(supported, review.manifest.requested_amount, Decimal(_STEP))
        self._money.setRange(1, int(most * Decimal("1.25")) // _STEP)
        self._months.setRange(1, max(_LONGEST, review.manifest.term_months or 0))
        self.amount.turn_to(amount or (str(int(supported)) if supported else ""))
        self.term.turn_to(term or str(review.manifest.term_months or ""))
        self._follow()
        self._tell()

    def money(self) -> Decimal | None:
        """The amount as it stands in its field."""
        return _number(self.amount)

    def months(self) -> int | None:
        """The term as it stands in its field."""
        found = _number(self.term)
        return int(found) if found is not None else None

    def wrong(self) -> tuple[Message, QWidget] | None:
        """Why this may not be signed, and where to mend it."""
        amount, months = self.money(), self.months()
        if amount is None or amount <= 0:
            return message(N_("the amount")), self.amount
        if amount > self._limit:
            return message(N_("an amount within your limit")), self.amount
        if self._review is not None and self._limit < path_of(self._review, amount).limit_from:
            return message(N_("a level that may decide this: pass it on")), self.amount
        if self._review is not None and self._limit < _overrides_from(self._review, amount):
            return message(N_("a level that may set rules aside: pass it on")), self.amount
        if months is None or not 0 < months <= 1200:
            return message(N_("the term")), self.term
        return None

    def finish(self) -> None:
        """Keep what is being typed."""
        self.amount.finish()
        self.term.finish()

    # --- inside ----------------------------------------------------------------------------------------------------

    def _tell(self) -> None:
        for text in self._texts:
            self._remarks.removeWidget(text)
            text.hide()
            text.deleteLater()
        self._texts = []
        for role, words in self._found():
            text = Text(self._speech, words, Kind.SMALL, wrap=True, parent=self)
            text.set_tone(role)
            self._remarks.addWidget(text)
            text.show()
            self._texts.append(text)

    def _found(self) -> list[Remark]:
        amount, months, review = self.money(), self.months(), self._review
        if review is None or amount is None or amount <= 0 or not months or months > 1200:
            return []
        found = offer(review.assessment, amount, months)
        return [
            *_in_words(amount, self._speech),
            *_against_limit(amount, self._limit),
            *_against_level(review, amount, self._limit),
            *_against_caps(found),
            *_against_request(amount, review),
            *_in_months(found),
        ]

    def _join(self, field: NumberField, slider: QSlider, step: int) -> None:
        def slid(place: int) -> None:
            field.turn_to(str(place * step))
            self._tell()
            self.changed.emit()

        def typed() -> None:
            self._follow()
            self._tell()
            self.changed.emit()

        slider.valueChanged.connect(slid)
        field.edited.connect(typed)
        field.committed.connect(typed)

    def _follow(self) -> None:
        """The sliders go where the figures are; figures between two steps stay as they were typed."""
        for slider, value in ((self._money, (self.money() or 0) // _STEP), (self._months, self.months() or 0)):
            slider.blockSignals(True)
            slider.setValue(int(value))
            slider.blockSignals(False)

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE)
        grid.setVerticalSpacing(HALF)
        rows = (
            (message(N_("Amount (yuan)")), self._money, self.amount),
            (message(N_("Term (months)")), self._months, self.term),
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


def _slider(parent: QWidget) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal, parent)
    # The figure beside it is what the keyboard goes to; the slider is for trying out by hand.
    slider.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
    slider.setMinimumSize(48, 40)
    return slider


def _number(field: NumberField) -> Decimal | None:
    text, _ = field.read()
    return Decimal(text) if text else None


def _in_words(amount: Decimal, speech: Speech) -> list[Remark]:
    return [(Role.MUTED, Verbatim(amount_in_words(amount, CHINESE)))] if speech.language == CHINESE else []


def _against_limit(amount: Decimal, limit: Decimal) -> list[Remark]:
    if amount <= limit:
        return []
    words = message(N_("Above your own limit of {limit:money}: approve less, or pass it on."), limit=limit)
    return [(Role.STOP, words)]


def _against_level(review: Review, amount: Decimal, limit: Decimal) -> list[Remark]:
    """Which level the policy gives this amount to, when it is not this one."""
    path = path_of(review, amount)
    if limit >= path.limit_from:
        return []
    words = message(N_("The policy gives this to the level: {level}."), level=level_words(path))
    return [(Role.STOP, words)]


def _overrides_from(review: Review, amount: Decimal) -> Decimal:
    return path_of(review, amount).overrides_from if against(review, amount) else Decimal(0)


def _against_caps(found: Offer) -> list[Remark]:
    if not found.above:
        return [(Role.PASSED, message(N_("Within every cap.")))]
    name = found.above[0]
    cap = known(found.caps[name])
    over = found.amount - cap if cap is not None else None
    words = message(
        N_("{over:money} above what can be supported: {cap} allows {most:money}."),
        over=over.quantize(Decimal(1)) if over is not None else None,
        cap=message(CAP_LABELS[name]),
        most=cap.quantize(Decimal(1)) if cap is not None else None,
    )
    return [(Role.LOOK, words)]


def _against_request(amount: Decimal, review: Review) -> list[Remark]:
    if amount <= review.manifest.requested_amount:
        return []
    return [(Role.LOOK, message(N_("More than was asked for.")))]


def _in_months(found: Offer) -> list[Remark]:
    remarks: list[Remark] = []
    instalment = known(found.instalment)
    if instalment is not None:
        remarks.append((None, message(N_("Instalment {amount:money} a month."), amount=instalment)))
    if found.lowest is not None:
        closing = found.lowest.closing.quantize(Decimal(1))
        words = message(N_("Lowest month: {month}, {amount:money}."), month=month_name(found.lowest), amount=closing)
        remarks.append((Role.STOP if closing < 0 else None, words))
    return remarks
