"""Which cases: officer, branch, period, product, decision, how grave what was found is, exceptions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.choice import ChoiceCombo, ChoiceList
from officer_app.desktop.widgets.date_field import DateField
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import CheckRow, Option
from officer_app.desktop.widgets.page import Page
from officer_app.headoffice.sampling import Filter, Found

STATES: Final = {
    "submitted": N_("Submitted"),
    "approved": N_("Approved"),
    "approved_with_conditions": N_("With conditions"),
    "refused": N_("Refused"),
    "returned": N_("Returned"),
    "escalated": N_("With the next level"),
}
_FOUND: Final = {
    Found.CONTRADICTION: N_("any contradiction"),
    Found.UNEXPLAINED: N_("unexplained"),
    Found.REFUSING: N_("refusing flag"),
}
_WIDE: Final = 260


@dataclass(frozen=True, slots=True)
class Known:
    """What there is to choose from."""

    branches: tuple[str, ...] = ()
    officers: tuple[str, ...] = ()
    products: tuple[str, ...] = ()


class Filters(Page):
    """`changed()` as soon as any of them does."""

    changed = Signal()

    def __init__(self, speech: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent, surface=True)
        self._speech = speech
        every = message(N_("All"))
        self.branch, self.officer = ChoiceCombo(speech, hint=every), ChoiceCombo(speech, hint=every)
        self.product, self.state = ChoiceCombo(speech, hint=every), ChoiceCombo(speech, hint=every)
        self.state.show_options(tuple(Option(key, message(word)) for key, word in STATES.items()))
        self.found = ChoiceList(speech, stacked=True)
        self.found.show_options(tuple(Option(one.value, message(word)) for one, word in _FOUND.items()))
        self.since, self.until = DateField(speech, today), DateField(speech, today)
        self.exceptions = CheckRow(speech, message(N_("Approval passed over something")))
        self.clear = Button(speech, message(N_("Show all")), Look.QUIET, icon=Icon.FILTER)
        self.setFixedWidth(_WIDE)
        self._arrange()
        for field in self._fields():
            field.committed.connect(lambda _value: self.changed.emit())
        self.exceptions.toggled.connect(lambda _on: self.changed.emit())
        self.clear.clicked.connect(self.show_all)

    def show_known(self, known: Known) -> None:
        """What there is to choose from."""
        for field, names in (
            (self.branch, known.branches),
            (self.officer, known.officers),
            (self.product, known.products),
        ):
            field.show_options(tuple(Option(name, Verbatim(name)) for name in names))

    def which(self) -> Filter:
        """What is asked now."""
        for field in self._fields():
            field.finish()
        return Filter(
            branch=self.branch.value(),
            officer=self.officer.value(),
            product=self.product.value(),
            state=self.state.value(),
            since=_day(self.since),
            until=_day(self.until),
            found=Found(self.found.value()) if self.found.value() else None,
            exceptions=self.exceptions.isChecked(),
        )

    def show_all(self) -> None:
        """No filter at all."""
        self.blockSignals(True)
        for field in self._fields():
            field.turn_to("")
        self.exceptions.setChecked(False)
        self.blockSignals(False)
        self.changed.emit()

    def _fields(self) -> Iterable[Field]:
        return (self.branch, self.officer, self.product, self.state, self.since, self.until, self.found)

    def _arrange(self) -> None:
        speech = self._speech
        self.body.setContentsMargins(2 * SPACE, SPACE, SPACE, SPACE)
        self.body.setSpacing(SPACE)
        for name, field in (
            (N_("Branch"), self.branch),
            (N_("Officer"), self.officer),
            (N_("Product"), self.product),
            (N_("Decision"), self.state),
            (N_("Received from"), self.since),
            (N_("Received until"), self.until),
            (N_("Found at least"), self.found),
        ):
            part = QVBoxLayout()
            part.setSpacing(HALF)
            part.addWidget(Text(speech, message(name), Kind.SMALL))
            part.addWidget(field)
            speech.name(field.focusProxy() or field, message(name))
            nest(self.body, part)
        self.body.addWidget(self.exceptions)
        self.body.addWidget(self.clear)
        self.body.addStretch(1)


def _day(field: DateField) -> date | None:
    return date.fromisoformat(field.value()) if field.value() else None
