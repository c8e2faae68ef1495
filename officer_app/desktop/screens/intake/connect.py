"""Opening head office's own folder: where it is, where its database is, and its passphrase."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.workplace import OfficeAccess
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.office_folder import OfficeFolder
from officer_app.desktop.widgets.passphrase import PassphraseBox


class Connect(OfficeFolder):
    """`given(OfficeAccess)` when folder and passphrase were typed."""

    given = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        open_it = Button(speech, message(N_("Open head office")), Look.PRIMARY, icon=Icon.KEY)
        super().__init__(speech, open_it, parent)
        self.passphrase = PassphraseBox(speech, message(N_("Not your own password")))
        what = message(
            N_(
                "Here case files and decisions of all branches come together, receipts go back, people are enrolled. "
                "It needs head office's own folder, which holds its keys under a passphrase."
            )
        )
        own = (message(N_("Passphrase of head office")), self.passphrase)
        self.lay_out(message(N_("Head office")), what, own, self.passphrase)
        self.open.clicked.connect(self._give)
        self.passphrase.entered.connect(self._give)

    def show_fault(self, fault: Fault) -> None:
        super().show_fault(fault)
        self.passphrase.clear()
        self.passphrase.setFocus()

    def _give(self) -> None:
        place = self.place()
        if place is None:
            return
        if not self.passphrase.passphrase():
            self.passphrase.setFocus()
            return
        self.given.emit(OfficeAccess(*place, self.passphrase.passphrase()))
