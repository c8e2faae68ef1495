"""Walks a window in the pseudo-language and finds every text that no catalogue gave.

In the language "xx" each text from a catalogue comes in brackets: ⟦…⟧. What stands outside them must be marked as
given by people (property "verbatim", or VERBATIM_ROLE in a model) or hold no letters at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableView,
    QWidget,
)

from officer_app.desktop.widgets.sections import VERBATIM_ROLE


def untranslated(window: QWidget) -> list[str]:
    """Every visible text of a window that is neither from a catalogue nor marked as given, after its widget."""
    QApplication.processEvents()
    found = []
    for widget in (window, *window.findChildren(QWidget)):
        if widget.isVisibleTo(window) or widget is window:
            found += [f"{type(widget).__name__}: {text}" for text in _texts(widget) if _is_bare(text)]
    return found


def _is_bare(text: str) -> bool:
    outside = re.sub(r"⟦[^⟦⟧]*(?:⟦[^⟦⟧]*⟧[^⟦⟧]*)*⟧", "", text)
    return any(sign.isalpha() for sign in outside)


def _texts(widget: QWidget) -> Iterator[str]:
    if not widget.property("verbatim_tip"):
        yield widget.toolTip()
    if widget.isWindow() and not widget.property("verbatim_title"):
        yield widget.windowTitle()
    if isinstance(widget, QLineEdit | QPlainTextEdit) and not widget.property("verbatim_hint"):
        yield widget.placeholderText()
    if isinstance(widget, QLabel | QAbstractButton) and not widget.property("verbatim"):
        yield widget.text()
    if isinstance(widget, QAbstractItemView):
        yield from _items(widget)


def _items(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    if model is None:
        return
    # Lists keep their one column to themselves.
    across = range(model.columnCount(QModelIndex()) if isinstance(view, QTableView) else 1)
    for row in range(model.rowCount(QModelIndex())):
        for column in across:
            index = model.index(row, column)
            if not index.data(VERBATIM_ROLE):
                yield str(index.data(Qt.ItemDataRole.DisplayRole) or "")
    if isinstance(view, QTableView):
        for column in across:
            if not model.headerData(column, Qt.Orientation.Horizontal, VERBATIM_ROLE):
                yield str(model.headerData(column, Qt.Orientation.Horizontal) or "")
