"""Submitted cases that wait for a decision."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from officer_app.base.clock import local_time
from officer_app.base.errors import Code
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.review import Waiting, queue
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.desktop.widgets.topbar import Chip

_BARRED = {
    Code.FOUR_EYES: N_("Your own file: somebody else decides"),
    Code.NOT_ENROLLED: N_("You have no certificate yet"),
}


class DecideScreen(Screen):
    """Enter opens a file; own files are shown, and say why they cannot be decided here."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._waiting: tuple[Waiting, ...] = ()
        self._table = DataTable(work.speech)
        self._empty = EmptyState(work.speech)
        self._arrange()
        self._table.opened.connect(self._open)
        self._empty.acted.connect(lambda: self.go.emit(Place.EXCHANGE.value, None))
        work.changed.connect(self._read)

    def head(self) -> Head:
        identity = self._work.desk.identity
        limit = identity.person.approval_limit if identity is not None else None
        own = (
            (Chip(State.NEUTRAL, message(N_("Your limit {limit:money}"), limit=limit)),) if limit is not None else ()
        )
        return Head(message(N_("Waiting for your decision")), chips=own)

    def entered(self, what: object) -> None:
        del what
        self._read()

    def _read(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: queue(desk), self._show, owner=self)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        self._waiting = waiting
        self._table.show_rows(tuple(_row(place, one) for place, one in enumerate(waiting)))
        self._table.setVisible(bool(waiting))
        self._empty.setVisible(not waiting)
        if waiting:
            self._table.setFocus()

    def _open(self, key: str) -> None:
        one = self._waiting[int(key)]
        if one.barred is None:
            self.go.emit(Place.REVIEW.value, one.dossier)
        else:
            self.told.emit(News("decide:barred", State.LOOK, message(_BARRED[one.barred])))

    def _arrange(self) -> None:
        self._table.set_columns(
            (
                Column("number", message(N_("Case")), width=110),
                Column("who", message(N_("Customer")), stretch=True),
                Column("asked", message(N_("Asked for")), ColumnKind.MONEY, 110),
                Column("supported", message(N_("Can be supported")), ColumnKind.MONEY, 120),
                Column("grade", message(N_("Grade")), width=70),
                Column("officer", message(N_("Officer")), width=100),
                Column("since", message(N_("Waiting since")), width=170),
                Column("state", message(N_("State")), width=190),
            )
        )
        self._empty.show_empty(
            Icon.DECIDE,
            message(
                N_("Files that officers hand over wait here for your decision. Exchange to fetch what has come.")
            ),
            message(N_("Go to exchange")),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.addWidget(self._table)
        column.addWidget(self._empty)
        self._empty.hide()


def _row(place: int, one: Waiting) -> Row:
    case = one.case
    ready = State.LOOK if one.barred is None else State.NEUTRAL
    word: Message = message(N_("To be decided")) if one.barred is None else message(_BARRED[one.barred])
    return Row(
        str(place),
        (
            Cell(Verbatim(case.number)),
            Cell(Verbatim(case.applicant), strong=True),
            Cell(number=one.requested),
            Cell(number=case.supported_amount),
            Cell(Verbatim(case.grade)),
            Cell(Verbatim(one.submitted_by)),
            Cell(message("{at:moment}", at=local_time(case.updated))),
            Cell(word, state=ready),
        ),
    )
