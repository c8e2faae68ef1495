"""What lets one into a server: name, password or key, its own certificate authority, and the key it shows."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.desktop.kit.dialogs import open_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import lay_out
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Address, Credentials, StoreKind
from officer_app.exchange.relay import authority_in

_LARGEST_KEY: Final = 100_000
_CERTIFICATE: Final = "BEGIN CERTIFICATE"
_ANY_NAME: Final = message(N_("User name, or the id of the access key"))
_ANY_SECRET: Final = message(N_("Password or secret key"))
_NAMES: Final = {StoreKind.S3: message(N_("Id of the access key")), StoreKind.WEBDAV: message(N_("User name"))}
_SECRETS: Final = {
    StoreKind.S3: message(N_("Secret key")),
    StoreKind.WEBDAV: message(N_("Password")),
    StoreKind.SFTP: message(N_("Password; leave it empty with a key file")),
}


class WayIn(QWidget):
    """`entered()` with Enter in the last field; `trusted()` when a server's key was confirmed; `chosen(Path)`."""

    entered = Signal()
    trusted = Signal()
    chosen = Signal(object)

    def __init__(self, speech: Speech, *, stacked: bool = False, parent: QWidget | None = None) -> None:
        """`stacked`: all in one column, named inside; else side by side below their names, the buttons elsewhere."""
        super().__init__(parent)
        self._stacked = stacked
        self._speech = speech
        self._pending = ""
        self._private_key = ""
        self._authority = ""
        self.host_key = ""
        self.name = LineField(speech, _ANY_NAME)
        self.secret = PassphraseBox(speech, _ANY_SECRET)
        self._labels = [Text(speech, words, Kind.SMALL, parent=self) for words in (_ANY_NAME, _ANY_SECRET)]
        self.key = Button(speech, message(N_("Key or certificate file")), icon=Icon.KEY)
        self.confirm = Button(speech, message(N_("The key is right: trust this server")), icon=Icon.SHIELD)
        speech.name(self.name.line, _ANY_NAME)
        self._fields = QGridLayout()
        self._arrange()
        self.fit(None)
        self.key.clicked.connect(self._choose)
        self.confirm.clicked.connect(self._trust)
        self.secret.entered.connect(self.entered)
        self.name.left.connect(self.secret.setFocus)

    def fit(self, kind: StoreKind | None) -> None:
        """Ask what a store of this kind asks, in its own words; None while nobody knows which kind it is."""
        self.name.setVisible(kind is not StoreKind.SFTP)
        name, secret = _ANY_NAME, _ANY_SECRET
        if kind is not None:
            name, secret = _NAMES.get(kind, _ANY_NAME), _SECRETS.get(kind, _ANY_SECRET)
        for line, label, words in zip((self.name.line, self.secret.line), self._labels, (name, secret), strict=True):
            self._speech.put(line, words if self._stacked else Verbatim(""), "setPlaceholderText")
            self._speech.name(line, words)
            label.set_text(words)
            label.setVisible(not self._stacked)
        self._labels[0].setVisible(not self._stacked and kind is not StoreKind.SFTP)

    def given(self, place: Address) -> Credentials:
        """What was typed and taken for this place."""
        user = place.user if place.kind is StoreKind.SFTP else self.name.line.text().strip()
        return Credentials(user, self.secret.passphrase(), self._private_key, self.host_key, self._authority)

    def failed(self, fault: Fault) -> bool:
        """A try came to nothing; whether it was for a key that nobody has confirmed, which can be done here."""
        unknown = fault.code is Code.STORE_HOST_UNKNOWN
        self._pending = fault.where if unknown else ""
        self.confirm.setVisible(unknown)
        return unknown

    def take(self, path: Path) -> Message:
        """A private key, or a certificate authority of the server's own; says what was taken.

        Errors: STORE_KEY_UNREADABLE, STORE_AUTHORITY, FILE_MISSING, FILE_TOO_LARGE.
        """
        try:
            text = read_limited(path, _LARGEST_KEY).decode()
        except UnicodeDecodeError as error:
            raise Fault(Code.STORE_KEY_UNREADABLE) from error
        if _CERTIFICATE in text:
            self._authority = authority_in(path)
            return message(N_("Certificate taken from {file}"), file=Verbatim(path.name))
        self._private_key = text
        return message(N_("Key taken from {file}"), file=Verbatim(path.name))

    def first(self) -> QWidget:
        """Where typing begins."""
        return self.secret if self.name.isHidden() else self.name

    def clear(self) -> None:
        """Forget the secrets that were typed."""
        self.secret.clear()

    def _trust(self) -> None:
        self.host_key, self._pending = self._pending, ""
        self.confirm.hide()
        self.trusted.emit()

    def _choose(self) -> None:
        path = open_file(self, self._speech, message(N_("Key or certificate file")))
        if path is not None:
            self.chosen.emit(path)

    def _arrange(self) -> None:
        self._fields.setHorizontalSpacing(SPACE)
        self._fields.setVerticalSpacing(SPACE if self._stacked else HALF)
        self._fields.setContentsMargins(0, 0, 0, 0)
        if self._stacked:
            for row, part in enumerate((self.name, self.secret)):
                self._fields.addWidget(part, row, 0)
            for row, button in enumerate((self.key, self.confirm), start=2):
                self._fields.addWidget(button, row, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            for column, (label, field) in enumerate(zip(self._labels, (self.name, self.secret), strict=True)):
                self._fields.addWidget(label, 0, column)
                self._fields.addWidget(field, 1, column)
        for label in self._labels:
            label.setVisible(not self._stacked)
        lay_out(self, self._fields)
        self.confirm.hide()
