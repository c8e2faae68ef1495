"""One of a list, in a cell of a table: type a part of it, its pinyin or the initials; Enter takes the marked one."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QListView, QWidget

from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.choice import fits

_LISTED: Final = 8
_STEPS: Final = {int(Qt.Key.Key_Down): 1, int(Qt.Key.Key_Up): -1}


class ChoiceCell(QLineEdit):
    """`done()` when a choice was taken by Enter or by the mouse."""

    done = Signal()

    def __init__(self, choices: tuple[tuple[str, str], ...], parent: QWidget) -> None:
        """`choices`: stored name and label of each."""
        super().__init__(parent)
        self._choices = choices
        self._offered: tuple[tuple[str, str], ...] = ()
        self._placing = False
        self._moved = False  # somebody went through the list by the arrows
        self._model = QStringListModel(self)
        self._completer = QCompleter(self._model, self)
        self._completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        self._completer.setMaxVisibleItems(_LISTED)
        self._completer.setWidget(self)
        self._popup = QListView()
        # Before it is handed over: its rows are measured then, and by its looks.
        self._popup.setProperty("popup", True)
        self._popup.ensurePolished()
        self._completer.setPopup(self._popup)
        self._popup.clicked.connect(self._picked)
        self._popup.selectionModel().currentChanged.connect(self._note_move)
        self.setProperty("cell", True)
        self.textEdited.connect(self._search)

    def show_choice(self, name: str) -> None:
        """The choice as it is stored."""
        self.setText(dict(self._choices).get(name, name))

    def chosen(self) -> str:
        """The name of what stands there, else the text itself, for the table to say why it is none."""
        text = self.text().strip()
        known = {label: name for name, label in self._choices}
        if not text or text in known:
            return known.get(text, "")
        found = [name for name, label in self._choices if fits(text, label)]
        return found[0] if len(found) == 1 else text

    def offered(self) -> tuple[str, ...]:
        """The names that the open list shows."""
        return tuple(name for name, _label in self._offered)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Marked from its end to its beginning, so that a long one is shown from its beginning.
        self.setSelection(len(self.text()), -len(self.text()))
        # The list opens with the first sign typed, or with ↓: who goes through by Tab is not held up.
        self._offered = self._choices

    def event(self, event: QEvent) -> bool:
        tabs = isinstance(event, QKeyEvent) and event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)
        if isinstance(event, QKeyEvent) and tabs and event.type() == QEvent.Type.KeyPress and self._popup.isVisible():
            # The open list hands keys over past the table, which is to go on to the next cell: send it once more.
            self._take_marked()
            self._popup.hide()
            again = QKeyEvent(event.type(), event.key(), event.modifiers(), event.text())
            QCoreApplication.postEvent(self, again)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take_marked()
            self._popup.hide()
            self.done.emit()
            return
        if event.key() == Qt.Key.Key_Down and not self._popup.isVisible():
            self._offer(self._choices)
            self._moved = True
            return
        if event.key() in _STEPS and self._popup.isVisible():
            self._step(_STEPS[event.key()])
            return
        super().keyPressEvent(event)

    def _search(self, text: str) -> None:
        typed = text.strip()
        self._offer(tuple(one for one in self._choices if not typed or fits(typed, one[1])))

    def _offer(self, some: tuple[tuple[str, str], ...]) -> None:
        self._offered = some
        self._model.setStringList([label for _name, label in some])
        if not some or not self.isVisible():
            self._popup.hide()
            return
        self._placing = True
        labels = [label for _name, label in some]
        wanted = max(map(self.fontMetrics().horizontalAdvance, labels)) + 5 * SPACE
        self._completer.complete(QRect(0, 0, max(self.width(), wanted), self.height()))
        at = labels.index(self.text()) if self.text() in labels else 0
        flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
        self._popup.selectionModel().setCurrentIndex(self._popup.model().index(at, 0), flags)
        self._placing, self._moved = False, False

    def _step(self, by: int) -> None:
        """To the next one of the list."""
        row = self._popup.currentIndex().row() + by
        if 0 <= row < len(self._offered):
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self._popup.selectionModel().setCurrentIndex(self._popup.model().index(row, 0), flags)

    def _note_move(self) -> None:
        self._moved = self._moved or not self._placing

    def _take_marked(self) -> None:
        """What is marked in the list stands for what was typed; an empty cell stays empty, unless one went to it."""
        index = self._popup.currentIndex()
        if (
            (self.text().strip() or self._moved)
            and self._popup.isVisible()
            and index.isValid()
            and index.row() < len(self._offered)
        ):
            self.setText(self._offered[index.row()][1])

    def _picked(self, index: QModelIndex) -> None:
        if index.row() < len(self._offered):
            self.setText(self._offered[index.row()][1])
            self.done.emit()
