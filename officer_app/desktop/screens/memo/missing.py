"""What is still missing, beside the memo; each line leads to its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.gate import Gap, Lacking
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row

_ROWS_SEEN = 2
# The list takes all the room it can use before anything is left empty.
_FIRST = 100


class Missing(QWidget):
    """`chosen(gap)` when a line is pressed."""

    chosen = Signal(object)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: tuple[Gap, ...] = ()
        self._title = Text(speech, None, Kind.SECTION, parent=self)
        self._ready = Pill(speech, State.PASSED, message(N_("Nothing is missing")), self)
        self.table = DataTable(speech)
        self.table.set_columns((Column("what", message(N_("What is missing")), stretch=True),))
        self.table.horizontalHeader().hide()
        self.table.opened.connect(self._open)
        self.table.clicked.connect(lambda index: self._open(str(index.row())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (self._title, self._ready):
            column.addWidget(part)
        column.addWidget(self.table, _FIRST)
        column.addStretch(1)
        self.setFocusProxy(self.table)

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """Show these lines, or that there are none."""
        self._gaps = gaps
        self._title.set_text(message(N_("Still missing: {count:count}"), count=len(gaps)) if gaps else None)
        self._ready.setVisible(not gaps)
        self.table.setVisible(bool(gaps))
        self.table.show_rows(tuple(_row(place, gap) for place, gap in enumerate(gaps)))
        tall = self.table.verticalHeader().defaultSectionSize()
        self.table.setMinimumHeight(tall * min(len(gaps), _ROWS_SEEN) + 2)
        self.table.setMaximumHeight(tall * len(gaps) + 2)

    def _open(self, key: str) -> None:
        self.chosen.emit(self._gaps[int(key)])


def _row(place: int, gap: Gap) -> Row:
    strong = gap.kind is Lacking.CONTRADICTION
    return Row(str(place), (Cell(gap.words, below=gap.section, strong=strong, tip=gap.how or gap.words),))
