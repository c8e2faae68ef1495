"""Pictures of the case to pick from, as proof."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from officer_app.base.ids import PhotoId
from officer_app.base.words import Sayable
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, RADIUS, Role, colour
from officer_app.desktop.widgets.flow import FlowLayout

_SIZE: Final = QSize(88, 66)
_SIGN: Final = 20


class PictureToggle(QAbstractButton):
    """One picture; Space or a click picks it."""

    def __init__(self, speech: Speech, picture: QImage, name: Sayable, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture = picture
        self.setCheckable(True)
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speech.tip(self, name)
        speech.name(self, name)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        where = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(where, RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(where, colour(Role.RAISED))
        if not self._picture.isNull():
            painter.drawImage(where, self._picture, _middle(self._picture, where))
        painter.setClipping(False)
        chosen = self.isChecked()
        line = colour(Role.ACCENT if chosen or self.hasFocus() else Role.LINE)
        paint.box(painter, where, None, line, width=3 if chosen else 2 if self.hasFocus() else 1)
        if chosen:
            corner = QRectF(where.right() - _SIGN - HALF, where.top() + HALF, _SIGN, _SIGN)
            paint.capsule(painter, corner, colour(Role.ACCENT))
            paint.tick(painter, corner.adjusted(5, 5, -5, -5), colour(Role.ON_ACCENT))
        painter.end()


def _middle(picture: QImage, where: QRectF) -> QRectF:
    """The part of the picture that fills the frame."""
    scale = max(where.width() / picture.width(), where.height() / picture.height())
    width, height = where.width() / scale, where.height() / scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)


class PicturePicker(QWidget):
    """Any number of pictures, none by itself. `changed()` when one is picked or put back."""

    changed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._flow = FlowLayout(self, HALF)
        self._toggles: dict[PhotoId, PictureToggle] = {}
        policy = self.sizePolicy()
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_pictures(
        self, photos: tuple[tuple[PhotoId, Sayable], ...], picture: Callable[[PhotoId], QImage]
    ) -> None:
        """Show these to pick from."""
        for photo, name in photos:
            toggle = PictureToggle(self._speech, picture(photo), name, self)
            toggle.toggled.connect(self.changed)
            self._toggles[photo] = toggle
            self._flow.addWidget(toggle)

    def picked(self) -> tuple[PhotoId, ...]:
        """Those that are picked."""
        return tuple(photo for photo, toggle in self._toggles.items() if toggle.isChecked())

    def pick(self, photos: tuple[str, ...]) -> None:
        """Pick these, and no others."""
        for photo, toggle in self._toggles.items():
            toggle.setChecked(photo in photos)
