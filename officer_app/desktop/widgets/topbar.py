"""The line above every screen: where we are, how it stands, what to do."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role, colour
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import ElidedText, Kind
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

HEIGHT = 56


@dataclass(frozen=True, slots=True)
class Chip:
    """A small standing remark."""

    state: State
    words: Sayable


class TopBar(QWidget):
    """Title, subtitle and chips on the left; what was saved, status and actions on the right."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._lent: tuple[tuple[QWidget, QWidget | None], ...] = ()
        self.setFixedHeight(HEIGHT)
        self._title = ElidedText(speech, kind=Kind.TITLE, parent=self)
        self._sub = ElidedText(speech, kind=Kind.MUTED, parent=self)
        self._saved = ElidedText(speech, kind=Kind.HINT, parent=self)
        self._chips = _group(self)
        self._status = _group(self)
        self._actions = _group(self)
        self._corner = _group(self)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        row.setSpacing(SPACE + 4)
        row.addWidget(self._title)
        row.addWidget(self._sub)
        row.addWidget(self._chips)
        row.addStretch(1)
        for part in (self._saved, self._status, self._actions, self._corner):
            row.addWidget(part)
        self._sub.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)

    def set_title(self, title: Sayable, sub: Sayable | None = None) -> None:
        """Where we are."""
        self._title.set_text(title)
        self._sub.set_text(sub)

    def set_chips(self, chips: tuple[Chip, ...]) -> None:
        """Remarks on what is open."""
        self._fill(self._chips, chips)

    def set_status(self, chips: tuple[Chip, ...]) -> None:
        """How the laptop stands: offline, waiting to be sent."""
        self._fill(self._status, chips)

    def set_corner(self, widget: QWidget | None) -> None:
        """Something of the window's own that stays right of every screen's buttons."""
        layout = self._corner.layout()
        assert layout is not None  # noqa: S101  made in _group
        clear(layout)
        if widget is not None:
            layout.addWidget(widget)
        self._corner.setVisible(widget is not None)

    def set_saved(self, what: Sayable | None) -> None:
        """The word that work is safe."""
        self._saved.set_text(what)

    def set_actions(self, actions: tuple[QWidget, ...]) -> None:
        """The screen's own buttons: lent to the bar, given back to their parents when others come."""
        layout = self._actions.layout()
        assert layout is not None  # noqa: S101  made in _group
        if actions != tuple(action for action, _home in self._lent):  # the head is read again after every answer
            for widget, home in self._lent:
                layout.removeWidget(widget)
                widget.hide()
                widget.setParent(home)
            self._lent = tuple((action, action.parentWidget()) for action in actions)
            for action in actions:
                layout.addWidget(action)
        for action in actions:
            action.show()
        self._actions.setVisible(bool(actions))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.SURFACE))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Role.LINE))
        painter.end()

    def _fill(self, group: QWidget, chips: tuple[Chip, ...]) -> None:
        layout = group.layout()
        assert layout is not None  # noqa: S101  made in _group
        pills = group.findChildren(Pill, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for pill in pills[len(chips) :]:
            layout.removeWidget(pill)
            pill.hide()
            pill.deleteLater()
        for place, chip in enumerate(chips):
            if place < len(pills):
                pills[place].show_state(chip.state, chip.words)
            else:
                layout.addWidget(Pill(self._speech, chip.state, chip.words, group))
        group.setVisible(bool(chips))


def _group(parent: QWidget) -> QWidget:
    group = QWidget(parent)
    row = QHBoxLayout(group)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    group.hide()
    return group
