"""Choosing: rows for a few, typing for many."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from PySide6.QtCore import QEvent, QObject, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCompleter,
    QHBoxLayout,
    QLayout,
    QLineEdit,
    QListView,
    QVBoxLayout,
    QWidget,
)

from officer_app.base.pinyin import spellings
from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit import paint
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE, Role, colour
from officer_app.desktop.widgets.fields import Field
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.options import CheckRow, Option, RadioRow

# More than this is typed rather than read.
FEW: Final = 9
_STEPS: Final = {
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
}


class _Rows(Field):
    """Rows, beside each other or below each other. Arrows move, digits choose, Enter goes on."""

    def __init__(
        self,
        speech: Speech,
        make: Callable[[Speech, Sayable, QWidget], QAbstractButton],
        *,
        stacked: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(speech, parent)
        self._make = make
        self.is_stacked = stacked
        self._options: tuple[Option, ...] = ()
        self._buttons: list[QAbstractButton] = []
        self._place: QLayout = QVBoxLayout(self) if stacked else FlowLayout(self)
        if stacked:
            self._place.setContentsMargins(0, 0, 0, 0)
            self._place.setSpacing(HALF)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these; the same keys in the same order keep their rows and the focus."""
        fresh = tuple(options)
        if [option.key for option in fresh] == [option.key for option in self._options]:
            for button, option in zip(self._buttons, fresh, strict=True):
                self.speech.put(button, option.words)
        else:
            self._rebuild(fresh)
        self._options = fresh
        self.display(self.value())

    def options(self) -> tuple[Option, ...]:
        """What is offered, in order."""
        return self._options

    def buttons(self) -> tuple[QAbstractButton, ...]:
        """The rows, in order."""
        return tuple(self._buttons)

    def set_wrong(self, wrong: bool) -> None:
        # The words under the rows say it; a red frame on each of them would not help.
        self.setProperty("wrong", wrong)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and watched in self._buttons:
            return self._key(event, next(place for place, row in enumerate(self._buttons) if row is watched))
        return False

    def _rebuild(self, options: tuple[Option, ...]) -> None:
        for button in self._buttons:
            self._place.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = []
        for place, option in enumerate(options):
            button = self._make(self.speech, option.words, self)
            button.setAutoExclusive(False)
            button.installEventFilter(self)
            button.clicked.connect(lambda _on=False, place=place: self._clicked(place))
            self._place.addWidget(button)
            button.show()
            self._buttons.append(button)
        self._link_focus()

    def _link_focus(self) -> None:
        if self._buttons:
            self.setFocusProxy(self._buttons[0])
        for earlier, later in zip(self._buttons, self._buttons[1:], strict=False):
            QWidget.setTabOrder(earlier, later)

    def _key(self, event: QKeyEvent, place: int) -> bool:
        key = Qt.Key(event.key())
        if key in _STEPS:
            self._buttons[(place + _STEPS[key]) % len(self._buttons)].setFocus(Qt.FocusReason.TabFocusReason)
            return True
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter(place)
            self.left.emit()
            return True
        if event.text().isdecimal() and 1 <= int(event.text()) <= len(self._buttons):
            self._pick(int(event.text()) - 1)
            return True
        return False

    def _pick(self, place: int) -> None:
        self._buttons[place].setFocus(Qt.FocusReason.TabFocusReason)
        self._buttons[place].click()

    def _enter(self, place: int) -> None:
        """Enter on a row, before going on."""

    def _clicked(self, place: int) -> None:
        raise NotImplementedError

    def read(self) -> tuple[str | None, Sayable | None]:
        return self.value(), None


