"""A small table inside a page: as high as its rows; Shift+F1 tells where the figure under the keyboard comes from."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QToolTip, QWidget

from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.table import Column, DataTable, Row

_ROW = 32


class Statement(DataTable):
    """Rows of figures. It does not scroll by itself; the page around it does."""

    def __init__(self, speech: Speech, columns: tuple[Column, ...], parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self.set_columns(columns)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Show these, and be as high as they are."""
        super().show_rows(rows)
        if not any(cell.below is not None for row in rows for cell in row.cells):
            self.verticalHeader().setDefaultSectionSize(_ROW)
        self.fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_F1 and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self._tell()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        # A row stays marked only while one is in the table: a page holds many of them.
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.clearSelection()

    def _tell(self) -> None:
        index = self.currentIndex()
        tip = index.data(Qt.ItemDataRole.ToolTipRole)
        if isinstance(tip, str):
            corner = self.visualRect(index).bottomLeft()
            QToolTip.showText(self.viewport().mapToGlobal(corner), tip, self)
