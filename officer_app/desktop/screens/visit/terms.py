"""Head office's list of products says something else of this case's product now: what, and the step to it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.productterms import NewTerms
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text


class TermsLine(QWidget):
    """One sentence over the visit, and below it, once wanted, every change. `wanted()`: judge by the new terms."""

    wanted = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._newer: NewTerms | None = None
        self.words = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.look = Button(speech, message(N_("See what changes")), Look.QUIET, parent=self)
        self.changes = Text(speech, wrap=True, parent=self)
        self.take = Button(speech, message(N_("Judge this case by the new terms")), parent=self)
        self._below = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(2 * SPACE)
        head.addWidget(self.words, 1)
        head.addWidget(self.look)
        below = QHBoxLayout(self._below)
        below.setContentsMargins(0, 0, 0, 0)
        below.setSpacing(2 * SPACE)
        below.addWidget(self.changes, 1)
        below.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, HALF, 3 * SPACE, HALF)
        column.setSpacing(HALF)
        nest(column, head)
        column.addWidget(self._below)
        self.look.clicked.connect(self._open)
        self.take.clicked.connect(self.wanted)
        self._below.hide()
        self.hide()

    def tell(self, newer: NewTerms | None) -> None:
        """Show it, or nothing; what was opened stays open while it is the same."""
        if newer == self._newer:
            return
        self._newer = newer
        self.setVisible(newer is not None)
        self._below.hide()
        if newer is not None:
            self.words.set_text(newer.sentence)
            self.look.setVisible(not newer.changed.withdrawn)
            self.changes.set_text(newer.changed.told)

    def _open(self) -> None:
        self._below.setVisible(self._below.isHidden())
        if not self._below.isHidden():
            self.take.setFocus()
