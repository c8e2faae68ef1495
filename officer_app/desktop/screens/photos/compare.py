"""Two pictures held against each other: side by side with the part they share, or one flickering over the other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QPolygonF, QTransform
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.comparing import Moment
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role, Type, colour, font
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.evidence.derived import Look, Looked

_FLICKER_MS: Final = 500
_LINE_HEIGHT: Final = 56
_OUT_OF_REACH: Final = N_(
    "The other picture belongs to a case that your role does not reach. Ask your manager to compare them."
)


class CompareSheet(QWidget):
    """Space flickers, Esc closes: `closed()`."""

    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.left = _Half(self)
        self.right = _Half(self)
        self.line = _TimeLine(speech, self)
        self.titles = tuple(Text(speech, kind=Kind.STRONG, wrap=True, parent=self) for _ in range(2))
        self.told = Text(speech, kind=Kind.BODY, wrap=True, parent=self)
        self.flicker = Button(speech, message(N_("Flicker")), keys="Space", parent=self)
        self.back = Button(speech, message(N_("Back to the picture")), keys="Esc", parent=self)
        self.flicker.clicked.connect(self.toggle)
        self.back.clicked.connect(self.shut)
        self._timer = QTimer(self)
        self._timer.setInterval(_FLICKER_MS)
        self._timer.timeout.connect(self._swap)
        self._other_up = False
        self._arrange()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_pair(
        self, first: QImage, second: QImage | None, titles: tuple[Sayable, Sayable], moments: tuple[Moment, ...]
    ) -> None:
        """Two pictures; the second is None where the role does not reach it."""
        self._stop()
        self.left.show_images(first, second)
        self.right.show_images(second or QImage(), None)
        for text, words in zip(self.titles, titles, strict=True):
            text.set_text(words)
        self.line.show_moments(moments)
        self.flicker.setEnabled(second is not None)
        self.told.set_text(message(_OUT_OF_REACH if second is None else N_("Looking for what they share …")))

    def show_laid(self, laid: Look) -> None:
        """Where the second lies in the first, once it was looked for."""
        ours, theirs = _shared(laid.region)
        self.left.show_region(ours)
        self.right.show_region(theirs)
        self.told.set_text(_sentence(laid))

    @property
    def is_flickering(self) -> bool:
        """Whether the pictures take turns."""
        return self._timer.isActive()

    def toggle(self) -> None:
        """Let the other picture take turns in the place of the first, or stop that."""
        if self._timer.isActive():
            self._stop()
        elif self.flicker.isEnabled():
            self._timer.start()

    def shut(self) -> None:
        """Put it away."""
        self._stop()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Space:
            self.toggle()
        elif event.key() == Qt.Key.Key_Escape:
            self.shut()
        else:
            super().keyPressEvent(event)

    def _swap(self) -> None:
        self._other_up = not self._other_up
        self.left.turn(other=self._other_up)

    def _stop(self) -> None:
        self._timer.stop()
        self._other_up = False
        self.left.turn(other=False)

    def _arrange(self) -> None:
        halves = QHBoxLayout()
        halves.setSpacing(2 * SPACE)
        for half, title in zip((self.left, self.right), self.titles, strict=True):
            side = QVBoxLayout()
            side.setSpacing(SPACE)
            side.addWidget(half, 1)
            side.addWidget(title)
            nest(halves, side, 1)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.flicker)
        row.addWidget(self.back)
        row.addWidget(self.told, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        nest(column, halves, 1)
        column.addWidget(self.line)
        nest(column, row)


def _sentence(laid: Look) -> Sayable:
    if not laid.region:
        return message(N_("No part of the one was found in the other: look for yourself."))
    share = laid.alike // 10
    if laid.verdict is Looked.COPY:
        words = N_("The marked part is the same in both, {share:count} % point by point: made from one picture.")
    else:
        words = N_("The marked part resembles the other picture, {share:count} % point by point: cannot tell.")
    told = message(words, share=share)
    return told if not laid.mirrored else message(N_("{told} One is the other's mirror image."), told=told)


_WHOLE: Final = QPolygonF([QPointF(0, 0), QPointF(1000, 0), QPointF(1000, 1000), QPointF(0, 1000)])


def _shared(region: tuple[tuple[int, int], ...]) -> tuple[QPolygonF, QPolygonF]:
    """The part that both show, in thousandths of the one and of the other.

    `region` is where the other's corners lie in the one; they may lie beyond it, when the one was cut from the other.
    """
    there = QPolygonF([QPointF(x, y) for x, y in region])
    back = QTransform.quadToQuad(there, _WHOLE) if len(region) == 4 else None
    if not isinstance(back, QTransform):
        return QPolygonF(), QPolygonF()
    return there.intersected(_WHOLE), back.map(_WHOLE).intersected(_WHOLE)


class _Half(QWidget):
    """A picture, fitted; over it the region that is shared, or for a moment the other picture."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._image = QImage()
        self._other: QImage | None = None
        self._region = QPolygonF()  # thousandths
        self._turned = False
        self.setMinimumSize(200, 150)

    def show_images(self, image: QImage, other: QImage | None) -> None:
        self._image, self._other, self._region = image, other, QPolygonF()
        self.update()

    def show_region(self, region: QPolygonF) -> None:
        self._region = region
        self.update()

    def turn(self, *, other: bool) -> None:
        self._turned = other
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.RAISED))
        shown = self._other if self._turned and self._other is not None else self._image
        if not shown.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            where = self._where(self._image)
            painter.drawImage(where if shown is self._image else self._where(shown), shown)
            if not self._region.isEmpty() and shown is self._image:
                laid = QTransform().translate(where.x(), where.y()).scale(where.width() / 1000, where.height() / 1000)
                painter.setPen(QPen(QColor(Qt.GlobalColor.white), 6))
                painter.drawPolygon(laid.map(self._region))
                painter.setPen(QPen(colour(Role.ACCENT), 3))
                painter.drawPolygon(laid.map(self._region))
        painter.end()

    def _where(self, image: QImage) -> QRectF:
        scale = min(self.width() / image.width(), self.height() / image.height())
        width, height = image.width() * scale, image.height() * scale
        return QRectF((self.width() - width) / 2, (self.height() - height) / 2, width, height)


