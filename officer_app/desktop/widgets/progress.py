"""How far a long work is. It appears only when there is something to wait for."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text

APPEARS_AFTER_MS = 600


class ProgressStrip(QWidget):
    """What is done, what is left, and a way to stop."""

    cancelled = Signal()

    def __init__(self, speech: Speech, *, delay_ms: int = APPEARS_AFTER_MS, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._what: Sayable = message("")
        self._label = Text(speech, parent=self)
        self._count = Text(speech, kind=Kind.MUTED, parent=self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._cancel = Button(speech, message(N_("Cancel")), parent=self)
        self._cancel.clicked.connect(self._stop)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(delay_ms)
        self._timer.timeout.connect(self.show)
        self._arrange()
        self.hide()

    def start(self, what: Sayable) -> None:
        """Work has begun; nothing is shown for a moment, for most work is over by then."""
        self._label.set_text(what)
        self._count.set_text(None)
        self._bar.setRange(0, 0)
        self._cancel.setEnabled(True)
        self._timer.start()

    def tick(self, done: int, total: int) -> None:
        """So much of so much."""
        self._bar.setRange(0, max(total, 0))
        self._bar.setValue(done)
        self._count.set_text(message(N_("{done:count} of {total:count}"), done=done, total=total))

    def finish(self) -> None:
        """Over, one way or the other."""
        self._timer.stop()
        self.hide()

    def _stop(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()

    def _arrange(self) -> None:
        words = QHBoxLayout()
        words.addWidget(self._label)
        words.addWidget(self._count)
        words.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(HALF)
        nest(column, words)
        column.addWidget(self._bar)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(2 * SPACE)
        nest(row, column, 1)
        row.addWidget(self._cancel)
