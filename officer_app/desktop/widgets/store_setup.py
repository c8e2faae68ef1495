"""Setting up a server: its address, what lets one in, a try before anything is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.progress import Cancelled
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, labelled
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.text_field import LineField
from officer_app.desktop.widgets.way_in import WayIn
from officer_app.exchange.addresses import Credentials, StoreKind, read_address

EXAMPLES: Final = (
    "s3://oss-cn-hangzhou.aliyuncs.com/bucket?style=virtual    davs://host/path    sftp://user@host/path"
)
KEPT_HOW: Final = message(
    N_(
        "Name and password are kept encrypted under your own password and never shown again. The line is "
        "encrypted, and everything sent is sealed besides."
    )
)
_EXAMPLE: Final = "davs://dav.example.org/exchange"
_KINDS: Final = {
    "s3": StoreKind.S3,
    "s3+http": StoreKind.S3,
    "dav": StoreKind.WEBDAV,
    "davs": StoreKind.WEBDAV,
    "sftp": StoreKind.SFTP,
}
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
        speech = work.speech
        self.address = LineField(speech, Verbatim(_EXAMPLE))
        self.way = WayIn(speech)
        self.attempt = Button(speech, message(N_("Test and keep")), Look.PRIMARY, icon=Icon.EXCHANGE)
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
        self.fit()
        self._say(None, None)
        self.show()
        self.address.setFocus()

    def fit(self) -> None:
        """Ask what the kind of address that stands there asks."""
        self.way.fit(kind_of(self.address.line.text()))

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
        given, doors = self.way.given(place), self._doors
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
        self.way.clear()
        self.kept.emit(address)

    def _failed(self, fault: Fault) -> None:
        self._over()
        unknown = self.way.failed(fault)
        self.address.set_wrong(fault.code in {Code.STORE_UNKNOWN, Code.STORE_ADDRESS, Code.STORE_SECRET_IN_ADDRESS})
        words = message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy)
        self._say(State.LOOK if unknown else State.STOP, words)

    def use_key(self, path: Path) -> None:
        """Take a private key, or a certificate authority of the server's own; kept with the rest, encrypted."""
        try:
            self._say(State.INFO, self.way.take(path))
        except Fault as fault:
            self._failed(fault)

    def _begin(self) -> None:
        self.attempt.setEnabled(False)
        self.way.confirm.hide()
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
        self._pill.setVisible(state is not None)
        if state is not None:
            self._pill.show_state(state, message(_STANDING[state]))

    # --- building --------------------------------------------------------------------------------------------------

    def _close(self) -> None:
        self._stop()
        self.way.clear()
        self.hide()
        self.closed.emit()

    def _connect(self) -> None:
        self.attempt.clicked.connect(self.test)
        self.back.clicked.connect(self._close)
        self.way.chosen.connect(self.use_key)
        self.way.trusted.connect(self.test)
        self.way.entered.connect(self.test)
        self.progress.cancelled.connect(self._stop)
        self.address.line.textChanged.connect(lambda _text: self.fit())
        self.address.left.connect(lambda: self.way.first().setFocus())

    def _arrange(self) -> None:
        speech = self._work.speech
        self.body.addWidget(Text(speech, message(N_("Set up a server")), Kind.SECTION))
        speech.name(self.address.line, message(N_("Address of the server")))
        nest(self.body, labelled(speech, message(N_("Address of the server")), self.address, self))
        self.body.addWidget(self.way)
        self.body.addWidget(Text(speech, Verbatim(EXAMPLES), Kind.HINT, wrap=True))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part in (self.attempt, self.way.key, self.way.confirm, self.back):
            row.addWidget(part)
        row.addStretch(1)
        nest(self.body, row)
        said = QHBoxLayout()
        said.setSpacing(SPACE)
        said.addWidget(self._pill)
        said.addWidget(self._said, 1)
        nest(self.body, said)
        self.body.addWidget(self.progress)
        self.body.addWidget(Text(speech, KEPT_HOW, Kind.HINT, wrap=True))
        self._pill.hide()


def kind_of(text: str) -> StoreKind | None:
    """What kind of server an address is of, as far as it is typed; None while it could be any."""
    return _KINDS.get(text.strip().partition("://")[0].lower()) if "://" in text else None
