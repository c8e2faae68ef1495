"""Where to exchange: a folder or stick, or a server with what lets one in; only what was asked is shown."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import Option
from officer_app.desktop.widgets.store_setup import EXAMPLES, kind_of
from officer_app.desktop.widgets.text_field import LineField
from officer_app.desktop.widgets.way_in import WayIn
from officer_app.exchange.addresses import Address, Credentials

_FOLDER: Final = "folder"
_SERVER: Final = "server"


class Placing(QWidget):
    """`changed()` when it needs more or less room; `ready()` when the last field was left or a key was confirmed.

    `took(Message)` says which file was taken, `refused(Fault)` why one was not.
    """

    changed = Signal()
    ready = Signal()
    took = Signal(object)
    refused = Signal(object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        speech = self._speech = work.speech
        self.kind = ChoiceList(speech, stacked=True)
        self.kind.show_options(
            (
                Option(_FOLDER, message(N_("A shared folder or a stick"))),
                Option(_SERVER, message(N_("A server with a name and password"))),
            )
        )
        self.store = LineField(speech)
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.way = WayIn(speech, stacked=True)
        self._examples = Text(speech, Verbatim("\n".join(EXAMPLES.split())), Kind.HINT, wrap=True)
        self._told = Text(speech, kind=Kind.MUTED, wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for part in (self.kind, self._told, self.store, self._examples, self.way):
            column.addWidget(part)
        column.addWidget(self.browse, 0, Qt.AlignmentFlag.AlignLeft)
        self._told.hide()
        self._connect()
        self.kind.show_value(_FOLDER)
        self._fit()

    # --- what stands here ------------------------------------------------------------------------------------------

    def begin(self, given: Mapping[str, str]) -> None:
        """Begin with what was given on another day: the words of it, never a secret."""
        self._show(given.get("store", ""))
        self.way.name.turn_to(given.get("store_name", ""))
        self.way.host_key = given.get("store_key", "")

    def offer(self, address: str) -> None:
        """Begin with the place that head office's answer names, unless something stands here."""
        if not address or self.store.line.text().strip():
            return
        self._show(address)
        self._told.set_text(message(N_("Head office exchanges here; the address came with its answer.")))
        self._told.show()
        self.changed.emit()

    def finish(self) -> None:
        """Keep what stands in the fields now."""
        for field in (self.store, self.way.name):
            field.finish()

    def words(self) -> dict[str, str]:
        """What may be kept to go on with another day."""
        self.finish()
        name = self.way.name.value().strip()
        return {"store": self.address(), "store_name": name, "store_key": self.way.host_key}

    def address(self) -> str:
        """The folder or address that stands here."""
        return self.store.line.text().strip()

    def lacking(self) -> Sayable | None:
        """What is missing, or None."""
        if self.address():
            return None
        server = N_("Type the server's address, or go on later.")
        return message(server if self._is_server else N_("Choose a folder, or go on later."))

    def given(self, place: Address) -> Credentials | None:
        """What was typed and taken for a place; None when nothing was: what was kept for it before holds on."""
        told = self.way.given(place)
        return told if told.secret or told.private_key or told.authority or not place.is_remote else None

    def failed(self, fault: Fault) -> None:
        """A try came to nothing."""
        if self.way.failed(fault):
            self.changed.emit()
            self.way.confirm.setFocus()

    def first(self) -> QWidget:
        """Where typing begins: at what still lacks."""
        if not self.address():
            return self.store if self._is_server else self.kind
        return self.way.first() if self._is_server else self.store

    # --- inside ----------------------------------------------------------------------------------------------------

    @property
    def _is_server(self) -> bool:
        return self.kind.value() == _SERVER

    def _show(self, address: str) -> None:
        self.store.turn_to(address)
        self.kind.show_value(_FOLDER if kind_of(address) is None else _SERVER)
        self._fit()

    def _typed(self, text: str) -> None:
        """An address of a server asks for what a server asks, wherever it was typed or pasted."""
        if kind_of(text) is not None and not self._is_server:
            self.kind.show_value(_SERVER)
        self._fit()

    def _fit(self, _value: str = "") -> None:
        server = self._is_server
        words = N_("Address of the server") if server else N_("Folder for the exchange")
        self._speech.put(self.store.line, message(words), "setPlaceholderText")
        self._speech.name(self.store.line, message(words))
        kind = kind_of(self.store.line.text())
        self.way.fit(kind)
        self.way.setVisible(server)
        self._examples.setVisible(server and kind is None)
        self.browse.setVisible(not server)
        self.changed.emit()

    def _on(self) -> None:
        """Enter in the address: the next thing that is asked, or the end."""
        if self._is_server:
            self.way.first().setFocus()
        else:
            self.ready.emit()

    def use_key(self, file: Path) -> None:
        """Take a key or an authority's certificate out of a file."""
        try:
            said: Message = self.way.take(file)
        except Fault as fault:
            self.refused.emit(fault)
        else:
            self.took.emit(said)

    def _choose(self) -> None:
        folder = choose_folder(self, self._speech, message(N_("Folder or stick for the exchange")))
        if folder is not None:
            self.store.turn_to(str(folder))

    def _connect(self) -> None:
        self.kind.committed.connect(self._fit)
        self.kind.left.connect(self.store.setFocus)
        self.store.line.textChanged.connect(self._typed)
        self.store.left.connect(self._on)
        self.browse.clicked.connect(self._choose)
        self.way.chosen.connect(self.use_key)
        self.way.entered.connect(self.ready)
        self.way.trusted.connect(self.ready)
