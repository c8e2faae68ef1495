"""How an errand ended, in one line: a state and a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

_TOLD: Final[Mapping[State, str]] = {
    State.PASSED: N_("Done"),
    State.STOP: N_("Look here"),
    State.LOOK: N_("Stopped"),
}


class OutcomeLine(QWidget):
    """Takes no room until something is said; what was said stands until the next errand."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = Pill(speech)
        self._words = Text(speech, kind=Kind.STRONG, wrap=True, parent=self)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self._state, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, state: State, words: Sayable | None) -> None:
        """How it ended; None while nothing has."""
        self._words.set_text(words)
        if state in _TOLD:
            self._state.show_state(state, message(_TOLD[state]))
        self.setVisible(words is not None)

    def text(self) -> str:
        """The sentence that stands there."""
        return self._words.text()
