"""Sending and receiving."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.errors import Fault
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.delivery import Round, Status, status, sync
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.tasks import Job
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Workplace
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField
from officer_app.vault.records import InboxRecord, OutboxRecord

_KINDS = {
    "dossier": N_("Case file"),
    "decision": N_("Decision"),
    "receipt": N_("Receipt"),
    "pack": N_("Policy or checklist"),
}


class ExchangeScreen(Screen):
    """Where the store is, one button for a round, what waits, what was sent, what was put aside and why."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._job: Job | None = None
        speech = work.speech
        self._where = LineField(speech)
        self._where.line.setText(work.store)
        self._browse = Button(speech, message(N_("Choose a folder")), icon=Icon.FOLDER)
        self._start = Button(
            speech, message(N_("Exchange now")), Look.PRIMARY, icon=Icon.EXCHANGE, keys="Ctrl+Return"
        )
        self._progress = ProgressStrip(speech)
        self._counts = Text(speech, kind=Kind.STRONG, wrap=True)
        self._last = Text(speech, kind=Kind.MUTED)
        self._table = DataTable(speech)
        self._arrange()
        self._browse.clicked.connect(self._choose)
        self._start.clicked.connect(self._round)
        self._progress.cancelled.connect(self._stop)
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self._round)
        work.changed.connect(self._read)

    def head(self) -> Head:
        return Head(
            message(N_("Exchange")), message(N_("Works without a network: a shared folder or a stick will do"))
        )

    def entered(self, what: object) -> None:
        del what
        self._read()
        self._start.setFocus()

    def _read(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: status(desk), self._show, owner=self)

    def _show(self, now: Status) -> None:
        self._counts.set_text(
            message(
                N_("{waiting:count} waiting ({size} MB), {sent:count} sent, {received:count} with a receipt"),
                waiting=len(now.waiting),
                size=_megabytes(now.waiting_bytes),
                sent=now.sent,
                received=now.received,
            )
        )
        last = local_time(datetime.fromisoformat(now.last)) if now.last else None
        self._last.set_text(
            message(N_("Last exchange {at:moment}"), at=last) if last else message(N_("No exchange yet"))
        )
        self._table.show_rows(tuple(_rows(now)))

    def _choose(self) -> None:
        title = self._work.speech.say(message(N_("Folder or stick for the exchange")))
        folder = QFileDialog.getExistingDirectory(self, title, self._where.line.text())
        if folder:
            self._where.line.setText(folder)

    def _round(self) -> None:
        store = self._where.line.text().strip()
        if not store or self._job is not None:
            return
        desk = self._work.desk
        self._work.store = store
        self._start.setEnabled(False)
        self._progress.start(message(N_("Exchanging")))
        self._job = self._work.run(
            lambda progress, cancelled: sync(desk, store, progress, cancelled),
            self._finished,
            failed=self._failed,
            progress=self._progress.tick,
            owner=self,
        )
        if not self._job.is_running:
            self._job = None

    def _stop(self) -> None:
        if self._job is not None:
            self._job.cancel()

    def _finished(self, done: Round) -> None:
        self._over()
        state = State.STOP if done.quarantined else State.PASSED
        self.told.emit(News("exchange:round", state, _sentence(done)))
        self._work.changed.emit()

    def _failed(self, fault: Fault) -> None:
        self._over()
        self.faulted.emit(fault)
        self._read()

    def _over(self) -> None:
        self._job = None
        self._progress.finish()
        self._start.setEnabled(True)

    def _arrange(self) -> None:
        speech = self._work.speech
        place = Card()
        place.body.addWidget(Text(speech, message(N_("Where")), Kind.SECTION))
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._where, 1)
        row.addWidget(self._browse)
        row.addWidget(self._start)
        place.body.addLayout(row)
        place.body.addWidget(self._progress)
        place.body.addWidget(self._counts)
        place.body.addWidget(self._last)
        self._table.set_columns(
            (
                Column("what", message(N_("What")), width=180),
                Column("when", message(N_("When")), width=180),
                Column("size", message(N_("Size")), width=90),
                Column("state", message(N_("State")), width=220),
                Column("why", message(N_("Reason for it")), stretch=True),
            )
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(place)
        column.addWidget(self._table, 1)

    def side(self) -> QWidget | None:
        return None


def _sentence(done: Round) -> Message:
    if done.quarantined:
        return message(
            N_("{count:count} deliveries do not hold and were put aside: {why}"),
            count=len(done.quarantined),
            why=done.quarantined[0].sentence,
        )
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


def _rows(now: Status) -> Iterable[Row]:
    for aside in now.quarantined:
        yield _aside(aside)
    for sent in reversed(now.deliveries):
        yield _sent(sent, received=sent.dossier_digest in now.receipted)


def _sent(one: OutboxRecord, *, received: bool) -> Row:
    if one.sent is None:
        state, word = State.LOOK, message(N_("Waiting to be sent"))
    elif received:
        state, word = State.PASSED, message(N_("Received by head office"))
    else:
        state, word = State.INFO, message(N_("Sent, no receipt yet"))
    size = sum(part.size for part in one.objects)
    return Row(
        one.id,
        (
            Cell(message(_KINDS.get(one.kind, N_("Delivery")))),
            Cell(message("{at:moment}", at=local_time(one.sent or one.queued))),
            Cell(Verbatim(f"{_megabytes(size)} MB")),
            Cell(word, state=state),
            Cell(Verbatim("")),
        ),
    )


def _aside(one: InboxRecord) -> Row:
    return Row(
        one.id,
        (
            Cell(message(_KINDS.get(one.kind, N_("Delivery")))),
            Cell(message("{at:moment}", at=local_time(one.received))),
            Cell(Verbatim("")),
            Cell(message(N_("Put aside")), state=State.STOP),
            Cell(Verbatim(one.reason)),
        ),
    )


def _megabytes(size: int) -> str:
    return str((Decimal(size) / 1_000_000).quantize(Decimal("0.1")))
