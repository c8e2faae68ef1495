"""A contradiction with all that belongs to it: what was said, the facts on both sides, the way out."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.fact_places import FactPlace
from officer_app.casework.findings import Contradiction, Standing
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.screens.checks.editor import CORRECTED, EXPLAINED, UNEXPLAINED, ExitEditor
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.links import FactLinks
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State
from officer_app.vault.records import Exit

_EXITS: Final = {
    EXPLAINED: (N_("Explained with evidence …"), Icon.ATTACH),
    CORRECTED: (N_("Correct an answer …"), Icon.EDIT),
    UNEXPLAINED: (N_("Stands unexplained …"), Icon.WARNING),
}
_STANDINGS: Final = {
    Standing.EXPLAINED: (State.PASSED, N_("Explained with evidence")),
    Standing.CORRECTED: (State.PASSED, N_("Corrected")),
    Standing.STANDS: (State.STOP, N_("Stands unexplained")),
}


@dataclass(frozen=True, slots=True)
class Matter:
    """A contradiction and where its facts are asked; `photos` name what proves its exit, also a paper or a person."""

    one: Contradiction
    places: tuple[FactPlace, ...]
    photos: tuple[Sayable, ...]
    editable: bool


class DisputeCard(Card):
    """`exit_chosen(way)` opens an editor in it; `reopened()`; `question_wanted(ref)`."""

    exit_chosen = Signal(str)
    reopened = Signal()
    question_wanted = Signal(str)

    def __init__(self, speech: Speech, matter: Matter, parent: QWidget | None = None) -> None:
        super().__init__(_tone(matter.one), parent=parent)
        self._speech = speech
        self._matter = matter
        self.editor: ExitEditor | None = None
        self.exits: dict[str, Button] = {}
        self._choices = QWidget(self)
        self.links = FactLinks(speech, matter.places, self._choices)
        self.links.wanted.connect(self.question_wanted)
        self._arrange()

    @property
    def matter(self) -> Matter:
        """What it shows."""
        return self._matter

    def open_editor(self, editor: ExitEditor) -> None:
        """Show an editor under the exits."""
        self.close_editor()
        self.editor = editor
        self.links.setVisible(editor.way == CORRECTED and bool(self.links.buttons))
        self.body.addWidget(editor)
        editor.show()
        for way, button in self.exits.items():
            button.setChecked(way == editor.way)

    def close_editor(self) -> None:
        """Take the editor away."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self.links.setVisible(bool(self.links.buttons))
        for button in self.exits.values():
            button.setChecked(False)

    def first_stop(self) -> QWidget:
        """Where the keyboard begins in this card."""
        if self.being_corrected and self.links.buttons:
            return self.links.buttons[0]
        return next(iter(self.exits.values()), self)

    @property
    def being_corrected(self) -> bool:
        """Said to be wrong, and not put right yet."""
        record = self._matter.one.record
        return record is not None and record.exit is Exit.CORRECTED and self._matter.one.found

    # --- inside ----------------------------------------------------------------------------------------------------

    def _arrange(self) -> None:
        speech = self._speech
        self.body.setSpacing(SPACE)
        nest(self.body, self._heading())
        said = _said(self._matter)
        if said is not None:
            self.body.addWidget(Text(speech, said, wrap=True, parent=self))
        lie = _lie(self._matter)
        if lie is not None:
            self.body.addWidget(Text(speech, lie, Kind.STRONG, wrap=True, parent=self))
        closing = _closing(self._matter, being_corrected=self.being_corrected)
        if closing is not None:
            self.body.addWidget(Text(speech, closing, Kind.HINT, wrap=True, parent=self))
        flow = FlowLayout(self._choices, SPACE)
        if self._matter.editable:
            self._put_choices(flow)
        flow.addWidget(self.links)
        self.body.addWidget(self._choices)

    def _heading(self) -> QHBoxLayout:
        one = self._matter.one
        row = QHBoxLayout()
        row.setSpacing(SPACE + HALF)
        state, words = _STANDINGS.get(one.standing, _open(one))
        if self.being_corrected:
            state, words = State.LOOK, N_("Being corrected")
        row.addWidget(Pill(self._speech, state, message(words), self), 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(Text(self._speech, one.sentence, Kind.STRONG, wrap=True, parent=self), 1)
        return row

    def _put_choices(self, flow: FlowLayout) -> None:
        one = self._matter.one
        if one.standing is Standing.OPEN and not self.being_corrected:
            for way, (words, icon) in _EXITS.items():
                button = Button(self._speech, message(words), icon=icon, parent=self._choices)
                button.setCheckable(True)
                button.clicked.connect(partial(self._choose, way))
                self.exits[way] = button
                flow.addWidget(button)
        elif one.record is not None:
            again = Button(
                self._speech, message(N_("Look at it again")), Look.QUIET, icon=Icon.UNDO, parent=self._choices
            )
            again.clicked.connect(self.reopened)
            self.exits["reopen"] = again
            flow.addWidget(again)

    def _choose(self, way: str, _checked: bool = False) -> None:
        self.exit_chosen.emit(way)


def _tone(one: Contradiction) -> State | None:
    if one.standing in (Standing.EXPLAINED, Standing.CORRECTED):
        return None
    return State.STOP if one.severe or one.standing is Standing.STANDS else State.LOOK


def _open(one: Contradiction) -> tuple[State, str]:
    if not one.found:
        return State.LOOK, N_("Gone without a word")
    if one.severe:
        return State.STOP, N_("Must be settled")
    return State.LOOK, N_("Look closer")


def _said(matter: Matter) -> Message | Verbatim | None:
    record = matter.one.record
    if record is None or record.exit is None or not record.explanation:
        return None
    return Verbatim(record.explanation)


def _lie(matter: Matter) -> Message | None:
    record = matter.one.record
    if record is None or record.exit is None or not record.lie_said:
        return None
    return message(
        N_("Said knowingly wrong: “{said}”. True is: “{found}”"), said=record.lie_said, found=record.lie_found
    )


def _closing(matter: Matter, *, being_corrected: bool) -> Message | None:
    """What became of it, or what is still to do."""
    record = matter.one.record
    if being_corrected:
        return message(N_("Now put the answer right. This closes by itself as soon as the answers agree."))
    if record is not None and record.exit is Exit.EXPLAINED and matter.one.standing is Standing.OPEN:
        return message(
            N_("So much money is apart that the explanation needs proof: explain it again, with its proof.")
        )
    if record is not None and not matter.one.found and record.exit is None:
        return message(N_("The answers changed and it is no longer found. Say which side was wrong."))
    if record is None or record.closed is None:
        return None
    at = local_time(record.closed)
    if not matter.photos:
        return message(N_("{at:moment}"), at=at)
    return message(N_("{at:moment}, proved by: {pictures}"), at=at, pictures=matter.photos)
