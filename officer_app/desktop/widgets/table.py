"""Tables: sticky header, figures right-aligned, copied to Excel as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QItemSelection,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from officer_app.base import numerals
from officer_app.base.words import Sayable
from officer_app.desktop.kit.arithmetic import plain
from officer_app.desktop.kit.speech import Speech, is_given
from officer_app.desktop.kit.theme import CONTROL
from officer_app.desktop.widgets.cells import CELL_ROLE, KEY_ROLE, Cell, CellPainter
from officer_app.desktop.widgets.sections import VERBATIM_ROLE

Index = QModelIndex | QPersistentModelIndex
_TALL: Final = 52


class ColumnKind(Enum):
    """What stands in a column; figures are right-aligned."""

    TEXT = "text"
    MONEY = "money"
    PERCENT = "percent"
    COUNT = "count"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the last stretching one takes what room is left."""

    key: str
    title: Sayable
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 120
    stretch: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A row and what it stands for."""

    key: str
    cells: tuple[Cell, ...]


class TableModel(QAbstractTableModel):
    """Rows that are all there. Long lists bring their own model with the same roles."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._columns: tuple[Column, ...] = ()
        self._rows: tuple[Row, ...] = ()
        speech.changed.connect(self._retell)

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """Other columns, and no rows."""
        self.beginResetModel()
        self._columns, self._rows = columns, ()
        self.endResetModel()

    def set_rows(self, rows: tuple[Row, ...]) -> None:
        """Other rows; the same keys in the same order change in place."""
        if [row.key for row in rows] == [row.key for row in self._rows]:
            self._rows = rows
            self._retell()
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    @property
    def columns(self) -> tuple[Column, ...]:
        """What the columns are."""
        return self._columns

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911  one line a role
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        cell, column = row.cells[index.column()], self._columns[index.column()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cell_text(cell, column.kind, self._speech)
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(column.kind)
            case Qt.ItemDataRole.ToolTipRole:
                tip = cell.tip or cell.words
                return self._speech.say(tip) if tip is not None else None
            case Qt.ItemDataRole.AccessibleTextRole:
                return cell_text(cell, column.kind, self._speech)
            case _ if role == CELL_ROLE:
                return cell
            case _ if role == KEY_ROLE:
                return row.key
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
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.kind)
        if role == VERBATIM_ROLE:
            return is_given(column.title)
        return None

    def _retell(self) -> None:
        if self._columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._columns) - 1)
        if self._rows and self._columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, len(self._columns) - 1))


class DataTable(QTableView):
    """A table for the keyboard: arrows, Enter opens, Ctrl+C copies what is marked with tabs between."""

    opened = Signal(str)
    chosen = Signal(str)
    sort_asked = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._own = TableModel(speech, self)
        self._columns: tuple[Column, ...] = ()
        self._painter = CellPainter(speech, self)
        self.setItemDelegate(self._painter)
        self._dress()
        self.setModel(self._own)
        self.activated.connect(self._open)

    def set_columns(self, columns: tuple[Column, ...]) -> None:
        """What the columns are, with the widths they begin with."""
        self._columns = columns
        if self.model() is self._own:
            self._own.set_columns(columns)
        header = self.horizontalHeader()
        for place, column in enumerate(columns):
            stretch = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, stretch)
            if not column.stretch:
                header.resizeSection(place, column.width)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; the current row stays current when it is still there."""
        key = self.current_key()
        self._own.set_rows(rows)
        tall = any(cell.below is not None for row in rows for cell in row.cells)
        self.verticalHeader().setDefaultSectionSize(_TALL if tall else CONTROL)
        place = next((place for place, row in enumerate(rows) if row.key == key), None)
        if place is not None:
            self.setCurrentIndex(self._own.index(place, 0))

    def show_model(self, model: QAbstractItemModel, *, tall: bool = False) -> None:
        """Show a model of one's own, which answers to CELL_ROLE and KEY_ROLE; call before set_columns."""
        self.setModel(model)
        self.verticalHeader().setDefaultSectionSize(_TALL if tall else CONTROL)

    def fit_height(self) -> None:
        """As tall as its rows: for short tables inside a page that scrolls itself."""
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        rows = self.model().rowCount() * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2)

    def current_key(self) -> str | None:
        """What the current row stands for."""
        key = self.currentIndex().data(KEY_ROLE)
        return key if isinstance(key, str) else None

    def widths(self) -> Mapping[str, int]:
        """How wide the user has made the columns, to be remembered."""
        header = self.horizontalHeader()
        return {column.key: header.sectionSize(place) for place, column in enumerate(self._columns)}

    def set_widths(self, widths: Mapping[str, int]) -> None:
        """As wide as they were."""
        for place, column in enumerate(self._columns):
            if column.key in widths and not column.stretch:
                self.horizontalHeader().resizeSection(place, widths[column.key])

    def copied(self) -> str:
        """What is marked, as Excel takes it: tabs, line ends, figures without grouping."""
        indexes = self.selectedIndexes()
        rows = sorted({index.row() for index in indexes})
        columns = sorted({index.column() for index in indexes})
        return "\n".join("\t".join(self._bare(row, column) for column in columns) for row in rows)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        key = current.data(KEY_ROLE)
        if isinstance(key, str):
            self.chosen.emit(key)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.viewport().update()

    def _open(self, index: Index) -> None:
        key = index.data(KEY_ROLE)
        if isinstance(key, str):
            self.opened.emit(key)

    def _bare(self, row: int, column: int) -> str:
        index = self.model().index(row, column)
        cell = index.data(CELL_ROLE)
        if isinstance(cell, Cell) and cell.number is not None:
            return plain(cell.number)
        return str(index.data() or "").replace("\t", " ").replace("\n", " ")

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(CONTROL)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(48)
        header.setSectionsClickable(True)
        header.sectionClicked.connect(lambda place: self.sort_asked.emit(self._columns[place].key))


def cell_text(cell: Cell, kind: ColumnKind, speech: Speech) -> str:
    """What a cell says."""
    if cell.words is not None:
        return speech.say(cell.words)
    if isinstance(cell.number, Decimal):
        return numerals.show(cell.number, kind.value, speech.language)
    if cell.state is not None:
        return speech.say(cell.state.word)
    return "—"


def alignment(kind: ColumnKind) -> Qt.AlignmentFlag:
    """Figures to the right, words to the left."""
    side = Qt.AlignmentFlag.AlignLeft if kind is ColumnKind.TEXT else Qt.AlignmentFlag.AlignRight
    return side | Qt.AlignmentFlag.AlignVCenter
