"""The memo as it will be signed, page under page."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice
from PySide6.QtGui import QPalette
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtWidgets import QVBoxLayout, QWidget

from officer_app.base.errors import Code, Fault
from officer_app.desktop.kit.icons import RESTYLED
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import Role, colour


class PdfView(QWidget):
    """Fits the width; scrolls by keyboard."""

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._document = QPdfDocument(self)
        # The document reads from this buffer for as long as it is open.
        self._buffer = QBuffer(self)
        self._view = QPdfView(self)
        self._view.setDocument(self._document)
        self._view.setPageMode(QPdfView.PageMode.MultiPage)
        self._view.setZoomMode(QPdfView.ZoomMode.FitToWidth)
        self._view.setFrameShape(QPdfView.Shape.NoFrame)
        self._dress()
        self.setFocusProxy(self._view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._view)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in RESTYLED and hasattr(self, "_view"):
            self._dress()

    def _dress(self) -> None:
        """The table under the pages: Qt takes it from a role of the palette that nothing else here uses."""
        palette = self._view.palette()
        if palette.color(QPalette.ColorRole.Dark) != colour(Role.GROUND):
            palette.setColor(QPalette.ColorRole.Dark, colour(Role.GROUND))
            self._view.setPalette(palette)

    def show_pdf(self, data: bytes) -> None:
        """Show these bytes. Errors: FILE_UNREADABLE when they are no PDF."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(data))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        if self._document.error() != QPdfDocument.Error.None_:
            raise Fault(Code.FILE_UNREADABLE, file="PDF")

    def page_count(self) -> int:
        """How many pages are shown."""
        return self._document.pageCount()

    def page(self) -> int:
        """The page that is read now, counted from 0."""
        return self._view.pageNavigator().currentPage()

    def go_to(self, page: int) -> None:
        """Show a page, counted from 0."""
        self._view.pageNavigator().jump(page, self._view.pageNavigator().currentLocation())
