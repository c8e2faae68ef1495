"""The list of a checklist's sections: how each stands, how much is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech, is_given
from officer_app.desktop.kit.theme import CONTROL, SPACE, Role, Type, colour, font
from officer_app.desktop.widgets.states import State

# Whether a model's text is nobody's to translate.
VERBATIM_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 100
_ROW_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_SIGN: Final = 12
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section: how it stands and how many of its questions are answered."""

    key: str
    title: Sayable
    state: State
    done: int
    total: int


class SectionList(QListView):
    """Sections to walk through with ↑ ↓ and to open with Enter or a click."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Sections(speech, self)
        self.setModel(self._model)
        self.setItemDelegate(_SectionPainter(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.clicked.connect(self._choose)
        self.activated.connect(self._choose)

    def show_sections(self, rows: tuple[SectionRow, ...]) -> None:
        """Show these; the same sections keep the current one."""
        current = self.current_key()
        self._model.replace(rows)
        if current is not None:
            self.set_current(current)

    def set_current(self, key: str) -> None:
        """Mark the open section."""
        place = self._model.place_of(key)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def keys(self) -> tuple[str, ...]:
        """The sections, in order."""
        return self._model.keys()

    def current_key(self) -> str | None:
        """The marked section."""
        row = self.currentIndex().data(_ROW_ROLE)
        return row.key if isinstance(row, SectionRow) else None

    def _choose(self, index: QModelIndex) -> None:
        row = index.data(_ROW_ROLE)
        if isinstance(row, SectionRow):
            self.chosen.emit(row.key)


class _Sections(QAbstractListModel):
    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._rows: tuple[SectionRow, ...] = ()
        speech.changed.connect(self._retell)

    def replace(self, rows: tuple[SectionRow, ...]) -> None:
        if [row.key for row in rows] != [row.key for row in self._rows]:
            self.beginResetModel()
            self._rows = rows
            self.endResetModel()
            return
        changed = [place for place, pair in enumerate(zip(self._rows, rows, strict=True)) if pair[0] != pair[1]]
        self._rows = rows
        for place in changed:
            self.dataChanged.emit(self.index(place, 0), self.index(place, 0))

    def keys(self) -> tuple[str, ...]:
        return tuple(row.key for row in self._rows)

    def place_of(self, key: str) -> int | None:
        return next((place for place, row in enumerate(self._rows) if row.key == key), None)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        row = self._rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return self._speech.say(row.title)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{self._speech.say(row.title)} {row.done}/{row.total} {self._speech.say(row.state.word)}"
            case _ if role == _ROW_ROLE:
                return row
            case _ if role == VERBATIM_ROLE:
                return is_given(row.title)
        return None

    def _retell(self) -> None:
        if self._rows:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._rows) - 1, 0))


class _SectionPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt's signature
        return QSize(120, CONTROL)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row = index.data(_ROW_ROLE)
        if not isinstance(row, SectionRow):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(option.rect).adjusted(0, 1, 0, -1)
        state = option.state
        current = bool(state & QStyle.StateFlag.State_Selected)
        if current:
            paint.box(painter, where, colour(Role.ACCENT_SOFT), None)
        elif state & QStyle.StateFlag.State_MouseOver:
            paint.box(painter, where, colour(Role.RAISED), None)
        if current and state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, where, None, colour(Role.ACCENT), width=2)
        _paint_row(painter, where, row, str(index.data()), current=current)
        painter.restore()


def _paint_row(painter: QPainter, where: QRectF, row: SectionRow, title: str, *, current: bool) -> None:
    if row.state.shape is not None:
        sign = QRectF(where.x() + SPACE + 2, where.center().y() - _SIGN / 2, _SIGN, _SIGN)
        row.state.shape(painter, sign, colour(row.state.ink))
    count = f"{row.done}/{row.total}" if row.total else ""
    painter.setFont(font(Type.SMALL, bold=current))
    painter.setPen(colour(Role.ACCENT_STRONG if current else Role.MUTED))
    right = where.right() - SPACE - 2
    width = painter.fontMetrics().horizontalAdvance(count)
    flags = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight)
    painter.drawText(QRectF(right - width, where.y(), width, where.height()), flags, count)
    painter.setPen(colour(Role.ACCENT_STRONG if current else Role.INK))
    left = where.x() + 2 * SPACE + _SIGN + 4
    _paint_title(painter, QRectF(left, where.y(), right - width - SPACE - left, where.height()), title, bold=current)


def _paint_title(painter: QPainter, room: QRectF, title: str, *, bold: bool) -> None:
    """On one line, else smaller on two; only what does not fit then ends in …"""
    side = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
    painter.setFont(font(bold=bold))
    if painter.fontMetrics().horizontalAdvance(title) <= room.width():
        painter.drawText(room, int(side), title)
        return
    painter.setFont(font(Type.SMALL, bold=bold))
    wrapped = int(side | Qt.TextFlag.TextWordWrap)
    if painter.fontMetrics().boundingRect(room.toRect(), wrapped, title).height() > room.height():
        title = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.drawText(room, wrapped, title)
