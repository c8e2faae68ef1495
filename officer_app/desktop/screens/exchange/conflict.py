"""Two versions of one case: what differs, field by field, and a person who says what stands."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.changes import Change
from officer_app.casework.conflicts import Conflict, Side
from officer_app.casework.fact_places import name_of
from officer_app.credit.vocabulary import spec_of
from officer_app.desktop.kit.case_words import fact_value
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.dossier.manifest import Manifest

_HERE: Final = message(N_("This laptop"))
_CAME: Final = message(N_("Arrived"))


class ConflictCard(Card):
    """The oldest conflict. `settled(arrival, stands, fields, reason)` when everything was said."""

    settled = Signal(str, str, object, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.STOP, parent=parent)
        self._speech = speech
        self._conflict: Conflict | None = None
        self._holder = QWidget(self)
        self.choices: dict[str, ChoiceList] = {}
        self.stands = self._one_of_two()
        self.reason = LineField(speech, message(N_("Why: whom you asked, what was seen")))
        self.settle = Button(speech, message(N_("This is how it stands")), Look.PRIMARY, icon=None)
        self._said = Text(speech, kind=Kind.ERROR, wrap=True)
        self.body.addWidget(self._holder)
        self.settle.clicked.connect(self._say_so)
        self.hide()

    def show_conflicts(self, conflicts: tuple[Conflict, ...]) -> None:
        """Show the oldest; none hides the card. The same one again leaves what was chosen alone."""
        first = conflicts[0] if conflicts else None
        if first is not None and self._conflict is not None and first.arrival == self._conflict.arrival:
            return
        self._conflict = first
        self._rebuild(len(conflicts))
        self.setVisible(first is not None)

    def _rebuild(self, count: int) -> None:
        for part in (self.stands, self.reason, self.settle, self._said):
            part.setParent(self)
            part.hide()
        self.body.removeWidget(self._holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = QWidget(self)
        self.choices = {}
        self._said.set_text(None)
        if self._conflict is not None:
            column = QVBoxLayout(self._holder)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(SPACE)
            self._fill(column, self._conflict, count)
        self.body.addWidget(self._holder)

    def _fill(self, column: QVBoxLayout, conflict: Conflict, count: int) -> None:
        speech = self._speech
        head = QHBoxLayout()
        title = message(N_("Cases in two versions: {count:count}. Say which one stands"), count=count)
        head.addWidget(Pill(speech, State.STOP, title))
        head.addStretch(1)
        nest(column, head)
        words = message(
            N_("{name}, {number}. Two laptops handed it over; both versions are kept, whatever you say."),
            name=Verbatim(conflict.here.applicant),
            number=Verbatim(conflict.here.case_number),
        )
        column.addWidget(Text(speech, words, Kind.STRONG, wrap=True))
        nest(column, self._table(conflict))
        if conflict.only_here or conflict.only_came:
            pictures = message(
                N_("Pictures: {here:count} only here, {came:count} only in the one that came."),
                here=conflict.only_here,
                came=conflict.only_came,
            )
            column.addWidget(Text(speech, pictures, Kind.MUTED, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(Text(speech, message(N_("As a whole stands"))))
        row.addWidget(self.stands, 1)
        nest(column, row)
        self.stands.show_value("")
        self.reason.turn_to("")
        last = QHBoxLayout()
        last.setSpacing(SPACE)
        last.addWidget(self.reason, 1)
        last.addWidget(self.settle)
        nest(column, last)
        column.addWidget(self._said)
        for part in (self.stands, self.reason, self.settle, self._said):
            part.show()

    def _table(self, conflict: Conflict) -> QGridLayout:
        speech, grid = self._speech, QGridLayout()
        grid.setHorizontalSpacing(2 * SPACE)
        grid.setVerticalSpacing(SPACE)
        heads = (
            message(N_("Field")),
            _told(_HERE, conflict.here),
            _told(_CAME, conflict.came),
            message(N_("Right is")),
        )
        for place, words in enumerate(heads):
            grid.addWidget(Text(speech, words, Kind.HINT, wrap=True), 0, place)
            grid.setColumnStretch(place, (2, 3, 3, 3)[place])
        for row, change in enumerate(conflict.differing, start=1):
            for place, told in enumerate(
                (_name(change), fact_value(change.path, change.before), fact_value(change.path, change.now))
            ):
                grid.addWidget(Text(speech, told, wrap=True), row, place)
            choice = self._one_of_two()
            speech.name(choice, _name(change))
            self.choices[change.path] = choice
            grid.addWidget(choice, row, 3)
        return grid

    def _one_of_two(self) -> ChoiceList:
        choice = ChoiceList(self._speech, stacked=False, parent=self)
        choice.show_options((Option(Side.HERE.value, _HERE), Option(Side.CAME.value, _CAME)))
        return choice

    def _say_so(self) -> None:
        if self._conflict is None:
            return
        fields = {path: choice.value() for path, choice in self.choices.items()}
        open_ones = [choice for choice in (*self.choices.values(), self.stands) if not choice.value()]
        reason = self.reason.line.text().strip()
        self.reason.set_wrong(not reason)
        if open_ones or not reason:
            self._said.set_text(message(N_("Choose in every row and as a whole, and say why.")))
            (open_ones[0] if open_ones else self.reason).setFocus()
            return
        self._said.set_text(None)
        sides = {path: Side(value) for path, value in fields.items()}
        self.settled.emit(str(self._conflict.arrival), self.stands.value(), sides, reason)


def _told(which: Sayable, manifest: Manifest) -> Sayable:
    return message(
        N_("{which}: {officer}, {at:moment}"),
        which=which,
        officer=Verbatim(manifest.officer.name),
        at=local_time(manifest.frozen_at),
    )


def _name(change: Change) -> Sayable:
    return name_of(change.path) if spec_of(change.path) is not None else Verbatim(change.path)
