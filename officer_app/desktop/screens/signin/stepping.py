"""A sheet of several steps: where one is, back and on, what is wrong, and all by the keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.signin.sheet import COLUMN, FaultCard, Sheet
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.choice import ChoiceList
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.states import State


class Step(QWidget):
    """One step: `first` gets the keyboard when it comes up; `body` holds what is asked.

    `resized()` when something in it came, went or was said at another length.
    """

    resized = Signal()

    def __init__(self, title: Sayable) -> None:
        super().__init__()
        self.title = title
        self.first: QWidget = self
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(SPACE)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.resized.emit()
        return super().event(event)


class Stepping(Sheet):
    """`back()` from the first step. Alt+Left goes back, Enter on the last field or the button goes on."""

    back = Signal()

    def __init__(self, appearance: Appearance, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._steps: dict[str, Step] = {}
        self.step = ""
        self._counted = Text(self.speech, kind=Kind.HINT, parent=self)
        self._title = Text(self.speech, kind=Kind.HEAD, wrap=True, parent=self)
        self._pages = QStackedWidget(self)
        self.fault = FaultCard(self.speech, self)
        self.go_on = Button(self.speech, message(N_("Go on")), Look.PRIMARY, parent=self)
        self.go_back = Button(self.speech, message(N_("Back")), Look.QUIET, keys="Alt+Left", parent=self)
        self.foot = QHBoxLayout()
        self.foot.addWidget(self.go_on)
        self.foot.addStretch(1)
        self.foot.addWidget(self.go_back)
        for part in (self._counted, self._title, self._pages, self.fault):
            self.body.addWidget(part)
        self.body.addSpacing(SPACE)
        nest(self.body, self.foot)
        self.set_help("first_run")
        self.go_on.clicked.connect(self.forward)
        self.go_back.clicked.connect(self.backward)
        self.speech.changed.connect(self._refit_soon)

    def add_step(self, key: str, step: Step) -> None:
        """One more step, after those before."""
        self._steps[key] = step
        self._pages.addWidget(step)
        step.resized.connect(lambda: self.refit() if self.step == key else None)

    def path(self) -> tuple[str, ...]:
        """The steps in their order, as things stand; an answer may leave some out."""
        return tuple(self._steps)

    def turn_to(self, key: str) -> None:
        """Show a step; unknown ones begin at the first."""
        path = self.path()
        self.step = key if key in path else path[0]
        step = self._steps[self.step]
        self.fault.hide()
        words = N_("Step {place:count} of {of:count}")
        self._counted.set_text(message(words, place=path.index(self.step) + 1, of=len(path)))
        self._title.set_text(step.title)
        # Only the step that is up takes room: the others may be taller.
        for other in self._steps.values():
            other.setVisible(other is step)
        self._pages.setCurrentWidget(step)
        self.shown(self.step)
        self._pages.setFixedHeight(self._height(step))
        first = _first_of(step)
        # Whoever covers the window with the sheet gives the keyboard to the sheet.
        self.setFocusProxy(first)
        first.setFocus()

    def forward(self) -> None:
        """On, unless something lacks: then what."""
        why = self.lacking(self.step)
        if why is not None:
            self.fault.set_tone(State.LOOK)
            self.fault.say(why)
            return
        path = self.path()
        place = path.index(self.step)
        if place + 1 < len(path):
            self.turn_to(path[place + 1])
        else:
            self.over()

    def backward(self) -> None:
        """Back; what was given stays."""
        path = self.path()
        place = path.index(self.step)
        if place:
            self.turn_to(path[place - 1])
        else:
            self.back.emit()

    def refit(self) -> None:
        """The step that is up has become taller or lower."""
        if self.step:
            self._pages.setFixedHeight(self._height(self._steps[self.step]))

    def _refit_soon(self) -> None:
        """After every text was said anew: another language takes another number of lines."""
        QTimer.singleShot(0, self, self.refit)

    def _height(self, step: Step) -> int:
        layout = step.body
        tall = layout.totalHeightForWidth(COLUMN) if layout.hasHeightForWidth() else layout.totalSizeHint().height()
        return max(tall, layout.totalMinimumSize().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if alt and event.key() == Qt.Key.Key_Left:
            self.backward()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forward()
        else:
            super().keyPressEvent(event)

    # --- for the kinds ---------------------------------------------------------------------------------------------

    def lacking(self, step: str) -> Sayable | None:
        """Why one cannot go on from a step, or None."""
        raise NotImplementedError

    def shown(self, step: str) -> None:
        """A step has come up."""

    def over(self) -> None:
        """The last step is done."""
        raise NotImplementedError


def _first_of(step: Step) -> QWidget:
    """Where the keyboard begins; among rows at the chosen one, so that Enter keeps what was chosen."""
    first = step.first
    if isinstance(first, ChoiceList):
        chosen = [option.key for option in first.options()].index(first.value()) if first.value() else 0
        return first.buttons()[chosen]
    return first
