"""A table whose rows open in place: what belongs to a row appears under it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QWidget

from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.tab_order import stops_of
from officer_app.desktop.widgets.table import Column, DataTable, Row, TableModel

_UNDER: Final = "\n"
_LEAST: Final = 48
_NARROW: Final = 760
Index = QModelIndex | QPersistentModelIndex


class _Model(TableModel):
    """The row that was opened is followed by one that only gives room."""

    def flags(self, index: Index) -> Qt.ItemFlag:
        if self.key_of(index).endswith(_UNDER):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)

    def key_of(self, index: Index) -> str:
        return self._rows[index.row()].key if index.isValid() else ""


class FoldingTable(DataTable):
    """Enter, Space or a click opens a row and closes the one that was open; `make(key)` gives what stands in it.

    Where it is narrow, the column `spare` gives its room to the others: what opens says it too.
    """

    def __init__(
        self,
        speech: Speech,
        columns: tuple[Column, ...],
        make: Callable[[str], QWidget],
        parent: QWidget | None = None,
        *,
        spare: str = "",
    ) -> None:
        super().__init__(speech, parent)
        self._make = make
        self._spare = next((place for place, column in enumerate(columns) if column.key == spare), None)
        self._rows: tuple[Row, ...] = ()
        self._unfolded = ""
        self._inside: QWidget | None = None
        self._model = _Model(speech, self)
        self.show_model(self._model)
        self._model.set_columns(columns)
        self.set_columns(columns)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.opened.connect(self.toggle)
        self.clicked.connect(lambda index: self.toggle(self._model.key_of(index)))

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these; the open row stays open when it is still there, and is made anew."""
        self._rows = rows
        if self._unfolded not in {row.key for row in rows}:
            self._unfolded = ""
        self._lay_out()

    def unfolded(self) -> str:
        """The key of the open row, "" while all are closed."""
        return self._unfolded

    def toggle(self, key: str) -> None:
        """Open a row, or close it."""
        if key.endswith(_UNDER) or not key:
            return
        self._unfolded = "" if key == self._unfolded else key
        self._lay_out()

    def unfold(self, key: str) -> None:
        """Open a row and mark it."""
        self._unfolded = key
        self._lay_out()
        place = next((place for place, row in enumerate(self._rows) if row.key == key), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def inside(self) -> QWidget | None:
        """What stands in the open row."""
        return self._inside

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle(self.current_key() or "")
        elif event.key() == Qt.Key.Key_Escape and self._unfolded:
            self.toggle(self._unfolded)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's name: Tab and Shift+Tab
        """Tab goes into the open row before it leaves the table."""
        inside = () if self._inside is None else stops_of(self._inside)
        stops: list[QWidget] = [self, *(stop for stop in inside if stop.isVisible() and stop.isEnabled())]
        here = QApplication.focusWidget()
        place = stops.index(here) + (1 if forward else -1) if here in stops else -1
        if 0 <= place < len(stops):
            stops[place].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        self.setFocus()
        return super().focusNextPrevChild(forward)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            if self._spare is not None:
                self.setColumnHidden(self._spare, event.size().width() < _NARROW)
            self._fit()

    def _lay_out(self) -> None:
        key = self.current_key()
        self.clearSpans()
        self._let_go()
        shown = [row for row in self._rows for row in (row, *self._room_under(row))]
        self._model.set_rows(())
        self._model.set_rows(tuple(shown))
        for place, row in enumerate(shown):
            if row.key == key:
                self.setCurrentIndex(self._model.index(place, 0))
            if row.key.endswith(_UNDER):
                self._fill(place)
        self._fit()

    def _room_under(self, row: Row) -> tuple[Row, ...]:
        if row.key != self._unfolded:
            return ()
        return (Row(row.key + _UNDER, (Cell(),) * len(row.cells)),)

    def _let_go(self) -> None:
        if self._inside is not None:
            self._inside.hide()
            self._inside.deleteLater()
            self._inside = None

    def _fill(self, place: int) -> None:
        self._inside = self._make(self._unfolded)
        self.setSpan(place, 0, 1, self._model.columnCount())
        self.setIndexWidget(self._model.index(place, 0), self._inside)
        # Texts know how high they are only when they know how wide.
        QTimer.singleShot(0, self, self._fit)

    def _fit(self) -> None:
        header, normal = self.verticalHeader(), self.verticalHeader().defaultSectionSize()
        for place in range(self._model.rowCount()):
            under = self._model.key_of(self._model.index(place, 0)).endswith(_UNDER)
            header.resizeSection(place, self._height_inside() if under else normal)
        rows = sum(header.sectionSize(place) for place in range(self._model.rowCount()))
        self.setFixedHeight(rows + self.horizontalHeader().sizeHint().height() + 2)

    def _height_inside(self) -> int:
        if self._inside is None:
            return _LEAST
        width = self.viewport().width()
        wanted = self._inside.heightForWidth(width) if self._inside.hasHeightForWidth() else -1
        return max(_LEAST, wanted, self._inside.sizeHint().height() if wanted < 0 else 0)
