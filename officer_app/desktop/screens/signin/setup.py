"""The first run: try the demo, or set this laptop up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE, Type, font
from officer_app.desktop.screens.signin.sheet import FaultCard, Sheet, labelled
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import CheckRow, Option
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
_SETUP: Final = message(N_("Your name, a password, then the enrolment with your head office by two small files."))


class SetUp(Sheet):
    """Who works here, with which passphrase. `made(Newcomer)` once the recovery code is written down; `back()`."""

    made = Signal(object)
    back = Signal()

    def __init__(self, appearance: Appearance, recovery_code: str, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        speech = self.speech
        self._code = recovery_code
        self.name = LineField(speech, message(N_("As on your ID card")))
        self.login = LineField(speech, message(N_("Short, for signing in")))
        self.role = ChoiceList(speech)
        self.role.show_options(ROLES)
        self.role.show_value("officer")
        self.first = PassphraseBox(speech, message(N_("At least 8 characters; a short sentence is best")), self)
        self.second = PassphraseBox(speech, message(N_("The same again")), self)
        self.fault = FaultCard(speech, self)
        self.written = CheckRow(speech, message(N_("I have written the recovery code down")), self)
        self.go_on = Button(speech, message(N_("Go on")), Look.PRIMARY, parent=self)
        self.finish = Button(speech, message(N_("Set up")), Look.PRIMARY, icon=Icon.CHECK, parent=self)
        self._form, self._code_page = QWidget(self), QWidget(self)
        self._arrange()
        self.go_on.clicked.connect(self._check)
        self.second.entered.connect(self._check)
        self.finish.clicked.connect(self._make)
        self.written.toggled.connect(self.finish.setEnabled)

    def show_fault(self, fault: Fault) -> None:
        """Why it came to nothing; everything typed stays."""
        self._turn_to(self._form if fault.code in _OF_THE_FORM else self._code_page)
        self.finish.setEnabled(self.written.isChecked())
        self.fault.show_fault(fault)

    def show_busy(self) -> None:
        """It is being made."""
        self.fault.hide()
        self.finish.setEnabled(False)

    def _check(self) -> None:
        self.name.finish()
        self.login.finish()
        why = self._lacking()
        if why is not None:
            self.fault.say(why)
            return
        self.fault.hide()
        self._turn_to(self._code_page)
        self.written.setFocus()

    def _lacking(self) -> Sayable | None:
        if not self.name.value().strip() or not self.login.value().strip():
            return message(N_("Name and sign-in name are needed."))
        if len(self.first.passphrase()) < _LEAST:
            return Fault(Code.PASSPHRASE_SHORT, least=_LEAST).remedy
        if self.first.passphrase() != self.second.passphrase():
            return message(N_("The two passwords differ. Type both again."))
        return None

    def _make(self) -> None:
        newcomer = Newcomer(
            self.name.value().strip(),
            self.login.value().strip(),
            self.role.value() or "officer",
            self.first.passphrase(),
            self._code,
        )
        self.show_busy()
        self.made.emit(newcomer)

    def _turn_to(self, page: QWidget) -> None:
        self._form.setVisible(page is self._form)
        self._code_page.setVisible(page is self._code_page)

    def _arrange(self) -> None:
        speech = self.speech
        self.body.addWidget(Text(speech, message(N_("Set this laptop up")), Kind.HEAD, parent=self))
        form = QVBoxLayout(self._form)
        form.setContentsMargins(0, 0, 0, 0)
        form.setSpacing(SPACE)
        for words, field in (
            (message(N_("Your name")), self.name),
            (message(N_("Sign-in name")), self.login),
            (message(N_("What you do")), self.role),
            (message(N_("Password")), self.first),
            (message(N_("Password again")), self.second),
        ):
            nest(form, labelled(speech, words, field, self._form))
        nest(form, self._foot_row(self.go_on))
        self._arrange_code()
        self.body.addWidget(self._form)
        self.body.addWidget(self._code_page)
        self.body.addWidget(self.fault)
        self._turn_to(self._form)
        self.setFocusProxy(self.name)

    def _foot_row(self, button: Button) -> QHBoxLayout:
        row = QHBoxLayout()
        back = Button(self.speech, message(N_("Back")), Look.QUIET, parent=self)
        back.clicked.connect(self.back)
        row.addWidget(button)
        row.addStretch(1)
        row.addWidget(back)
        return row

    def _arrange_code(self) -> None:
        page = QVBoxLayout(self._code_page)
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(SPACE)
        why = message(
            N_(
                "If the password is ever forgotten, this code alone opens your data. It is shown once: "
                "write it on paper and keep it at the branch, away from the laptop."
            )
        )
        page.addWidget(Text(self.speech, why, wrap=True, parent=self._code_page))
        card = Card(parent=self._code_page)
        half = len(self._code) // 2
        shown = f"{self._code[:half].rstrip('-')}\n{self._code[half:].lstrip('-')}"
        code = Text(self.speech, Verbatim(shown), parent=card)
        code.setFont(font(Type.HEAD, bold=True))
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(code)
        page.addWidget(card)
        page.addWidget(self.written)
        self.finish.setEnabled(False)
        nest(page, self._foot_row(self.finish))


_LEAST: Final = 8
_OF_THE_FORM: Final = frozenset({Code.PASSPHRASE_SHORT, Code.USER_EXISTS})


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
