"""The steps of one case, as a row of tabs, from the visit to the memo."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, HALF, SPACE, font, set_look


class CaseTabs(QWidget):
    """One tab for each step; the current one is marked. Data in by `show_tabs`, `chosen(key)` out."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._buttons: dict[str, QPushButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(SPACE, HALF, SPACE, 0)
        self._row.setSpacing(HALF)
        self._row.addStretch(1)

    def show_tabs(self, tabs: tuple[tuple[str, Sayable], ...], current: str) -> None:
        """Show these steps; asked again, only the current one moves."""
        for place, (key, word) in enumerate(tabs):
            if key not in self._buttons:
                self._add(place, key, word)
        self._buttons[current].setChecked(True)

    def button(self, key: str) -> QPushButton:
        """The tab of a step."""
        return self._buttons[key]

    def _add(self, place: int, key: str, word: Sayable) -> None:
        button = Tab(self)
        button.setCheckable(True)
        button.setMinimumHeight(CONTROL)
        set_look(button, look="tab")
        self._speech.put(button, word)
        button.clicked.connect(lambda: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[key] = button
        self._row.insertWidget(place, button)


class Tab(QPushButton):
    """A step, as wide as its word is when it is current, and bold."""

    def sizeHint(self) -> QSize:
        bold = QFontMetrics(font(bold=True)).horizontalAdvance(self.text())
        return QSize(bold + 2 * SPACE + HALF, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
