"""News that stops nobody: banners above the screen, not dialogs over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.errors import Fault
from officer_app.base.meanings import Kind as FaultKind
from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role, colour
from officer_app.desktop.widgets.buttons import Button, icon_button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State

_SIGN = 14


class BannerArea(QWidget):
    """Banners, newest above; each has a key, so that the same news is told once."""

    acted = Signal(str)
    closed = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._banners: dict[str, _Banner] = {}
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.hide()

    def tell(
        self,
        key: str,
        state: State,
        what: Sayable,
        *,
        detail: Sayable | None = None,
        action: Sayable | None = None,
        closable: bool = True,
    ) -> None:
        """Show a banner, or renew the one with this key."""
        self.take_back(key)
        banner = _Banner(self._speech, state, what, detail, action, closable=closable, parent=self)
        banner.acted.connect(lambda: self.acted.emit(key))
        banner.closed.connect(lambda: self._close(key))
        self._banners[key] = banner
        self._column.insertWidget(0, banner)
        self.show()
        banner.show()

    def tell_fault(self, key: str, fault: Fault, *, action: Sayable | None = None) -> None:
        """What went wrong and what to do, in the code's own words."""
        state = State.STOP if fault.code.value.kind is FaultKind.BUG else State.LOOK
        self.tell(key, state, fault.sentence, detail=fault.remedy, action=action)

    def take_back(self, key: str) -> None:
        """No longer news."""
        banner = self._banners.pop(key, None)
        if banner is not None:
            self._column.removeWidget(banner)
            banner.hide()
            banner.deleteLater()
        self.setVisible(bool(self._banners))

    def keys(self) -> tuple[str, ...]:
        """What is being told."""
        return tuple(self._banners)

    def _close(self, key: str) -> None:
        self.take_back(key)
        self.closed.emit(key)


class _Banner(QWidget):
    acted = Signal()
    closed = Signal()

    def __init__(
        self,
        speech: Speech,
        state: State,
        what: Sayable,
        detail: Sayable | None,
        action: Sayable | None,
        *,
        closable: bool,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._state = state
        speech.name(self, what)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE + _SIGN + SPACE, SPACE, SPACE, SPACE)
        row.setSpacing(SPACE)
        nest(row, _sentences(speech, what, detail, self), 1)
        if action is not None:
            button = Button(speech, action, parent=self)
            button.clicked.connect(self.acted)
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        if closable:
            close = icon_button(speech, Icon.CLOSE, message(N_("Close")), self)
            close.clicked.connect(self.closed)
            row.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), colour(self._state.soft))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Role.LINE))
        if self._state.shape is not None:
            sign = QRectF(2 * SPACE, (self.height() - _SIGN) / 2, _SIGN, _SIGN)
            self._state.shape(painter, sign, colour(self._state.ink))
        painter.end()


def _sentences(speech: Speech, what: Sayable, detail: Sayable | None, parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(Text(speech, what, Kind.STRONG, wrap=True, parent=parent))
    if detail is not None:
        column.addWidget(Text(speech, detail, wrap=True, parent=parent))
    return column
