"""A sheet for what takes a moment before the window is ready."""

from __future__ import annotations

from PySide6.QtWidgets import QProgressBar, QWidget

from officer_app.base.errors import Fault
from officer_app.base.words import Sayable
from officer_app.desktop.kit.appearance import Appearance
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.screens.signin.sheet import FaultCard, Sheet
from officer_app.desktop.widgets.labels import Kind, Text


class Busy(Sheet):
    """What is being done, and how far it is."""

    def __init__(self, appearance: Appearance, title: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(appearance, parent)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._bar.setRange(0, 0)
        self._step = Text(self.speech, None, Kind.MUTED, wrap=True, parent=self)
        self._fault = FaultCard(self.speech, self)
        self.body.addWidget(Text(self.speech, title, Kind.HEAD, wrap=True, parent=self))
        self.body.addWidget(self._step)
        self.body.addSpacing(SPACE)
        self.body.addWidget(self._bar)
        self.body.addWidget(self._fault)

    def show_step(self, what: Sayable) -> None:
        """What is being done now."""
        self._step.set_text(what)

    def tick(self, done: int, total: int) -> None:
        """So much of so much."""
        self._bar.setRange(0, total)
        self._bar.setValue(done)

    def show_fault(self, fault: Fault) -> None:
        """It came to nothing."""
        self._bar.hide()
        self._fault.show_fault(fault)
