"""Words on a surface, in the theme's kinds."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from officer_app.base.words import Sayable, Verbatim
from officer_app.desktop.kit.shortcuts import shown
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, Role, set_look


class Kind(Enum):
    """How a text stands on the page; the stylesheet knows each by its value."""

    BODY = "body"
    STRONG = "strong"
    TITLE = "title"
    HEAD = "head"
    NUMBER = "number"
    SMALL = "small"
    MUTED = "muted"
    HINT = "hint"
    SECTION = "section"
    ERROR = "error"


class Text(QLabel):
    """A text that follows the language and the theme."""

    def __init__(
        self,
        speech: Speech,
        what: Sayable | None = None,
        kind: Kind = Kind.BODY,
        *,
        wrap: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._speech = speech
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("kind", kind.value)
        if what is not None:
            self.set_text(what)

    def set_text(self, what: Sayable | None) -> None:
        """Say something else; None is silence, and takes no room."""
        self._speech.put(self, what if what is not None else Verbatim(""))
        if what is None:
            self.hide()
        elif self.isHidden() and self.parent() is not None:
            self.show()

    def set_tone(self, role: Role | None) -> None:
        """Colour by role; never the only sign of a state."""
        set_look(self, tone=role.value if role is not None else "")


class ElidedText(Text):
    """One line that gives way: what does not fit ends in …, and the tooltip tells the whole."""

    def __init__(
        self, speech: Speech, what: Sayable | None = None, kind: Kind = Kind.BODY, *, parent: QWidget | None = None
    ) -> None:
        super().__init__(speech, what, kind, parent=parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        narrow = self.fontMetrics().averageCharWidth() * 6
        return QSize(min(narrow, super().minimumSizeHint().width()), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        whole = self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width()
        self.setProperty("verbatim_tip", self.property("verbatim"))
        self.setToolTip("" if whole else self.text())

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002  Qt's signature
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        room = self.contentsRect()
        text = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, int(self.alignment()), text)
        painter.end()


class KeyCap(QLabel):
    """A key as it is written on the keyboard."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(shown(keys), parent)
        self.setProperty("kind", "keycap")
        self.setProperty("verbatim", True)
        self.setFixedHeight(20)


def rule(*, column: bool = False, parent: QWidget | None = None) -> QFrame:
    """A hairline between two things."""
    line = QFrame(parent)
    line.setProperty("rule", "column" if column else "line")
    return line


def labelled(speech: Speech, words: Sayable, field: QWidget, parent: QWidget) -> QVBoxLayout:
    """A field with its name above it."""
    column = QVBoxLayout()
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(HALF)
    column.addWidget(Text(speech, words, Kind.SMALL, parent=parent))
    column.addWidget(field)
    typed = field.focusProxy()
    if typed is not None:
        speech.name(typed, words)
    return column
