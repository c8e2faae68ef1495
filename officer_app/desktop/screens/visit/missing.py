"""What is still missing, as one list: each line leads to its place."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.casework.gate import Gap, Lacking
from officer_app.casework.leaving import WHERE, Leaving
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, DataTable, Row

CLOSING_KEYS = "Ctrl+B"

_KINDS = {
    Lacking.ANSWER: N_("Unanswered"),
    Lacking.PICTURE: N_("Picture"),
    Lacking.CONTRADICTION: N_("Contradiction"),
    Lacking.FACT: N_("Figure"),
    Lacking.CHECK: N_("Cross-check"),
    Lacking.CAPTURE: N_("Capture"),
    Lacking.SIGNATURE: N_("Signature"),
}


class MissingList(QWidget):
    """`chosen(kind, ref)`: the line that was opened. `closing_wanted()`: the other of the two lists."""

    chosen = Signal(str, str)
    closing_wanted = Signal()

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
        self._turn = Button(speech, message(N_("Before you leave")), keys=CLOSING_KEYS, parent=self)
        self._turn.clicked.connect(self.closing_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._turn)
        nest(column, head)
        for part in (self._table, self._nothing):
            column.addWidget(part)
        self.setFocusProxy(self._table)

    def show_gaps(self, gaps: tuple[Gap, ...]) -> None:
        """Show everything that is missing."""
        self._turn.set_text(message(N_("Before you leave")))
        title = message(N_("Still missing: {count:count}"), count=len(gaps))
        nothing = message(N_("Nothing is missing. The case can be handed over on the last tab."))
        self._show(title, gaps, tuple(_row(place, gap) for place, gap in enumerate(gaps)), nothing)

    def show_leaving(self, found: tuple[Leaving, ...]) -> None:
        """Show only what cannot be had by phone later, by place."""
        self._turn.set_text(message(N_("Everything missing")))
        title = message(N_("Before you leave: {count:count}"), count=len(found))
        nothing = message(N_("Nothing is left to do here. The rest can be asked by phone."))
        rows = tuple(_row(place, one.gap, WHERE[one.where]) for place, one in enumerate(found))
        self._show(title, tuple(one.gap for one in found), rows, nothing)

    def _show(self, title: Sayable, gaps: tuple[Gap, ...], rows: tuple[Row, ...], nothing: Sayable) -> None:
        self._gaps = gaps
        self._title.set_text(title)
        self._nothing.show_empty(Icon.CHECK, nothing)
        self._table.setVisible(bool(rows))
        self._nothing.setVisible(not rows)
        self._table.show_rows(rows)

    def _open(self, key: str) -> None:
        gap = self._gaps[int(key)]
        self.chosen.emit(gap.kind.value, gap.ref)


def _row(place: int, gap: Gap, where: Sayable | None = None) -> Row:
    """A line; with the place where it must be done in place of its kind."""
    state = State.STOP if gap.kind is Lacking.CONTRADICTION else State.LOOK
    told = where if where is not None else message(_KINDS[gap.kind])
    what = Cell(gap.words, below=gap.how or gap.section, tip=gap.words)
    return Row(str(place), (what, Cell(told, state=state)))
