"""One box that finds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.icons import RESTYLED, Icon, icon_for
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role

_PAUSE_MS = 150


class SearchBox(QLineEdit):
    """Says what is sought after a short pause, at once on Enter; Esc empties it; ↓ asks for the results."""

    sought = Signal(str)
    entered = Signal()
    to_results = Signal()

    def __init__(self, speech: Speech, hint: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("search", True)
        speech.put(self, hint, "setPlaceholderText")
        speech.name(self, hint)
        self._glass = QAction(self)
        self.addAction(self._glass, QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._tell)
        self.textChanged.connect(lambda _text: self._pause.start())
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED and hasattr(self, "_glass"):
            self._draw()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._tell()
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif event.key() == Qt.Key.Key_Down:
            self.to_results.emit()
        else:
            super().keyPressEvent(event)

    def _tell(self) -> None:
        self._pause.stop()
        self.sought.emit(self.text().strip())

    def _draw(self) -> None:
        self._glass.setIcon(icon_for(self, Icon.SEARCH, Role.MUTED, 16))
