"""A contradiction and its three ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, icon_button
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

EXITS: Final = {
    "explained": (N_("Explain"), N_("There is an explanation, and evidence for it")),
    "corrected": (N_("Correct"), N_("An answer was wrong: put it right")),
    "unexplained": (N_("Stands"), N_("It cannot be explained: it goes into the report as it is")),
}
_CLOSED: Final = {
    "explained": N_("Explained"),
    "corrected": N_("Corrected"),
    "unexplained": N_("Stands unexplained"),
}


@dataclass(frozen=True, slots=True)
class ContradictionItem:
    """What does not fit together. `exit` is the way out that was taken, "" while it is open."""

    key: str
    state: State
    sentence: Sayable
    title: Sayable | None = None
    exit: str = ""
    note: Sayable | None = None


class ContradictionCard(Card):
    """Told against found, in words and figures; open ones offer their three exits."""

    opened = Signal()
    exit_chosen = Signal(str)

    def __init__(self, speech: Speech, item: ContradictionItem, parent: QWidget | None = None) -> None:
        tone = item.state if not item.exit or item.exit == "unexplained" else None
        super().__init__(tone, margin=SPACE + HALF, parent=parent)
        self._speech = speech
        nest(self.body, self._heading(item))
        self.body.addWidget(Text(speech, item.sentence, wrap=True, parent=self))
        if item.note is not None:
            self.body.addWidget(Text(speech, item.note, Kind.HINT, wrap=True, parent=self))
        if not item.exit:
            nest(self.body, self._exits())

    def _exits(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        for way, (word, tip) in EXITS.items():
            button = Button(self._speech, message(word), parent=self)
            self._speech.tip(button, message(tip))
            button.clicked.connect(lambda _on=False, way=way: self.exit_chosen.emit(way))
            row.addWidget(button, 1)
        return row

    def _heading(self, item: ContradictionItem) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(HALF)
        row = QHBoxLayout()
        row.addWidget(Pill(self._speech, _state(item), message(_CLOSED.get(item.exit, _OPEN[item.state])), self))
        row.addStretch(1)
        if item.exit:
            again = icon_button(self._speech, Icon.UNDO, message(N_("Look at it again")), self)
            again.clicked.connect(self.opened)
            row.addWidget(again)
        nest(column, row)
        if item.title is not None:
            column.addWidget(Text(self._speech, item.title, Kind.STRONG, wrap=True, parent=self))
        return column


def _state(item: ContradictionItem) -> State:
    """What is settled has passed; what stands unexplained stays what it was."""
    return State.PASSED if item.exit in ("explained", "corrected") else item.state


_OPEN: Final = {
    State.STOP: N_("Must be settled"),
    State.LOOK: N_("Look closer"),
    State.CANNOT_TELL: N_("Cannot tell"),
}
