"""The register of exceptions: what approvals passed over, by whom, why, and what became of it."""

from __future__ import annotations

from typing import Final

from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Verbatim, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.workbooks.codes import CODE_LABELS
from officer_app.workbooks.rows import ExceptionRow

COLUMNS: Final = (
    Column("case", message(N_("Case")), width=150),
    Column("rule", message(N_("What was passed over")), stretch=True),
    Column("amount", message(N_("Amount approved")), ColumnKind.MONEY, 130),
    Column("by", message(N_("Decided by")), width=170),
    Column("state", message(N_("State today")), width=150),
)


class Register(QWidget):
    """A row for each rule, with the reason below it."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.table = DataTable(speech)
        self.table.set_columns(COLUMNS)
        speech.name(self.table, message(N_("Exceptions")))
        self._empty = EmptyState(speech)
        self._empty.show_empty(
            Icon.SHIELD,
            message(N_("No approval has passed over a rule or a contradiction. If one does, it stands here.")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.table, 1)
        column.addWidget(self._empty, 1)

    def show_register(self, rows: tuple[ExceptionRow, ...]) -> None:
        """These exceptions."""
        self.table.show_rows(tuple(_row(place, one) for place, one in enumerate(rows)))
        self.table.setVisible(bool(rows))
        self._empty.setVisible(not rows)


def _row(place: int, one: ExceptionRow) -> Row:
    return Row(
        f"{place}:{one.case_number}:{one.code}",
        (
            Cell(Verbatim(one.case_number), below=Verbatim(one.branch), strong=True),
            Cell(one.sentence, below=Verbatim(one.reason), tip=Verbatim(one.reason)),
            Cell(number=one.amount),
            Cell(Verbatim(one.decided_by), below=message("{at:moment}", at=local_time(one.decided_at))),
            Cell(message(CODE_LABELS[one.state]), below=message(CODE_LABELS[one.kind])),
        ),
    )
