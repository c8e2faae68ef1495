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
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
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
        """`stacked`: all in one column; else name and secret side by side, and the buttons to be laid elsewhere."""
        super().__init__(parent)
        self._speech = speech
        self._pending = ""
        self._private_key = ""
        self._authority = ""
        self.host_key = ""
        self.name = LineField(speech, _ANY_NAME)
        self.secret = PassphraseBox(speech, _ANY_SECRET)
        self.key = Button(speech, message(N_("Key or certificate file")), icon=Icon.KEY)
        self.confirm = Button(speech, message(N_("The key is right: trust this server")), icon=Icon.SHIELD)
        speech.name(self.name.line, _ANY_NAME)
        self._fields = QGridLayout()
        self._arrange(stacked=stacked)
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
        for line, words in ((self.name.line, name), (self.secret.line, secret)):
            self._speech.put(line, words, "setPlaceholderText")
            self._speech.name(line, words)

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

    def _arrange(self, *, stacked: bool) -> None:
        self._fields.setSpacing(SPACE)
        self._fields.setContentsMargins(0, 0, 0, 0)
        self._fields.addWidget(self.name, 0, 0)
        self._fields.addWidget(self.secret, 1 if stacked else 0, 0 if stacked else 1)
        if stacked:
            self._fields.addWidget(self.key, 2, 0, Qt.AlignmentFlag.AlignLeft)
            self._fields.addWidget(self.confirm, 3, 0, Qt.AlignmentFlag.AlignLeft)
        lay_out(self, self._fields)
        self.confirm.hide()
