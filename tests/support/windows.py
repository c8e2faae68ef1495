"""A window around a widget under test, with the keyboard in it."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot


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
