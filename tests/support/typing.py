"""Typing as people do, Chinese too: characters go in one at a time, as an input method commits them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget


def type_text(widget: QWidget, text: str) -> None:
    """Type a text into the widget that has the keyboard.

    WORKAROUND: QTest.keyClicks with a Chinese character aborts the interpreter in PySide6 6.11.3, so these are
    committed like an input method does.
    """
    for sign in text:
        if sign.isascii():
            QTest.keyClick(widget, sign)
        else:
            event = QInputMethodEvent()
            event.setCommitString(sign)
            QApplication.sendEvent(widget, event)


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """One key."""
    QTest.keyClick(widget, key, modifier)


def focused() -> QWidget:
    """The widget that has the keyboard now."""
    widget = QApplication.focusWidget()
    assert widget is not None, "nothing has the keyboard"
    return widget
