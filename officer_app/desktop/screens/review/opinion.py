"""What a reviewer does with a file: looks at the sampled pictures and says what they think; somebody else decides."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.text_field import TextArea


class OpinionPanel(QWidget):
    """`given(words)` when the opinion shall be signed."""

    given = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = message(N_("Your opinion"))
        self.words = TextArea(speech, message(N_("What you would decide, and what speaks against it")), 8, self)
        self.give = Button(speech, message(N_("Sign the opinion")), Look.PRIMARY, keys="Ctrl+Return", parent=self)
        self.give.setEnabled(False)
        hint = message(N_("It is signed and goes to whoever decides; it decides nothing."))
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(Text(speech, title, Kind.SECTION, parent=self))
        column.addWidget(self.words)
        column.addWidget(Text(speech, hint, Kind.HINT, wrap=True, parent=self))
        column.addWidget(self.give)
        column.addStretch(1)
        self.setProperty("ground", "surface")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        speech.name(self.words.text, title)
        self.words.text.textChanged.connect(lambda: self.give.setEnabled(bool(self.said())))
        self.give.clicked.connect(self.try_to_give)

    def said(self) -> str:
        """What was typed."""
        return self.words.text.toPlainText().strip()

    def try_to_give(self) -> None:
        """Sign what was typed, or go where it is typed."""
        if self.said():
            self.given.emit(self.said())
        else:
            self.words.setFocus()
