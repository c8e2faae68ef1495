"""Sending and receiving."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId
from officer_app.base.meanings import Kind as FaultKind
from officer_app.base.progress import Cancelled
from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework import carrying, stores
from officer_app.casework.conflicts import Conflict, Settled, Side, open_conflicts, settle
from officer_app.casework.delivery import Round, Status, ask_again, last_store, send_again, status, sync
from officer_app.casework.desk import Desk
from officer_app.casework.quarantine import export_aside
from officer_app.desktop.kit.arithmetic import megabytes
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.sticks import Stick, sticks
from officer_app.desktop.kit.tasks import Job, Lane
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.exchange.aside import AsideCard
from officer_app.desktop.screens.exchange.conflict import ConflictCard
from officer_app.desktop.screens.exchange.lend import LendCard
from officer_app.desktop.screens.exchange.rows import COLUMNS, rows_of
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.outcome import OutcomeLine
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.store_setup import Doors, SetUp
from officer_app.desktop.widgets.table import DataTable
from officer_app.desktop.widgets.text_field import LineField
from officer_app.exchange.addresses import Credentials, read_address

_TABLE = 240
_FAILED: Final = "exchange:failed"
_LOOK_MS = 2_000


class ExchangeScreen(Screen):
    """Where the store is, one button for a round, what came of it, what waits, what was put aside and why."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._job: Job | None = None
        speech = work.speech
        place = message(N_("Folder, stick or server"))
        self.where = LineField(speech, place)
        speech.name(self.where.line, place)
        self.server = Button(speech, message(N_("Set up a server…")), icon=Icon.KEY)
        self.again = Button(speech, message(N_("Send again")), Look.QUIET)
        speech.tip(
            self.again, message(N_("Put everything without a receipt into the store once more; nothing counts twice"))
        )
        self.set_up = SetUp(work, _doors(work.desk))
        self.conflict = ConflictCard(speech)
        self.lend = LendCard(work)
        self.found = FlowLayout()
        self._sticks: tuple[Stick, ...] = ()
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.start = Button(speech, message(N_("Exchange now")), Look.PRIMARY, icon=Icon.EXCHANGE, keys="Ctrl+Return")
        self.progress = ProgressStrip(speech)
        self._result = OutcomeLine(speech)
        self._counts = Text(speech, kind=Kind.MUTED, wrap=True)
        self._gaps = Card(State.LOOK)
        self._missing = Text(speech, wrap=True)
        self.aside = AsideCard(speech)
        self.table = DataTable(speech)
        self._empty = EmptyState(speech)
        self._arrange()
        self._connect()

    def head(self) -> Head:
        return Head(
            message(N_("Exchange")), message(N_("Works without a network: a shared folder or a stick will do"))
        )

    def entered(self, what: object) -> None:
        del what
        self._read()
        self.look_for_sticks()
        self._look.start()
        (self.start if self.where.line.text().strip() else self.where).setFocus()

    def finish(self) -> None:
        self.where.finish()
        self._look.stop()
        self.lend.finish()

    # --- what stands here ------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: (status(desk), last_store(desk), open_conflicts(desk)),
            lambda found: self._show(*found),
            owner=self,
        )

    def _show(self, now: Status, store: str, conflicts: tuple[Conflict, ...]) -> None:
        self.conflict.show_conflicts(conflicts)
        self.again.setVisible(now.sent > now.received)
        if not self.where.line.text().strip():
            self.where.turn_to(self._work.store or store)
        self._show_counts(now)
        self._gaps.setVisible(bool(now.missing))
        self._missing.set_text(
            message(
                N_(
                    "{count:count} deliveries that others sent have not come whole yet. Each round asks for them "
                    "again; another stick, or the next copy to the folder, may hold them."
                ),
                count=now.missing,
            )
        )
        self.aside.show_records(now.quarantined)
        rows = rows_of(now)
        self.table.show_rows(rows)
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)

    def _show_counts(self, now: Status) -> None:
        waiting = message(N_("Nothing waits to be sent"))
        if now.waiting:
            size = megabytes(now.waiting_bytes)
            waiting = message(N_("Waiting to be sent: {count:count} ({size} MB)"), count=len(now.waiting), size=size)
        last: Sayable = message(N_("No exchange yet"))
        if now.last:
            last = message(N_("Last exchange {at:moment}"), at=local_time(datetime.fromisoformat(now.last)))
        if not now.sent:
            self._counts.set_text(message("{waiting} · {last}", waiting=waiting, last=last))
            return
        words = N_("sent: {sent:count}, of these with head office's receipt: {received:count}")
        sent = message(words, sent=now.sent, received=now.received)
        self._counts.set_text(message("{waiting} · {sent} · {last}", waiting=waiting, sent=sent, last=last))

    # --- a round ---------------------------------------------------------------------------------------------------

    def _choose(self) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("Folder or stick for the exchange")))
        if folder is not None:
            self.use(folder)

    def use(self, folder: Path) -> None:
        """Exchange through this folder."""
        self.where.turn_to(str(folder))
        self.where.set_wrong(False)
        self.start.setFocus()

    def round(self) -> None:
        """Send and fetch once."""
        store = self.where.line.text().strip()
        if self._job is not None:
            return
        self.where.set_wrong(not store)
        if not store:
            self.where.setFocus()
            return
        try:
            far = read_address(store).is_remote
        except Fault as fault:
            self._failed(fault)
            return
        self._begin()
        if far:
            self._carry(store)
            return
        desk = self._work.desk
        self._follow(
            self._work.run(
                lambda progress, cancelled: sync(desk, store, progress, cancelled),
                self._finished,
                failed=self._failed,
                progress=self.progress.tick,
                owner=self,
            )
        )

    def _carry(self, store: str) -> None:
        """A server may be slow: only laying out and taking in need the vault, where answers go meanwhile."""
        desk = self._work.desk
        self._follow(
            self._work.run(
                lambda progress, cancelled: carrying.load(desk, store, progress, cancelled),
                self._carried,
                failed=self._failed,
                owner=self,
            )
        )

    def _carried(self, load: carrying.Load) -> None:
        self._follow(
            self._work.run(
                lambda progress, cancelled: carrying.carry(load, progress, cancelled),
                self._unload,
                failed=lambda _cancelled: self._unload(load),
                progress=self.progress.tick,
                owner=self,
                lane=Lane.FREE,
            )
        )

    def _unload(self, load: carrying.Load) -> None:
        desk = self._work.desk
        self._follow(
            self._work.run(
                lambda progress, cancelled: carrying.unload(desk, load, progress, cancelled),
                self._finished,
                failed=self._failed,
                owner=self,
            )
        )

    def _follow(self, job: Job) -> None:
        """What `Cancel` stops, while it runs; work that is over at once has called back already."""
        if job.is_running:
            self._job = job

    # --- sticks, servers, the laptop nearby ------------------------------------------------------------------------

    def look_for_sticks(self) -> None:
        """Ask the system what is plugged in; a mount that hangs holds nobody up."""
        self._work.run(lambda _progress, _cancelled: sticks(), self.offer, owner=self, lane=Lane.FREE)

    def offer(self, found: tuple[Stick, ...]) -> None:
        """Offer these; what is gone is offered no more."""
        if found == self._sticks:
            return
        self._sticks = found
        while (item := self.found.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for stick in found:
            words = message(N_("Stick {name}, {free} GB free"), name=stick.name, free=megabytes(stick.free // 1_000))
            button = Button(self._work.speech, words, icon=Icon.USB)
            button.clicked.connect(partial(self._use_stick, stick))
            self.found.addWidget(button)

    def _use_stick(self, stick: Stick, _checked: bool = False) -> None:
        """Its folder for exchange, made by this very act if it has none."""
        try:
            stick.exchange.mkdir(exist_ok=True)
        except OSError:
            self._failed(Fault(Code.STORE_GONE, where=stick.name, store=str(stick.root)))
            return
        self.use(stick.exchange)

    def _set_up(self) -> None:
        typed = self.where.line.text().strip()
        self.set_up.open_for(typed if "://" in typed else "")

    def _server_kept(self, address: str) -> None:
        self.where.turn_to(address)
        self.where.set_wrong(False)
        self.start.setFocus()

    def _settle(self, arrival: str, stands: str, fields: dict[str, Side], reason: str) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: settle(desk, RecordId(arrival), Side(stands), fields, reason),
            self._settled,
            failed=self._failed,
            owner=self,
        )

    def _settled(self, done: Settled) -> None:
        if done.otherwise:
            words = N_("Settled. Where the other version is right, return the case with that question.")
        else:
            words = N_("Settled. The case can be decided.")
        self._result.say(State.PASSED, message(words))
        self._work.changed.emit()

    def _send_again(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: send_again(desk), lambda _count: self._read(), owner=self)

    def _export(self, record: str) -> None:
        folder = choose_folder(self, self._work.speech, message(N_("Where support's files go")))
        if folder is None:
            return
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: export_aside(desk, RecordId(record), folder),
            lambda files: self._result.say(State.PASSED, message(N_("Written: {file}"), file=files[0].name)),
            failed=self._failed,
            owner=self,
        )

    def _again(self, record: str) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: ask_again(desk, RecordId(record)), lambda _nothing: self.round(), owner=self
        )

    def _begin(self) -> None:
        self._work.store = self.where.line.text().strip()
        for button in (self.start, self.browse, self.server):
            button.setEnabled(False)
        self._result.say(State.INFO, None)
        self.taken_back.emit(_FAILED)
        self.progress.start(message(N_("Exchanging")))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _finished(self, done: Round) -> None:
        self._over()
        state = State.STOP if done.quarantined else State.PASSED
        self._result.say(state, _sentence(done))
        if done.quarantined:
            self.told.emit(News("exchange:aside", State.STOP, _put_aside(done)))
        else:
            self.taken_back.emit("exchange:aside")
        self._work.changed.emit()

    def _failed(self, fault: Fault) -> None:
        self._over()
        if fault.code is Code.CANCELLED:
            self._result.say(
                State.LOOK, message(N_("Stopped. What was sent and taken in before stays; the rest comes next time."))
            )
        else:
            self._tell_failure(fault)
        self._read()

    def _tell_failure(self, fault: Fault) -> None:
        """Here while one looks at it; in one banner for who has gone elsewhere, until the next round begins."""
        self._result.say(State.STOP, message(N_("{what} {remedy}"), what=fault.sentence, remedy=fault.remedy))
        if fault.code.value.kind is FaultKind.BUG:
            self.faulted.emit(fault)
        elif not self.isVisible():
            self.told.emit(News(_FAILED, State.LOOK, fault.sentence, fault.remedy))

    def _over(self) -> None:
        self._job = None
        self.progress.finish()
        for button in (self.start, self.browse, self.server):
            button.setEnabled(True)
        self.start.setFocus()

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose)
        self.start.clicked.connect(self.round)
        self.where.left.connect(self.round)
        self.progress.cancelled.connect(self._stop)
        self.aside.again.connect(self._again)
        self.aside.exported.connect(self._export)
        self.server.clicked.connect(self._set_up)
        self.again.clicked.connect(self._send_again)
        self.set_up.kept.connect(self._server_kept)
        self.conflict.settled.connect(self._settle)
        self.lend.done.connect(self._finished)
        self.lend.failed.connect(self._failed)
        self._look.timeout.connect(self.look_for_sticks)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.round)
        self._work.changed.connect(self._read)

    def _arrange(self) -> None:
        speech = self._work.speech
        page = Page(self)
        page.body.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        page.body.addWidget(self._place())
        page.body.addWidget(self.set_up)
        page.body.addWidget(self.conflict)
        self._gaps.body.addWidget(self._missing)
        page.body.addWidget(self._gaps)
        page.body.addWidget(self.aside)
        page.body.addWidget(self.lend)
        self.table.set_columns(COLUMNS)
        self.table.setMinimumHeight(_TABLE)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        speech.name(self.table, message(N_("Deliveries")))
        self._empty.show_empty(
            Icon.EXCHANGE,
            message(N_("What goes out and what comes in stands here, each delivery with how far it got.")),
        )
        self._gaps.hide()
        page.body.addWidget(self.table, 1)
        page.body.addWidget(self._empty, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)

    def _place(self) -> Card:
        speech, card = self._work.speech, Card()
        card.body.addWidget(Text(speech, message(N_("Where")), Kind.SECTION))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for part, stretch in ((self.where, 1), (self.browse, 0), (self.server, 0), (self.start, 0)):
            row.addWidget(part, stretch)
        nest(card.body, row)
        nest(card.body, self.found)
        hint = message(
            N_(
                "A stick: plug it in, press its name, exchange. Pulled out too early, the next round goes on. "
                "Everything on it is sealed: who finds it can read nothing."
            )
        )
        card.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True))
        card.body.addWidget(self.progress)
        card.body.addWidget(self._result)
        counted = QHBoxLayout()
        counted.setSpacing(SPACE)
        counted.addWidget(self._counts, 1)
        counted.addWidget(self.again)
        nest(card.body, counted)
        return card


