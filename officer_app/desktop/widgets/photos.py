"""The contact sheet: required shots as empty frames, taken ones as pictures with how they stand."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QImage,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPen,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.icons import Icon, pixmap
from officer_app.desktop.kit.speech import Speech, is_given
from officer_app.desktop.kit.theme import HALF, RADIUS, SPACE, Role, Type, colour, font
from officer_app.desktop.widgets.pills import draw_pill
from officer_app.desktop.widgets.sections import VERBATIM_ROLE
from officer_app.desktop.widgets.states import State

FRAME_ROLE: Final = int(Qt.ItemDataRole.UserRole) + 1
_PICTURE: Final = QSize(168, 126)
_TILE: Final = QSize(184, 184)
_SMALL_PICTURE: Final = QSize(96, 56)
_SMALL_TILE: Final = QSize(108, 92)
_CAP: Final = 22
CAPS: Final = "123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_HELD: Final = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Frame:
    """One place on the sheet: a picture, or the wish for one."""

    key: str
    title: Sayable
    picture: QImage | None = None
    state: State | None = None
    note: Sayable | None = None
    required: bool = False
    cap: str = ""  # the key that files a picture here
    excused: bool = False  # required, not there, and a reason was given


class ContactSheet(QListView):
    """Frames in rows. Enter opens a picture or asks for the missing one; pictures may be dropped on it.

    `keyed(letter or digit)` when a frame's key is pressed; `let_go(key)` when Delete is pressed on a picture.
    """

    opened = Signal(str)
    wanted = Signal(str)
    dropped = Signal(list)
    keyed = Signal(str)
    let_go = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None, *, one_row: bool = False) -> None:
        super().__init__(parent)
        self._model = _Frames(speech, self)
        self.setModel(self._model)
        self._painter = _FramePainter(speech, self)
        self.setItemDelegate(self._painter)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setGridSize(_TILE + QSize(SPACE, SPACE))
        self.setMouseTracking(True)
        if one_row:
            self.setWrapping(False)
            self.setFixedHeight(_TILE.height() + 3 * SPACE)
            self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAcceptDrops(True)
        # A list that does not let its items be moved takes drops away from its viewport again.
        self.viewport().setAcceptDrops(True)
        self.doubleClicked.connect(self._open)
        self.clicked.connect(self._want)

    def set_small(self, small: bool) -> None:
        """Small tiles, so that all keys are in sight while something else takes the room; or the large ones."""
        if small != self._painter.small:
            self._painter.small = small
            self.setGridSize((_SMALL_TILE if small else _TILE) + QSize(SPACE, SPACE))
            self.scheduleDelayedItemsLayout()

    def show_frames(self, frames: tuple[Frame, ...]) -> None:
        """Show these; the current frame stays current."""
        key = self.current_key()
        self._model.replace(frames)
        place = next((place for place, frame in enumerate(frames) if frame.key == key), None)
        if place is not None:
            self.setCurrentIndex(self._model.index(place, 0))

    def turn_to(self, key: str) -> None:
        """Put the keyboard on a frame; the first when there is no such frame."""
        keys = self._model.keys()
        if keys:
            index = self._model.index(keys.index(key) if key in keys else 0, 0)
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def keys(self) -> tuple[str, ...]:
        """The frames' keys, in order."""
        return self._model.keys()

    def current_key(self) -> str | None:
        """The frame that the keyboard is on."""
        frame = self.currentIndex().data(FRAME_ROLE)
        return frame.key if isinstance(frame, Frame) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
            self._want(self.currentIndex())
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            frame = self.currentIndex().data(FRAME_ROLE)
            if isinstance(frame, Frame) and frame.picture is not None:
                self.let_go.emit(frame.key)
        elif len(event.text()) == 1 and event.text().upper() in CAPS and not event.modifiers() & _HELD:
            self.keyed.emit(event.text().upper())
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        self.dragMoveEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            event.acceptProposedAction()
            self.dropped.emit(files)

    def _open(self, index: QModelIndex) -> None:
        frame = index.data(FRAME_ROLE)
        if isinstance(frame, Frame) and frame.picture is not None:
            self.opened.emit(frame.key)

    def _want(self, index: QModelIndex) -> None:
        frame = index.data(FRAME_ROLE)
        if isinstance(frame, Frame) and frame.picture is None:
            self.wanted.emit(frame.key)


