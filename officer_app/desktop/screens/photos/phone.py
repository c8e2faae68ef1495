"""The phone as camera, as the laptop shows it: the code to scan, the fingerprint to compare, what has come."""

from __future__ import annotations

from collections import deque
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.progress import Cancelled, Progress
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.shots import Frame, filed_as
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.photos.importing import Coming
from officer_app.desktop.screens.photos.phone_page import PhonePage, key_of, offered_frames
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.qr import QrPicture
from officer_app.evidence.sources import Source
from officer_app.exchange import lan
from officer_app.exchange.phone import Offered, PhoneCamera
from officer_app.trust.sessionkeys import session_key

_HOTSPOT: Final = N_(
    "Switch the phone's hotspot on and join it with the laptop; no internet is needed. Then open this again."
)
_WAITING: Final = N_(
    "Waiting for the phone. It will warn of a certificate that it does not know: compare its fingerprint with the "
    "one here, then go on."
)
_CABLE: Final = N_(
    "No browser on the phone, or a scanner that shows nothing? Connect the phone by cable and take the pictures "
    "from there."
)
_GROUP: Final = 24  # characters of the fingerprint on a line: eight pairs


def own_addresses() -> tuple[str, ...]:
    """The laptop's addresses on local networks, IPv4; none when no network is joined."""
    return tuple(
        address.toString()
        for interface in QNetworkInterface.allInterfaces()
        if _is_up(interface)
        for address in (entry.ip() for entry in interface.addressEntries())
        if address.protocol() == QAbstractSocket.NetworkLayerProtocol.IPv4Protocol and _is_local(address)
    )


def _is_up(interface: QNetworkInterface) -> bool:
    flags = interface.flags()
    up = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning
    return (flags & up) == up and not flags & QNetworkInterface.InterfaceFlag.IsLoopBack


def _is_local(address: QHostAddress) -> bool:
    return not address.isLoopback() and not address.isLinkLocal()


