"""A sampled picture in the panel: it knows whether it has really been on the screen."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.icons import Icon, pixmap
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import RADIUS, SPACE, Role, Type, colour, font

_HEIGHT: Final = 148
_TAG: Final = 22


class PictureFrame(QAbstractButton):
    """Enter, Space or a click asks for the large view. `seen(part)` once a picture was painted."""

    seen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._part = ""
        self._picture: QImage | None = None
        self._tag: Sayable | None = None
        self._broken = False
        self._told = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        speech.tip(self, message(N_("Enter or a click shows it large")))
        speech.changed.connect(self.update)

    def show_picture(self, part: str, picture: QImage | None, name: Sayable, tag: Sayable | None) -> None:
        """A picture, or None while it is read; its name and what the camera claims."""
        self._part, self._picture, self._tag, self._broken = part, picture, tag, False
        self._speech.name(self, name)
        self.update()

    def show_broken(self) -> None:
        """It cannot be shown."""
        self._broken = True
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, _HEIGHT)

    def keyPressEvent(self, event: object) -> None:
        key = getattr(event, "key", lambda: None)()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
            return
        super().keyPressEvent(event)  # type: ignore[arg-type]

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        where = QRectF(self.rect())
        shape = QPainterPath()
        shape.addRoundedRect(where, RADIUS, RADIUS)
        painter.setClipPath(shape)
        painter.fillRect(where, colour(Role.RAISED))
        if self._picture is not None:
            painter.drawImage(where, self._picture, _middle(self._picture, where))
        else:
            self._say_why_not(painter, where)
        painter.setClipping(False)
        self._paint_corner(painter, where)
        if self.hasFocus():
            paint.box(painter, where, None, colour(Role.ACCENT), width=2)
        painter.end()
        if self._picture is not None and self._told != self._part:
            self._told = self._part
            self.seen.emit(self._part)

    def _say_why_not(self, painter: QPainter, where: QRectF) -> None:
        words = message(N_("This picture cannot be shown")) if self._broken else message(N_("Reading the picture"))
        painter.setFont(font(Type.SMALL))
        painter.setPen(colour(Role.STOP if self._broken else Role.MUTED))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), self._speech.say(words))

    def _paint_corner(self, painter: QPainter, where: QRectF) -> None:
        if self._picture is None:
            return
        sign = QRectF(where.right() - _TAG - SPACE, where.top() + SPACE, _TAG, _TAG)
        paint.capsule(painter, sign, colour(Role.SURFACE))
        glass = pixmap(Icon.SEARCH, colour(Role.INK).name(), 14, self.devicePixelRatioF())
        painter.drawPixmap(round(sign.x() + 4), round(sign.y() + 4), glass)
        if self._tag is None:
            return
        painter.setFont(font(Type.SMALL))
        text = self._speech.say(self._tag)
        wide = painter.fontMetrics().horizontalAdvance(text) + 2 * SPACE
        tag = QRectF(where.right() - wide - SPACE, where.bottom() - _TAG - SPACE, wide, _TAG)
        paint.capsule(painter, tag, colour(Role.SURFACE))
        painter.setPen(colour(Role.INK))
        painter.drawText(tag, int(Qt.AlignmentFlag.AlignCenter), text)


def _middle(picture: QImage, where: QRectF) -> QRectF:
    """The part of the picture that fills the frame."""
    scale = max(where.width() / picture.width(), where.height() / picture.height())
    width, height = where.width() / scale, where.height() / scale
    return QRectF((picture.width() - width) / 2, (picture.height() - height) / 2, width, height)
