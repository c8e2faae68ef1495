"""The cases that the filters leave, or the sample that a seed drew of them, and what can be done with either."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.audit.filters import STATES, Filters
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.labels import ElidedText, Kind
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.desktop.widgets.text_field import LineField
from officer_app.headoffice.sampling import Drawn

COLUMNS: Final = (
    Column("case", message(N_("Case")), stretch=True),
    Column("officer", message(N_("Officer")), width=100),
    Column("requested", message(N_("Asked for")), ColumnKind.MONEY, 88),
    Column("approved", message(N_("Amount approved")), ColumnKind.MONEY, 118),
    Column("day", message(N_("Received")), width=116),
    Column("state", message(N_("State")), width=148),
)
_TONES: Final = {
    "approved": State.PASSED,
    "approved_with_conditions": State.PASSED,
    "refused": State.STOP,
    "returned": State.INFO,
}
_USUAL: Final = "20"
_DIGITS: Final = 6


class Cases(QWidget):
    """`opened(case_id)`; `drawn(seed, count)`, `written(seed, count)`; `listed()`; `undrawn()` back to all."""

    opened = Signal(str)
    drawn = Signal(str, int)
    written = Signal(str, int)
    listed = Signal()
    undrawn = Signal()

    def __init__(self, speech: Speech, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.filters = Filters(speech, today)
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Cases")))
        self._said = ElidedText(speech, kind=Kind.STRONG)
        self.open = Button(speech, message(N_("Open the evidence")), Look.PRIMARY, icon=Icon.SHOW)
        self.list = Button(speech, message(N_("Take out the list")), icon=Icon.EXCEL)
        seed = message(N_("Seed: any words, written down before"))
        self.seed = LineField(speech, seed)
        speech.name(self.seed.line, seed)
        self.count = LineField(speech, message(N_("Size of the sample")))
        speech.name(self.count.line, message(N_("Size of the sample")))
        self.count.turn_to(_USUAL)
        self.draw = Button(speech, message(N_("Draw a sample")), icon=Icon.CHECK)
        self.all = Button(speech, message(N_("All cases")), Look.QUIET)
        self.write = Button(speech, message(N_("Sample with evidence")), icon=Icon.FOLDER)
        self._arrange()
        self._connect()

    def show_cases(self, cases: tuple[Any, ...]) -> None:
        """Every case that the filters leave."""
        self._show(cases, message(N_("{count:count} cases"), count=len(cases)))
        self.all.hide()

    def show_sample(self, drawn: tuple[Drawn, ...], of: int, seed: str) -> None:
        """The sample, in the order of the sums that drew it."""
        words = N_("Sample of {count:count} out of {of:count} cases, seed “{seed}”")
        self._show(tuple(one.case for one in drawn), message(words, count=len(drawn), of=of, seed=Verbatim(seed)))
        self.all.show()

    def chosen(self) -> str:
        """The case under the keyboard, or nothing."""
        return self.table.current_key() or ""

    def _show(self, cases: tuple[Any, ...], said: Sayable) -> None:
        self._said.set_text(said)
        self.table.show_rows(tuple(_row(one) for one in cases))
        if self.table.current_key() is None and cases:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        for button in (self.open, self.list, self.draw, self.write):
            button.setEnabled(bool(cases))

    def _asked(self) -> tuple[str, int] | None:
        seed, typed = self.seed.line.text().strip(), self.count.line.text().strip()
        count = int(typed) if typed.isdecimal() and len(typed) <= _DIGITS else 0
        self.seed.set_wrong(not seed)
        self.count.set_wrong(count < 1)
        if not seed:
            self.seed.setFocus()
        elif count < 1:
            self.count.setFocus()
        else:
            return seed, count
        return None

    def _draw(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.drawn.emit(*asked)

    def _write(self) -> None:
        asked = self._asked()
        if asked is not None:
            self.written.emit(*asked)

    def _open(self) -> None:
        if self.chosen():
            self.opened.emit(self.chosen())

    def _connect(self) -> None:
        self.table.opened.connect(self.opened)
        self.open.clicked.connect(self._open)
        self.list.clicked.connect(self.listed)
        self.draw.clicked.connect(self._draw)
        self.write.clicked.connect(self._write)
        self.all.clicked.connect(self.undrawn)
        self.seed.left.connect(self._draw)

    def _arrange(self) -> None:
        top, foot = QHBoxLayout(), QHBoxLayout()
        for row in (top, foot):
            row.setSpacing(SPACE)
        top.addWidget(self._said, 1)
        for part in (self.all, self.list, self.open):
            top.addWidget(part)
        self.count.setFixedWidth(96)
        foot.addWidget(self.seed, 1)
        foot.addWidget(self.count)
        foot.addWidget(self.draw)
        foot.addWidget(self.write)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        nest(column, top)
        column.addWidget(self.table, 1)
        nest(column, foot)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.filters)
        nest(row, column, 1)


def _row(case: Any) -> Row:
    state = _TONES.get(case.state, State.LOOK)
    return Row(
        case.case_id,
        (
            Cell(Verbatim(case.number), below=Verbatim(case.branch), strong=True),
            Cell(Verbatim(case.officer), below=Verbatim(case.product), tip=Verbatim(case.product)),
            Cell(number=case.requested),
            Cell(number=case.approved, strong=True),
            Cell(message("{on:date}", on=local_date(case.received_at))),
            Cell(message(STATES.get(case.state, STATES["submitted"])), state=state),
        ),
    )
