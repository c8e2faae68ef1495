"""The first run: try the demo, or set this laptop up; and the way back in with the recovery code."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.signin.sheet import FaultCard, Sheet
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import LineField

ROLES: Final = (
    Option("officer", message(N_("Loan officer"))),
    Option("second_officer", message(N_("Accompanying officer"))),
    Option("manager", message(N_("Branch manager"))),
    Option("reviewer", message(N_("Reviewer"))),
    Option("head_office", message(N_("Head office"))),
    Option("auditor", message(N_("Auditor"))),
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Who shall work on this laptop."""

    name: str
    login: str
    role: str
    passphrase: str
    recovery_code: str


class Welcome(Sheet):
    """No data folder yet: two ways on. `demo_wanted()`, `setup_wanted()`."""

    demo_wanted = Signal()
    setup_wanted = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        speech = self.speech
        self.demo = Button(speech, message(N_("Try the demo")), Look.PRIMARY, parent=self)
        self.setup = Button(speech, message(N_("Set this laptop up")), parent=self)
        self.fault = FaultCard(speech, self)
        self.body.addWidget(Text(speech, message(N_("Welcome")), Kind.HEAD, parent=self))
        hint = message(N_("There are no data on this laptop yet."))
        self.body.addWidget(Text(speech, hint, Kind.MUTED, wrap=True, parent=self))
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._card(_DEMO, self.demo))
        self.body.addWidget(self._card(_SETUP, self.setup))
        self.body.addWidget(self.fault)
        self.demo.clicked.connect(self.demo_wanted)
        self.setup.clicked.connect(self.setup_wanted)
        self.setFocusProxy(self.demo)
        self.set_help("first_run")

    def _card(self, words: Sayable, button: Button) -> Card:
        card = Card(parent=self)
        card.body.addWidget(Text(self.speech, words, wrap=True, parent=card))
        row = QHBoxLayout()
        row.addWidget(button)
        row.addStretch(1)
        nest(card.body, row)
        return card


_DEMO: Final = message(
    N_("A made-up institution with an officer, a manager and head office. Nothing in it is real; try everything.")
)
_SETUP: Final = message(
    N_("Step by step: who you are, a password, the enrolment with your head office. You can stop and go on later.")
)


_LEAST: Final = 8


class Recovery(Sheet):
    """The recovery code and a new passphrase. `given(login, code, passphrase)`; `back()`."""

    given = Signal(str, str, str)
    back = Signal()

    def __init__(self, appearance: Appearance, logins: tuple[str, ...], parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        speech = self.speech
        self.who = ChoiceList(speech)
        self.who.show_options(tuple(Option(login, Verbatim(login)) for login in logins))
        self.who.show_value(logins[0] if logins else "")
        self.code = LineField(speech, Verbatim("AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA-AAAA"))
        self.first = PassphraseBox(speech, message(N_("At least 8 characters; a short sentence is best")), self)
        self.second = PassphraseBox(speech, message(N_("The same again")), self)
        self.fault = FaultCard(speech, self)
        self.button = Button(speech, message(N_("Open with the recovery code")), Look.PRIMARY, parent=self)
        self._arrange()
        self.button.clicked.connect(self._give)
        self.who.left.connect(self.code.setFocus)
        self.code.left.connect(self.first.setFocus)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self._give)

    def show_fault(self, fault: Fault) -> None:
        """Why it did not open."""
        self.button.setEnabled(True)
        self.fault.show_fault(fault)

    def _give(self) -> None:
        self.code.finish()
        if len(self.first.passphrase()) < _LEAST:
            self.fault.say(Fault(Code.PASSPHRASE_SHORT, least=_LEAST).remedy)
        elif self.first.passphrase() != self.second.passphrase():
            self.fault.say(message(N_("The two passwords differ. Type both again.")))
        else:
            self.fault.hide()
            self.button.setEnabled(False)
            self.given.emit(self.who.value(), self.code.value(), self.first.passphrase())

    def _arrange(self) -> None:
        speech = self.speech
        self.body.addWidget(Text(speech, message(N_("Forgotten the password?")), Kind.HEAD, parent=self))
        why = message(
            N_("The recovery code opens your data. Your signing keys cannot be saved this way: you enrol again.")
        )
        self.body.addWidget(Text(speech, why, Kind.MUTED, wrap=True, parent=self))
        for words, field in (
            (message(N_("Whose")), self.who),
            (message(N_("Recovery code")), self.code),
            (message(N_("New password")), self.first),
            (message(N_("Password again")), self.second),
        ):
            nest(self.body, labelled(speech, words, field, self))
        self.body.addWidget(self.fault)
        row = QHBoxLayout()
        back = Button(speech, message(N_("Back")), Look.QUIET, parent=self)
        back.clicked.connect(self.back)
        row.addWidget(self.button)
        row.addStretch(1)
        row.addWidget(back)
        nest(self.body, row)
        self.setFocusProxy(self.code)
