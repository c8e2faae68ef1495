"""What stands where nothing stands yet: what the place is for, and the one next action."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.icons import Icon, IconLabel
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text

_WIDTH = 400


class EmptyState(QWidget):
    """An icon, a sentence, and at most one button."""

    acted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(Icon.INFO, Role.MUTED, 40, self)
        self._sentence = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sentence.setFixedWidth(_WIDTH)
        self._action = Button(speech, None, Look.PRIMARY, parent=self)
        self._action.clicked.connect(self.acted)
        layout = QVBoxLayout(self)
        layout.setSpacing(2 * SPACE)
        layout.addStretch(2)
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignHCenter)
        # Between two stretches, not by alignment: only so a text that wraps gets the height it wants.
        words = QHBoxLayout()
        words.addStretch(1)
        words.addWidget(self._sentence)
        words.addStretch(1)
        nest(layout, words)
        layout.addWidget(self._action, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)

    def show_empty(self, icon: Icon, sentence: Sayable, action: Sayable | None = None, *, keys: str = "") -> None:
        """Say what this place is for, and what to do first."""
        self._icon.set_icon(icon, Role.MUTED)
        self._sentence.set_text(sentence)
        self._action.setVisible(action is not None)
        if action is not None:
            self.setFocusProxy(self._action)
            self._action.set_text(action)
            self._action.set_keys(keys)
