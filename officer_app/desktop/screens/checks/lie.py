"""Was it said knowingly wrong? Then both sentences go on file: what was said, and what is true."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.options import CheckRow
from officer_app.desktop.widgets.text_field import LineField


class LieFields(QWidget):
    """A box, and once it is ticked two lines. `edited()` with each change, `left()` on Ctrl+Enter in a line."""

    edited = Signal()
    left = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.box = CheckRow(speech, message(N_("Said knowingly wrong")), self)
        said, found = message(N_("What was said")), message(N_("What is true, and what proves it"))
        self.said, self.found = LineField(speech, parent=self), LineField(speech, parent=self)
        labels = [Text(speech, words, Kind.SMALL, wrap=True, parent=self) for words in (said, found)]
        speech.name(self.said.line, said)
        speech.name(self.found.line, found)
        self._effect = Text(
            speech,
            message(
                N_(
                    "It caps the willingness to repay, requires a second visit and stands as a sentence on page one. "
                    "Mark it only when it was no mistake."
                )
            ),
            Kind.HINT,
            wrap=True,
            parent=self,
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        self._under: tuple[QWidget, ...] = (self._effect, labels[0], self.said, labels[1], self.found)
        for part in (self.box, *self._under):
            column.addWidget(part)
        self.box.toggled.connect(self._toggled)
        for field in (self.said, self.found):
            field.edited.connect(self.edited)
        self.said.left.connect(self.found.setFocus)
        self.found.left.connect(self.left)
        self._toggled(on=False)

    def ticked(self) -> bool:
        """Whether it was said knowingly wrong."""
        return self.box.isChecked()

    def show_draft(self, said: str, found: str, *, ticked: bool) -> None:
        """Go on with what was typed before."""
        self.said.line.setText(said)
        self.found.line.setText(found)
        self.box.setChecked(ticked)

    def _toggled(self, on: bool) -> None:
        for part in self._under:
            part.setVisible(on)
        self.edited.emit()
