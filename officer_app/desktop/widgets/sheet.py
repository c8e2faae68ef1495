"""A spreadsheet over questions: typing writes, Enter goes down, Tab goes right, sums are reckoned, Excel pastes in.

It holds no figures of its own: what is typed goes out by `edited`, and what comes back is shown.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import Final

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPolygon
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.desktop.kit.arithmetic import grouped, plain, reckon
from officer_app.desktop.kit.speech import Speech, is_given
from officer_app.desktop.kit.theme import SPACE, Role, colour, font
from officer_app.desktop.widgets.choice_cell import ChoiceCell
from officer_app.desktop.widgets.sections import VERBATIM_ROLE
from officer_app.desktop.widgets.table import Column, alignment

Index = QModelIndex | QPersistentModelIndex
_ROW: Final = 32
_MARK: Final = 3
_CORNER: Final = 9
# A paste larger than this was not meant for a visit.
_MOST_CELLS: Final = 2_000


class Entry(Enum):
    """What a cell takes."""

    NUMBER = "number"
    TEXT = "text"
    CHOICE = "choice"
    FIXED = "fixed"  # nothing: a heading, a total


@dataclass(frozen=True, slots=True)
class SheetCell:
    """One cell: what is stored, how it is shown, what it takes; `tone` colours it by where the figure comes from."""

    value: str = ""
    words: Sayable | None = None
    entry: Entry = Entry.FIXED
    choices: tuple[tuple[str, str], ...] = ()  # stored name, label
    tone: Role | None = None
    wrong: Sayable | None = None
    tip: Sayable | None = None
    strong: bool = False
    noted: bool = False  # a note stands at it: a corner, as spreadsheets show it


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A row; `spare` is the empty one at the end that becomes a row when something is typed into it."""

    key: str
    cells: tuple[SheetCell, ...]
    spare: bool = False
    removable: bool = False


class _Model(QAbstractTableModel):
    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self.columns: tuple[Column, ...] = ()
        self.rows: tuple[SheetRow, ...] = ()
        speech.changed.connect(self._retell)

    def show(self, columns: tuple[Column, ...], rows: tuple[SheetRow, ...]) -> None:
        """Other rows; as long as their keys stay, the cursor stays where it is."""
        if columns == self.columns and [row.key for row in rows] == [row.key for row in self.rows]:
            self.rows = rows
            self._retell()
            return
        self.beginResetModel()
        self.columns, self.rows = columns, rows
        self.endResetModel()

    def cell(self, index: Index) -> SheetCell:
        return self.rows[index.row()].cells[index.column()]

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        found = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        fixed = self.cell(index).entry is Entry.FIXED
        return found if fixed else found | Qt.ItemFlag.ItemIsEditable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:  # noqa: PLR0911  one line a role
        if not index.isValid():
            return None
        cell = self.cell(index)
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self.shown(cell)
            case Qt.ItemDataRole.EditRole:
                return cell.value
            case Qt.ItemDataRole.TextAlignmentRole:
                return alignment(self.columns[index.column()].kind)
            case Qt.ItemDataRole.ToolTipRole:
                tip = cell.wrong or cell.tip
                return self._speech.say(tip) if tip is not None else self.shown(cell)
            case _ if role == VERBATIM_ROLE:
                return cell.words is None or is_given(cell.words)
        return None

    def shown(self, cell: SheetCell) -> str:
        if cell.words is not None:
            return self._speech.say(cell.words)
        if cell.entry is Entry.CHOICE:
            return dict(cell.choices).get(cell.value, cell.value)
        return grouped(cell.value) if cell.entry is Entry.NUMBER else cell.value

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._speech.say(self.columns[section].title)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.columns[section].kind)
        return is_given(self.columns[section].title) if role == VERBATIM_ROLE else None

    def _retell(self) -> None:
        if self.columns:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)
        if self.rows and self.columns:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self.rows) - 1, len(self.columns) - 1))


