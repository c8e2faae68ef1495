"""A layout that breaks its line like a text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from officer_app.desktop.kit.theme import SPACE


class FlowLayout(QLayout):
    """Places its widgets side by side and goes on in the next line when there is no room left."""

    def __init__(self, parent: QWidget | None = None, gap: int = SPACE) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._gap = gap
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        visible = [item.sizeHint() for item in self._items if not item.isEmpty()]
        if not visible:
            return QSize(0, 0)
        width = sum(size.width() for size in visible) + self._gap * (len(visible) - 1)
        return QSize(width, max(size.height() for size in visible))

    def minimumSize(self) -> QSize:
        size = QSize(0, 0)
        for item in self._items:
            if not item.isEmpty():
                size = size.expandedTo(item.minimumSize())
        return size

    def _place(self, rect: QRect, *, move: bool) -> int:
        x, y, line = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():
                continue
            size = _size_in(item, rect.width())
            if x > rect.x() and x + size.width() > rect.right() + 1:
                x, y, line = rect.x(), y + line + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), size))
            x += size.width() + self._gap
            line = max(line, size.height())
        return y + line - rect.y()


def _size_in(item: QLayoutItem, room: int) -> QSize:
    """What the item wants, in a line of that width: longer ones break inside, or are cut short by themselves."""
    wanted = item.sizeHint()
    if wanted.width() <= room:
        return wanted
    if not item.hasHeightForWidth():
        return QSize(room, wanted.height())
    width = max(room, item.minimumSize().width())
    return QSize(width, item.heightForWidth(width))
