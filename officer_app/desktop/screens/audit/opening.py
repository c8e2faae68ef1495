"""Opening head office's folder to read in it: with the auditor's own key, without any passphrase of head office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField

_WIDTH: Final = 600
_DATABASE: Final = "warehouse.db"


@dataclass(frozen=True, slots=True)
class Where:
    """Where head office's folder, its database and the store with the evidence are."""

    folder: Path
    warehouse: str
    store: str

    def kept(self) -> Mapping[str, str]:
        """To be asked only once."""
        return {"folder": str(self.folder), "warehouse": self.warehouse, "store": self.store}


class Opening(QWidget):
    """`given(Where)` when there is enough to try."""

    given = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.folder = LineField(speech, message(N_("Head office's folder")))
        self.database = LineField(speech, message(N_("The database; empty: a file beside the folder")))
        self.store = LineField(speech, message(N_("The store that the case files came through")))
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.open = Button(speech, message(N_("Open to read")), Look.PRIMARY, icon=Icon.SHIELD)
        self._error = Text(speech, kind=Kind.ERROR, wrap=True)
        self._arrange()
        self.browse.clicked.connect(self._choose)
        self.open.clicked.connect(self._give)
        self.folder.left.connect(self.database.setFocus)
        self.database.left.connect(self.store.setFocus)
        self.store.left.connect(self._give)

    def begin(self, kept: Mapping[str, str], store: str = "") -> None:
        """Begin with what was opened last; before that, with the store that one exchanges through."""
        kept = {"store": store, **kept}
        for field, key in ((self.folder, "folder"), (self.database, "warehouse"), (self.store, "store")):
            field.turn_to(kept.get(key, ""))
        self.folder.setFocus()

    def show_fault(self, fault: Fault) -> None:
        """Why it did not open, and what to do."""
        self.open.setEnabled(True)
        self._error.set_text(message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        self.folder.setFocus()

    def _choose(self) -> None:
        folder = choose_folder(self, self._speech, message(N_("Head office's folder")))
        if folder is not None:
            self.folder.turn_to(str(folder))
            self.database.setFocus()

    def _give(self) -> None:
        folder = self.folder.line.text().strip()
        self.folder.set_wrong(not folder)
        if not folder:
            self.folder.setFocus()
            return
        self._error.set_text(None)
        self.open.setEnabled(False)
        place = Path(folder)
        address = self.database.line.text().strip() or f"sqlite:///{place.with_name(_DATABASE)}"
        self.given.emit(Where(place, address, self.store.line.text().strip()))

    def _arrange(self) -> None:
        speech, card = self._speech, Card(margin=3 * SPACE)
        card.setFixedWidth(_WIDTH)
        card.body.addWidget(Text(speech, message(N_("Auditing")), Kind.HEAD))
        what = message(
            N_("You read with your own key and change nothing. What you open or take out is logged, with why.")
        )
        card.body.addWidget(Text(speech, what, Kind.MUTED, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.folder, 1)
        row.addWidget(self.browse)
        nest(card.body, row)
        for part in (self.database, self.store, self._error, self.open):
            card.body.addWidget(part)
        for field, name in (
            (self.folder, N_("Head office's folder")),
            (self.database, N_("Database")),
            (self.store, N_("The store that the case files came through")),
        ):
            speech.name(field.line, message(name))
        self._error.hide()
        column = QVBoxLayout(self)
        column.addStretch(1)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        nest(column, middle)
        column.addStretch(2)
