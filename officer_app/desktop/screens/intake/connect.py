"""Opening head office's own folder: where it is, where its database is, and its passphrase."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import OfficeAccess
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import LineField

_WIDTH: Final = 560
_DATABASE: Final = "warehouse.db"


class Connect(QWidget):
    """`given(OfficeAccess)` when folder and passphrase were typed."""

    given = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.folder = LineField(speech, message(N_("Where its keys and its journal lie")))
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.database = LineField(speech, message(N_("Left empty: the file beside the folder")))
        self.passphrase = PassphraseBox(speech, message(N_("Not your own password")))
        self.open = Button(speech, message(N_("Open head office")), Look.PRIMARY, icon=Icon.KEY)
        self._error = Text(speech, kind=Kind.ERROR, wrap=True)
        self._arrange()
        self.browse.clicked.connect(self._choose)
        self.open.clicked.connect(self._give)
        self.passphrase.entered.connect(self._give)
        self.folder.left.connect(self.passphrase.setFocus)

    def show_fault(self, fault: Fault) -> None:
        """It did not open: why, and what to do."""
        self.set_busy(busy=False)
        self._error.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.passphrase.clear()
        self.passphrase.setFocus()

    def set_busy(self, *, busy: bool) -> None:
        """While keys are unwrapped nothing may be pressed twice."""
        self.open.setEnabled(not busy)
        if busy:
            self._error.set_text(None)

    def _choose(self) -> None:
        folder = choose_folder(self, self._speech, message(N_("Head office's folder")))
        if folder is not None:
            self.folder.turn_to(str(folder))
            self.passphrase.setFocus()

    def _give(self) -> None:
        folder = self.folder.line.text().strip()
        self.folder.set_wrong(not folder)
        if not folder:
            self.folder.setFocus()
        elif not self.passphrase.passphrase():
            self.passphrase.setFocus()
        else:
            place = Path(folder)
            address = self.database.line.text().strip() or f"sqlite:///{place.with_name(_DATABASE)}"
            self.given.emit(OfficeAccess(place, address, self.passphrase.passphrase()))

    def _arrange(self) -> None:
        speech, card = self._speech, Card(margin=3 * SPACE)
        card.setMaximumWidth(_WIDTH)
        card.body.addWidget(Text(speech, message(N_("Head office")), Kind.HEAD))
        what = message(
            N_(
                "Here case files and decisions of all branches come together, receipts go back, people are enrolled. "
                "It needs head office's own folder, which holds its keys under a passphrase."
            )
        )
        card.body.addWidget(Text(speech, what, Kind.MUTED, wrap=True))
        folder = labelled(speech, message(N_("Head office's folder")), self.folder, card)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        nest(row, folder, 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        nest(card.body, row)
        nest(card.body, labelled(speech, message(N_("Database")), self.database, card))
        nest(card.body, labelled(speech, message(N_("Passphrase of head office")), self.passphrase, card))
        for part in (self._error, self.open):
            card.body.addWidget(part)
        for field in (self.folder, self.database):
            speech.name(field.line, message(N_("Head office's folder")))
        speech.name(self.database.line, message(N_("Database")))
        self._error.hide()
        column = QVBoxLayout(self)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card, 4)
        middle.addStretch(1)
        nest(column, middle)
        column.addStretch(2)