class _Frames(QAbstractListModel):
    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._frames: tuple[Frame, ...] = ()
        speech.changed.connect(self._retell)

    def replace(self, frames: tuple[Frame, ...]) -> None:
        if [frame.key for frame in frames] == [frame.key for frame in self._frames]:
            self._frames = frames
            self._retell()
            return
        self.beginResetModel()
        self._frames = frames
        self.endResetModel()

    def keys(self) -> tuple[str, ...]:
        return tuple(frame.key for frame in self._frames)

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self._frames)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        frame = self._frames[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.AccessibleTextRole:
                return self._speech.say(frame.title)
            case Qt.ItemDataRole.ToolTipRole:
                return self._speech.say(frame.note) if frame.note is not None else None
            case _ if role == FRAME_ROLE:
                return frame
            case _ if role == VERBATIM_ROLE:
                return is_given(frame.title)
        return None

    def _retell(self) -> None:
        if self._frames:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._frames) - 1, 0))


class _FramePainter(QStyledItemDelegate):
    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self.small = False

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002  Qt's signature
        return _SMALL_TILE if self.small else _TILE

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        frame = index.data(FRAME_ROLE)
        if not isinstance(frame, Frame):
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        tile = QRectF(option.rect)
        state = option.state
        size = _SMALL_PICTURE if self.small else _PICTURE
        where = QRectF(tile.x() + SPACE, tile.y() + SPACE, size.width(), size.height())
        if frame.picture is None:
            self._empty(painter, where, frame, hot=bool(state & QStyle.StateFlag.State_MouseOver))
        else:
            _picture(painter, where, frame.picture)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            paint.box(painter, where.adjusted(-3, -3, 3, 3), None, colour(Role.ACCENT), width=2)
        if frame.cap:
            self._cap(painter, where, frame.cap)
        self._words(painter, where, frame, str(index.data()))
        painter.restore()

    def _empty(self, painter: QPainter, where: QRectF, frame: Frame, *, hot: bool) -> None:
        wanted = frame.required and not frame.excused
        pen = QPen(colour(Role.LOOK if wanted else Role.FIELD_LINE), 1.5, Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(colour(Role.RAISED if hot else Role.SURFACE))
        painter.drawRoundedRect(where.adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        ink = colour(Role.LOOK if wanted else Role.MUTED)
        if self.small:
            return
        centre = where.center()
        picture = pixmap(Icon.CAMERA, ink.name(), 28, painter.device().devicePixelRatio())
        painter.drawPixmap(round(centre.x() - 14), round(centre.y() - 24), picture)
        painter.setFont(font(Type.SMALL))
        painter.setPen(ink)
        words = message(N_("required") if wanted else N_("reason given") if frame.excused else N_("optional"))
        text_room = QRectF(where.x(), centre.y() + 8, where.width(), 20)
        painter.drawText(text_room, int(Qt.AlignmentFlag.AlignCenter), self._speech.say(words))

    def _cap(self, painter: QPainter, where: QRectF, cap: str) -> None:
        """The key that files a picture here, as it stands on the keyboard."""
        box = QRectF(where.x() + HALF + 2, where.y() + HALF + 2, _CAP, _CAP)
        paint.box(painter, box, colour(Role.SURFACE), colour(Role.FIELD_LINE), width=1)
        painter.setFont(font(Type.SMALL))
        painter.setPen(colour(Role.INK))
        painter.drawText(box, int(Qt.AlignmentFlag.AlignCenter), cap)

    def _words(self, painter: QPainter, where: QRectF, frame: Frame, title: str) -> None:
        if frame.state is not None and frame.picture is not None and not self.small:
            pill = QRectF(where.x() + HALF + 2, where.bottom() - 30, where.width() - 12, 24)
            draw_pill(painter, pill, frame.state, self._speech.say(frame.state.word))
        painter.setFont(font(Type.SMALL) if self.small else font())
        painter.setPen(colour(Role.INK))
        room = QRectF(where.x(), where.bottom() + HALF, where.width(), 20)
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, int(room.width()))
        left = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        painter.drawText(room, left, shown)
        if frame.note is not None and not self.small:
            painter.setFont(font(Type.SMALL))
            painter.setPen(colour(Role.MUTED))
            below = room.translated(0, 18)
            note = self._speech.say(frame.note)
            shown = painter.fontMetrics().elidedText(note, Qt.TextElideMode.ElideRight, int(room.width()))
            painter.drawText(below, left, shown)


def _picture(painter: QPainter, where: QRectF, picture: QImage) -> None:
    """The picture fills its frame; what hangs over is cut off evenly."""
    scale = max(where.width() / picture.width(), where.height() / picture.height())
    width, height = where.width() / scale, where.height() / scale
    part = QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
    shape = QPainterPath()
    shape.addRoundedRect(where, RADIUS, RADIUS)
    painter.save()
    painter.setClipPath(shape)
    painter.drawImage(where, picture, part)
    painter.restore()
