"""A laptop nearby and no store: this one lends a folder for some minutes, the other types the address shown here."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QAbstractSocket, QHostAddress, QNetworkInterface
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import handover
from officer_app.casework.delivery import Round
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.exchange.lan import serve
from officer_app.exchange.lan_handover import LASTS, lending

_LOOP: Final = "127.0.0.1"


class _Port(QObject):
    """The port, from the server's thread into the window's."""

    found = Signal(str)


class LendCard(Card):
    """`done(Round)` when the other laptop was here and what it left was taken in; `failed(Fault)`."""

    done = Signal(object)
    failed = Signal(object)

    def __init__(self, work: Workplace, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._work = work
        self._job: Job | None = None
        self._port = _Port(self)
        self._end = QTimer(self)
        self._end.setSingleShot(True)
        self._end.setInterval(int(LASTS * 1000))
        speech = work.speech
        self.start = Button(speech, message(N_("Exchange with a laptop nearby")), icon=Icon.EXCHANGE)
        self.stop = Button(speech, message(N_("Finish and take in what came")), Look.PRIMARY)
        self._address = Text(speech, kind=Kind.STRONG)
        self._hint = Text(speech, kind=Kind.HINT, wrap=True)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.start)
        row.addWidget(self._address)
        row.addStretch(1)
        row.addWidget(self.stop)
        self.body.addWidget(Text(speech, message(N_("No network, no stick")), Kind.SECTION))
        nest(self.body, row)
        self.body.addWidget(self._hint)
        self.start.clicked.connect(self.lend)
        self.stop.clicked.connect(self.finish)
        self._end.timeout.connect(self.finish)
        self._port.found.connect(self._shown)
        self._rest()

    @property
    def address(self) -> str:
        """What the other laptop types, while it may."""
        return self._address.text()

    def lend(self) -> None:
        """Lay out what waits, then serve it until the person is done."""
        desk = self._work.desk
        self.start.setEnabled(False)
        self._work.run(
            lambda progress, cancelled: handover.offer(desk, progress, cancelled),
            self._serve,
            failed=self._broken,
            owner=self,
        )

    def finish(self) -> None:
        """End the session; what came is taken in then."""
        self._end.stop()
        if self._job is not None:
            self._job.cancel()

    def _serve(self, folder: Path) -> None:
        host, desk = local_address(), self._work.desk
        lent = lending(folder, host, desk.clock.now())
        told = self._port.found
        self._job = self._work.run(
            lambda _progress, cancelled: serve(
                host,
                lent.key.context,
                lent.service,
                listening=lambda port: told.emit(lent.address(host, port)),
                cancelled=cancelled,
            ),
            lambda _nothing: self._take(folder),
            failed=lambda fault: self._ended(fault, folder),
            owner=self,
            lane=Lane.FREE,
        )

    def _shown(self, address: str) -> None:
        self._end.start()
        self._address.set_text(Verbatim(address))
        self._say(N_("On the other laptop: Exchange, type this address, Exchange now. It is good for 15 minutes."))
        self.start.hide()
        self.stop.show()
        self.stop.setFocus()

    def _ended(self, fault: Fault, folder: Path) -> None:
        if fault.code is Code.CANCELLED:
            self._take(folder)
        else:
            self._broken(fault)

    def _take(self, folder: Path) -> None:
        desk = self._work.desk
        self._job = None
        self._work.run(
            lambda progress, cancelled: handover.take(desk, folder, progress, cancelled),
            self._taken,
            failed=self._broken,
            owner=self,
        )

    def _taken(self, done: Round) -> None:
        self._rest()
        self.done.emit(done)

    def _broken(self, fault: Fault) -> None:
        self._job = None
        self._rest()
        self.failed.emit(fault)

    def _rest(self) -> None:
        self._address.set_text(None)
        self._say(
            N_(
                "Two laptops in one network, or on one phone's hotspot, hand over to each other. "
                "It still goes to head office with the next exchange."
            )
        )
        self.start.setEnabled(True)
        self.start.show()
        self.stop.hide()

    def _say(self, text: str) -> None:
        words: Sayable = message(text)
        self._hint.set_text(words)


def local_address() -> str:
    """Where others on the network find this laptop; the loop where it is in none."""
    for interface in QNetworkInterface.allInterfaces():
        flags = interface.flags()
        wanted = QNetworkInterface.InterfaceFlag.IsUp | QNetworkInterface.InterfaceFlag.IsRunning
        if flags & wanted != wanted or flags & QNetworkInterface.InterfaceFlag.IsLoopBack:
            continue
        for entry in interface.addressEntries():
            ip: QHostAddress = entry.ip()
            if ip.protocol() == QAbstractSocket.NetworkLayerProtocol.IPv4Protocol and not ip.isLinkLocal():
                return ip.toString()
    return _LOOP
