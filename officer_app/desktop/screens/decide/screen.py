"""Submitted cases that wait for a decision."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.errors import Code
from officer_app.base.words import N_, Message, message
from officer_app.casework.review import Waiting, queue
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.decide.rows import BARRED, COLUMNS, ORDERS, row_of
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.screen import Head, News, Screen
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import DataTable
from officer_app.desktop.widgets.topbar import Chip
from officer_app.trust.certificates import Role


class DecideScreen(Screen):
    """The oldest first; a heading orders anew. Enter opens a file; own files say why they cannot be decided here."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        self._waiting: tuple[Waiting, ...] = ()
        self._order = "officer"
        self._decides = Role.MANAGER in work.desk.roles
        speech = work.speech
        self.table = DataTable(speech)
        self._count = Text(speech, kind=Kind.SECTION)
        self._empty = EmptyState(speech)
        self._stack = QStackedWidget()
        self._arrange()
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        self._empty.acted.connect(lambda: self.go.emit(Place.EXCHANGE.value, None))
        work.changed.connect(self._read)

    def head(self) -> Head:
        identity = self._work.desk.identity
        if not self._decides:
            return Head(message(N_("Waiting for your opinion")))
        if identity is None:
            return Head(message(N_("Waiting for your decision")))
        limit = message(N_("Your limit {limit:money}"), limit=identity.person.approval_limit)
        return Head(message(N_("Waiting for your decision")), chips=(Chip(State.NEUTRAL, limit),))

    def entered(self, what: object) -> None:
        del what
        self._read()

    def _read(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _progress, _cancelled: queue(desk), self._show, owner=self)

    def _show(self, waiting: tuple[Waiting, ...]) -> None:
        self._waiting = waiting
        ordered = sorted(waiting, key=ORDERS[self._order])  # type: ignore[arg-type]  # each key orders by one type
        to_be_done = message(N_("To be decided") if self._decides else N_("To be read"))
        self.table.show_rows(tuple(row_of(one, to_be_done) for one in ordered))
        self._stack.setCurrentIndex(0 if waiting else 1)
        mine = sum(one.barred is None for one in waiting)
        self._count.set_text(self._counted(mine, len(waiting) - mine))
        if not waiting:
            if self.isVisible():
                self._empty.setFocus()
            return
        if self.table.current_key() is None:
            self.table.setCurrentIndex(self.table.model().index(0, 0))
        if self.isVisible():
            self.table.setFocus()

    def _counted(self, mine: int, others: int) -> Message:
        if not self._decides:
            return message(N_("Files to read: {count:count}"), count=mine)
        if not others:
            return message(N_("For you to decide: {mine:count}"), mine=mine)
        words = N_("For you to decide: {mine:count}; not by you, or not yet: {others:count}")
        return message(words, mine=mine, others=others)

    def _sort(self, column: str) -> None:
        self._order = column
        self._show(self._waiting)

    def _open(self, key: str) -> None:
        one = next(one for one in self._waiting if one.dossier == key)
        if one.barred in (None, Code.RELATED_TO_CASE):
            self.taken_back.emit("decide:barred")
            self.go.emit(Place.REVIEW.value, one.dossier)
        else:
            self.told.emit(News("decide:barred", State.LOOK, message(BARRED[one.barred])))

    def _arrange(self) -> None:
        self.table.set_columns(COLUMNS)
        self._work.speech.name(self.table, message(N_("Waiting for your decision")))
        words = N_("Files that officers hand over wait here for your decision. Exchange to fetch what has come.")
        if not self._decides:
            words = N_("Files that officers hand over wait here for your opinion. Exchange to fetch what has come.")
        self._empty.show_empty(Icon.DECIDE, message(words), message(N_("Go to exchange")))
        filled = QWidget()
        inside = QVBoxLayout(filled)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(SPACE)
        inside.addWidget(self._count)
        inside.addWidget(self.table, 1)
        self._stack.addWidget(filled)
        self._stack.addWidget(self._empty)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.addWidget(self._stack)
