"""Opening head office's folder to read in it: with the auditor's own key, without any passphrase of head office."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.office_folder import OfficeFolder
from officer_app.desktop.widgets.text_field import LineField


@dataclass(frozen=True, slots=True)
class Where:
    """Where head office's folder, its database and the store with the evidence are."""

    folder: Path
    warehouse: str
    store: str

    def kept(self) -> Mapping[str, str]:
        """To be asked only once."""
        return {"folder": str(self.folder), "warehouse": self.warehouse, "store": self.store}


class Opening(OfficeFolder):
    """`given(Where)` when there is enough to try."""

    given = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        open_it = Button(speech, message(N_("Open to read")), Look.PRIMARY, icon=Icon.SHIELD)
        super().__init__(speech, open_it, parent)
        self.store = LineField(speech, message(N_("The store that the case files came through")))
        speech.name(self.store.line, message(N_("The store that the case files came through")))
        what = message(
            N_("You read with your own key and change nothing. What you open or take out is logged, with why.")
        )
        self.lay_out(message(N_("Auditing")), what, (message(N_("Where to exchange")), self.store), self.database)
        self.open.clicked.connect(self._give)
        self.database.left.connect(self.store.setFocus)
        self.store.left.connect(self._give)

    def begin(self, kept: Mapping[str, str], store: str = "") -> None:
        """Begin with what was opened last; before that, with the store that one exchanges through."""
        kept = {"store": store, **kept}
        for field, key in ((self.folder, "folder"), (self.database, "warehouse"), (self.store, "store")):
            field.turn_to(kept.get(key, ""))
        self.folder.setFocus()

    def show_fault(self, fault: Fault) -> None:
        super().show_fault(fault)
        self.folder.setFocus()

    def _give(self) -> None:
        place = self.place()
        if place is None:
            return
        self.set_busy(busy=True)
        self.given.emit(Where(*place, self.store.line.text().strip()))
