"""The window turned to the customer: the question alone, large. No notes, no findings, no names of other parts.

Hints are written for the officer and stay away. Numbers by which people are known are masked. Only the key that
turned the window, or Esc, turns it back; every other key does nothing while somebody else looks.
"""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from officer_app.base.masking import mask_identity, mask_phone
from officer_app.base.words import N_, Language, Sayable, Verbatim, message
from officer_app.checklists.view import Question, QuestionType
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE, Role, colour
from officer_app.desktop.questions.summaries import NUMBERS, shown_answer
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.number_field import read_back

KEYS: Final = "F9"
_SMALLER: Final = 22
_LARGE: Final = 30
_LARGER: Final = 36
_IDENTITY: Final = re.compile(r"(?<!\d)\d{14,17}[\dXx](?!\d)")
_PHONE: Final = re.compile(r"(?<!\d)\d{11}(?!\d)")
_WIDEST: Final = 900


class CustomerView(QFrame):
    """Lies over the whole window while it is shown. `left()` when it was turned back."""

    left = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._about = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        self._question = Text(speech, wrap=True, parent=self)
        self._answer = Text(speech, wrap=True, parent=self)
        self._words = Text(speech, kind=Kind.MUTED, wrap=True, parent=self)
        inner = QWidget(self)
        inner.setMaximumWidth(_WIDEST)
        column = QVBoxLayout(inner)
        column.setSpacing(4 * SPACE)
        column.addStretch(1)
        for part in (self._about, self._question, self._answer, self._words):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(part)
        column.addStretch(2)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(4 * SPACE, 4 * SPACE, 4 * SPACE, 4 * SPACE)
        outer.addWidget(inner, 1)
        outer.setAlignment(inner, Qt.AlignmentFlag.AlignHCenter)
        inner.setMinimumWidth(min(_WIDEST, 640))
        self.hide()

    def turn(self, window: QWidget, question: Question | None, *, money: bool, about: str = "") -> None:
        """Cover the window with a question, or with a word of patience when there is none.

        `about`: what entry of a list the question is about, such as "Monthly costs · rent".
        """
        self.setParent(window)
        self._dress()
        self._about.set_text(Verbatim(masked(about)) if about and question is not None else None)
        if question is None:
            self._question.set_text(message(N_("One moment, please.")))
            self._answer.set_text(None)
            self._words.set_text(None)
        else:
            self._question.set_text(Verbatim(masked(question.label)))
            self._answer.set_text(_answer(question, money=money))
            self._words.set_text(_words(question, self._speech.language) if money else None)
        window.installEventFilter(self)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def turn_back(self) -> None:
        """Uncover the window."""
        above = self.parentWidget()
        if above is not None:
            above.removeEventFilter(self)
        self.hide()
        self.left.emit()

    def event(self, event: QEvent) -> bool:
        # Taken here, a key starts nothing of the window's: it comes back as a plain press, and that does nothing.
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_F9, Qt.Key.Key_Escape):
            self.turn_back()

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002, ARG002  Qt's name
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self.setGeometry(watched.rect())
        return False

    def _dress(self) -> None:
        palette = self.palette()
        palette.setColor(self.backgroundRole(), colour(Role.SURFACE))
        self.setPalette(palette)
        for text, size in (
            (self._about, _SMALLER),
            (self._question, _LARGE),
            (self._answer, _LARGER),
            (self._words, _LARGE),
        ):
            text.setStyleSheet(f"font-size: {size}px;")
        self._answer.setStyleSheet(f"font-size: {_LARGER}px; font-weight: 700;")


def masked(text: str) -> str:
    """A text with identity numbers and phone numbers made unreadable."""
    hidden = _IDENTITY.sub(lambda found: mask_identity(found[0]), text)
    return _PHONE.sub(lambda found: mask_phone(found[0]), hidden)


def _answer(question: Question, *, money: bool) -> Sayable | None:
    """The answer as it stands; a picture or a place is nothing to read."""
    if not question.value or question.type in (QuestionType.IMAGE, QuestionType.GEOPOINT, QuestionType.NOTE):
        return None
    value = _number(question)
    if value is not None and money:
        return message("{value:money}", value=value)
    return Verbatim(masked(shown_answer(question)))


def _words(question: Question, language: Language) -> Sayable | None:
    value = _number(question)
    return Verbatim(read_back(value, language)) if value else None


def _number(question: Question) -> Decimal | None:
    try:
        return Decimal(question.value) if question.type in NUMBERS else None
    except InvalidOperation:
        return None
