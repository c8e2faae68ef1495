"""The first steps, before there is a vault: language, what one does, who one is, password, recovery code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, N_, Sayable, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import Type, font
from officer_app.desktop.screens.signin.setup import ROLES, Newcomer
from officer_app.desktop.screens.signin.stepping import Step, Stepping
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.options import CheckRow, Option
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.trust.strength import Strength, strength

_LEAST: Final = 8
_STRENGTHS: Final[Mapping[Strength, tuple[State, Sayable, Sayable]]] = {
    Strength.SHORT: (State.STOP, message(N_("too short")), message(N_("At least 8 characters."))),
    Strength.WEAK: (
        State.LOOK,
        message(N_("weak")),
        message(
            N_("Easily guessed. Several words that do not belong together are better, and easy to keep in mind.")
        ),
    ),
    Strength.FAIR: (State.CANNOT_TELL, message(N_("fair")), message(N_("It will do. One more word makes it good."))),
    Strength.GOOD: (State.PASSED, message(N_("good")), message(N_("Good. It is stored nowhere: keep it in mind."))),
}
_DOES: Final[Mapping[str, str]] = {
    "officer": N_("You visit customers, fill in the checklist and hand the case file over."),
    "second_officer": N_("You go along on visits and sign on the officer's laptop."),
    "manager": N_("You decide on case files, within your limit, without a network."),
    "reviewer": N_("You give an opinion on case files before somebody decides."),
    "head_office": N_("You take in case files of all branches, enrol people and publish policy and checklists."),
    "auditor": N_("You read what head office has, draw samples and open evidence; you change nothing."),
}


class Beginning(Stepping):
    """`made(Newcomer)` once the recovery code is written down; `reached(dict)` whenever a step is done, to be kept.

    What is kept holds no password and no code: whoever comes back begins at the password again.
    """

    made = Signal(object)
    reached = Signal(object)

    def __init__(
        self,
        appearance: Appearance,
        recovery_code: str,
        kept: Mapping[str, str] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(appearance, parent)
        speech = self.speech
        self._code = recovery_code
        self.language = ChoiceList(speech, stacked=True)
        self.role = ChoiceList(speech, stacked=True)
        self._does = Text(speech, kind=Kind.MUTED, wrap=True)
        self.name = LineField(speech, message(N_("As on your ID card")))
        self.login = LineField(speech, message(N_("Short, for signing in")))
        self.first = PassphraseBox(speech, message(N_("At least 8 characters; a short sentence is best")))
        self.second = PassphraseBox(speech, message(N_("The same again")))
        self._strength, self._advice = Pill(speech), Text(speech, kind=Kind.HINT, wrap=True)
        self.written = CheckRow(speech, message(N_("I have written the recovery code down")))
        self._arrange()
        self._connect()
        self._take(kept or {})

    # --- Stepping --------------------------------------------------------------------------------------------------

    def lacking(self, step: str) -> Sayable | None:
        for field in (self.name, self.login):
            field.finish()
        if step == "role" and not self.role.value():
            return message(N_("Choose what you do."))
        if step == "who" and not (self.name.value().strip() and self.login.value().strip()):
            return message(N_("Name and sign-in name are needed."))
        if step == "password":
            return self._wrong_password()
        if step == "code" and not self.written.isChecked():
            return message(N_("Write the code down first; it is shown this once."))
        return None

    def shown(self, step: str) -> None:
        self.reached.emit(
            {
                "step": step,
                "role": self.role.value(),
                "name": self.name.line.text().strip(),
                "login": self.login.line.text().strip(),
            }
        )
        last = step == self.path()[-1]
        self.go_on.set_text(message(N_("Set up")) if last else message(N_("Go on")))

    def over(self) -> None:
        newcomer = Newcomer(
            self.name.value().strip(),
            self.login.value().strip(),
            self.role.value() or "officer",
            self.first.passphrase(),
            self._code,
        )
        self.fault.hide()
        self.go_on.setEnabled(False)
        self.made.emit(newcomer)

    def show_fault(self, fault: Fault) -> None:
        """Why it came to nothing; everything typed stays."""
        self.go_on.setEnabled(True)
        if fault.code in _OF_A_STEP:
            self.turn_to(_OF_A_STEP[fault.code])
        self.fault.show_fault(fault)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _wrong_password(self) -> Sayable | None:
        if len(self.first.passphrase()) < _LEAST:
            return Fault(Code.PASSPHRASE_SHORT, least=_LEAST).remedy
        if self.first.passphrase() != self.second.passphrase():
            return message(N_("The two passwords differ. Type both again."))
        return None

    def _take(self, kept: Mapping[str, str]) -> None:
        self.role.show_value(kept.get("role", ""))
        self.name.show_value(kept.get("name", ""))
        self.login.show_value(kept.get("login", ""))
        self._say_role()
        step = kept.get("step", "")
        # A code that nobody saw again was never written down: a new one belongs to a new password.
        self.turn_to("password" if step == "code" else step)

    def _say_role(self, _value: str = "") -> None:
        does = _DOES.get(self.role.value())
        self._does.set_text(message(does) if does else message(N_("Head office grants this when it enrols you.")))
        if self.step == "role":
            self.refit()

    def _judge(self) -> None:
        typed = self.first.passphrase()
        state, word, advice = _STRENGTHS[strength(typed, (self.name.line.text(), self.login.line.text()))]
        self._strength.setVisible(bool(typed))
        self._strength.show_state(state, word)
        self._advice.set_text(advice if typed else None)
        if self.step == "password":
            self.refit()

    def _speak(self, language: str) -> None:
        if language and language != self.speech.language:
            self.appearance.set_language(language)

    def _connect(self) -> None:
        self.language.committed.connect(self._speak)
        self.role.committed.connect(self._say_role)
        self.first.edited.connect(self._judge)
        self.first.entered.connect(self.second.setFocus)
        self.second.entered.connect(self.forward)
        self.name.left.connect(self.login.setFocus)
        for field in (self.language, self.role, self.login):
            field.left.connect(self.forward)

    def _arrange(self) -> None:
        speech = self.speech
        language = Step(message(N_("Language")))
        self.language.show_options(tuple(Option(key, Verbatim(_OWN_NAMES[key])) for key in LANGUAGES))
        self.language.show_value(speech.language)
        language.body.addWidget(self.language)
        language.first = self.language
        role = Step(message(N_("What you do")))
        self.role.show_options(ROLES)
        role.body.addWidget(self.role)
        role.body.addWidget(self._does)
        role.first = self.role
        who = Step(message(N_("Who works on this laptop")))
        for words, field in ((message(N_("Your name")), self.name), (message(N_("Sign-in name")), self.login)):
            nest(who.body, labelled(speech, words, field, who))
        who.first = self.name
        for key, step in (("language", language), ("role", role), ("who", who)):
            self.add_step(key, step)
        self.add_step("password", self._password())
        self.add_step("code", self._recovery())

    def _password(self) -> Step:
        speech, step = self.speech, Step(message(N_("Your password")))
        why = message(
            N_("It opens your data and your keys on this laptop. It is stored nowhere; nobody can tell it to you.")
        )
        step.body.addWidget(Text(speech, why, Kind.MUTED, wrap=True))
        nest(step.body, labelled(speech, message(N_("Password")), self.first, step))
        told = QHBoxLayout()
        told.addWidget(self._strength)
        told.addWidget(self._advice, 1)
        self._strength.hide()
        self._advice.hide()
        nest(step.body, told)
        nest(step.body, labelled(speech, message(N_("Password again")), self.second, step))
        step.first = self.first
        return step

    def _recovery(self) -> Step:
        speech, step = self.speech, Step(message(N_("Recovery code")))
        why = message(
            N_(
                "If the password is ever forgotten, this code alone opens your data. It is shown once: "
                "write it on paper and keep it at the branch, away from the laptop."
            )
        )
        step.body.addWidget(Text(speech, why, wrap=True))
        card = Card(parent=step)
        half = len(self._code) // 2
        shown = f"{self._code[:half].rstrip('-')}\n{self._code[half:].lstrip('-')}"
        code = Text(speech, Verbatim(shown), parent=card)
        code.setFont(font(Type.HEAD, bold=True))
        code.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        code.setAlignment(Qt.AlignmentFlag.AlignCenter)
        card.body.addWidget(code)
        step.body.addWidget(card)
        keys = N_("Signing keys are not saved by it: with a new password you enrol anew, in place of the old key.")
        step.body.addWidget(Text(speech, message(keys), Kind.HINT, wrap=True))
        step.body.addWidget(self.written)
        step.first = self.written
        return step


_OWN_NAMES: Final = {CHINESE: "中文", ENGLISH: "English"}
_OF_A_STEP: Final = {Code.PASSPHRASE_SHORT: "password", Code.USER_EXISTS: "who"}
