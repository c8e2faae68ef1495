"""What one works on: rail, line above, banners, one screen at a time and its panel."""

from __future__ import annotations

from typing import Final

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.widgets.banner import BannerArea
from officer_app.desktop.widgets.labels import rule
from officer_app.desktop.widgets.progress import ProgressStrip
from officer_app.desktop.widgets.rail import Rail
from officer_app.desktop.widgets.topbar import TopBar

_SIDE: Final = 304
_SIDE_WHEN_TIGHT: Final = 280
_TIGHT: Final = 1200


class WorkPage(QWidget):
    """The parts, side by side; the shell puts screens into `screens` and panels into the side."""

    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self.rail = Rail(speech)
        self.top = TopBar(speech)
        self.banners = BannerArea(speech)
        self.progress = ProgressStrip(speech)
        self.under_top = QVBoxLayout()
        self.screens = QStackedWidget()
        self.side = QStackedWidget()
        self._side_line = rule(column=True)
        self._arrange()

    def show_side(self, side: QWidget | None) -> None:
        """The panel of the screen that is up, if it has one."""
        if side is not None:
            self.side.setCurrentWidget(side)
        self.side.setVisible(side is not None)
        self._side_line.setVisible(side is not None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.side.setFixedWidth(_SIDE_WHEN_TIGHT if event.size().width() < _TIGHT else _SIDE)

    def _arrange(self) -> None:
        page = QHBoxLayout()
        page.setContentsMargins(0, 0, 0, 0)
        page.setSpacing(0)
        page.addWidget(self.screens, 1)
        page.addWidget(self._side_line)
        page.addWidget(self.side)
        self.show_side(None)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        nest(column, self.under_top)
        for part in (self.banners, self.progress):
            column.addWidget(part)
        nest(column, page, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        nest(row, column, 1)
