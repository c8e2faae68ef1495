"""The laptop's own camera: what it sees, and a picture of it straight into the visit."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent
from PySide6.QtMultimedia import (
    QCamera,
    QImageCapture,
    QMediaCaptureSession,
    QMediaDevices,
    QVideoFrame,
    QVideoFrameInput,
    QVideoSink,
)
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.live_image import LiveImage, jpeg

_QUALITY: Final = 92
_NONE: Final = N_("This laptop has no camera, or another program uses it. Take the pictures with the phone.")


class CameraSheet(QWidget):
    """`taken(bytes)` for each picture, a JPEG as the camera gave it; `closed()`. Space takes one, Esc closes."""

    taken = Signal(bytes)
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session: QMediaCaptureSession | None = None
        self._camera: QCamera | None = None
        self._capture: QImageCapture | None = None
        self._sink = QVideoSink(self)
        self._view = LiveImage(self)
        self._view.setMinimumSize(320, 240)
        self._sink.videoFrameChanged.connect(self._seen)
        self.told = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self.shoot = Button(speech, message(N_("Take a picture")), Look.PRIMARY, icon=Icon.CAMERA, parent=self)
        self.shoot.set_keys("Space")
        self.back = Button(speech, message(N_("Back to the sheet")), keys="Esc", parent=self)
        self.shoot.clicked.connect(self.take)
        self.back.clicked.connect(self.shut)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.shoot)
        row.addWidget(self.back)
        row.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._view, 1)
        nest(column, row)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def open_camera(self, fake: QVideoFrameInput | None = None) -> None:
        """Switch the camera on; a `fake` gives frames in its place. Says so where there is none."""
        self._count = 0
        device = QMediaDevices.defaultVideoInput()
        self.shoot.setEnabled(fake is not None or not device.isNull())
        if not self.shoot.isEnabled():
            self.told.set_text(message(_NONE))
            return
        self.told.set_text(message(N_("Such a picture carries no place; hold the visit code into it.")))
        self._session = QMediaCaptureSession(self)
        self._capture = QImageCapture(self)
        self._capture.imageCaptured.connect(self._captured)
        self._session.setImageCapture(self._capture)
        self._session.setVideoSink(self._sink)
        if fake is not None:
            self._session.setVideoFrameInput(fake)
        else:
            self._camera = QCamera(device, self)
            self._camera.errorOccurred.connect(lambda *_error: self.told.set_text(message(_NONE)))
            self._session.setCamera(self._camera)
            self._camera.start()

    def take(self) -> None:
        """Take one at the camera's full size; where it only gives a moving picture, what it shows now."""
        if self._capture is not None and self._capture.isReadyForCapture():
            self._capture.capture()
        elif self.is_ready:
            self._captured(0, self._view.image)

    @property
    def is_ready(self) -> bool:
        """Whether there is anything to take."""
        return self._session is not None and not self._view.image.isNull()

    def shut(self) -> None:
        """Switch the camera off."""
        if self._camera is not None:
            self._camera.stop()
        for part in (self._session, self._capture, self._camera):
            if part is not None:
                part.deleteLater()
        self._session = self._capture = self._camera = None
        self._view.show_image(QImage())
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.take()
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _seen(self, frame: QVideoFrame) -> None:
        self._view.show_image(frame.toImage())

    def _captured(self, _number: int, image: QImage) -> None:
        self._count += 1
        self.told.set_text(message(N_("{count:count} pictures taken."), count=self._count))
        self.taken.emit(jpeg(image, _QUALITY))
