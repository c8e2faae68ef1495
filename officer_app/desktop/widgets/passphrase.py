"""Where a passphrase is typed."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF
from officer_app.desktop.widgets.buttons import icon_button
from officer_app.desktop.widgets.labels import Kind, Text

_CAPS: Final = message(N_("Caps Lock seems to be on."))
_OTHER_SCRIPT: Final = message(N_("The Chinese input method is on: what you type may differ from your password."))


class PassphraseBox(QWidget):
    """A hidden line that tells about Caps Lock and a Chinese input method before one wonders."""

    entered = Signal()
    edited = Signal()

    def __init__(self, speech: Speech, hint: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._caps = False
        self.line = QLineEdit(self)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
        speech.put(self.line, hint, "setPlaceholderText")
        speech.name(self.line, hint)
        self._show = icon_button(speech, Icon.SHOW, message(N_("Show what is typed")), self)
        self._show.setCheckable(True)
        self._warning = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._warning.hide()
        self._arrange()
        self._show.toggled.connect(self._reveal)
        self.line.textChanged.connect(self._typed)
        self.line.installEventFilter(self)
        self.setFocusProxy(self.line)

    def passphrase(self) -> str:
        """What was typed; the caller keeps it no longer than needed."""
        return self.line.text()

    def clear(self) -> None:
        """Empty it, and hide again."""
        self.line.clear()
        self._show.setChecked(False)

    def hint(self) -> str:
        """The warning shown now, or nothing."""
        return "" if self._warning.isHidden() else self._warning.text()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                # Taken here for good: what lies around goes on by Enter too, and would go on twice.
                self.entered.emit()
                return True
            self._watch_caps(event)
        return False

    def _watch_caps(self, event: QKeyEvent) -> None:
        # Qt cannot ask for Caps Lock; a capital without Shift (or the reverse) gives it away.
        text = event.text()
        if len(text) == 1 and text.isascii() and text.isalpha():
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            self._caps = text.isupper() != shift

    def _typed(self, text: str) -> None:
        warning: Message | None = _CAPS if self._caps and text else None
        if not text.isascii():
            warning = _OTHER_SCRIPT
        self._warning.set_text(warning)
        self.edited.emit()

    def _reveal(self, on: bool) -> None:
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password)

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        row.addWidget(self.line, 1)
        row.addWidget(self._show)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(HALF)
        nest(column, row)
        column.addWidget(self._warning)
