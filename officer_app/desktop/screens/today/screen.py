"""The first screen: what is in work, what came back, what waits to be sent."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.clock import local_date
from officer_app.base.ids import CaseId
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.keeping import last_backup
from officer_app.casework.today import Day, Progress, day, progress_of
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.today.cards import ExchangeCard, RemindersCard, reminders_of
from officer_app.desktop.screens.today.rows import HANDED_OVER, IN_WORK, handed_over_row, in_work_row
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.table import DataTable

_RIGHT = 320
_RIGHT_WHEN_TIGHT = 252
_TIGHT = 1100
_SEARCH = 200


class TodayScreen(Screen):
    """Shows rows at once; how far each visit is follows one by one from the vault's lane."""

    def __init__(self, work: Workplace) -> None:
        super().__init__()
        self._work = work
        speech = work.speech
        self._day: Day | None = None
        self._progress: dict[CaseId, Progress] = {}
        self._search = SearchBox(speech, message(N_("Find a case")), self)
        self._search.setFixedWidth(_SEARCH)
        self._new = Button(speech, message(N_("New case")), Look.PRIMARY, keys="Ctrl+N", parent=self)
        self._in_work = DataTable(speech)
        self._handed_over = DataTable(speech)
        self._in_work.setObjectName("in_work")
        self._exchange = ExchangeCard(speech)
        self._reminders = RemindersCard(speech)
        self._empty = EmptyState(speech)
        self._more = Text(speech, None, Kind.HINT)
        self._pages = QStackedWidget()
        self._arrange()
        self._connect()

    # --- Screen ---------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        desk = self._work.desk
        branch = desk.identity.person.branch if desk.identity is not None else ""
        who = " · ".join(part for part in (desk.user.full_name, branch) if part)
        today = local_date(desk.clock.now())
        return Head(message(N_("Today · {day:date}"), day=today), Verbatim(who), actions=(self._search, self._new))

    def entered(self, what: object) -> None:  # noqa: ARG002  nothing is handed over to the first screen
        self._load()
        QTimer.singleShot(0, self, self._in_work.setFocus)

    # --- reading --------------------------------------------------------------------------------------------------

    def _load(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _p, _c: (day(desk), last_backup(desk)), self._show, owner=self)

    def _reload(self) -> None:
        if self.isVisible():
            self._load()

    def _show(self, found: tuple[Day, str]) -> None:
        self._day, backup = found
        desk = self._work.desk
        self._exchange.show_status(self._day.status)
        self._reminders.show_reminders(
            reminders_of(self._day, desk.clock.now(), enrolled=desk.identity is not None, last_backup=backup)
        )
        known = {case.id for case in self._day.in_work}
        self._progress = {case: one for case, one in self._progress.items() if case in known}
        self._show_rows()
        for case in self._day.in_work:
            self._look_at(case.id)

    def _look_at(self, case: CaseId) -> None:
        desk = self._work.desk

        def show(progress: Progress) -> None:
            self._progress[case] = progress
            self._show_rows()

        self._work.run(lambda _p, _c: progress_of(desk, case), show, owner=self)

    def _show_rows(self) -> None:
        seen = self._day
        if seen is None:
            return
        something = bool(seen.in_work or seen.handed_over)
        self._pages.setCurrentIndex(0 if something else 1)
        self._in_work.show_rows(tuple(in_work_row(case, self._progress.get(case.id)) for case in seen.in_work))
        self._handed_over.show_rows(tuple(handed_over_row(item) for item in seen.handed_over))
        for table, rows in ((self._in_work, seen.in_work), (self._handed_over, seen.handed_over)):
            table.fit_height()
            if rows and not table.currentIndex().isValid():
                table.setCurrentIndex(table.model().index(0, 0))
            self._blocks[table].setVisible(bool(rows))
        hidden = seen.total - len(seen.handed_over)
        self._more.set_text(message(N_("{count:count} more under Cases"), count=hidden) if hidden > 0 else None)

    # --- what is done here ----------------------------------------------------------------------------------------

    def _open(self, place: Place, case: str) -> None:
        self._work.open(CaseId(case), partial(self.go.emit, place.value, None))

    def _connect(self) -> None:
        self._in_work.opened.connect(partial(self._open, Place.VISIT))
        self._handed_over.opened.connect(partial(self._open, Place.MEMO))
        self._new.clicked.connect(partial(self.go.emit, Place.NEW_CASE.value, None))
        self._empty.acted.connect(partial(self.go.emit, Place.NEW_CASE.value, None))
        self._exchange.wanted.connect(partial(self.go.emit, Place.EXCHANGE.value, None))
        self._search.entered.connect(self._find)
        self._work.changed.connect(self._reload)

    def _find(self) -> None:
        text = self._search.text().strip()
        self._search.clear()
        self.go.emit(Place.CASES.value, text or "search")

    # --- building -------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._right.setFixedWidth(_RIGHT_WHEN_TIGHT if event.size().width() < _TIGHT else _RIGHT)

    def _arrange(self) -> None:
        self._in_work.set_columns(IN_WORK)
        self._handed_over.set_columns(HANDED_OVER)
        self._empty.show_empty(
            Icon.CASES,
            message(N_("Here you see what is in work and what waits. Begin with the first customer of the day.")),
            message(N_("New case")),
            keys="Ctrl+N",
        )
        self._blocks: dict[DataTable, QWidget] = {}
        page = QWidget()
        page.setProperty("clear", True)
        row = QHBoxLayout(page)
        row.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 3 * SPACE)
        row.setSpacing(2 * SPACE)
        left = QVBoxLayout()
        left.setSpacing(2 * SPACE)
        left.addWidget(self._block(message(N_("In work")), self._in_work))
        left.addWidget(self._block(message(N_("My cases")), self._handed_over))
        left.addWidget(self._more)
        left.addStretch(1)
        nest(row, left, 1)
        self._right = QWidget(page)
        right = QVBoxLayout(self._right)
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(2 * SPACE)
        right.addWidget(self._reminders)
        right.addWidget(self._exchange)
        right.addStretch(1)
        row.addWidget(self._right, 0)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(page)
        self._pages.addWidget(scroll)
        self._pages.addWidget(self._empty)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def _block(self, title: Sayable, table: DataTable) -> QWidget:
        block = QWidget()
        column = QVBoxLayout(block)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(Text(self._work.speech, title, Kind.SECTION, parent=block))
        column.addWidget(table)
        self._blocks[table] = block
        return block
