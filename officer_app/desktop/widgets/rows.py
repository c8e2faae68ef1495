"""A field with its name, what helps, and what is wrong: the unit that every form here is built of."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.labels import Kind, Text

LABEL_WIDTH: Final = 168
# Narrower than this, the name stands above its field.
_SIDE_BY_SIDE: Final = 520
_STAR: Final = 10
# Brings the name down to the line of the text in a field of 40 px.
_DROP: Final = 10
_NARROWEST: Final = 200
_WIDEST: Final = 16_777_215


class FieldRow(QWidget):
    """Name left (or above, where it is narrow), field right, hint and error under the field."""

    left = Signal()

    def __init__(self, speech: Speech, field: Field, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.field = field
        self._error: Sayable | None = None
        self._refusal: Sayable | None = None
        self._always_stacked = False
        self._star = Text(speech, Verbatim("*"), Kind.STRONG, parent=self)
        self._star.set_tone(Role.STOP)
        speech.tip(self._star, message(N_("required")))
        self._label = Text(speech, wrap=True, parent=self)
        self._hint = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self._said = Text(speech, kind=Kind.ERROR, wrap=True, parent=self)
        self._name = QWidget(self)
        self._gutter = QWidget(self._name)
        self._names = QHBoxLayout(self._name)
        self._answer = QVBoxLayout()
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._arrange()
        field.refused.connect(self._take_refusal)
        field.left.connect(self.left)
        self.setFocusProxy(field)

    def show_words(self, label: Sayable, hint: Sayable | None = None, *, required: bool = False) -> None:
        """Its name and what helps to answer."""
        self._label.set_text(label)
        self._hint.set_text(hint)
        self._star.setVisible(required)
        self._gutter.setVisible(required or self._box.direction() == QBoxLayout.Direction.LeftToRight)
        target = self.field.focusProxy() or self.field
        self._speech.name(target, label)
        needed = message(N_("required")) if required else Verbatim("")
        self._speech.put(target, needed, "setAccessibleDescription")

    def show_error(self, what: Sayable | None) -> None:
        """What is wrong with the stored answer; what was typed and refused is told before it."""
        if what != self._error:
            self._error = what
            self._tell()

    def put_under(self, widget: QWidget) -> None:
        """Let something stand under the field, below what helps."""
        self._answer.insertWidget(self._answer.count() - 1, widget)

    def error(self) -> str:
        """What stands under the field in red, or nothing."""
        return "" if self._said.isHidden() else self._said.text()

    def stack(self) -> None:
        """Name above the field for good: long texts, tables, pictures."""
        self._always_stacked = True
        self._turn(side_by_side=False)

    def minimumSizeHint(self) -> QSize:
        # Narrow is always possible: then the name goes above.
        return QSize(max(self.field.minimumSizeHint().width(), _NARROWEST), super().minimumSizeHint().height())

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        """The height in the arrangement that this width would bring, whatever it is now."""
        if self._stands_beside(width):
            return max(self._names_height(LABEL_WIDTH, _DROP), self._answer_height(width - LABEL_WIDTH - SPACE))
        return self._names_height(width, 0) + HALF + self._answer_height(width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn(side_by_side=self._stands_beside(event.size().width()))

    def _stands_beside(self, width: int) -> bool:
        return width >= _SIDE_BY_SIDE and not self._always_stacked

    def _answer_height(self, width: int) -> int:
        if self._answer.hasHeightForWidth():
            return self._answer.totalHeightForWidth(width)
        return self._answer.totalSizeHint().height()

    def _names_height(self, width: int, drop: int) -> int:
        room = width - _STAR
        return drop + max(self._label.heightForWidth(room), self._label.fontMetrics().lineSpacing())

    def _take_refusal(self, why: object) -> None:
        self._refusal = why if isinstance(why, Message | Verbatim) else None
        self._tell()

    def _tell(self) -> None:
        what = self._refusal or self._error
        self._said.set_text(what)
        self.field.set_wrong(what is not None)

    def _turn(self, *, side_by_side: bool) -> None:
        direction = QBoxLayout.Direction.LeftToRight if side_by_side else QBoxLayout.Direction.TopToBottom
        if self._box.direction() == direction:
            return
        self._box.setDirection(direction)
        self._box.setSpacing(SPACE if side_by_side else HALF)
        self._name.setMinimumWidth(LABEL_WIDTH if side_by_side else 0)
        self._name.setMaximumWidth(LABEL_WIDTH if side_by_side else _WIDEST)
        self._names.setContentsMargins(0, _DROP if side_by_side else 0, 0, 0)
        self._gutter.setVisible(side_by_side or not self._star.isHidden())

    def _arrange(self) -> None:
        for part in (self._star, self._hint, self._said):
            part.hide()
        # The star hangs in a column of its own, so that all names begin at one edge.
        self._gutter.setFixedWidth(_STAR)
        hung = QVBoxLayout(self._gutter)
        hung.setContentsMargins(0, 0, 0, 0)
        hung.addWidget(self._star, 0, Qt.AlignmentFlag.AlignTop)
        self._names.setContentsMargins(0, _DROP, 0, 0)
        self._names.setSpacing(0)
        self._names.addWidget(self._gutter, 0, Qt.AlignmentFlag.AlignTop)
        self._names.addWidget(self._label, 1, Qt.AlignmentFlag.AlignTop)
        self._answer.setSpacing(HALF)
        self._answer.addWidget(self.field)
        self._answer.addWidget(self._said)
        self._answer.addWidget(self._hint)
        self._answer.addStretch(1)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE)
        self._box.addWidget(self._name)
        nest(self._box, self._answer, 1)
        self._name.setFixedWidth(LABEL_WIDTH)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