class _Delegate(QStyledItemDelegate):
    """Editors by what a cell takes, and cells painted with the colour of their source."""

    def __init__(self, grid: SheetGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        cell = self._grid.cell(index)
        if cell.entry is Entry.CHOICE:
            choosing = ChoiceCell(cell.choices, parent)
            choosing.done.connect(partial(self._close, choosing))
            return choosing
        line = QLineEdit(parent)
        line.setProperty("cell", True)
        line.setAlignment(alignment(self._grid.column(index).kind))
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        cell = self._grid.cell(index)
        if isinstance(editor, ChoiceCell):
            editor.show_choice(cell.value)
        elif isinstance(editor, QLineEdit):
            editor.setText(cell.value)
            editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:  # noqa: ARG002
        text = editor.text() if isinstance(editor, QLineEdit) else ""
        if isinstance(editor, ChoiceCell):
            text = editor.chosen()
        # Only once the editor is closed: what is typed changes the rows under it.
        place = QPersistentModelIndex(index)
        QTimer.singleShot(0, self._grid, lambda: self._grid.take(place, text))

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        enters = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if isinstance(editor, ChoiceCell) and event.type() == QEvent.Type.KeyPress and enters:
            return False  # it says itself when it is done, also to Enter in its open list, which comes by no filter
        return super().eventFilter(editor, event)

    def _close(self, editor: ChoiceCell) -> None:
        self.commitData.emit(editor)
        self.closeEditor.emit(editor, QAbstractItemDelegate.EndEditHint.SubmitModelCache)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        editor.setGeometry(option.rect)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = self._grid.cell(index)
        painter.save()
        where: QRect = option.rect
        if cell.entry is Entry.FIXED:
            painter.fillRect(where, colour(Role.RAISED if cell.strong else Role.SURFACE))
        if cell.tone is not None:
            painter.fillRect(QRect(where.left(), where.top() + 1, _MARK, where.height() - 2), colour(cell.tone))
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where.adjusted(_MARK, 0, 0, 0), colour(Role.ACCENT_SOFT))
        self._text(painter, where, index, cell)
        if cell.noted:
            _fold(painter, where)
        painter.setPen(colour(Role.LINE))
        painter.drawLine(where.bottomLeft(), where.bottomRight())
        painter.drawLine(where.topRight(), where.bottomRight())
        if index == self._grid.currentIndex() and self._grid.hasFocus():
            painter.setPen(colour(Role.ACCENT))
            painter.drawRect(where.adjusted(0, 0, -1, -1))
        painter.restore()

    def _text(self, painter: QPainter, where: QRect, index: Index, cell: SheetCell) -> None:
        ink: QColor = colour(Role.STOP if cell.wrong is not None else Role.INK)
        painter.setPen(ink)
        painter.setFont(font(bold=cell.strong))
        inside = where.adjusted(SPACE, 0, -SPACE, 0)
        text = ("■ " if cell.wrong is not None else "") + str(index.data() or "")
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, inside.width())
        painter.drawText(inside, alignment(self._grid.column(index).kind), shown)


def _fold(painter: QPainter, where: QRect) -> None:
    """The corner of a cell that has a note."""
    tip = where.topRight()
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(Role.ACCENT))
    painter.drawPolygon(QPolygon([tip + QPoint(-_CORNER, 0), tip, tip + QPoint(0, _CORNER)]))
    painter.setBrush(Qt.BrushStyle.NoBrush)


