"""What Python still remembers of Qt's own objects."""

from __future__ import annotations

import weakref

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QLayoutItem, QSpacerItem, QWidgetItem

from officer_app.desktop.widgets.flow import FlowLayout

_held: weakref.WeakSet[QLayoutItem] = weakref.WeakSet()


def watch_items() -> None:
    """Know the items that a layout of ours holds itself, from now on."""
    add = FlowLayout.addItem

    def add_watched(flow: FlowLayout, item: QLayoutItem) -> None:
        _held.add(item)
        add(flow, item)

    FlowLayout.addItem = add_watched  # type: ignore[method-assign]


def address(thing: QObject) -> int:
    """Where the object is, for comparing without keeping a wrapper of it."""
    return int(shiboken6.getCppPointer(thing)[0])


def stray_items() -> set[str]:
    """Wrappers of layout items that no layout of ours holds: Qt may have deleted what they stand for."""
    items = [one for one in shiboken6.getAllValidWrappers() if isinstance(one, QWidgetItem | QSpacerItem)]
    return {repr(item) for item in items if item not in _held}
