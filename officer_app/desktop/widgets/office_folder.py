"""Opening head office's folder: where it is, where its database is, and whatever else opens it."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.text_field import LineField

_WIDTH: Final = 600
_DATABASE: Final = "warehouse.db"


class OfficeFolder(QWidget):
    """One card in the middle of a screen. Who uses it lays its own fields in (`lay_out`) and says what to try."""

    def __init__(self, speech: Speech, open_it: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.folder = LineField(speech, message(N_("Where its keys and its journal lie")))
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.database = LineField(speech, message(N_("Left empty: the file beside the folder")))
        self.open = open_it
        self._error = Text(speech, kind=Kind.ERROR, wrap=True)
        self._after_folder: QWidget = self.database
        self.browse.clicked.connect(self._choose)
        speech.name(self.folder.line, message(N_("Head office's folder")))
        speech.name(self.database.line, message(N_("Database")))

    def lay_out(self, title: Sayable, what: Sayable, own: tuple[Sayable, QWidget], after_folder: QWidget) -> None:
        """Fill the card; `own`, a name and its field, stands under the database; `after_folder` has the keys next."""
        speech, card = self._speech, Card(margin=3 * SPACE)
        self._after_folder = after_folder
        card.setFixedWidth(_WIDTH)
        card.body.addWidget(Text(speech, title, Kind.HEAD))
        card.body.addWidget(Text(speech, what, Kind.MUTED, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        nest(row, labelled(speech, message(N_("Head office's folder")), self.folder, card), 1)
        row.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignBottom)
        nest(card.body, row)
        for name, field in ((message(N_("Database")), self.database), own):
            nest(card.body, labelled(speech, name, field, card))
        for part in (self._error, self.open):
            card.body.addWidget(part)
        self._error.hide()
        self.folder.left.connect(after_folder.setFocus)
        column = QVBoxLayout(self)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        nest(column, middle)
        column.addStretch(2)

    def place(self) -> tuple[Path, str] | None:
        """The folder and the address of its database; None, and the field marked, while no folder is named."""
        folder = self.folder.line.text().strip()
        self.folder.set_wrong(not folder)
        if not folder:
            self.folder.setFocus()
            return None
        where = Path(folder)
        return where, self.database.line.text().strip() or f"sqlite:///{where.with_name(_DATABASE)}"

    def set_busy(self, *, busy: bool) -> None:
        """While keys are unwrapped nothing may be pressed twice."""
        self.open.setEnabled(not busy)
        if busy:
            self._error.set_text(None)

    def show_fault(self, fault: Fault) -> None:
        """It did not open: why, and what to do."""
        self.set_busy(busy=False)
        self._error.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))

    def _choose(self) -> None:
        folder = choose_folder(self, self._speech, message(N_("Head office's folder")))
        if folder is not None:
            self.folder.turn_to(str(folder))
            self._after_folder.setFocus()
