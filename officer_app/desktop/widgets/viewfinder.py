"""What the laptop's own camera sees, as single frames for whoever reads codes in them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from officer_app.desktop.widgets.live_image import LiveImage, jpeg

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QVideoFrame, QVideoFrameInput

_EVERY_MS: Final = 350
_QUALITY: Final = 90


class Viewfinder(LiveImage):
    """`frame(bytes)`, a JPEG some three times a second while the camera is on."""

    frame = Signal(bytes)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.show_image(QImage())

    def _seen(self, frame: QVideoFrame) -> None:
        self.show_image(frame.toImage())

    def _give(self) -> None:
        if self.image.isNull():
            return
        self.frame.emit(jpeg(self.image, _QUALITY))
