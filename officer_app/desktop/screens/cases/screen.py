"""Every case on this laptop: found by name, pinyin initials, the end of the phone or of the ID number."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from officer_app.base.clock import local_date
from officer_app.base.ids import CaseId, DossierId
from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.casework.cases import find_cases
from officer_app.casework.today import counts, newest_dossier
from officer_app.desktop.kit import case_words
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.preferences import Preferences
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.kit.workplace import Place, Workplace
from officer_app.desktop.screens.cases.model import CasesModel
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.empty import EmptyState
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.screen import Head, Screen
from officer_app.desktop.widgets.search import SearchBox
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, DataTable, Row
from officer_app.trust.certificates import Role
from officer_app.vault.records import CaseItem, CaseOrder, CasePage, CaseQuery, CaseState, Delivery

COLUMNS: Final = (
    Column("number", message(N_("Case")), width=96),
    Column("applicant", message(N_("Customer")), stretch=True),
    Column("resident_id", message(N_("ID number")), width=172),
    Column("phone", message(N_("Phone")), width=118),
    Column("amount", message(N_("Requested")), ColumnKind.MONEY, 104),
    Column("state", message(N_("Where it stands")), width=166),
    Column("updated", message(N_("Changed")), ColumnKind.COUNT, 132),
)
_ORDERS: Final = {
    "number": CaseOrder.NUMBER,
    "applicant": CaseOrder.APPLICANT,
    "amount": CaseOrder.AMOUNT,
    "updated": CaseOrder.UPDATED,
}
_FILTERS: Final = (
    ("all", message(N_("All")), frozenset[CaseState]()),
    ("work", message(N_("In work")), frozenset({CaseState.DRAFT, CaseState.RETURNED})),
    ("out", message(N_("Handed over")), frozenset({CaseState.SUBMITTED, CaseState.REVIEWED, CaseState.ESCALATED})),
    ("approved", message(N_("Approved")), frozenset({CaseState.APPROVED, CaseState.DISBURSED, CaseState.CLOSED})),
    (
        "ended",
        message(N_("Not going on")),
        frozenset({CaseState.REFUSED, CaseState.CANCELLED, CaseState.WITHDRAWN, CaseState.EXPIRED}),
    ),
)
_TONES: Final = {
    CaseState.DRAFT: State.LOOK,
    CaseState.RETURNED: State.LOOK,
    CaseState.APPROVED: State.PASSED,
    CaseState.DISBURSED: State.PASSED,
    CaseState.SUBMITTED: State.INFO,
    CaseState.REVIEWED: State.INFO,
    CaseState.ESCALATED: State.INFO,
}
_FILTER: Final = "cases_filter"
_WIDTHS: Final = "cases_widths"
# Handed over with the place: put the keyboard into the search box.
SEARCH: Final = "search"


class CasesScreen(Screen):
    """Handed a text it searches for it; handed "search" it waits for one."""

    def __init__(self, work: Workplace, preferences: Preferences) -> None:
        super().__init__()
        self._work = work
        self._preferences = preferences
        speech = work.speech
        self.search = SearchBox(speech, message(N_("Name, pinyin initials, end of phone or ID")), self)
        self._new = Button(speech, message(N_("New case")), Look.PRIMARY, keys="Ctrl+N", parent=self)
        self._new.setVisible(False)
        self.model = CasesModel(speech, COLUMNS, self._fetch, case_row)
        self.table = DataTable(speech)
        self._count = Text(speech, None, Kind.HINT, parent=self)
        self._nothing = EmptyState(speech)
        self._pages = QStackedWidget()
        self._filters: dict[str, Button] = {}
        self._arrange()
        self._connect()
        kept = preferences.text(_FILTER)
        self._filter = kept if kept in self._filters else "all"
        self._mark_filter()

    # --- Screen ---------------------------------------------------------------------------------------------------

    def head(self) -> Head:
        actions = (self._new,) if Role.OFFICER in self._work.desk.roles else ()
        return Head(message(N_("Cases")), actions=actions)

    def entered(self, what: object) -> None:
        if isinstance(what, str) and what and what != SEARCH:
            self.search.setText(what)
        self._ask()
        self._count_states()
        QTimer.singleShot(0, self, self.search.setFocus)

    def finish(self) -> None:
        self._preferences.put(_WIDTHS, dict(self.table.widths()))

    # --- asking ---------------------------------------------------------------------------------------------------

    def _ask(self) -> None:
        states = next(states for key, _, states in _FILTERS if key == self._filter)
        self.model.ask(replace(self.model.query, text=self.search.text().strip(), states=states, offset=0))

    def _fetch(self, query: CaseQuery, done: Callable[[CasePage], None]) -> None:
        desk = self._work.desk
        self._work.run(lambda _p, _c: find_cases(desk, query), done, owner=self)

    def _count_states(self) -> None:
        desk = self._work.desk
        self._work.run(lambda _p, _c: counts(desk), self._show_counts, owner=self)

    def _show_counts(self, found: Mapping[CaseState, int]) -> None:
        for key, words, states in _FILTERS:
            number = sum(count for state, count in found.items() if not states or state in states)
            self._filters[key].set_text(message(N_("{name} {count:count}"), name=words, count=number))

    def _counted(self, total: int) -> None:
        self._pages.setCurrentIndex(0 if total else 1)
        self._count.set_text(message(N_("Cases found: {count:count}"), count=total))
        if not total:
            self._say_nothing()
        elif not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _say_nothing(self) -> None:
        if self.search.text().strip() or self._filter != "all":
            self._nothing.show_empty(
                Icon.SEARCH,
                message(N_("Nothing is found. Part of the name, its pinyin initials or the last digits are enough.")),
                message(N_("Show all cases")),
            )
            return
        officer = Role.OFFICER in self._work.desk.roles
        self._nothing.show_empty(
            Icon.CASES,
            message(N_("Every case on this laptop stands here. There is none yet.")),
            message(N_("New case")) if officer else None,
            keys="Ctrl+N" if officer else "",
        )

    def _act_on_nothing(self) -> None:
        if self.search.text().strip() or self._filter != "all":
            self.search.clear()
            self._choose("all")
        else:
            self.go.emit(Place.NEW_CASE.value, None)

    def _choose(self, key: str) -> None:
        self._filter = key
        self._preferences.put(_FILTER, key)
        self._mark_filter()
        self._ask()

    def _mark_filter(self) -> None:
        for key, button in self._filters.items():
            button.setChecked(key == self._filter)

    def _sort(self, column: str) -> None:
        order = _ORDERS.get(column)
        if order is None:
            return
        query = self.model.query
        descending = not query.descending if query.order is order else order is not CaseOrder.APPLICANT
        self.model.ask(replace(query, order=order, descending=descending, offset=0))
        section = next(place for place, one in enumerate(COLUMNS) if one.key == column)
        direction = Qt.SortOrder.DescendingOrder if descending else Qt.SortOrder.AscendingOrder
        self.table.horizontalHeader().setSortIndicator(section, direction)

    # --- opening --------------------------------------------------------------------------------------------------

    def _open(self, case: str) -> None:
        if Role.OFFICER in self._work.desk.roles:
            self._work.open(CaseId(case), self._opened)
        else:
            desk = self._work.desk
            self._work.run(lambda _p, _c: newest_dossier(desk, CaseId(case)), self._review, owner=self)

    def _review(self, dossier: DossierId | None) -> None:
        if dossier is not None:
            self.go.emit(Place.REVIEW.value, str(dossier))

    def _opened(self) -> None:
        opened = self._work.open_case
        draft = opened is not None and opened.case.state in (CaseState.DRAFT, CaseState.RETURNED)
        self.go.emit((Place.VISIT if draft else Place.MEMO).value, None)

    def _to_table(self) -> None:
        self.table.setFocus()
        if not self.table.currentIndex().isValid() and self.model.total:
            self.table.setCurrentIndex(self.model.index(0, 0))

    def _enter_in_search(self) -> None:
        if self.model.total == 1 and self.table.current_key() is not None:
            self._open(str(self.table.current_key()))
        else:
            self._to_table()

    # --- building -------------------------------------------------------------------------------------------------

    def _connect(self) -> None:
        self.search.sought.connect(lambda _text: self._ask())
        self.search.to_results.connect(self._to_table)
        self.search.entered.connect(self._enter_in_search)
        self.table.opened.connect(self._open)
        self.table.sort_asked.connect(self._sort)
        self.model.counted.connect(self._counted)
        self._nothing.acted.connect(self._act_on_nothing)
        self._new.clicked.connect(partial(self.go.emit, Place.NEW_CASE.value, None))
        self._work.changed.connect(self._changed)

    def _changed(self) -> None:
        if self.isVisible():
            self.model.again()
            self._count_states()

    def _arrange(self) -> None:
        speech = self._work.speech
        bar = QHBoxLayout()
        bar.setSpacing(HALF)
        self.search.setMinimumWidth(280)
        bar.addWidget(self.search, 1)
        bar.addSpacing(SPACE)
        for key, words, _states in _FILTERS:
            button = Button(speech, words, parent=self)
            button.setCheckable(True)
            button.clicked.connect(partial(self._choose, key))
            self._filters[key] = button
            bar.addWidget(button)
        self.model.setParent(self)
        self.table.show_model(self.model, tall=True)
        self.table.set_columns(COLUMNS)
        self._keep_widths()
        self._pages.addWidget(self.table)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, SPACE)
        column.setSpacing(SPACE)
        nest(column, bar)
        column.addWidget(self._pages, 1)
        column.addWidget(self._count)

    def _keep_widths(self) -> None:
        kept = self._preferences.get(_WIDTHS)
        if isinstance(kept, dict):
            self.table.set_widths({key: width for key, width in kept.items() if isinstance(width, int)})


def case_row(item: CaseItem) -> Row:
    """A case as a line of the list; numbers of persons are masked already."""
    return Row(
        item.id,
        (
            Cell(Verbatim(item.number), muted=True),
            Cell(Verbatim(item.applicant), below=Verbatim(item.business), strong=True),
            Cell(Verbatim(item.resident_id or "—"), muted=True),
            Cell(Verbatim(item.phone or "—"), muted=True),
            Cell(number=item.requested_amount),
            Cell(
                message(case_words.STATES[item.state]),
                state=_TONES.get(item.state, State.NEUTRAL),
                below=_delivered(item.delivery),
            ),
            Cell(message(N_("{at:date}"), at=local_date(item.updated)), muted=True),
        ),
    )


def _delivered(delivery: Delivery) -> Message | None:
    """How far the case file got; nothing for one that was never handed over."""
    return None if delivery is Delivery.NONE else message(case_words.DELIVERIES[delivery])
