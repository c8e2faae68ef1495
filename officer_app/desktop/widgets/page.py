"""A page that is longer than the window: it scrolls by keys, and follows the keyboard."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.tab_order import neighbour

_MARGIN: Final = 24


class Page(QScrollArea):
    """Put what it holds into `body`. PgUp and PgDn turn it, whatever inside has the keyboard.

    `surface`: a panel, not a page.
    """

    def __init__(self, parent: QWidget | None = None, *, surface: bool = False) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inside = QWidget()
        self._inside.setProperty("ground", "surface" if surface else "ground")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.body = QVBoxLayout(self._inside)
        self.body.setContentsMargins(3 * SPACE, 2 * SPACE, 2 * SPACE, 3 * SPACE)
        self.body.setSpacing(2 * SPACE)
        self.setWidget(self._inside)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def stand_on_surface(self) -> None:
        """White like a card, not like the ground: for a page inside a panel."""
        self._inside.setProperty("clear", False)
        self._inside.setProperty("ground", "surface")
        self._inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)

    def show_from(self, widget: QWidget) -> None:
        """Bring the upper edge of a widget to the upper edge of the page, once everything has its place."""
        QTimer.singleShot(0, widget, lambda: self._turn_to(widget))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        bar = self.verticalScrollBar()
        steps = {Qt.Key.Key_PageUp: -bar.pageStep(), Qt.Key.Key_PageDown: bar.pageStep()}
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        bar.setValue(bar.value() + step)

    def focusNextPrevChild(self, forward: bool) -> bool:  # Qt's name: Tab and Shift+Tab
        here: QWidget | None = QApplication.focusWidget()
        after = neighbour(self, here, forward=forward) if here is not None and self.isAncestorOf(here) else None
        if after is None:
            return super().focusNextPrevChild(forward)
        after.setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
        return True

    def _turn_to(self, widget: QWidget) -> None:
        if self._inside.isAncestorOf(widget):
            top = widget.mapTo(self._inside, widget.rect().topLeft()).y()
            self.verticalScrollBar().setValue(max(0, top - 2 * SPACE))

    def _follow(self, _former: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.isVisible() and self._inside.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, _MARGIN)
