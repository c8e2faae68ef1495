"""A card of the settings: a title, lines of what is, and something to do."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text


class SettingsCard(Card):
    """`told(News)` and `faulted(Fault)` become banners."""

    told = Signal(object)
    faulted = Signal(object)

    def __init__(self, speech: Speech, title: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.speech = speech
        self.body.addWidget(Text(speech, title, Kind.STRONG, parent=self))


class Lines(QWidget):
    """Names and what they are, in two columns."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(2 * SPACE)
        self._grid.setVerticalSpacing(HALF)
        self._grid.setColumnStretch(1, 1)
        self._texts: list[Text] = []

    def show_lines(self, lines: tuple[tuple[Sayable, Sayable], ...]) -> None:
        """Replace all lines."""
        for text in self._texts:
            self._grid.removeWidget(text)
            text.hide()
            text.deleteLater()
        self._texts = []
        for place, (name, what) in enumerate(lines):
            left = Text(self._speech, name, Kind.MUTED, parent=self)
            right = Text(self._speech, what, wrap=True, parent=self)
            self._grid.addWidget(left, place, 0)
            self._grid.addWidget(right, place, 1)
            left.show()
            right.show()
            self._texts += [left, right]
