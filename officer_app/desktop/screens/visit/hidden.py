"""What a section does not ask now: each closed part with the answer that keeps it closed, and the way there."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, message
from officer_app.casework.why_hidden import WhyHidden
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.buttons import Button
from officer_app.desktop.widgets.clearing import clear
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.press_cards import PressCard


class HiddenList(QWidget):
    """`chosen(ref)`: the question that opens the part that was pressed. `closed()`."""

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._title = Text(speech, kind=Kind.HEAD, wrap=True, parent=self)
        self._close = Button(speech, message(N_("Close")), keys="Esc", parent=self)
        self._close.clicked.connect(self.closed)
        leave = QShortcut(QKeySequence("Esc"), self)
        leave.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        leave.activated.connect(self.closed)
        head = QHBoxLayout()
        head.addWidget(self._title, 1)
        head.addWidget(self._close)
        page = QWidget()
        self._cards = QVBoxLayout(page)
        self._cards.setContentsMargins(0, 0, SPACE, 0)
        self._cards.setSpacing(SPACE)
        area = QScrollArea(self)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(page)
        column = QVBoxLayout(self)
        column.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        nest(column, head)
        column.addWidget(area, 1)

    def show_hidden(self, found: tuple[WhyHidden, ...]) -> None:
        """Show what is not asked; the keyboard goes to the first."""
        title = message(N_("Not asked in this part: {count:count}"), count=len(found))
        self._title.set_text(title if found else message(N_("Everything in this part is asked.")))
        clear(self._cards)
        cards = [PressCard(self._speech, one.what, one.when, parent=self) for one in found]
        for card, one in zip(cards, found, strict=True):
            card.clicked.connect(partial(self.chosen.emit, one.opener))
            card.setEnabled(bool(one.opener))
            self._cards.addWidget(card)
            card.show()  # now: the keyboard goes to the first before the layout shows it
        self._cards.addStretch(1)
        (cards[0] if cards and cards[0].isEnabled() else self._close).setFocus(Qt.FocusReason.TabFocusReason)
