"""A panel in the page's place: a title with the way back, and what scrolls below them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Text


def titled(panel: QWidget, title: Text, close: Button) -> QVBoxLayout:
    """Lay a panel out; gives the column to fill below the title."""
    page = QWidget()
    inner = QVBoxLayout(page)
    inner.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
    inner.setSpacing(2 * SPACE)
    head = QHBoxLayout()
    head.addWidget(title, 1)
    head.addWidget(close)
    nest(inner, head)
    scroll = QScrollArea(panel)
    scroll.setWidgetResizable(True)
    scroll.setFrameShape(QScrollArea.Shape.NoFrame)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setWidget(page)
    column = QVBoxLayout(panel)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(scroll)
    return inner