class PhoneSheet(QWidget):
    """`came(Coming)` for each picture, which is acknowledged to the phone only when it is settled; `closed()`.

    `offer_frames` tells the phone which shots there are to choose from.

    The server runs while the sheet is open and ends with it, with the visit, and with the window.
    """

    came = Signal(object)
    closed = Signal()
    faulted = Signal(object)

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._job: Job | None = None
        self._camera: PhoneCamera | None = None
        self._offers: deque[Offered] = deque()
        self._frames: tuple[Frame, ...] = ()
        self._key = ""
        self._address = ""
        self._taken = 0
        self.url = ""
        speech = work.speech
        self.picture = QrPicture(self)
        self.where = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self.fingerprint = Text(speech, kind=Kind.SMALL, wrap=True, parent=self)
        print_of = message(N_("Fingerprint of this session's certificate (SHA-256)"))
        self._what_it_is = Text(speech, print_of, Kind.HINT, parent=self)
        self.status = Text(speech, kind=Kind.BODY, wrap=True, parent=self)
        self.close_button = Button(speech, message(N_("Close the phone page")), keys="Esc", parent=self)
        self.close_button.clicked.connect(self.shut)
        self._arrange()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # --- open and shut ---------------------------------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the server runs."""
        return self._job is not None

    def open_page(self, address: str | None = None) -> None:
        """Serve at the laptop's own address, or at the one given. Tells where no network is joined."""
        self.shut(quietly=True)
        found = (address,) if address is not None else own_addresses()
        self._show_key("", None)
        if not found:
            self.where.set_text(message(N_("This laptop has joined no network.")))
            self.status.set_text(message(_HOTSPOT))
            return
        self._address, self._taken = found[0], 0
        self.where.set_text(message(N_("Opening …")))
        self.status.set_text(None)
        self._begin()

    def _begin(self) -> None:
        clock, address, offers = self._work.desk.clock, self._address, self._offers
        heard: list[tuple[int, str]] = []
        camera = PhoneCamera(PhonePage(self._work.speech.language), offers.append, clock.elapsed)
        self._camera = camera
        self.offer_frames(self._frames)

        def serve(progress: Progress, cancelled: Cancelled) -> None:
            key = session_key(address, clock.now())
            lan.serve(
                address,
                key.context,
                camera.service(),
                listening=lambda port: _heard(heard, port, key.spoken, progress),
                cancelled=lambda: _beat(offers, progress, cancelled),
            )

        def tick(_done: int, _total: int) -> None:
            if heard and self._camera is camera and not self.url:
                self._show_way(*heard[0])
            self._drain()

        def ended(fault: Fault | None) -> None:
            if self._camera is camera:
                self._job = None
                if fault is not None:
                    self.where.set_text(fault.sentence)
                    self.status.set_text(fault.remedy)

        self._job = self._work.runner.run(
            Lane.LISTEN, serve, lambda _none: ended(None), failed=ended, progress=tick, owner=self
        )

    def shut(self, *, quietly: bool = False) -> None:
        """End the server; what came and was not taken is refused."""
        if self._job is not None:
            self._job.cancel()
        self._job, self._camera, self.url = None, None, ""
        self._show_key("", None)
        if not quietly:
            self.closed.emit()

    def offer_frames(self, frames: tuple[Frame, ...]) -> None:
        """These are the shots of the visit now."""
        self._frames = frames
        if self._camera is not None:
            self._camera.frames = offered_frames(frames)

    # --- what came -------------------------------------------------------------------------------------------------

    def _show_way(self, port: int, fingerprint: str) -> None:
        if self._camera is None:
            return
        self.url = f"https://{self._address}:{port}{self._camera.path}"
        lines = "\n".join(fingerprint[at : at + _GROUP].rstrip(":") for at in range(0, len(fingerprint), _GROUP))
        self._show_key(self.url, Verbatim(lines))
        self.where.set_text(message(N_("Scan this with the phone's camera, in the same network as this laptop.")))
        self._tell()

    def _show_key(self, url: str, fingerprint: Sayable | None) -> None:
        """What the phone scans and compares; nothing stands in their place while there is nothing to scan."""
        self.picture.show_text(url)
        self.picture.setVisible(bool(url))
        self.fingerprint.set_text(fingerprint)
        for text in (self._what_it_is, self.fingerprint):
            text.setVisible(fingerprint is not None)

    def _drain(self) -> None:
        while self._offers:
            offered = self._offers.popleft()
            name = f"phone_{self._work.desk.clock.now():%H%M%S}_{offered.number:03d}.jpg"
            settle = partial(self._settle, offered)
            frame = next((one for one in self._frames if key_of(one) == offered.frame), None)
            ref, shot = filed_as(frame)
            self.came.emit(Coming(name, Source.PHONE, data=offered.data, ref=ref, shot=shot, settled=settle))
        self._tell()

    def _settle(self, offered: Offered, fault: Fault | None) -> None:
        if fault is not None:
            offered.fault = fault
        else:
            self._taken += 1
            offered.taken = True
        self._tell()

    def _tell(self) -> None:
        if self._camera is None:
            return
        if not self._camera.has_phone:
            self.status.set_text(message(_WAITING))
        else:
            self.status.set_text(
                message(N_("The phone is here. {taken:count} pictures taken in."), taken=self._taken)
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        speech = self._work.speech
        beside = QVBoxLayout()
        beside.setSpacing(SPACE)
        beside.addStretch(1)
        beside.addWidget(Text(speech, message(N_("The phone as camera")), Kind.SECTION, parent=self))
        beside.addWidget(self.where)
        beside.addWidget(self.status)
        beside.addWidget(self._what_it_is)
        beside.addWidget(self.fingerprint)
        beside.addWidget(
            Text(
                speech,
                message(_CABLE),
                Kind.MUTED,
                wrap=True,
                parent=self,
            )
        )
        beside.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignLeft)
        beside.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        row.setSpacing(3 * SPACE)
        row.addWidget(self.picture, 1)
        nest(row, beside, 1)


def _heard(heard: list[tuple[int, str]], port: int, fingerprint: str, progress: Progress) -> None:
    heard.append((port, fingerprint))
    progress(1, 0)


def _beat(offers: deque[Offered], progress: Progress, cancelled: Cancelled) -> bool:
    """Asked by the server many times a second: wakes the window when something came, and says whether to stop."""
    if offers:
        progress(0, len(offers))
    return cancelled()
