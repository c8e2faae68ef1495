"""What there is to tell of the decider's own clock, and the line for a word on it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.clockjumps import ClockJump
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import LineField


class ClockBox(QWidget):
    """`changed()` when the word is typed; hidden where the clock was left alone."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        head = Text(speech, message(N_("The clock of this laptop")), Kind.SECTION, parent=self)
        self._told = Text(speech, kind=Kind.SMALL, wrap=True, parent=self)
        self._told.set_tone(Role.STOP)
        self.field = LineField(speech, message(N_("What happened to the clock")), self)
        speech.name(self.field.line, message(N_("What happened to the clock")))
        self.field.line.textChanged.connect(self.changed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        for part in (head, self._told, self.field):
            column.addWidget(part)
        self.hide()

    def begin(self, jump: ClockJump | None, typed: str) -> None:
        """Another file, or another jump: with the word that was typed before."""
        self._told.set_text(jump.sentence if jump is not None else None)
        self.field.line.setText(typed)
        self.setVisible(jump is not None)

    def word(self) -> str:
        """What was typed."""
        return self.field.line.text().strip()

    def missing(self) -> QWidget | None:
        """The line, where a word is wanted and none stands."""
        return self.field.line if not self.isHidden() and not self.word() else None
