"""Texts: one line, or as many as there is to say."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.fields import Field


class LineField(Field):
    """One line of text."""

    def __init__(self, speech: Speech, hint: Sayable | None = None, parent: QWidget | None = None) -> None:
        super().__init__(speech, parent)
        self.line = QLineEdit(self)
        if hint is not None:
            speech.put(self.line, hint, "setPlaceholderText")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.line)
        self.line.textEdited.connect(self.touch)
        self.adopt(self.line)

    def display(self, stored: str) -> None:
        if self.line.text() != stored:
            self.line.setText(stored)

    def read(self) -> tuple[str | None, Sayable | None]:
        return self.line.text(), None

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)


class TextArea(Field):
    """Several lines. Enter breaks the line; Ctrl+Enter goes on; Tab leaves."""

    def __init__(
        self, speech: Speech, hint: Sayable | None = None, rows: int = 3, parent: QWidget | None = None
    ) -> None:
        super().__init__(speech, parent)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(self.text.fontMetrics().lineSpacing() * rows + 26)
        if hint is not None:
            speech.put(self.text, hint, "setPlaceholderText")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        self.text.textChanged.connect(self._typed)
        self.adopt(self.text)

    def display(self, stored: str) -> None:
        if self.text.toPlainText() != stored:
            self.text.blockSignals(True)
            self.text.setPlainText(stored)
            self.text.blockSignals(False)

    def read(self) -> tuple[str | None, Sayable | None]:
        return self.text.toPlainText(), None

    def set_read_only(self, read_only: bool) -> None:
        self.text.setReadOnly(read_only)

    def _typed(self) -> None:
        if self.text.toPlainText() != self.value():
            self.touch()

    def _goes_on(self, event: QKeyEvent) -> bool:
        return super()._goes_on(event) and bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
