"""A QR code on white, whatever the theme: readers want dark on light."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from officer_app.base.qr import QUIET, QrCode, qr_code

_LEAST = 180


class QrPicture(QWidget):
    """As large as there is room, in whole pixels for each module."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._code: QrCode | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_text(self, text: str) -> None:
        """Show a text as a code; an empty one shows nothing."""
        self._code = qr_code(text) if text else None
        self.update()

    def minimumSizeHint(self) -> QSize:
        return QSize(_LEAST, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(_LEAST + 60, _LEAST + 60)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        if self._code is None:
            return
        painter = QPainter(self)
        modules = self._code.side + 2 * QUIET
        each = max(1, min(self.width(), self.height()) // modules)
        side = each * modules
        left, top = (self.width() - side) // 2, (self.height() - side) // 2
        painter.fillRect(QRect(left, top, side, side), Qt.GlobalColor.white)
        for y, row in enumerate(self._code.rows):
            for x, dark in enumerate(row):
                if dark:
                    where = QRect(left + (x + QUIET) * each, top + (y + QUIET) * each, each, each)
                    painter.fillRect(where, Qt.GlobalColor.black)
        painter.end()
