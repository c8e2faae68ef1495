"""Puts one layout into another without leaving Python a memory of what C++ will delete.

When a filled layout is nested, PySide makes a wrapper for every item in it (a `QWidgetItem`, a `QSpacerItem`) and
ties it to the outer layout. Qt deletes such an item together with its widget and tells nobody. The wrapper then
stands for an address that soon belongs to something else, and when that dies the program dies with it. So those
wrappers are let go of as soon as they are made, here, in the only place that nests. Asking a layout for its items
(`itemAt`) makes them too, and is left alone everywhere else.
"""

from __future__ import annotations

import shiboken6
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QLayout, QWidget


def nest(outer: QBoxLayout, inner: QLayout, stretch: int = 0) -> None:
    """`outer.addLayout(inner, stretch)`."""
    outer.addLayout(inner, stretch)
    _let_go_in(outer, inner)


def nest_at(outer: QGridLayout, inner: QLayout, row: int, column: int) -> None:
    """`outer.addLayout(inner, row, column)`."""
    outer.addLayout(inner, row, column)
    _let_go_in(outer, inner)


def lay_out(widget: QWidget, layout: QLayout) -> None:
    """`widget.setLayout(layout)`, for a layout that is filled already."""
    widget.setLayout(layout)
    _let_go(layout)


def _let_go_in(outer: QLayout, inner: QLayout) -> None:
    # An orphan's items are wrapped when it is nested itself.
    if outer.parentWidget() is not None:
        _let_go(inner)


def _let_go(layout: QLayout) -> None:
    for place in range(layout.count()):
        item = layout.itemAt(place)
        if isinstance(item, QLayout):
            _let_go(item)
        elif item is not None:
            shiboken6.invalidate(item)
