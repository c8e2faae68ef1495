"""Another password."""

from __future__ import annotations

from PySide6.QtCore import Qt

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.casework.keeping import change_passphrase
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.settings.card import SettingsCard
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.screen import News
from officer_app.desktop.widgets.states import State


class PasswordCard(SettingsCard):
    """The old one, the new one twice."""

    def __init__(self, work: Workplace) -> None:
        speech = work.speech
        super().__init__(speech, message(N_("Password")))
        self._work = work
        self.old = PassphraseBox(speech, message(N_("Password until now")), self)
        self.first = PassphraseBox(speech, message(N_("New password")), self)
        self.second = PassphraseBox(speech, message(N_("New password again")), self)
        self._wrong = Text(speech, None, Kind.ERROR, wrap=True, parent=self)
        self._wrong.hide()
        self.change = Button(speech, message(N_("Change the password")))
        for box in (self.old, self.first, self.second):
            self.body.addWidget(box)
            box.entered.connect(self._change)
        self.body.setSpacing(HALF + HALF)
        self.body.addWidget(self._wrong)
        self.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        self.change.clicked.connect(self._change)

    def error(self) -> str:
        """What stands in red, or nothing."""
        return "" if self._wrong.isHidden() else self._wrong.text()

    def _change(self) -> None:
        if self.first.passphrase() != self.second.passphrase():
            self._wrong.set_text(message(N_("The two passwords differ. Type both again.")))
            return
        self._wrong.set_text(None)
        desk, old, new = self._work.desk, self.old.passphrase(), self.first.passphrase()
        self.change.setEnabled(False)
        self._work.run(
            lambda _p, _c: change_passphrase(desk, old, new), self._changed, failed=self._refused, owner=self
        )

    def _changed(self, _nothing: None) -> None:
        self.change.setEnabled(True)
        for box in (self.old, self.first, self.second):
            box.clear()
        self.told.emit(News("password", State.PASSED, message(N_("From now on the new password opens."))))

    def _refused(self, fault: Fault) -> None:
        self.change.setEnabled(True)
        self._wrong.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
