"""Sending and receiving."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from officer_app.base.clock import local_time
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import RecordId
from officer_app.base.words import N_, Message, Sayable, message
from officer_app.casework.delivery import Round, Status, ask_again, last_store, status, sync
from officer_app.desktop.kit.dialogs import choose_folder
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.tasks import Job
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.screens.exchange.aside import AsideCard
from officer_app.desktop.screens.exchange.rows import COLUMNS, megabytes, rows_of
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.page import Page
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import DataTable
from officer_app.desktop.widgets.text_field import LineField

_TABLE = 240


class ExchangeScreen(Screen):
    """Where the store is, one button for a round, what came of it, what waits, what was put aside and why."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._job: Job | None = None
        speech = work.speech
        place = message(N_("Folder or address"))
        self.where = LineField(speech, place)
        speech.name(self.where.line, place)
        self.browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self.start = Button(speech, message(N_("Exchange now")), Look.PRIMARY, icon=Icon.EXCHANGE, keys="Ctrl+Return")
        self.progress = ProgressStrip(speech)
        self._outcome = Pill(speech)
        self._result = Text(speech, kind=Kind.STRONG, wrap=True)
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
        (self.start if self.where.line.text().strip() else self.where).setFocus()

    def finish(self) -> None:
        self.where.finish()

    # --- what stands here ------------------------------------------------------------------------------------------

    def _read(self) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: (status(desk), last_store(desk)),
            lambda found: self._show(*found),
            owner=self,
        )

    def _show(self, now: Status, store: str) -> None:
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
        counts = message(
            N_("{waiting:count} waiting ({size} MB), {sent:count} sent, {received:count} with a receipt"),
            waiting=len(now.waiting),
            size=megabytes(now.waiting_bytes),
            sent=now.sent,
            received=now.received,
        )
        last: Sayable = message(N_("No exchange yet"))
        if now.last:
            last = message(N_("Last exchange {at:moment}"), at=local_time(datetime.fromisoformat(now.last)))
        self._counts.set_text(message("{counts} · {last}", counts=counts, last=last))

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
        desk = self._work.desk
        self._begin()
        self._job = self._work.run(
            lambda progress, cancelled: sync(desk, store, progress, cancelled),
            self._finished,
            failed=self._failed,
            progress=self.progress.tick,
            owner=self,
        )
        if not self._job.is_running:
            self._job = None

    def _again(self, record: str) -> None:
        desk = self._work.desk
        self._work.run(
            lambda _progress, _cancelled: ask_again(desk, RecordId(record)), lambda _nothing: self.round(), owner=self
        )

    def _begin(self) -> None:
        self._work.store = self.where.line.text().strip()
        for button in (self.start, self.browse):
            button.setEnabled(False)
        self._say(State.INFO, None)
        self.progress.start(message(N_("Exchanging")))

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _finished(self, done: Round) -> None:
        self._over()
        state = State.STOP if done.quarantined else State.PASSED
        self._say(state, _sentence(done))
        if done.quarantined:
            self.told.emit(News("exchange:aside", State.STOP, _put_aside(done)))
        else:
            self.taken_back.emit("exchange:aside")
        self._work.changed.emit()

    def _failed(self, fault: Fault) -> None:
        self._over()
        if fault.code is Code.CANCELLED:
            self._say(
                State.LOOK, message(N_("Stopped. What was sent and taken in before stays; the rest comes next time."))
            )
        else:
            self._say(State.STOP, fault.sentence)
            self.faulted.emit(fault)
        self._read()

    def _say(self, state: State, words: Sayable | None) -> None:
        self._result.set_text(words)
        self._outcome.setVisible(words is not None)
        done = {State.PASSED: N_("Done"), State.STOP: N_("Look here"), State.LOOK: N_("Stopped")}
        if state in done:
            self._outcome.show_state(state, message(done[state]))

    def _over(self) -> None:
        self._job = None
        self.progress.finish()
        for button in (self.start, self.browse):
            button.setEnabled(True)
        self.start.setFocus()

    # --- building --------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.browse.clicked.connect(self._choose)
        self.start.clicked.connect(self.round)
        self.where.left.connect(self.round)
        self.progress.cancelled.connect(self._stop)
        self.aside.again.connect(self._again)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.round)
        self._work.changed.connect(self._read)

    def _arrange(self) -> None:
        speech = self._work.speech
        page = Page(self)
        page.body.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        page.body.addWidget(self._place())
        self._gaps.body.addWidget(self._missing)
        page.body.addWidget(self._gaps)
        page.body.addWidget(self.aside)
        self.table.set_columns(COLUMNS)
        self.table.setMinimumHeight(_TABLE)
        self.table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        speech.name(self.table, message(N_("Deliveries")))
        self._empty.show_empty(
            Icon.EXCHANGE,
            message(N_("What goes out and what comes in stands here, each delivery with how far it got.")),
        )
        self._gaps.hide()
        self._outcome.hide()
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
        for part, stretch in ((self.where, 1), (self.browse, 0), (self.start, 0)):
            row.addWidget(part, stretch)
        nest(card.body, row)
        hint = message(
            N_(
                "A stick: plug it in, choose its folder, pull it out after “Done”. Everything on it is sealed: "
                "who finds it can read nothing."
            )
        )
        card.body.addWidget(Text(speech, hint, Kind.HINT, wrap=True))
        card.body.addWidget(self.progress)
        said = QHBoxLayout()
        said.setSpacing(SPACE)
        said.addWidget(self._outcome)
        said.addWidget(self._result, 1)
        nest(card.body, said)
        card.body.addWidget(self._counts)
        return card


def _sentence(done: Round) -> Message:
    if not (done.sent or done.dossiers or done.decisions or done.receipts or done.packs or done.quarantined):
        return message(N_("Nothing new: all is sent, and nothing has come."))
    return message(
        N_(
            "Sent {sent:count}. Received: {files:count} case files, {decisions:count} decisions, "
            "{receipts:count} receipts, {packs:count} packs."
        ),
        sent=done.sent,
        files=done.dossiers,
        decisions=done.decisions,
        receipts=done.receipts,
        packs=done.packs,
    )


def _put_aside(done: Round) -> Message:
    return message(
        N_("{count:count} deliveries do not hold and were put aside: {why}"),
        count=len(done.quarantined),
        why=done.quarantined[0].sentence,
    )