class SheetGrid(QTableView):
    """Cells to type into. `edited(row key, column key, text)`; `removed(row key)`; `complained(what)` for no number.

    `left(forward)`: the cursor went over the last or the first row.
    """

    edited = Signal(str, str, str)
    removed = Signal(str)
    complained = Signal(object)
    left = Signal(bool)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(speech, self)
        self._editable = True
        self.setModel(self._model)
        self.setItemDelegate(_Delegate(self))
        self._dress()

    def show_sheet(self, columns: tuple[Column, ...], rows: tuple[SheetRow, ...], *, editable: bool = True) -> None:
        """Show these; the cursor stays."""
        here = self.currentIndex().row(), self.currentIndex().column()
        fresh = columns != self._model.columns
        self._editable = editable
        triggers = QAbstractItemView.EditTrigger
        opens = triggers.AnyKeyPressed | triggers.DoubleClicked | triggers.EditKeyPressed
        self.setEditTriggers(opens if editable else triggers.NoEditTriggers)
        self._model.show(columns, rows)
        if fresh:
            self._dress_columns(columns)
        if here[0] >= 0 and not self.currentIndex().isValid() and rows:
            self.setCurrentIndex(self._model.index(min(here[0], len(rows) - 1), max(0, here[1])))
        self.setFixedHeight(len(rows) * _ROW + self.horizontalHeader().sizeHint().height() + 2)

    def cell(self, index: Index) -> SheetCell:
        """What stands at a place."""
        return self._model.cell(index)

    def column(self, index: Index) -> Column:
        """The column of a place."""
        return self._model.columns[index.column()]

    def row_key(self, index: Index) -> str:
        """The row of a place."""
        return self._model.rows[index.row()].key

    def take(self, index: Index, text: str) -> None:
        """What was typed, as it is stored; a sum is reckoned, what is no number is said and changes nothing."""
        if not index.isValid():
            return  # its row went away while the cell was open
        cell = self.cell(index)
        stored = self._stored(cell, text)
        if stored is not None and cell.entry is Entry.CHOICE and stored not in {"", *dict(cell.choices)}:
            self.complained.emit(message(N_("“{typed}” is not among the choices."), typed=Verbatim(text.strip())))
        elif stored is None:
            self.complained.emit(message(N_("“{typed}” is no number and no sum."), typed=Verbatim(text.strip())))
        elif stored != cell.value:
            self.edited.emit(self._model.rows[index.row()].key, self.column(index).key, stored)

    def paste(self, text: str) -> None:
        """A block from a spreadsheet, from the cursor on; rows that are not there yet are made by the spare one."""
        lines = [line.split("\t") for line in text.replace("\r\n", "\n").rstrip("\n").split("\n")]
        start = self.currentIndex()
        if not start.isValid() or not self._editable or sum(map(len, lines)) > _MOST_CELLS:
            return
        top, edge = start.row(), start.column()
        for down, line in enumerate(lines):
            for right, word in enumerate(line):
                place = self._model.index(top + down, edge + right)
                if place.isValid() and self.cell(place).entry is not Entry.FIXED:
                    self.take(place, self._by_label(self.cell(place), word))
        self.setCurrentIndex(self._model.index(min(top, self._model.rowCount() - 1), edge))

    def copied(self) -> str:
        """What is marked, as Excel takes it."""
        marked = self.selectedIndexes()
        rows, columns = sorted({one.row() for one in marked}), sorted({one.column() for one in marked})
        return "\n".join("\t".join(self._bare(row, column) for column in columns) for row in rows)

    # --- keys ------------------------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        for keys, act in self._acts():
            if event.matches(keys):
                act()
                return
        key, index = event.key(), self.currentIndex()
        if key == Qt.Key.Key_Delete and not event.modifiers():
            self._clear()
        elif key in (Qt.Key.Key_Minus, Qt.Key.Key_Delete) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._remove()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.state() == QAbstractItemView.State.EditingState:
                return  # the editor is closing and moves the cursor itself
            self._down(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        elif key == Qt.Key.Key_Down and index.row() == self._model.rowCount() - 1:
            self.left.emit(True)
        elif key == Qt.Key.Key_Up and index.row() <= 0:
            self.left.emit(False)
        else:
            super().keyPressEvent(event)

    def closeEditor(self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint) -> None:
        """Enter closes a cell with Submit: the cursor goes down, as in a spreadsheet."""
        super().closeEditor(editor, hint)
        self.setFocus()
        if hint == QAbstractItemDelegate.EndEditHint.SubmitModelCache:
            self._down(back=False)

    def focusInEvent(self, event: QFocusEvent) -> None:
        here = self.currentIndex()  # Qt puts the cursor on the first cell, which often takes nothing
        super().focusInEvent(event)
        if not here.isValid() and self._model.rowCount():
            self.setCurrentIndex(self._first())

    def _acts(self) -> tuple[tuple[QKeySequence.StandardKey, Callable[[], None]], ...]:
        clipboard = QGuiApplication.clipboard()
        return (
            (QKeySequence.StandardKey.Copy, lambda: clipboard.setText(self.copied())),
            (QKeySequence.StandardKey.Paste, lambda: self.paste(clipboard.text())),
        )

    def _first(self) -> QModelIndex:
        places = (
            self._model.index(row, column)
            for row in range(self._model.rowCount())
            for column in range(self._model.columnCount())
        )
        return next((place for place in places if self.cell(place).entry is not Entry.FIXED), self._model.index(0, 0))

    def _down(self, *, back: bool) -> None:
        here = self.currentIndex()
        row = here.row() + (-1 if back else 1)
        if not 0 <= row < self._model.rowCount():
            self.left.emit(not back)
        else:
            self.setCurrentIndex(self._model.index(row, here.column()))

    def _clear(self) -> None:
        if not self._editable:
            return
        for index in self.selectedIndexes():
            if self.cell(index).entry is not Entry.FIXED:
                self.take(index, "")

    def _remove(self) -> None:
        row = self.currentIndex().row()
        if self._editable and 0 <= row < len(self._model.rows) and self._model.rows[row].removable:
            self.removed.emit(self._model.rows[row].key)

    # --- inside ----------------------------------------------------------------------------------------------------

    def _stored(self, cell: SheetCell, text: str) -> str | None:
        text = text.strip()
        if cell.entry is not Entry.NUMBER or not text:
            return text
        value = reckon(text.lstrip("="))
        return None if value is None else plain(value)

    def _by_label(self, cell: SheetCell, word: str) -> str:
        """Excel hands over what people read: the label of a choice stands for its name."""
        if cell.entry is not Entry.CHOICE:
            return word
        known = {label: name for name, label in cell.choices} | {name: name for name, _ in cell.choices}
        return known.get(word.strip(), cell.value)

    def _bare(self, row: int, column: int) -> str:
        index = self._model.index(row, column)
        cell = self.cell(index)
        text = cell.value if cell.entry is Entry.NUMBER else self._model.shown(cell)
        return text.replace("\t", " ").replace("\n", " ")

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(True)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW)
        self.horizontalHeader().setHighlightSections(False)

    def _dress_columns(self, columns: tuple[Column, ...]) -> None:
        header = self.horizontalHeader()
        for place, column in enumerate(columns):
            mode = QHeaderView.ResizeMode.Stretch if column.stretch else QHeaderView.ResizeMode.Interactive
            header.setSectionResizeMode(place, mode)
            if not column.stretch:
                header.resizeSection(place, column.width)


def source_tone(source: str) -> Role | None:
    """Seen is green, paper the accent, told amber; the word stands beside it."""
    return {"seen": Role.PASSED, "paper": Role.ACCENT, "told": Role.LOOK}.get(source)
