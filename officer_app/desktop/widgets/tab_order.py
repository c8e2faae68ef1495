"""Tab goes where the eye goes: a widget that was made later has its turn where it stands, not at the end.

Qt's own chain follows the order in which widgets were made, and `setTabOrder` cannot mend it for rows that hand the
keyboard on to a field inside them: such a row, passed on the way, leads back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

# A window has fewer widgets than this; the chain is a ring.
_RING: Final = 20_000
_DIRECT: Final = Qt.FindChildOption.FindDirectChildrenOnly


def neighbour(page: QWidget, here: QWidget, *, forward: bool) -> QWidget | None:
    """The widget that Tab comes to next on a page or, at its end, outside of it; None when there is none."""
    stops = [stop for stop in stops_of(page) if stop.isVisible() and stop.isEnabled()]
    if here not in stops:
        return None
    place = stops.index(here) + (1 if forward else -1)
    if 0 <= place < len(stops):
        return stops[place]
    return _outside(page, here, forward=forward)


def stops_of(widget: QWidget) -> Iterator[QWidget]:
    """Everything below a widget that takes the keyboard by Tab, in the order of the layouts."""
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
    inside = widget.widget() if isinstance(widget, QScrollArea) else widget
    layout: QLayout | None = inside.layout() if inside is not None else None
    if layout is not None:
        yield from _in_layout(layout)


def _in_layout(layout: QLayout) -> Iterator[QWidget]:
    # By the places of widgets that are known already: an item of the layout is C++'s own, deleted without a word to
    # Python, and its wrapper would live on at an address that soon belongs to something else.
    host: QWidget | None = layout.parentWidget()
    widgets = host.findChildren(QWidget, options=_DIRECT) if host is not None else []
    below = {layout.indexOf(widget): stops_of(widget) for widget in widgets}
    below |= {layout.indexOf(inner): _in_layout(inner) for inner in layout.findChildren(QLayout, options=_DIRECT)}
    for place in sorted(below):
        if place >= 0:
            yield from below[place]


def _outside(page: QWidget, here: QWidget, *, forward: bool) -> QWidget | None:
    found = here
    for _ in range(_RING):
        beside: QWidget | None = found.nextInFocusChain() if forward else found.previousInFocusChain()
        if beside is None or beside is here:
            return None
        found = beside
        if not page.isAncestorOf(found) and found is not page and _takes_tab(found):
            return found
    return None


def _takes_tab(widget: QWidget) -> bool:
    takes = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    return bool(takes) and widget.isVisible() and widget.isEnabled()