def _sentence(done: Round) -> Message:
    if not (done.sent or done.dossiers or done.decisions or done.receipts or done.packs or done.quarantined):
        return message(N_("Nothing new: all is sent, and nothing has come."))
    came = (
        (N_("case files {count:count}"), done.dossiers),
        (N_("decisions {count:count}"), done.decisions),
        (N_("receipts {count:count}"), done.receipts),
        (N_("policies and checklists {count:count}"), done.packs),
    )
    things = tuple(message(words, count=count) for words, count in came if count)
    if not things:
        return message(N_("Sent: {sent:count}. Nothing new has come."), sent=done.sent)
    return message(N_("Sent: {sent:count}. Received: {things}."), sent=done.sent, things=things)


def _put_aside(done: Round) -> Message:
    return message(
        N_("{count:count} deliveries do not hold and were put aside: {why}"),
        count=len(done.quarantined),
        why=done.quarantined[0].sentence,
    )


def _doors(desk: Desk) -> Doors:
    """Stores that this person sets up, kept in the own vault."""

    def attempt(address: str, given: Credentials, cancelled: Cancelled) -> tuple[str, int]:
        tried = stores.try_store(desk, address, given, cancelled)
        return tried.address, tried.devices

    return Doors(attempt, lambda address, given: stores.keep_store(desk, address, given))