class ChoiceList(_Rows):
    """One of a few; choosing the chosen one again takes it back."""

    def __init__(self, speech: Speech, *, stacked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(speech, RadioRow, stacked=stacked, parent=parent)

    def display(self, stored: str) -> None:
        for option, button in zip(self._options, self._buttons, strict=True):
            button.setChecked(option.key == stored)
            if option.key == stored:
                self.setFocusProxy(button)

    def _enter(self, place: int) -> None:
        if not self.value():
            self._buttons[place].click()

    def _clicked(self, place: int) -> None:
        key = self._options[place].key
        fresh = "" if key == self.value() else key
        self.commit(fresh)
        self.display(fresh)


class MultiChoice(_Rows):
    """Any of several, stored as XForms does: keys with a space between, in the order of the list."""

    def __init__(self, speech: Speech, *, stacked: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(speech, CheckRow, stacked=stacked, parent=parent)

    def display(self, stored: str) -> None:
        chosen = stored.split()
        for option, button in zip(self._options, self._buttons, strict=True):
            button.setChecked(option.key in chosen)

    def _clicked(self, place: int) -> None:  # noqa: ARG002  all rows are read together
        pairs = zip(self._options, self._buttons, strict=True)
        self.commit(" ".join(option.key for option, button in pairs if button.isChecked()))


class ChoiceCombo(Field):
    """One of many: type a part of it, its pinyin or the initials; ↓ shows all."""

    def __init__(self, speech: Speech, parent: QWidget | None = None, *, hint: Sayable | None = None) -> None:
        super().__init__(speech, parent)
        self._options: tuple[Option, ...] = ()
        self._offered: tuple[Option, ...] = ()
        self.line = _ArrowLine(self)
        speech.put(self.line, hint or message(N_("Type to find, ↓ shows all")), "setPlaceholderText")
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(8)
        self._completer.setWidget(self.line)
        self._popup = QListView()
        # Before it is handed over: its rows are measured then, and by its looks.
        self._popup.setProperty("popup", True)
        self._popup.ensurePolished()
        self._completer.setPopup(self._popup)
        self._completer.activated.connect(self._activated)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(SPACE)
        row.addWidget(self.line)
        self.line.textEdited.connect(self._search)
        speech.changed.connect(self._say_again)
        self.adopt(self.line)

    def show_options(self, options: Sequence[Option]) -> None:
        """Offer these."""
        self._options = tuple(options)
        self.display(self.value())

    def _say_again(self) -> None:
        # A method of the field, so that Qt ends it with the field: the language outlives every window.
        self.display(self.value())

    def display(self, stored: str) -> None:
        self.line.setText(next((self._said(option) for option in self._options if option.key == stored), ""))

    def read(self) -> tuple[str | None, Sayable | None]:
        text = self.line.text().strip()
        if not text:
            return "", None
        exact = [option for option in self._options if self._said(option) == text]
        found = exact or self._matching(text)
        if len(found) == 1:
            return found[0].key, None
        return None, message(N_("Choose one from the list."))

    def settled(self) -> None:
        if self.read()[0] is not None:
            self.display(self.value())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        down = isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down
        if watched is self.line and event.type() == QEvent.Type.KeyPress and down:
            self._offer(self._options)
            return True
        return super().eventFilter(watched, event)

    def options(self) -> tuple[Option, ...]:
        """Everything there is to choose from."""
        return self._options

    def offered(self) -> tuple[str, ...]:
        """The keys that the open list shows."""
        return tuple(option.key for option in self._offered)

    def set_read_only(self, read_only: bool) -> None:
        self.line.setReadOnly(read_only)

    def _search(self, text: str) -> None:
        self.edited.emit()
        self._offer(self._matching(text.strip()) if text.strip() else self._options)

    def _matching(self, text: str) -> tuple[Option, ...]:
        return tuple(option for option in self._options if fits(text, self._said(option)))

    def _offer(self, options: tuple[Option, ...]) -> None:
        self._offered = options
        self._model.setStringList([self._said(option) for option in options])
        if options:
            self._completer.complete()
        else:
            self._popup.hide()

    def _activated(self, text: str) -> None:
        option = next(option for option in self._offered if self._said(option) == text)
        self.line.setText(text)
        self.commit(option.key)

    def _said(self, option: Option) -> str:
        return self.speech.say(option.words)


class _ArrowLine(QLineEdit):
    """A line with the sign that it opens."""

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        where = self.rect().toRectF()
        where.setRect(where.right() - 24, where.center().y() - 5, 10, 10)
        paint.chevron(painter, where, colour(Role.MUTED))
        painter.end()


def fits(typed: str, label: str) -> bool:
    """Whether what was typed is a part of a label, or how its pinyin or the initials of it begin."""
    low = typed.lower()
    if low in label.lower():
        return True
    full, initials = spellings(label)
    return low.isascii() and (full.startswith(low) or initials.startswith(low))
