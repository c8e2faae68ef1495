"""A note at a question: its words under the field, and the line in which it is written."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.options import CheckRow
from officer_app.desktop.widgets.text_field import LineField


@dataclass(frozen=True, slots=True)
class Noted:
    """A note as it stands: what was typed, and the sentence that is shown."""

    words: str
    not_seen: bool
    sentence: Sayable


class NoteLine(QWidget):
    """`kept(words, not seen)` whenever it has changed, `closed()` when the keyboard goes back to the question."""

    kept = Signal(str, bool)
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self.not_seen = CheckRow(speech, message(N_("Not seen")), self)
        self.field = LineField(speech, message(N_("A note, or why it was not seen")), self)
        speech.name(self.field.line, message(N_("A note, or why it was not seen")))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.not_seen)
        row.addWidget(self.field, 1)
        self.setFocusProxy(self.field)
        self.field.line.installEventFilter(self)
        self.field.committed.connect(lambda _text: self._keep())
        self.not_seen.clicked.connect(self._keep)
        self.field.left.connect(self.closed)

    def open_note(self, noted: Noted | None, *, not_seen: bool) -> None:
        """Show what stands there; `not_seen` is how a new one begins."""
        self.not_seen.setChecked(noted.not_seen if noted is not None else not_seen)
        self.field.turn_to(noted.words if noted is not None else "")
        self.show()
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def finish(self) -> None:
        """Keep what is being typed."""
        self.field.finish()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        escapes = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
        if watched is self.field.line and event.type() == QEvent.Type.KeyPress and escapes:
            self.closed.emit()
            return True
        return super().eventFilter(watched, event)

    def _keep(self) -> None:
        self.kept.emit(self.field.value(), self.not_seen.isChecked())
