"""Cards beside each other where there is room, under each other where there is not."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app.desktop.kit.theme import SPACE

_TWO_FROM: Final = 680


class SideBySide(QWidget):
    """Two columns from a certain width on; a row is as high as its higher card."""

    def __init__(self, *parts: QWidget, two_from: int = _TWO_FROM, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._parts = parts
        self._two_from = two_from
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(2 * SPACE)
        for part in parts:
            part.setParent(self)
        self._place(2)

    def minimumSizeHint(self) -> QSize:
        # Narrow is always possible: then there is one column.
        narrowest = max((part.minimumSizeHint().width() for part in self._parts), default=0)
        return QSize(narrowest, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(2 if event.size().width() >= self._two_from else 1)

    def _place(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for part in self._parts:
            self._grid.removeWidget(part)
        for place, part in enumerate(self._parts):
            self._grid.addWidget(part, place // columns, place % columns)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if columns == 2 else 0)
