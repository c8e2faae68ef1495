"""Setting up a server: its address, what lets one in, a try before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.progress import Cancelled
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.dialogs import open_file
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.passphrase import PassphraseBox
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Credentials, StoreKind, read_address
from officer_app.exchange.relay import authority_in

_EXAMPLES: Final = (
    "s3://oss-cn-hangzhou.aliyuncs.com/bucket?style=virtual    davs://host/path    sftp://user@host/path"
)
_EXAMPLE: Final = "davs://dav.example.org/exchange"
_LARGEST_KEY: Final = 100_000
_CERTIFICATE: Final = "BEGIN CERTIFICATE"
_STANDING: Final = {
    State.PASSED: N_("Works"),
    State.STOP: N_("Not yet"),
    State.LOOK: N_("Confirm"),
    State.INFO: N_("Ready"),
}


@dataclass(frozen=True, slots=True)
class Doors:
    """How a store is tried, which gives its address in one spelling and how many devices use it, and how it is kept.

    `keep_in` is the lane for keeping: a vault has one of its own, head office's folder has none.
    """

    attempt: Callable[[str, Credentials, Cancelled], tuple[str, int]]
    keep: Callable[[str, Credentials], object]
    keep_in: Lane = Lane.VAULT


class SetUp(Card):
    """`kept(address)` when a store answered, took something and gave it back; `closed()` when it is put away."""

    kept = Signal(str)
    closed = Signal()

    def __init__(self, work: Workplace, doors: Doors, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._work = work
        self._doors = doors
        self._job: Job | None = None
        self._host_key = ""
        self._pending = ""
        self._private_key = ""
        self._authority = ""
        speech = work.speech
        self.address = LineField(speech, Verbatim(_EXAMPLE))
        self.name = LineField(speech)
        self.secret = PassphraseBox(speech, message(N_("Password or secret key")))
        self.key = Button(speech, message(N_("Key or certificate file")), icon=Icon.KEY)
        self.attempt = Button(speech, message(N_("Test and keep")), Look.PRIMARY, icon=Icon.EXCHANGE)
        self.confirm = Button(speech, message(N_("The key is right: trust this server")), icon=Icon.SHIELD)
        self.back = Button(speech, message(N_("Close")), Look.QUIET)
        self.progress = ProgressStrip(speech)
        self._pill = Pill(speech)
        self._said = Text(speech, wrap=True)
        self._arrange()
        self._connect()
        self.hide()

    def open_for(self, address: str) -> None:
        """Show it, with an address that was typed elsewhere."""
        self.address.turn_to(address)
        self._say(None, None)
        self.show()
        self.address.setFocus()

    # --- a try -----------------------------------------------------------------------------------------------------

    def test(self) -> None:
        """Look, put, read back; only then keep."""
        if self._job is not None:
            return
        address = self.address.line.text().strip()
        try:
            place = read_address(address)
        except Fault as fault:
            self._failed(fault)
            return
        self.address.set_wrong(False)
        user = place.user if place.kind is StoreKind.SFTP else self.name.line.text().strip()
        given = Credentials(user, self.secret.passphrase(), self._private_key, self._host_key, self._authority)
        doors = self._doors
        self._begin()
        self._job = self._work.run(
            lambda _progress, cancelled: doors.attempt(address, given, cancelled),
            lambda tried: self._keep(tried, given),
            failed=self._failed,
            owner=self,
            lane=Lane.FREE,
        )
        if not self._job.is_running:
            self._job = None

    def _keep(self, tried: tuple[str, int], given: Credentials) -> None:
        doors, address = self._doors, tried[0]
        self._work.run(
            lambda _progress, _cancelled: doors.keep(address, given),
            lambda _known: self._kept(*tried),
            failed=self._failed,
            owner=self,
            lane=doors.keep_in,
        )

    def _kept(self, address: str, devices: int) -> None:
        self._over()
        words = message(
            N_("It answers, takes and gives back. {count:count} devices exchange through it."), count=devices
        )
        self._say(State.PASSED, words)
        self.secret.clear()
        self.kept.emit(address)

    def _failed(self, fault: Fault) -> None:
        self._over()
        unknown = fault.code is Code.STORE_HOST_UNKNOWN
        self._pending = fault.where if unknown else ""
        self.confirm.setVisible(unknown)
        self.address.set_wrong(fault.code in {Code.STORE_UNKNOWN, Code.STORE_ADDRESS, Code.STORE_SECRET_IN_ADDRESS})
        words = message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
        self._say(State.LOOK if unknown else State.STOP, words)

    def _trust(self) -> None:
        self._host_key, self._pending = self._pending, ""
        self.confirm.hide()
        self.test()

    def _choose_key(self) -> None:
        path = open_file(self, self._work.speech, message(N_("Key or certificate file")))
        if path is not None:
            self.use_key(path)

    def use_key(self, path: Path) -> None:
        """Take a private key, or a certificate authority of the server's own; kept with the rest, encrypted."""
        try:
            text = read_limited(path, _LARGEST_KEY).decode()
            is_certificate = _CERTIFICATE in text
            if is_certificate:
                self._authority = authority_in(path)
            else:
                self._private_key = text
        except (Fault, UnicodeDecodeError) as error:
            self._failed(error if isinstance(error, Fault) else Fault(Code.STORE_KEY_UNREADABLE))
            return
        taken = N_("Certificate taken from {file}") if is_certificate else N_("Key taken from {file}")
        self._say(State.INFO, message(taken, file=Verbatim(path.name)))

    def _begin(self) -> None:
        self.attempt.setEnabled(False)
        self.confirm.hide()
        self._say(None, None)
        self.progress.start(message(N_("Trying the server")))

    def _over(self) -> None:
        self._job = None
        self.attempt.setEnabled(True)
        self.progress.finish()

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _say(self, state: State | None, words: Sayable | None) -> None:
        self._said.set_text(words)
        done = {
            State.PASSED: N_("Works"),
            State.STOP: N_("Not yet"),
            State.LOOK: N_("Confirm"),
            State.INFO: N_("Ready"),
        }
        self._pill.setVisible(state is not None)
        if state is not None:
            self._pill.show_state(state, message(done[state]))

    # --- building --------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        self._stop()
        self.secret.clear()
        self.hide()
        self.closed.emit()

    def _connect(self) -> None:
        self.attempt.clicked.connect(self.test)
        self.confirm.clicked.connect(self._trust)
        self.key.clicked.connect(self._choose_key)
        self.back.clicked.connect(self._close)
        self.secret.entered.connect(self.test)
        self.progress.cancelled.connect(self._stop)
        self.address.left.connect(self.name.setFocus)
        self.name.left.connect(self.secret.setFocus)

    def _arrange(self) -> None:
        speech = self._work.speech
        self.body.addWidget(Text(speech, message(N_("Set up a server")), Kind.SECTION))
        nest(self.body, labelled(speech, message(N_("Address of the server")), self.address, self))
        lets_in = QHBoxLayout()
        lets_in.setSpacing(SPACE)
        nest(lets_in, labelled(speech, message(N_("User name, or the id of the access key")), self.name, self), 1)
        nest(lets_in, labelled(speech, message(N_("Password or secret key")), self.secret, self), 1)
        speech.name(self.address.line, message(N_("Address of the server")))
        speech.name(self.name.line, message(N_("User name, or the id of the access key")))
        nest(self.body, lets_in)
        self.body.addWidget(Text(speech, Verbatim(_EXAMPLES), Kind.HINT, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part in (self.attempt, self.key, self.confirm, self.back):
            row.addWidget(part)
        row.addStretch(1)
        nest(self.body, row)
        said = QHBoxLayout()
        said.setSpacing(SPACE)
        said.addWidget(self._pill)
        said.addWidget(self._said, 1)
        nest(self.body, said)
        self.body.addWidget(self.progress)
        hint = message(
            N_(
                "Name and password are kept encrypted under your own password and never shown again. The line is "
                "encrypted, and everything sent is sealed besides."
            )
        )
        self.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True))
        self.confirm.hide()
        self._pill.hide()
