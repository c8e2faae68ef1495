"""What all answer fields have in common: a stored text in, a stored text out, saved before one can forget it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from officer_app.base.words import Sayable
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import set_look

# A pause in typing after which what stands there is kept; saving itself must be over within two seconds.
PAUSE_MS: Final = 1200


class Field(QWidget):
    """One answer. `committed` carries the text as it is stored and comes only when it has changed.

    `refused` carries a sentence when what was typed cannot be stored (what was typed stays), or None when that is
    mended. `left` asks for the next field.
    """

    committed = Signal(str)
    refused = Signal(object)
    left = Signal()
    edited = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.speech = speech
        self._stored = ""
        self._refusal: Sayable | None = None
        self._editor: QWidget | None = None
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(lambda: self._settle(final=False))

    # --- what a kind of field says ---------------------------------------------------------------
    def display(self, stored: str) -> None:
        """Show a stored text that came from outside."""
        raise NotImplementedError

    def read(self) -> tuple[str | None, Sayable | None]:
        """The text to store, or None with the reason why there is none."""
        raise NotImplementedError

    def settled(self) -> None:
        """The user has left the field: a chance to write the answer out neatly."""

    # --- what the outside does -------------------------------------------------------------------
    def show_value(self, stored: str) -> None:
        """Take an answer from outside; the same answer again leaves what is being typed alone."""
        if stored == self._stored and (self._pause.isActive() or self._refusal is not None):
            return
        self._stored = stored
        self._pause.stop()
        self.display(stored)

    def turn_to(self, stored: str) -> None:
        """Become the field of another question: what was typed and refused belonged to the old one."""
        self._pause.stop()
        self._refuse(None)
        self._stored = stored
        self.display(stored)

    def value(self) -> str:
        """What was stored last."""
        return self._stored

    def set_wrong(self, wrong: bool) -> None:
        """Frame it as in error; the words stand under it."""
        if self._editor is not None:
            set_look(self._editor, wrong=wrong)

    def set_read_only(self, read_only: bool) -> None:
        """Show without letting anyone change it."""
        self.setEnabled(not read_only)

    def finish(self) -> None:
        """Keep what stands there now, before a screen goes away."""
        self._settle(final=True)

    # --- for the kinds ---------------------------------------------------------------------------
    def adopt(self, editor: QWidget) -> None:
        """Make a widget the one that is typed into."""
        self._editor = editor
        self.setFocusProxy(editor)
        editor.installEventFilter(self)

    def touch(self) -> None:
        """Something was typed."""
        self._pause.start()
        self.edited.emit()

    def commit(self, stored: str) -> None:
        """Store, if it is something else than before."""
        self._pause.stop()
        self._refuse(None)
        if stored != self._stored:
            self._stored = stored
            self.committed.emit(stored)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is not self._editor:
            return False
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._leaves_undo(event):
            event.ignore()
            return True
        if isinstance(event, QFocusEvent) and _leaves(event):
            self._settle(final=True)
            self.settled()
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._goes_on(event):
            self._settle(final=True)
            self.left.emit()
            return True
        return False

    def _leaves_undo(self, event: QKeyEvent) -> bool:
        """Whether undo is the screen's: an editor that has nothing to take back would only swallow the key."""
        if not event.matches(QKeySequence.StandardKey.Undo):
            return False
        if isinstance(self._editor, QPlainTextEdit):
            return not self._editor.document().isUndoAvailable()
        return isinstance(self._editor, QLineEdit) and not self._editor.isUndoAvailable()

    def _goes_on(self, event: QKeyEvent) -> bool:
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)

    def _settle(self, *, final: bool) -> None:
        self._pause.stop()
        stored, why = self.read()
        if stored is not None:
            self.commit(stored)
        elif final:
            self._refuse(why)

    def _refuse(self, why: Sayable | None) -> None:
        if why != self._refusal:
            self._refusal = why
            self.refused.emit(why)


def _leaves(event: QFocusEvent) -> bool:
    """A list that pops up borrows the keyboard; that is not leaving."""
    return event.type() == QEvent.Type.FocusOut and event.reason() != Qt.FocusReason.PopupFocusReason
