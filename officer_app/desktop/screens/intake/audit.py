"""Two pages of the console: a sample by its seed over the laptops' logs, and what was taken out with why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.office_logs import ExportLog, LaptopLogs, kind_label
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice.devicelogs import LogState
from officer_app.headoffice.exports import Exported, ExportKind


class Audit(QWidget):
    """Seed and draw above, the logs of the laptops below them."""

    drawn = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        seed = message(N_("Seed of the sample: any words, written down before"))
        self.seed = LineField(speech, seed)
        speech.name(self.seed.line, seed)
        self.draw = Button(speech, message(N_("Draw 20 cases with their evidence")), icon=Icon.FOLDER)
        self._logs = LaptopLogs(speech)
        self.table = self._logs.table
        self.draw.clicked.connect(self._ask)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.seed, 1)
        row.addWidget(self.draw)
        _column(self, row, self._logs)

    def show_logs(self, logs: tuple[LogState, ...]) -> None:
        """These logs, those with a doubt first."""
        self._logs.show_logs(logs)

    def _ask(self) -> None:
        seed = self.seed.line.text().strip()
        self.seed.set_wrong(not seed)
        if seed:
            self.drawn.emit(seed)
        else:
            self.seed.setFocus()


class Exports(QWidget):
    """Three reports to make, why, and below them the log of everything that was ever taken out."""

    wanted = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            kind: Button(speech, kind_label(kind), icon=Icon.EXCEL)
            for kind in (ExportKind.PORTFOLIO, ExportKind.LIFT, ExportKind.REGULATOR)
        }
        why = message(N_("Why it is taken out: for the log"))
        self.why = LineField(speech, why)
        speech.name(self.why.line, why)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.why, 1)
        for kind, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, kind=kind: self.wanted.emit(kind.value))
            row.addWidget(button)
        self._log = ExportLog(speech)
        self.table = self._log.table
        _column(self, row, self._log)

    def show_exports(self, made: tuple[Exported, ...]) -> None:
        """These exports, the newest first."""
        self._log.show_exports(made)


def _column(page: QWidget, row: QHBoxLayout, below: QWidget) -> None:
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(SPACE + HALF)
    nest(column, row)
    column.addWidget(below, 1)
