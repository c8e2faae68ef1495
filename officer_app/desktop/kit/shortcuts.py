"""Keys of a window, each with its word, so that one list can show them all."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from officer_app.base.words import Sayable


class Shortcuts(QObject):
    """The keys that work in one window or in a part of it."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._listed: dict[str, Sayable] = {}
        self._bound: list[QShortcut] = []

    def add(self, keys: str, what: Sayable, action: Callable[[], object], scope: QWidget | None = None) -> QShortcut:
        """Bind keys everywhere in the window, or only while the focus is inside `scope`."""
        shortcut = QShortcut(QKeySequence(keys), scope or self._window)
        inside = Qt.ShortcutContext.WidgetWithChildrenShortcut
        shortcut.setContext(inside if scope is not None else Qt.ShortcutContext.WindowShortcut)
        shortcut.activated.connect(action)
        self._listed[keys] = what
        self._bound.append(shortcut)
        return shortcut

    def set_enabled(self, on: bool) -> None:
        """Let the keys rest while something else covers the window, or wake them again."""
        for shortcut in self._bound:
            shortcut.setEnabled(on)

    def clear(self) -> None:
        """Free all keys: somebody else works here now."""
        for shortcut in self._bound:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
        self._bound.clear()
        self._listed.clear()

    def listed(self) -> tuple[tuple[str, Sayable], ...]:
        """Keys and what they do, in the order they were bound."""
        return tuple(self._listed.items())


def shown(keys: str) -> str:
    """A key sequence as it stands on the keyboard: Ctrl+N, ⌘N; Qt's `Return` is the key called Enter."""
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText).replace("Return", "Enter")
