"""What only the demo has: the five steps under the line above, and the three people one can be."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.app.demo import STEPS, Step
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import CONTROL, HALF, SPACE, Role, Type, colour, font
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.trust.certificates import Role as Person

_SIGN: Final = 18
_SIDE: Final = 8
ROLES: Final = (
    (Person.OFFICER, message(N_("Officer"))),
    (Person.MANAGER, message(N_("Manager"))),
    (Person.HEAD_OFFICE, message(N_("Head office"))),
)


class TryStrip(QWidget):
    """Five steps with ticks. `chosen(key)` when one is pressed."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedHeight(CONTROL + HALF)
        self._buttons: dict[str, _StepButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, 0)
        row.setSpacing(HALF)
        title = Text(speech, message(N_("Try this")), Kind.SECTION, parent=self)
        row.addWidget(title)
        row.addSpacing(HALF)
        for number, step in enumerate(STEPS, 1):
            button = _StepButton(speech, number, step, self)
            button.clicked.connect(partial(self.chosen.emit, step.key))
            self._buttons[step.key] = button
            row.addWidget(button)

    def show_done(self, done: frozenset[str], upcoming: str) -> None:
        """Tick what was done and mark what comes next."""
        for key, button in self._buttons.items():
            button.show_state(done=key in done, upcoming=key == upcoming)

    def button(self, key: str) -> QAbstractButton:
        """The button of a step, for tests and the tour."""
        return self._buttons[key]

    def is_done(self, key: str) -> bool:
        """Whether a step is ticked."""
        return self._buttons[key].is_done

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.fillRect(self.rect(), colour(Role.ACCENT_SOFT))
        painter.fillRect(0, self.height() - 1, self.width(), 1, colour(Role.LINE))
        painter.end()


class _StepButton(QAbstractButton):
    def __init__(self, speech: Speech, number: int, step: Step, parent: QWidget) -> None:
        super().__init__(parent)
        self._speech = speech
        self._number = number
        self._upcoming = False
        self.is_done = False
        self.setFont(font(Type.SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(CONTROL)
        speech.put(self, step.words)
        speech.tip(self, step.words)

    def show_state(self, *, done: bool, upcoming: bool) -> None:
        self.is_done, self._upcoming = done, upcoming
        state = message(N_("done")) if done else message(N_("to do"))
        self._speech.put(self, state, "setAccessibleDescription")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self.text()) + _SIGN + 3 * _SIDE, CONTROL)

    def minimumSizeHint(self) -> QSize:
        return QSize(_SIGN + 2 * _SIDE + 24, CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        if self._upcoming or self.underMouse() or self.hasFocus():
            line = colour(Role.ACCENT) if self._upcoming or self.hasFocus() else None
            paint.box(painter, room, colour(Role.SURFACE), line, width=2 if self.hasFocus() else 1)
        self._paint_sign(painter, QRectF(_SIDE, room.center().y() - _SIGN / 2, _SIGN, _SIGN))
        painter.setFont(font(Type.SMALL, bold=self._upcoming))
        painter.setPen(colour(Role.MUTED if self.is_done else Role.INK))
        words = QRectF(_SIDE + _SIGN + 6, room.y(), self.width() - _SIGN - 2 * _SIDE - 4, room.height())
        shown = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, int(words.width()))
        painter.drawText(words, int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft), shown)
        painter.end()

    def _paint_sign(self, painter: QPainter, where: QRectF) -> None:
        if self.is_done:
            paint.capsule(painter, where, colour(Role.PASSED))
            paint.tick(painter, where.adjusted(4.5, 4.5, -4.5, -4.5), colour(Role.SURFACE))
            return
        paint.capsule(painter, where, colour(Role.ACCENT if self._upcoming else Role.SURFACE))
        painter.setFont(font(Type.SMALL, bold=True))
        painter.setPen(colour(Role.ON_ACCENT if self._upcoming else Role.MUTED))
        painter.drawText(where, int(Qt.AlignmentFlag.AlignCenter), str(self._number))


class RoleSwitch(QWidget):
    """Whose laptop this is now. `chosen(role value)`."""

    chosen = Signal(str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[Person, _RoleButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(3, 0, 3, 0)
        row.setSpacing(0)
        for role, words in ROLES:
            button = _RoleButton(speech, words, self)
            button.clicked.connect(partial(self._choose, role))
            self._group.addButton(button)
            self._buttons[role] = button
            row.addWidget(button)
        self.setFixedHeight(CONTROL)
        speech.name(self, message(N_("Whose desk")))

    def show_role(self, role: Person) -> None:
        """Who is at work now."""
        self._buttons[role].setChecked(True)

    def button(self, role: Person) -> QAbstractButton:
        """One of the three, for tests and the tour."""
        return self._buttons[role]

    def _choose(self, role: Person) -> None:
        self.chosen.emit(role.value)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint.box(painter, QRectF(self.rect()), colour(Role.RAISED), colour(Role.LINE))
        painter.end()


class _RoleButton(QAbstractButton):
    def __init__(self, speech: Speech, words: Sayable, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setFont(font(Type.SMALL))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        speech.put(self, words)

    def sizeHint(self) -> QSize:
        return QSize(QFontMetrics(font(Type.SMALL, bold=True)).horizontalAdvance(self.text()) + 20, CONTROL)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        room = QRectF(self.rect()).adjusted(0, 4, 0, -4)
        if self.isChecked():
            paint.box(painter, room, colour(Role.SURFACE), colour(Role.ACCENT))
        elif self.underMouse() or self.hasFocus():
            paint.box(painter, room, None, colour(Role.ACCENT if self.hasFocus() else Role.FIELD_LINE))
        painter.setFont(font(Type.SMALL, bold=self.isChecked()))
        painter.setPen(colour(Role.ACCENT_STRONG if self.isChecked() else Role.MUTED))
        painter.drawText(room, int(Qt.AlignmentFlag.AlignCenter), self.text())
        painter.end()
