"""Signing in: who, and the passphrase. Also the lock, where the person is known already."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import lay_out, nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.signin.sheet import FaultCard, Sheet
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.passphrase import PassphraseBox

if TYPE_CHECKING:
    from officer_app.desktop.widgets.choice import ChoiceList

_SECOND: Final = 1000


class Entrance(Sheet):
    """`entered(login, passphrase)`; `recovery_wanted()`, `other_wanted()` (somebody else), `again_wanted()`.

    What was typed stays when the answer is "wait", and is marked for overtyping when it was wrong.
    """

    entered = Signal(str, str)
    recovery_wanted = Signal()
    other_wanted = Signal()
    again_wanted = Signal()

    def __init__(self, appearance: Appearance, title: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        speech = self.speech
        self._wait = 0
        self._busy = False
        self._in_haste = False
        self._title = Text(speech, title, Kind.HEAD, wrap=True, parent=self)
        self._sub = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        self._who: ChoiceList | None = None
        self._one = Text(speech, None, Kind.STRONG, parent=self)
        self.box = PassphraseBox(speech, message(N_("Password")), self)
        # Its name stands above it; a second one inside would only be in the way.
        speech.put(self.box.line, Verbatim(""), "setPlaceholderText")
        self.fault = FaultCard(speech, self)
        self.button = Button(speech, message(N_("Sign in")), Look.PRIMARY, icon=Icon.KEY, parent=self)
        self._again = Button(speech, message(N_("Try again")), parent=self)
        self._recovery = Button(speech, message(N_("Forgotten the password?")), Look.QUIET, parent=self)
        self._other = Button(speech, message(N_("Sign in as somebody else")), Look.QUIET, parent=self)
        self._clock = QTimer(self)
        self._clock.setInterval(_SECOND)
        self._clock.timeout.connect(self._tick)
        self._arrange()
        self.box.entered.connect(self._enter)
        self.button.clicked.connect(self._enter)
        self._again.clicked.connect(self.again_wanted)
        self._recovery.clicked.connect(self.recovery_wanted)
        self._other.clicked.connect(self.other_wanted)

    # --- what the application says --------------------------------------------------------------------------------

    def show_people(self, logins: tuple[str, ...], chosen: str = "") -> None:
        """Who can sign in here; one alone needs no choosing."""
        alone = len(logins) == 1
        self._one.set_text(Verbatim(logins[0]) if alone else None)
        if not alone:
            self._offer(logins, chosen if chosen in logins else (logins[0] if logins else ""))
        self._set_usable(bool(logins))
        self.box.setFocus()
        in_haste, self._in_haste = self._in_haste, False
        if alone and in_haste:
            self._enter()

    def show_person(self, name: str) -> None:
        """The lock: this person and nobody else, unless somebody else is asked for."""
        self._one.set_text(Verbatim(name))
        self._recovery.hide()
        self._other.show()
        self.button.set_text(message(N_("Unlock")))
        self._set_usable(True)

    def show_sub(self, what: Sayable | None) -> None:
        """A line under the title."""
        self._sub.set_text(what)

    def show_busy(self) -> None:
        """Asked and not answered yet."""
        self._busy = True
        self.fault.hide()
        self._set_usable(False)

    def show_fault(self, fault: Fault) -> None:
        """Why it did not open; a wait is counted down."""
        self._busy = False
        self._again.setVisible(fault.code not in _AT_THE_BOX)
        self.fault.show_fault(fault)
        seconds = fault.parameters.get("seconds")
        if fault.code is Code.PASSPHRASE_WAIT and isinstance(seconds, int):
            self._wait = seconds
            self._clock.start()
            self._set_usable(False)
            return
        self._set_usable(fault.code in _AT_THE_BOX)
        self.box.line.selectAll()
        self.box.setFocus()

    def show_unusable(self, fault: Fault) -> None:
        """The data folder itself does not let anybody in: a sentence, a remedy, and trying again."""
        self.show_fault(fault)
        self._set_usable(False)
        self._one.set_text(None)
        for part in (self._who, self._entry, self.button, self._recovery):
            if part is not None:
                part.hide()

    def show_ready(self) -> None:
        """Free to try again."""
        self._busy = False
        self.fault.hide()
        self._set_usable(True)
        self.box.setFocus()

    def waiting(self) -> int:
        """Seconds until the next try."""
        return self._wait

    # --- inside ---------------------------------------------------------------------------------------------------

    def _enter(self) -> None:
        if self._wait or self._busy or not self.box.passphrase():
            return
        if not self.button.isEnabled():
            # Enter came before the name was read from the disk: it counts once the name is there.
            self._in_haste = True
            return
        login = self._who.value() if self._who is not None else ""
        self.entered.emit(login or self._one.text(), self.box.passphrase())

    def _offer(self, logins: tuple[str, ...], chosen: str) -> None:
        """Names to choose from: most laptops have one person, and their sheet does without the rows."""
        from officer_app.desktop.widgets.choice import ChoiceList
        from officer_app.desktop.widgets.options import Option

        if self._who is None:
            self._who = ChoiceList(self.speech, parent=self)
            self.body.insertWidget(self.body.indexOf(self._entry), self._who)
        self._who.show_options(tuple(Option(login, Verbatim(login)) for login in logins))
        self._who.show_value(chosen)
        self._who.show()

    def _tick(self) -> None:
        self._wait -= 1
        if self._wait > 0:
            self.fault.show_fault(Fault(Code.PASSPHRASE_WAIT, seconds=self._wait))
            return
        self._clock.stop()
        self.show_ready()

    def _set_usable(self, on: bool) -> None:
        self.button.setEnabled(on)
        # The line stays readable while one waits, so that a slip can be seen and mended.
        self.box.line.setReadOnly(self._busy)

    def _arrange(self) -> None:
        self._entry = QWidget(self)
        for part in (self._again, self._other):
            part.hide()
        self._one.hide()
        self._sub.hide()
        self.body.addWidget(self._title)
        self.body.addWidget(self._sub)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._one)
        lay_out(self._entry, labelled(self.speech, message(N_("Password")), self.box, self._entry))
        self.body.addWidget(self._entry)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.button)
        links = QHBoxLayout()
        links.addWidget(self._again)
        links.addStretch(1)
        links.addWidget(self._recovery)
        links.addWidget(self._other)
        nest(self.body, links)
        self._set_usable(False)
        self.setFocusProxy(self.box)


# After these the person tries again at once; after others something else must happen first.
_AT_THE_BOX: Final = frozenset({Code.WRONG_PASSPHRASE, Code.PASSPHRASE_WAIT, Code.RECOVERY_WRONG})
