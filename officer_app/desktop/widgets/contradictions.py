"""A contradiction and its three ways out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Sayable, message
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
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
        self.body.addLayout(_heading(speech, item, self))
        self.body.addWidget(Text(speech, item.sentence, wrap=True, parent=self))
        if item.note is not None:
            self.body.addWidget(Text(speech, item.note, Kind.HINT, wrap=True, parent=self))
        self.body.addLayout(self._reopen() if item.exit else self._exits())

    def _exits(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(HALF)
        for way, (word, tip) in EXITS.items():
            button = Button(self._speech, message(word), parent=self)
            self._speech.tip(button, message(tip))
            button.clicked.connect(lambda _on=False, way=way: self.exit_chosen.emit(way))
            row.addWidget(button, 1)
        return row

    def _reopen(self) -> QHBoxLayout:
        row = QHBoxLayout()
        button = Button(self._speech, message(N_("Look at it again")), Look.QUIET, parent=self)
        button.clicked.connect(self.opened)
        row.addWidget(button)
        row.addStretch(1)
        return row


def _heading(speech: Speech, item: ContradictionItem, parent: QWidget) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(HALF)
    row = QHBoxLayout()
    if item.exit:
        settled = State.PASSED if item.exit != "unexplained" else item.state
        row.addWidget(Pill(speech, settled, message(_CLOSED[item.exit]), parent))
    else:
        row.addWidget(Pill(speech, item.state, message(_OPEN[item.state]), parent))
    row.addStretch(1)
    column.addLayout(row)
    if item.title is not None:
        column.addWidget(Text(speech, item.title, Kind.STRONG, wrap=True, parent=parent))
    return column


_OPEN: Final = {
    State.STOP: N_("Must be settled"),
    State.LOOK: N_("Look closer"),
    State.CANNOT_TELL: N_("Cannot tell"),
}
