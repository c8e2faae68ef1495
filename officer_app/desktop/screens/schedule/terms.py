"""What is laid out: amount, term, way of paying back, and another way beside it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.words import N_, message
from officer_app.credit.loanplans import AS_ASKED, WAYS, LoanPlan, Wish
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceCombo
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import Kind as NumberKind
from officer_app.desktop.widgets.number_field import NumberField
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.rows import FieldRow
from officer_app.desktop.widgets.side_by_side import SideBySide

NOTHING: Final = "nothing"
_LONGEST: Final = 600
_MOST: Final = Decimal(10) ** 12


class Terms(Card):
    """`changed()` when something else is to be laid out. Nothing here changes the case."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.amount = NumberField(speech, NumberKind.MONEY, parent=self)
        self.months = NumberField(speech, NumberKind.INTEGER, unit=message(N_("months")), parent=self)
        self.way = ChoiceCombo(speech, self)
        self.beside = ChoiceCombo(speech, self)
        ways = tuple(Option(key, message(words)) for key, words in WAYS.items())
        self.way.show_options(ways)
        self.beside.show_options((Option(NOTHING, message(N_("nothing beside it"))), *ways[1:]))
        rows = [
            _row(speech, field, label)
            for field, label in (
                (self.amount, N_("Amount")),
                (self.way, N_("Way of paying back")),
                (self.months, N_("Term")),
                (self.beside, N_("Beside it")),
            )
        ]
        self.body.addWidget(Text(speech, message(N_("Laid out")), Kind.SECTION, parent=self))
        self.body.addWidget(SideBySide(*rows, two_from=560, parent=self))
        hint = message(N_("For trying out: the case keeps what its questions say."))
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        for field in (self.amount, self.months, self.way, self.beside):
            field.committed.connect(self._told)
        self._touched = False
        self.begin()

    def begin(self) -> None:
        """Another case: as it asks, with equal principal beside it."""
        self._touched = False
        self.amount.turn_to("")
        self.months.turn_to("")
        self.way.turn_to(AS_ASKED)
        self.beside.turn_to("equal_principal")

    def show_plan(self, plan: LoanPlan) -> None:
        """Amount and term as the case has them, until somebody writes others."""
        if not self._touched:
            self.amount.turn_to(f"{plan.terms.principal.normalize():f}")
            self.months.turn_to(str(len(plan.rows)))

    def wish(self) -> Wish:
        """What is to be laid out; what is left blank is as the case has it."""
        if not self._touched:
            return Wish(way=self.way.value() or AS_ASKED)
        amount, months = _number(self.amount), _number(self.months)
        return Wish(
            amount if amount is not None and 0 < amount < _MOST else None,
            int(months) if months is not None and 0 < months <= _LONGEST else None,
            self.way.value() or AS_ASKED,
        )

    def other(self) -> str:
        """The way that is laid beside it, "" for none."""
        way = self.beside.value()
        return "" if way in (NOTHING, "") or way == self.way.value() else way

    def finish(self) -> None:
        """Keep what is being typed."""
        for field in (self.amount, self.months, self.way, self.beside):
            field.finish()

    def _told(self) -> None:
        if self.sender() in (self.amount, self.months):
            self._touched = bool(self.amount.value() or self.months.value())
        self.changed.emit()


def _row(speech: Speech, field: NumberField | ChoiceCombo, label: str) -> FieldRow:
    row = FieldRow(speech, field)
    row.show_words(message(label))
    row.stack()
    return row


def _number(field: NumberField) -> Decimal | None:
    text = field.value()
    return Decimal(text) if text else None
