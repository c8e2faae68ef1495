"""The auditor's place, where nothing can be changed: the laptops' logs, a sample by its seed, who exported what."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice.devicelogs import Doubt, LogState
from officer_app.headoffice.exports import Exported, ExportKind

LOG_COLUMNS: Final = (
    Column("laptop", message(N_("Whose laptop")), width=190),
    Column("length", message(N_("Entries")), ColumnKind.COUNT, 90),
    Column("missing", message(N_("Not come yet")), ColumnKind.COUNT, 120),
    Column("doubt", message(N_("What does not fit")), stretch=True),
)
EXPORT_COLUMNS: Final = (
    Column("when", message(N_("When")), width=190),
    Column("who", message(N_("Who")), width=120),
    Column("what", message(N_("What was taken out")), width=190),
    Column("file", message(N_("File")), stretch=True),
)
_DOUBTS: Final[Mapping[Doubt, str]] = {
    Doubt.NOT_CHAINED: N_("Entry {number} was changed: the log does not lead to the head that was signed."),
    Doubt.FORKED: N_("Another entry {number} was here before: the data folder was put back to an earlier day."),
    Doubt.SHORTENED: N_("Everything after entry {number} was cut off."),
    Doubt.REPLACED: N_("Another log was begun on this laptop; it is {number} entries long."),
    Doubt.MISSING: N_("Entry {number} has not come."),
}
_KINDS: Final[Mapping[str, str]] = {
    ExportKind.WORKBOOK: N_("Workbook"),
    ExportKind.CSV: N_("CSV twins"),
    ExportKind.PORTFOLIO: N_("Portfolio"),
    ExportKind.LIFT: N_("Lift of checks"),
    ExportKind.REGULATOR: N_("Supervisor's report"),
    ExportKind.SAMPLE: N_("Audit sample"),
}


def kind_label(kind: str) -> Message:
    """What an export is called."""
    return message(_KINDS[kind])


class Audit(QWidget):
    """Seed and draw above, the logs of the laptops below them."""

    drawn = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        seed = message(N_("Seed of the sample: any words, written down before"))
        self.seed = LineField(speech, seed)
        speech.name(self.seed.line, seed)
        self.draw = Button(speech, message(N_("Draw 20 cases with their evidence")), icon=Icon.FOLDER)
        self._said = Text(speech, kind=Kind.MUTED, wrap=True)
        self.table = DataTable(speech)
        self.table.set_columns(LOG_COLUMNS)
        speech.name(self.table, message(N_("Logs of the laptops")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.SHIELD,
            message(N_("No laptop's log has come yet. Each case file brings a piece of it; take in to see them.")),
        )
        self.draw.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.seed, 1)
        row.addWidget(self.draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        nest(column, row)
        column.addWidget(self._said)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def show_logs(self, logs: tuple[LogState, ...]) -> None:
        """These logs, those with a doubt first."""
        self._said.set_text(_said(logs))
        self.table.show_rows(tuple(_log_row(log) for log in logs))
        self.table.setVisible(bool(logs))
        self._empty.setVisible(not logs)

    def _ask(self) -> None:
        seed = self.seed.line.text().strip()
        self.seed.set_wrong(not seed)
        if seed:
            self.drawn.emit(seed)
        else:
            self.seed.setFocus()


class Exports(QWidget):
    """Three reports to make, and below them the log of everything that was ever taken out."""

    wanted = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            kind: Button(speech, kind_label(kind), icon=Icon.EXCEL)
            for kind in (ExportKind.PORTFOLIO, ExportKind.LIFT, ExportKind.REGULATOR)
        }
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, kind=kind: self.wanted.emit(kind.value))
            row.addWidget(button)
        row.addStretch(1)
        self.table = DataTable(speech)
        self.table.set_columns(EXPORT_COLUMNS)
        speech.name(self.table, message(N_("Log of exports")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.EXCEL, message(N_("Nothing was taken out yet. Whatever is exported stands here: who, when, what."))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        nest(column, row)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def show_exports(self, made: tuple[Exported, ...]) -> None:
        """These exports, the newest first."""
        self.table.show_rows(tuple(_export_row(one) for one in made))
        self.table.setVisible(bool(made))
        self._empty.setVisible(not made)


def _said(logs: tuple[LogState, ...]) -> Sayable | None:
    if not logs:
        return None
    doubts = sum(len(log.doubts) for log in logs)
    if doubts:
        return message(
            N_("Laptops whose logs came: {logs:count}. Places that do not fit: {doubts:count}."),
            doubts=doubts,
            logs=len(logs),
        )
    return message(N_("Laptops whose logs came: {logs:count}. All link up as far as they came."), logs=len(logs))


def _log_row(log: LogState) -> Row:
    doubts = [message(_DOUBTS[kind], number=number) for kind, number, _ in log.doubts]
    fits = message(N_("Everything links up"))
    more = message(N_("and {count:count} more"), count=len(doubts) - 1) if len(doubts) > 1 else None
    return Row(
        f"{log.log}:{log.device}",
        (
            Cell(Verbatim(log.officer), below=Verbatim(log.branch), strong=True),
            Cell(number=Decimal(log.length)),
            Cell(number=Decimal(log.missing)),
            Cell(doubts[0] if doubts else fits, below=more, muted=not doubts),
        ),
    )


def _export_row(one: Exported) -> Row:
    return Row(
        one.id,
        (
            Cell(message("{at:moment}", at=local_time(one.at))),
            Cell(Verbatim(one.person)),
            Cell(kind_label(one.kind), below=message(N_("{rows:count} rows"), rows=one.rows), strong=True),
            Cell(Verbatim(one.file), below=Verbatim(one.sha256[:32]), tip=Verbatim(one.sha256)),
        ),
    )
