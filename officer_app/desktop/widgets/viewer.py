"""One photo, large: fitted, or as near as one likes; what it claims stands under it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role, colour
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.marking import Marking
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.topbar import Chip

_STEP: Final = 1.25
_NEAREST: Final = 8.0
_STEPS: Final[dict[int, tuple[int, int]]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class PhotoViewer(QWidget):
    """+ and − zoom, 0 fits, arrows go to the next photo, Esc closes.

    While parts are marked, arrows move the box at hand, with Shift they size it, N adds one, Delete takes it away;
    `marked()` after each change, `taken()` on Enter, `dropped()` on Esc.
    """

    closed = Signal()
    turned = Signal(int)
    marked = Signal()
    taken = Signal()
    dropped = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._sheet = _Sheet(self)
        self._caption = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        self._tags = QWidget(self)
        self._flow = FlowLayout(self._tags, HALF)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._sheet, 1)
        column.addWidget(self._caption)
        column.addWidget(self._tags)
        self._sheet.marked.connect(self.marked)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_photo(self, picture: QImage, caption: Sayable, tags: tuple[Chip, ...] = ()) -> None:
        """A picture, upright as it comes, fitted; its name and its findings."""
        self.mark(None)
        self._sheet.show_picture(picture)
        self._caption.set_text(caption)
        self._speech.name(self, caption)
        clear(self._flow)
        for tag in tags:
            self._flow.addWidget(Pill(self._speech, tag.state, tag.words, self._tags))
        self._tags.setVisible(bool(tags))

    def show_instead(self, picture: QImage) -> None:
        """Another state of the same picture; name and findings stay."""
        self._sheet.show_picture(picture)

    @property
    def marking(self) -> Marking | None:
        """What is being marked, None while nothing is."""
        return self._sheet.marking

    def mark(self, marking: Marking | None) -> None:
        """Let parts be marked, or no longer."""
        self._sheet.marking = marking
        self._sheet.setCursor(Qt.CursorShape.CrossCursor if marking is not None else Qt.CursorShape.ArrowCursor)
        self._sheet.update()

    def picture_rect(self) -> QRectF:
        """Where the picture stands now, in the viewer's own pixels."""
        return self._sheet.target().translated(QPointF(self._sheet.pos()))

    def zoom(self) -> float:
        """1 is fitted."""
        return self._sheet.zoom

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.marking is not None and self._key_in_marking(self.marking, event):
            return
        match event.key():
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._sheet.zoom_by(_STEP)
            case Qt.Key.Key_Minus:
                self._sheet.zoom_by(1 / _STEP)
            case Qt.Key.Key_0:
                self._sheet.fit()
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                self.turned.emit(1 if event.key() == Qt.Key.Key_Right else -1)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case _:
                super().keyPressEvent(event)

    def _key_in_marking(self, marking: Marking, event: QKeyEvent) -> bool:
        sized = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right | Qt.Key.Key_Up | Qt.Key.Key_Down as key:
                (marking.size if sized else marking.move)(*_STEPS[key])
            case Qt.Key.Key_N | Qt.Key.Key_Insert:
                marking.add()
            case Qt.Key.Key_Delete | Qt.Key.Key_Backspace:
                marking.drop()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter:
                self.taken.emit()
                return True
            case Qt.Key.Key_Escape:
                self.dropped.emit()
                return True
            case _:
                return False
        self._sheet.update()
        self.marked.emit()
        return True


class _Sheet(QWidget):
    marked = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._picture = QImage()
        self._offset = QPointF()
        self._held: QPointF | None = None
        self.marking: Marking | None = None
        self.zoom = 1.0
        self.setMinimumSize(160, 120)

    def show_picture(self, picture: QImage) -> None:
        self._picture = picture
        self.fit()

    def fit(self) -> None:
        self.zoom = 1.0
        self._offset = QPointF()
        self.update()

    def zoom_by(self, factor: float) -> None:
        self.zoom = min(max(self.zoom * factor, 1.0), _NEAREST)
        if self.zoom == 1.0:
            self._offset = QPointF()
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.zoom_by(_STEP if event.angleDelta().y() > 0 else 1 / _STEP)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.marking is not None:
            self.marking.press(self._thousandths(event.position()))
            return
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.marking is not None:
            self.marking.drag(self._thousandths(event.position()))
            self.update()
        elif self._held is not None and self.zoom > 1:
            self._offset += event.position() - self._held
            self._held = event.position()
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002  Qt's signature
        self._held = None
        if self.marking is not None:
            self.marking.release()
            self.update()
            self.marked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAISED))
        if not self._picture.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.target(), self._picture)
            if self.marking is not None:
                self.marking.paint(painter, self.target())
        painter.end()

    def _thousandths(self, at: QPointF) -> QPointF:
        target = self.target()
        return QPointF((at.x() - target.x()) / target.width(), (at.y() - target.y()) / target.height()) * 1000

    def target(self) -> QRectF:
        """Where the picture stands."""
        scale = min(self.width() / self._picture.width(), self.height() / self._picture.height()) * self.zoom
        width, height = self._picture.width() * scale, self._picture.height() * scale
        left = (self.width() - width) / 2 + self._offset.x()
        return QRectF(left, (self.height() - height) / 2 + self._offset.y(), width, height)
