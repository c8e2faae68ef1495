"""What can stand in a cell, and how it is painted: words, two lines, a figure, a state."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from PySide6.QtCore import QModelIndex, QObject, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role, Type, colour, font
from officer_app.desktop.widgets.pills import draw_pill
from officer_app.desktop.widgets.states import State

CELL_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
KEY_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 2
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: words or a number, or a state in a pill (with its words, if any, in it); `below` is a second line."""

    words: Sayable | None = None
    number: Decimal | None = None
    state: State | None = None
    below: Sayable | None = None
    strong: bool = False
    muted: bool = False
    tip: Sayable | None = None


class CellPainter(QStyledItemDelegate):
    """Paints cells by role, with a hairline under each row."""

    def __init__(self, speech: Speech, parent: QObject) -> None:
        super().__init__(parent)
        self._speech = speech

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        cell = index.data(CELL_ROLE)
        if not isinstance(cell, Cell):
            super().paint(painter, option, index)
            return
        painter.save()
        where = QRectF(option.rect)
        self._ground(painter, where, option, index)
        inside = where.adjusted(SPACE, 0, -SPACE, 0)
        if cell.state is not None and cell.below is not None:
            self._state_and_line(painter, inside, cell, cell.state, str(index.data() or ""))
        elif cell.state is not None:
            draw_pill(painter, inside, cell.state, str(index.data() or ""))
        elif cell.below is not None:
            self._two_lines(painter, inside, cell, str(index.data() or ""))
        else:
            align = index.data(Qt.ItemDataRole.TextAlignmentRole)
            self._line(painter, inside, str(index.data() or ""), align, strong=cell.strong, muted=cell.muted)
        painter.restore()

    def _ground(self, painter: QPainter, where: QRectF, option: QStyleOptionViewItem, index: Index) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(where, colour(Role.ACCENT_SOFT))
            if index.column() == 0:
                painter.fillRect(QRectF(where.x(), where.y(), 3, where.height()), colour(Role.ACCENT))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(where, colour(Role.GROUND))
        if index.row() < index.model().rowCount() - 1:
            painter.fillRect(QRectF(where.x(), where.bottom() - 1, where.width(), 1), colour(Role.LINE))

    def _state_and_line(self, painter: QPainter, where: QRectF, cell: Cell, state: State, text: str) -> None:
        half = where.height() / 2
        draw_pill(painter, QRectF(where.x(), where.y() + 3, where.width(), half - 3), state, text)
        lower = QRectF(where.x() + SPACE, where.y() + half + 1, where.width() - SPACE, half - 8)
        below = self._speech.say(cell.below) if cell.below is not None else ""
        self._line(painter, lower, below, _LEFT, strong=False, muted=True, size=Type.SMALL)

    def _two_lines(self, painter: QPainter, where: QRectF, cell: Cell, text: str) -> None:
        half = where.height() / 2
        upper = QRectF(where.x(), where.y() + 6, where.width(), half - 5)
        lower = QRectF(where.x(), where.y() + half + 1, where.width(), half - 8)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._line(painter, upper, text, left, strong=cell.strong, muted=False)
        below = self._speech.say(cell.below) if cell.below is not None else ""
        self._line(painter, lower, below, left, strong=False, muted=True, size=Type.SMALL)

    def _line(
        self,
        painter: QPainter,
        where: QRectF,
        text: str,
        align: object,
        *,
        strong: bool,
        muted: bool,
        size: Type = Type.BASE,
    ) -> None:
        painter.setFont(font(size, bold=strong))
        painter.setPen(colour(Role.MUTED if muted else Role.INK))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(where.width()))
        painter.drawText(where, int(align) if isinstance(align, Qt.AlignmentFlag) else int(_LEFT), shown)


_LEFT: Final = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
