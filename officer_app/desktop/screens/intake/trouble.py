"""What did not hold when it came in, and what is still on its way."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework import reasons
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.table import Column, DataTable, Row
from officer_app.headoffice.overview import Overview, PutAside

COLUMNS: Final = (
    Column("why", message(N_("Reason for it")), stretch=True),
    Column("sender", message(N_("Sender")), width=150),
    Column("when", message(N_("When")), width=170),
    Column("code", message(N_("Code")), width=220),
)


class Trouble(QWidget):
    """A row for each delivery in quarantine, with the sentence of its code and what to do."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rest = Text(speech, kind=Kind.MUTED, wrap=True)
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Put aside")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.SHIELD, message(N_("Everything that came in so far held: nothing was put aside."))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        column.addWidget(self._rest)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def show_overview(self, found: Overview, senders: dict[str, str]) -> None:
        """Show these; `senders` names people by device."""
        self._rest.set_text(_waiting(found))
        self.table.show_rows(tuple(_row(one, senders) for one in found.aside))
        self.table.setVisible(bool(found.aside))
        self._empty.setVisible(not found.aside)


def _waiting(found: Overview) -> Sayable | None:
    if not found.missing and not found.waiting:
        return None
    words = N_(
        "{missing:count} deliveries have not come whole yet; {waiting:count} decisions wait for their case file."
    )
    return message(words, missing=found.missing, waiting=found.waiting)


def _row(one: PutAside, senders: dict[str, str]) -> Row:
    why = reasons.read(f"{one.code} {one.place}".strip())
    return Row(
        f"{one.device}:{one.counter}",
        (
            Cell(why.sentence, below=why.remedy, strong=True),
            Cell(Verbatim(senders.get(one.device, one.device[:8]))),
            Cell(message("{at:moment}", at=local_time(one.received_at))),
            Cell(Verbatim(one.code), below=Verbatim(one.place), muted=True),
        ),
    )
