"""A hundred thousand cases as rows: only the pages that are looked at are fetched, in the vault's lane."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Final

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from officer_app.base.words import Verbatim
from officer_app.desktop.kit.speech import Speech, is_given
from officer_app.desktop.widgets.cells import CELL_ROLE, KEY_ROLE, Cell
from officer_app.desktop.widgets.sections import VERBATIM_ROLE
from officer_app.desktop.widgets.table import Column, Row, alignment, cell_text
from officer_app.vault.records import CasePage, CaseQuery

Index = QModelIndex | QPersistentModelIndex
PAGE: Final = 50
# Pages kept in memory; farther ones are fetched again when one comes back.
_KEPT: Final = 40
_AT_ONCE: Final = 2
Fetch = Callable[[CaseQuery, Callable[[CasePage], None]], None]


class CasesModel(QAbstractTableModel):
    """Rows of one query. `counted(total)` once it is known how many there are."""

    counted = Signal(int)

    def __init__(self, speech: Speech, columns: tuple[Column, ...], fetch: Fetch, to_row: Callable[..., Row]) -> None:
        super().__init__()
        self._speech = speech
        self._columns = columns
        self._fetch = fetch
        self._to_row = to_row
        self._query = CaseQuery(limit=PAGE)
        self._pages: dict[int, tuple[Row, ...]] = {}
        self._wanted: list[int] = []
        self._under_way: set[int] = set()
        self._round = 0
        self._total = 0
        self._blank = Cell(Verbatim("…"), muted=True)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self._fetch_wanted)
        speech.changed.connect(self._retell)

    def ask(self, query: CaseQuery) -> None:
        """Show another query from its first page on; the rows of the former stay until that page is here."""
        self._round += 1
        self._query = replace(query, limit=PAGE)
        self._wanted, self._under_way = [0], set()
        self._fetch_wanted()

    def again(self) -> None:
        """The same query, read anew."""
        self.ask(self._query)

    @property
    def query(self) -> CaseQuery:
        """What is shown."""
        return self._query

    @property
    def total(self) -> int:
        """How many rows there are."""
        return self._total

    # --- Qt -------------------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else self._total

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911  one line a role
        if not index.isValid():
            return None
        row = self._row(index.row())
        cell = row.cells[index.column()] if row is not None else self._blank
        column = self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return cell_text(cell, column.kind, self._speech)
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(column.kind)
            case _ if role == CELL_ROLE:
                return cell
            case _ if role == KEY_ROLE:
                return row.key if row is not None else None
            case _ if role == VERBATIM_ROLE:
                return is_given(cell.words)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._columns):
            return None
        column = self._columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return self._speech.say(column.title)
        return alignment(column.kind) if role == Qt.ItemDataRole.TextAlignmentRole else None

    # --- pages ----------------------------------------------------------------------------------------------------

    def _row(self, place: int) -> Row | None:
        page, at = divmod(place, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            self._want(page)
            return None
        return rows[at] if at < len(rows) else None

    def _want(self, page: int) -> None:
        if page in self._under_way:
            return
        # What was asked for last is what is on the screen now; what was scrolled past is forgotten.
        self._wanted = [page, *(one for one in self._wanted if one != page)][:_AT_ONCE]
        self._soon.start()

    def _fetch_wanted(self) -> None:
        while self._wanted and len(self._under_way) < _AT_ONCE:
            page = self._wanted.pop(0)
            self._under_way.add(page)
            asked = replace(self._query, offset=page * PAGE)
            self._fetch(asked, partial(self._arrived, self._round, page))

    def _arrived(self, turn: int, page: int, found: CasePage) -> None:
        if turn != self._round:
            return
        self._under_way.discard(page)
        rows = tuple(self._to_row(item) for item in found.items)
        if page == 0 or found.total != self._total:
            self.beginResetModel()
            self._pages = {page: rows}
            self._total = found.total
            self.endResetModel()
            self.counted.emit(self._total)
        else:
            self._pages[page] = rows
            while len(self._pages) > _KEPT:
                self._pages.pop(next(iter(self._pages)))
            first, last = page * PAGE, min(self._total, (page + 1) * PAGE) - 1
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
        self._fetch_wanted()

    def _retell(self) -> None:
        if self._total and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(self._total - 1, len(self._columns) - 1))
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
