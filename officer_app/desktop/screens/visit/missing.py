"""What is still missing, as one list: each line leads to its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.gate import Gap, Lacking
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row

_KINDS = {
    Lacking.ANSWER: N_("Unanswered"),
    Lacking.PICTURE: N_("Picture"),
    Lacking.CONTRADICTION: N_("Contradiction"),
    Lacking.FACT: N_("Figure"),
    Lacking.CHECK: N_("Cross-check"),
}


class MissingList(QWidget):
    """`chosen(kind, ref)`: the line that was opened."""

    chosen = Signal(str, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._gaps: tuple[Gap, ...] = ()
        self._title = Text(speech, kind=Kind.HEAD, parent=self)
        self._table = DataTable(speech)
        self._table.set_columns(
            (
                Column("what", message(N_("What is missing")), stretch=True),
                Column("kind", message(N_("Kind")), width=120),
            )
        )
        self._table.opened.connect(self._open)
        self._nothing = EmptyState(speech)
        self._nothing.show_empty(
            Icon.CHECK, message(N_("Nothing is missing. The case can be handed over on the last tab."))
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        for part in (self._title, self._table, self._nothing):
            column.addWidget(part)
        self.setFocusProxy(self._table)

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """Show these lines."""
        self._gaps = gaps
        self._title.set_text(message(N_("Still missing: {count:count}"), count=len(gaps)))
        self._table.setVisible(bool(gaps))
        self._nothing.setVisible(not gaps)
        self._table.show_rows(tuple(_row(place, gap) for place, gap in enumerate(gaps)))

    def _open(self, key: str) -> None:
        gap = self._gaps[int(key)]
        self.chosen.emit(gap.kind.value, gap.ref)


def _row(place: int, gap: Gap) -> Row:
    state = State.STOP if gap.kind is Lacking.CONTRADICTION else State.LOOK
    what = Cell(gap.words, below=gap.how or gap.section, tip=gap.words)
    return Row(str(place), (what, Cell(message(_KINDS[gap.kind]), state=state)))
