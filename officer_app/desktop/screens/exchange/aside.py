"""What was put aside: why, what to do, and a way to ask for it again."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Verbatim, message
from officer_app.casework import reasons
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.exchange.rows import kind_of
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.vault.deliveryrecords import InboxRecord


class AsideCard(Card):
    """`again(id)` when a delivery shall be fetched once more, `exported(id)` when it is wanted for support."""

    again = Signal(str)
    exported = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(State.STOP, parent=parent)
        self._speech = speech
        self._holder = QWidget(self)
        self.body.addWidget(self._holder)
        self.hide()

    def show_records(self, records: tuple[InboxRecord, ...]) -> None:
        """Show these; none hides the card."""
        self.body.removeWidget(self._holder)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = QWidget(self)
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        title = message(N_("{count:count} deliveries were put aside and changed nothing here"), count=len(records))
        head = QHBoxLayout()
        head.addWidget(Pill(self._speech, State.STOP, title))
        head.addStretch(1)
        nest(column, head)
        for place, record in enumerate(records):
            if place:
                column.addWidget(rule())
            nest(column, self._row(record))
        self.body.addWidget(self._holder)
        self.setVisible(bool(records))

    def _row(self, record: InboxRecord) -> QHBoxLayout:
        speech, why = self._speech, reasons.read(record.reason)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(speech, why.sentence, Kind.STRONG, wrap=True))
        words.addWidget(Text(speech, why.remedy, wrap=True))
        told = message(
            N_("{kind}, {at:moment} · from {device} no. {number} · {code}"),
            kind=kind_of(record.kind),
            at=local_time(record.received),
            device=record.device[:8],
            number=str(record.counter),
            code=Verbatim(f"{why.code} {why.where}".strip()),
        )
        words.addWidget(Text(speech, told, Kind.HINT, wrap=True))
        again = Button(speech, message(N_("Try again")), icon=Icon.SYNC)
        speech.tip(again, message(N_("Fetch it once more: another copy may be whole, or what it waits for has come")))
        again.clicked.connect(partial(self._ask, str(record.id)))
        support = Button(speech, message(N_("For support…")), Look.QUIET)
        speech.tip(support, message(N_("Write the reason and the sealed index into a folder; nothing of a customer")))
        support.clicked.connect(partial(self._export, str(record.id)))
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        nest(row, words, 1)
        row.addWidget(support)
        row.addWidget(again)
        return row

    def _export(self, record: str, _checked: bool = False) -> None:
        self.exported.emit(record)

    def _ask(self, record: str, _checked: bool = False) -> None:
        self.again.emit(record)
