"""Windows on the screen of a test, with the keyboard in them."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

W = TypeVar("W", bound=QWidget)


def shown(qtbot: QtBot, window: W, size: tuple[int, int] | None = None) -> W:
    """A window that stands by itself, in logical pixels or as large as it likes."""
    qtbot.addWidget(window)
    if size is not None:
        window.resize(*size)
    window.show()
    qtbot.waitActive(window)
    return window


def in_window(qtbot: QtBot, widget: QWidget, width: int = 700, height: int = 500) -> QWidget:
    """Show the widget, active; Python holds the window for as long as it holds the widget."""
    window = QWidget()
    qtbot.addWidget(window)
    column = QVBoxLayout(window)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    window.resize(width, height)
    vars(widget)["held"] = window
    window.show()
    widget.setFocus()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    return window
