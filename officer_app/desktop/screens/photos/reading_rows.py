"""One thing read in a picture: its crop, what was read, what the checklist says, and what may be done with it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap, QTransform
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, HALF, SPACE, Role, colour
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import HEIGHT as PILL
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.evidence.reading.lines import Line

_CROP_WIDE, _CROP_HIGH = 300, 72
_MARGIN: Final = 8  # pixels of the picture around what was read
_ENTER: Final = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_STEPS: Final[dict[int, int]] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
TAKE, REPLACE, BACK = "Return", "Ctrl+Return", "Del"


@dataclass(frozen=True, slots=True)
class Act:
    """Something that a key does with a row: TAKE, REPLACE or BACK."""

    keys: str
    words: Sayable


@dataclass(frozen=True, slots=True)
class Shown:
    """What a row shows. `values` stand below each other; `said` is the checklist's, `problem` what does not hold."""

    key: str
    label: Sayable
    values: tuple[Sayable, ...]
    crop: QImage
    state: State
    word: Sayable
    said: Sayable | None = None
    problem: Sayable | None = None
    acts: tuple[Act, ...] = ()


class ReadingRow(Card):
    """`acted(key of the row, keys)` on a key or a button; `stepped(-1 or 1)` to the row beside; `entered(key)`.

    The row itself holds the keyboard, its buttons do not.
    """

    acted = Signal(str, str)
    stepped = Signal(int)
    entered = Signal(str)

    def __init__(self, speech: Speech, shown: Shown, parent: QWidget) -> None:
        super().__init__(margin=SPACE + HALF, parent=parent)
        self.shown = shown
        self.buttons: dict[str, Button] = {}
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        speech.name(self, message(N_("{label}: {value}"), label=shown.label, value=shown.values[0]))
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self._crop(speech, shown), 0, Qt.AlignmentFlag.AlignTop)
        nest(row, self._words(speech, shown), 1)
        nest(row, self._acts(speech, shown))
        nest(self.body, row)
        # Words that wrap tell a layout less than the buttons beside them need.
        self.setMinimumHeight(2 * (SPACE + HALF) + PILL + len(shown.acts) * (CONTROL + HALF))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys, step = _keys_of(event), _STEPS.get(event.key())
        if step is not None:
            self.stepped.emit(step)
        elif keys in self.buttons:
            self.acted.emit(self.shown.key, keys)
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.entered.emit(self.shown.key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            paint.box(painter, QRectF(self.rect()), None, colour(Role.ACCENT), width=2)
            painter.end()

    def _crop(self, speech: Speech, shown: Shown) -> QWidget:
        place = QLabel(self)
        place.setFixedWidth(_CROP_WIDE)
        place.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        speech.name(place, message(N_("The place in the picture")))
        place.setPixmap(QPixmap.fromImage(shown.crop))
        return place

    def _words(self, speech: Speech, shown: Shown) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(HALF // 2)
        column.addWidget(Text(speech, shown.label, Kind.HINT, wrap=True, parent=self))
        for value in shown.values:
            column.addWidget(Text(speech, value, Kind.STRONG, wrap=True, parent=self))
        if shown.said is not None:
            column.addWidget(Text(speech, shown.said, Kind.BODY, wrap=True, parent=self))
        if shown.problem is not None:
            column.addWidget(Text(speech, shown.problem, Kind.ERROR, wrap=True, parent=self))
        column.addStretch(1)
        return column

    def _acts(self, speech: Speech, shown: Shown) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(HALF)
        column.addWidget(Pill(speech, shown.state, shown.word, self), 0, Qt.AlignmentFlag.AlignRight)
        for act in shown.acts:
            look = Look.PRIMARY if act.keys == TAKE else Look.PLAIN if act.keys == REPLACE else Look.QUIET
            button = Button(speech, act.words, look, keys=act.keys, parent=self)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(lambda _on=False, keys=act.keys: self.acted.emit(self.shown.key, keys))
            self.buttons[act.keys] = button
            column.addWidget(button)
        column.addStretch(1)
        return column


def _keys_of(event: QKeyEvent) -> str:
    if event.key() in _ENTER:
        return REPLACE if event.modifiers() & Qt.KeyboardModifier.ControlModifier else TAKE
    return BACK if event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) else ""


def crop_of(picture: QImage, lines: Iterable[Line], quarters: int) -> QImage:
    """The part of a picture that some lines stand in, upright, no larger than a row has room for."""
    corners = [corner for line in lines for corner in line.corners]
    if picture.isNull() or not corners:
        return QImage()
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    left, top = min(xs) - _MARGIN, min(ys) - _MARGIN
    box = QRect(left, top, max(xs) - left + _MARGIN, max(ys) - top + _MARGIN).intersected(picture.rect())
    upright = picture.copy(box).transformed(QTransform().rotate(90.0 * quarters))
    if upright.width() <= _CROP_WIDE and upright.height() <= _CROP_HIGH:
        return upright
    return upright.scaled(
        _CROP_WIDE, _CROP_HIGH, Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
    )
