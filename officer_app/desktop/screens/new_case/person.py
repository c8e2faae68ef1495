"""What the ID number says of its owner, and whether we know the person already."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.credit.identity import Identity
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import CaseItem

_WIDTH: Final = 272
_SEX: Final = {"male": message(N_("male")), "female": message(N_("female"))}


class PersonCard(QWidget):
    """Birth date, age, sex; other cases of the same number. `chosen(number)` for one of those."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedWidth(_WIDTH)
        self._speech = speech
        self._card = Card(parent=self)
        self._pill = Pill(speech, State.CANNOT_TELL, message(N_("No number yet")), self._card)
        self._said = Text(speech, None, wrap=True, parent=self._card)
        self._hint = Text(
            speech,
            message(N_("The check digit, the birth date and other cases of the same person show here at once.")),
            Kind.HINT,
            wrap=True,
            parent=self._card,
        )
        self._card.body.addWidget(Text(speech, message(N_("ID check")), Kind.SECTION, parent=self._card))
        self._card.body.addWidget(self._pill)
        self._card.body.addWidget(self._said)
        self._card.body.addWidget(self._hint)
        self._others = Card(State.LOOK, parent=self)
        self._others.hide()
        self._listed: list[QWidget] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 3 * SPACE, 0, 0)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._card)
        column.addWidget(self._others)

    def show_unknown(self) -> None:
        """Nothing can be said yet."""
        self._pill.show_state(State.CANNOT_TELL, message(N_("No number yet")))
        self._said.set_text(None)
        self._hint.show()
        self.show_others(())

    def show_wrong(self) -> None:
        """The number fails its check; why stands under its field."""
        self.show_unknown()
        self._pill.show_state(State.STOP, message(N_("The number is not valid")))

    def show_identity(self, found: Identity, today: date) -> None:
        """A valid number: what it says of its owner."""
        self._hint.hide()
        self._pill.show_state(State.PASSED, message(N_("The number is valid")))
        self._said.set_text(_told(found, today))

    def show_others(self, others: tuple[CaseItem, ...]) -> None:
        """Cases of the same person on this laptop."""
        for widget in self._listed:
            self._others.body.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        self._listed = []
        self._others.setVisible(bool(others))
        if not others:
            return
        title = message(N_("Other cases of this person: {count:count}"), count=len(others))
        self._add(Text(self._speech, title, Kind.STRONG, wrap=True, parent=self._others))
        for item in others:
            words = message(
                N_("{number} · {state}"), number=Verbatim(item.number), state=message(case_words.STATES[item.state])
            )
            button = Button(self._speech, words, Look.QUIET, parent=self._others)
            button.clicked.connect(partial(self.chosen.emit, item.number))
            self._add(button)
        hint = message(N_("A repeat client, or someone who borrows twice: look before you go on."))
        self._add(Text(self._speech, hint, Kind.HINT, wrap=True, parent=self._others))

    def other_count(self) -> int:
        """How many other cases are shown."""
        return sum(isinstance(widget, Button) for widget in self._listed)

    def verdict(self) -> str:
        """What the pill says."""
        return self._pill.text()

    def _add(self, widget: QWidget) -> None:
        self._listed.append(widget)
        self._others.body.setSpacing(HALF)
        self._others.body.addWidget(widget)


def _told(found: Identity, today: date) -> Message | None:
    if found.birth_date is None or found.sex is None:
        return message(N_("A social credit code: a company, not a person."))
    born = found.birth_date
    age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return message(N_("Born {born:date}, {age:count} years old, {sex}"), born=born, age=age, sex=_SEX[found.sex])
