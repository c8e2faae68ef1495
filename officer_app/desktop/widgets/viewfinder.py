"""What the laptop's own camera sees, as single frames for whoever reads codes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QBuffer, QIODevice, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from officer_app.desktop.kit.theme import Role, colour

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QVideoFrame, QVideoFrameInput

_EVERY_MS: Final = 350
_QUALITY: Final = 90


class Viewfinder(QWidget):
    """`frame(bytes)`, a JPEG some three times a second while the camera is on."""

    frame = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._session: QMediaCaptureSession | None = None
        self._camera: QCamera | None = None
        self._pulse = QTimer(self)
        self._pulse.setInterval(_EVERY_MS)
        self._pulse.timeout.connect(self._give)
        self.setMinimumSize(280, 180)

    def begin(self, fake: QVideoFrameInput | None = None) -> bool:
        """Switch the camera on; False when this laptop has none. A `fake` gives frames in its place."""
        # Heavy, and only loaded by who really looks through a camera.
        from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoSink

        device = QMediaDevices.defaultVideoInput()
        if fake is None and device.isNull():
            return False
        self._session = QMediaCaptureSession(self)
        sink = QVideoSink(self._session)
        sink.videoFrameChanged.connect(self._seen)
        self._session.setVideoSink(sink)
        if fake is not None:
            self._session.setVideoFrameInput(fake)
        else:
            self._camera = QCamera(device, self)
            self._session.setCamera(self._camera)
            self._camera.start()
        self._pulse.start()
        return True

    def end(self) -> None:
        """Switch the camera off."""
        self._pulse.stop()
        if self._camera is not None:
            self._camera.stop()
        for part in (self._session, self._camera):
            if part is not None:
                part.deleteLater()
        self._session = self._camera = None
        self._image = QImage()
        self.update()

    def _seen(self, frame: QVideoFrame) -> None:
        self._image = frame.toImage()
        self.update()

    def _give(self) -> None:
        if self._image.isNull():
            return
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        self._image.save(buffer, "JPEG", _QUALITY)  # type: ignore[call-overload]  # the stub knows no format as text
        self.frame.emit(bytes(buffer.data().data()))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAISED))
        if not self._image.isNull():
            fitted = self._image.size().scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
            left, top = (self.width() - fitted.width()) // 2, (self.height() - fitted.height()) // 2
            painter.drawImage(left, top, self._image.scaled(fitted))
        painter.end()
