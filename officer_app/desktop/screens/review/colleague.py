"""Handing a case to a colleague: who goes on with it, and why. Folded until it is wanted."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.text_field import LineField
from officer_app.trust.certificates import Person

_WHAT: Final = N_(
    "For an officer who left or is away for long. With the next exchange the case, its answers and its pictures "
    "are the colleague's. Choose who, and say why."
)


class ColleagueCard(Card):
    """`handed(Person, reason)` when the manager hands the case on."""

    handed = Signal(object, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._people: tuple[Person, ...] = ()
        self._head = Text(speech, message(N_("Hand the case to a colleague")), Kind.SECTION)
        self.open = Button(speech, message(N_("Hand the case to a colleague")), Look.QUIET, icon=Icon.PERSON)
        self._hint = Text(speech, message(_WHAT), Kind.HINT, wrap=True)
        self.who = ChoiceList(speech)
        self.reason = LineField(speech, message(N_("Why the case changes hands")))
        self.hand = Button(speech, message(N_("Sign and hand it over")))
        self.body.setSpacing(SPACE)
        self.body.addWidget(self.open, 0, Qt.AlignmentFlag.AlignLeft)
        for part in (self._head, self._hint, self.who, self.reason):
            self.body.addWidget(part)
        self.body.addWidget(self.hand, 0, Qt.AlignmentFlag.AlignLeft)
        speech.name(self.reason.line, message(N_("Why the case changes hands")))
        self.open.clicked.connect(self._unfold)
        self.reason.line.textChanged.connect(self._able)
        self.who.committed.connect(self._able)
        self.hand.clicked.connect(self._hand)
        self._fold()

    def show_colleagues(self, people: tuple[Person, ...]) -> None:
        """Who may go on with the file that is open; without anybody there is nothing to choose."""
        self._people = people
        self.who.show_options(tuple(Option(one.id, Verbatim(one.name)) for one in people))
        self.who.show_value(people[0].id if len(people) == 1 else "")
        self.reason.turn_to("")
        self._fold()
        self.setVisible(bool(people))

    def _fold(self) -> None:
        for part in (self._head, self._hint, self.who, self.reason, self.hand):
            part.hide()
        self.open.show()

    def _unfold(self) -> None:
        for part in (self._head, self._hint, self.who, self.reason, self.hand):
            part.show()
        self.open.hide()
        self._able()
        self.reason.line.setFocus()

    def _able(self, _what: object = None) -> None:
        self.hand.setEnabled(bool(self.who.value()) and bool(self.reason.line.text().strip()))

    def _hand(self) -> None:
        chosen = next((one for one in self._people if one.id == self.who.value()), None)
        if chosen is not None:
            self.handed.emit(chosen, self.reason.line.text().strip())