class _TimeLine(QWidget):
    """Moments in their order, evenly apart, each with its day and time: the order is what matters."""

    def __init__(self, speech: Speech, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._moments: tuple[Moment, ...] = ()
        self.setFixedHeight(_LINE_HEIGHT)
        speech.changed.connect(self.update)

    def show_moments(self, moments: tuple[Moment, ...]) -> None:
        self._moments = moments
        said = "; ".join(self._words(one) for one in moments)
        self._speech.name(self, Verbatim(said))
        self.update()

    def _words(self, one: Moment) -> str:
        what = (
            (N_("right, received {at:moment}") if one.received else N_("right, taken {at:moment}"))
            if one.of_other
            else (N_("left, received {at:moment}") if one.received else N_("left, taken {at:moment}"))
        )
        return self._speech.say(message(what, at=local_time(one.at)))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        if not self._moments:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        each = self.width() / len(self._moments)
        painter.setPen(QPen(colour(Role.LINE), 2))
        painter.drawLine(QPointF(each / 2, 14), QPointF(self.width() - each / 2, 14))
        painter.setFont(font(Type.SMALL))
        for place, one in enumerate(self._moments):
            centre = QPointF(each * (place + 0.5), 14)
            ink = colour(Role.ACCENT if one.of_other else Role.INK)
            painter.setPen(QPen(ink, 2))
            painter.setBrush(ink if one.received else colour(Role.SURFACE))
            painter.drawEllipse(centre, 6, 6)
            room = QRectF(each * place, 24, each, _LINE_HEIGHT - 24)
            flags = int(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap)
            painter.drawText(room, flags, self._words(one))
        painter.end()
