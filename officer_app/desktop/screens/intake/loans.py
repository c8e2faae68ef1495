"""The loans of the warehouse, with the sums over all of them."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.headoffice.overview import Overview
from officer_app.workbooks.rows import LoanRow

COLUMNS: Final = (
    Column("number", message(N_("Case")), stretch=True),
    Column("officer", message(N_("Officer")), width=72),
    Column("requested", message(N_("Asked for")), ColumnKind.MONEY, 88),
    Column("recommended", message(N_("Can be supported")), ColumnKind.MONEY, 120),
    Column("approved", message(N_("Amount approved")), ColumnKind.MONEY, 120),
    Column("grade", message(N_("Grade")), width=56),
    Column("unfit", message(N_("What does not fit")), width=136),
    Column("day", message(N_("Handed over")), width=124),
    Column("state", message(N_("State")), width=148),
)
_STATES: Final = {
    "submitted": (State.LOOK, N_("Submitted")),
    "approved": (State.PASSED, N_("Approved")),
    "approved_with_conditions": (State.PASSED, N_("With conditions")),
    "refused": (State.STOP, N_("Refused")),
    "returned": (State.INFO, N_("Returned")),
    "escalated": (State.LOOK, N_("With the next level")),
}


class Loans(QWidget):
    """Sums as tiles, then a row for each case."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tiles = [Tile(speech) for _ in range(5)]
        self.table = DataTable(speech)
        self._more = Text(speech, kind=Kind.HINT, wrap=True)
        self._empty = EmptyState(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Loans")))
        self._empty.show_empty(
            Icon.RECEIVE,
            message(N_("Case files that officers hand over come in here. Press “Take in” to fetch what is there.")),
        )
        sums = QHBoxLayout()
        sums.setSpacing(SPACE + HALF)
        for tile in self._tiles:
            sums.addWidget(tile, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE + HALF)
        nest(column, sums)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._more)

    def show_overview(self, found: Overview) -> None:
        """Show these loans and the sums over all."""
        sums = found.totals
        told = (
            (N_("Cases"), message("{x:count}", x=sums.cases)),
            (N_("Asked for"), message("{x:money}", x=sums.requested)),
            (N_("Can be supported"), message("{x:money}", x=sums.recommended)),
            (N_("Amount approved"), message("{x:money}", x=sums.approved)),
            (
                N_("Checks that do not agree"),
                message(N_("{x:count} of {all:count}"), x=sums.checks_failed, all=sums.checks),
            ),
        )
        for tile, (name, value) in zip(self._tiles, told, strict=True):
            tile.show_sum(message(name), value)
        self.table.show_rows(tuple(_row(loan) for loan in found.loans))
        self.table.setVisible(bool(found.loans))
        self._empty.setVisible(not found.loans)
        rest = sums.cases - len(found.loans)
        words = message(N_("{count:count} more are in the workbook."), count=rest)
        self._more.set_text(words if rest > 0 else None)


class Tile(Card):
    """A sum with its name."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(margin=SPACE + HALF, parent=parent)
        self.body.setSpacing(0)
        self._name = Text(speech, kind=Kind.SECTION, wrap=True, parent=self)
        self._value = Text(speech, kind=Kind.HEAD, parent=self)
        self.body.addWidget(self._name)
        self.body.addWidget(self._value)

    def show_sum(self, name: Message, value: Message) -> None:
        """Another sum."""
        self._name.set_text(name)
        self._value.set_text(value)


def _row(loan: LoanRow) -> Row:
    state, word = _STATES.get(loan.state, (State.NEUTRAL, N_("Submitted")))
    return Row(
        loan.case_id,
        (
            Cell(
                Verbatim(loan.case_number),
                below=message(N_("{branch} · v{version:count}"), branch=loan.branch, version=loan.version),
                strong=True,
            ),
            Cell(Verbatim(loan.officer)),
            Cell(number=loan.requested),
            Cell(number=loan.recommended),
            Cell(number=loan.approved if loan.decided_on is not None else None, strong=True),
            Cell(Verbatim(loan.grade)),
            _unfit(loan),
            Cell(message("{on:date}", on=loan.submitted_on)),
            Cell(message(word), state=state),
        ),
    )


def _unfit(loan: LoanRow) -> Cell:
    if loan.hard_flags:
        return Cell(message(N_("{count:count} refusing flags"), count=len(loan.hard_flags)), state=State.STOP)
    if loan.unexplained:
        return Cell(message(N_("{count:count} unexplained"), count=loan.unexplained), state=State.STOP)
    if loan.contradictions:
        return Cell(message(N_("{count:count} explained"), count=loan.contradictions), state=State.LOOK)
    return Cell(message(N_("everything fits")), state=State.PASSED)
