"""The moving picture of a camera, fitted into its place."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from officer_app.desktop.kit.theme import Role, colour


class LiveImage(QWidget):
    """Shows the newest frame whole; plain ground while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.image = QImage()

    def show_image(self, image: QImage) -> None:
        """Show this frame; an empty one clears the place."""
        self.image = image
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAISED))
        if not self.image.isNull():
            fitted = self.image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - fitted.width()) // 2, (self.height() - fitted.height()) // 2
            painter.drawImage(left, top, self.image.scaled(fitted))
        painter.end()


def jpeg(image: QImage, quality: int) -> bytes:
    """The bytes of a frame, of a quality up to 100."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "JPEG", quality)  # type: ignore[call-overload]  # the stub knows no format as text
    return bytes(buffer.data().data())
