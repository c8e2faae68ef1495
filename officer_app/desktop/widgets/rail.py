"""The slim bar of places on the left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QVBoxLayout, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.icons import Icon, pixmap
from officer_app.desktop.kit.shortcuts import shown
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role, Type, colour, font
from officer_app.desktop.widgets.clearing import clear

WIDTH: Final = 72
_BUTTON: Final = 56
_MARGIN: Final = 6
# A click knows where it went, and a window that wakes up needs no ring on its first button.
_QUIET_REASONS: Final = (Qt.FocusReason.MouseFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


@dataclass(frozen=True, slots=True)
class RailItem:
    """A place to go: its key, picture and word; `keys` is the shortcut shown in the tooltip.

    `stays` marks an item of the foot that is a place too, and becomes the current one.
    """

    key: str
    icon: Icon
    word: Sayable
    keys: str = ""
    stays: bool = False


class Rail(QWidget):
    """Places above, the window's own matters (language, lock) below."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._buttons: dict[str, _RailButton] = {}
        self.setFixedWidth(WIDTH)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self._column.setSpacing(HALF)

    def show_items(self, places: tuple[RailItem, ...], foot: tuple[RailItem, ...] = ()) -> None:
        """Replace everything. Foot items are actions: they never become the current place."""
        clear(self._column)
        self._buttons.clear()
        for place in places:
            self._add(place, checkable=True)
        self._column.addStretch(1)
        for place in foot:
            self._add(place, checkable=place.stays)

    def set_current(self, key: str) -> None:
        """Mark the place that is open."""
        for name, button in self._buttons.items():
            button.setChecked(name == key)

    def set_badge(self, key: str, count: int) -> None:
        """How many things wait there; 0 hides it."""
        self._buttons[key].set_badge(count)

    def button(self, key: str) -> QAbstractButton:
        """The button of a place, for focus and tests."""
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            super().keyPressEvent(event)
            return
        buttons = list(self._buttons.values())
        here = next((place for place, button in enumerate(buttons) if button.hasFocus()), 0)
        step = 1 if event.key() == Qt.Key.Key_Down else -1
        buttons[(here + step) % len(buttons)].setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAIL))
        painter.end()

    def _add(self, item: RailItem, *, checkable: bool) -> None:
        button = _RailButton(self._speech, item, self)
        button.setCheckable(checkable)
        button.clicked.connect(lambda _checked=False, key=item.key: self._choose(key))
        self._buttons[item.key] = button
        self._column.addWidget(button)

    def _choose(self, key: str) -> None:
        button = self._buttons[key]
        if button.isCheckable():
            # The place becomes current when it has really been opened: the window says so.
            button.setChecked(not button.isChecked())
        self.chosen.emit(key)


class _RailButton(QAbstractButton):
    def __init__(self, speech: Speech, item: RailItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._icon = item.icon
        self._keys = shown(item.keys) if item.keys else ""
        self._badge = 0
        self._ringed = True
        self.setFont(font(Type.SMALL))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFixedHeight(_BUTTON)
        speech.put(self, item.word)
        speech.tip(self, item.word)

    def set_badge(self, count: int) -> None:
        self._badge = count
        self.setAccessibleDescription(str(count) if count else "")
        self.update()

    def event(self, event: QEvent) -> bool:
        # The tooltip adds the key to the word without a second text to translate.
        if event.type() == QEvent.Type.ToolTip and self._keys:
            self.setToolTip(f"{self.text()}  {self._keys}")
        return super().event(event)

    def sizeHint(self) -> QSize:
        return QSize(WIDTH - 2 * _MARGIN, _BUTTON)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ringed = event.reason() not in _QUIET_REASONS
        super().focusInEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = QRectF(self.rect())
        lit = self.isChecked() or self.underMouse() or self.isDown()
        if lit:
            paint.box(painter, where, colour(Role.RAIL_ACTIVE), None)
        if self.hasFocus() and self._ringed:
            paint.box(painter, where, None, colour(Role.RAIL_INK), width=2)
        self._paint_words(painter)
        if self._badge:
            self._paint_badge(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        ink = "#ffffff" if self.isChecked() else colour(Role.RAIL_INK).name()
        ratio = self.devicePixelRatioF()
        painter.drawPixmap((self.width() - 20) // 2, 9, pixmap(self._icon, ink, 20, ratio))
        painter.setFont(font(Type.SMALL, bold=self.isChecked()))
        painter.setPen(ink)
        room = QRectF(0, 31, self.width(), 20)
        text = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 2)
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), text)

    def _paint_badge(self, painter: QPainter) -> None:
        text = str(self._badge) if self._badge < 100 else "99+"
        painter.setFont(font(Type.SMALL, bold=True))
        width = max(18, painter.fontMetrics().horizontalAdvance(text) + 8)
        pill = QRectF(self.width() / 2 + 4, 3, width, 18)
        paint.capsule(painter, pill, colour(Role.LOOK_SOFT))
        painter.setPen(colour(Role.LOOK))
        painter.drawText(pill, int(Qt.AlignmentFlag.AlignCenter), text)
