"""Contradictions as the officer left them: what does not fit, which way out was taken, what proves it."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, message
from officer_app.casework.review import UNEXPLAINED, ReviewedContradiction, ReviewedPhoto
from officer_app.desktop.kit.icons import Icon
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.buttons import Button, Look
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text, rule
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.states import State

_GROUPS: Final = (
    (UNEXPLAINED, State.STOP, N_("{count:count} stand unexplained")),
    (frozenset({"explained"}), State.LOOK, N_("{count:count} explained, {proved:count} with a picture")),
    (frozenset({"corrected"}), State.PASSED, N_("{count:count} corrected")),
)


class DisputeCard(Card):
    """The contradictions that took one way out, the severe ones first. `picture_wanted(part)` for a proof."""

    picture_wanted = Signal(str)

    def __init__(self, speech: Speech, state: State, title: Message, parent: QWidget | None = None) -> None:
        super().__init__(state if state is not State.PASSED else None, parent=parent)
        self._speech = speech
        self.state = state
        self._kind = Kind.STRONG if state is State.STOP else Kind.BODY
        self._some = False
        self.body.setSpacing(SPACE)
        head = QHBoxLayout()
        head.addWidget(Pill(speech, state, title, self))
        head.addStretch(1)
        nest(self.body, head)

    def add(self, one: ReviewedContradiction, proofs: tuple[ReviewedPhoto, ...]) -> None:
        """One more."""
        if self._some:
            self.body.addWidget(rule(parent=self))
        self._some = True
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        words = QVBoxLayout()
        words.setSpacing(1)
        words.addWidget(Text(self._speech, one.sentence, self._kind, wrap=True, parent=self))
        if one.lie_said:
            lie = message(
                N_("Said knowingly wrong: “{said}”. True is: “{found}”"), said=one.lie_said, found=one.lie_found
            )
            words.addWidget(Text(self._speech, lie, Kind.STRONG, wrap=True, parent=self))
        if one.explanation:
            said = message(N_("The officer writes: {words}"), words=one.explanation)
            words.addWidget(Text(self._speech, said, Kind.HINT, wrap=True, parent=self))
        if one.proof:
            shown = message(N_("Proved by: {proof}"), proof=one.proof)
            words.addWidget(Text(self._speech, shown, Kind.HINT, wrap=True, parent=self))
        nest(row, words, 1)
        nest(self.body, row)
        if proofs:
            self.body.addWidget(self._proofs(proofs))

    def _proofs(self, proofs: tuple[ReviewedPhoto, ...]) -> QWidget:
        holder = QWidget(self)
        flow = FlowLayout(holder, HALF)
        for photo in proofs:
            button = Button(self._speech, photo.shot, Look.QUIET, icon=Icon.PICTURE, parent=holder)
            button.clicked.connect(partial(self._want, photo.part))
            flow.addWidget(button)
        policy = holder.sizePolicy()
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        return holder

    def _want(self, part: str, _checked: bool = False) -> None:
        self.picture_wanted.emit(part)


def cards_of(
    speech: Speech, contradictions: tuple[ReviewedContradiction, ...], photos: tuple[ReviewedPhoto, ...]
) -> list[DisputeCard]:
    """A card for each way out that was taken: what nobody could explain stands first."""
    pictures = {photo.id: photo for photo in photos}
    cards = []
    for standings, state, words in _GROUPS:
        found = [one for one in contradictions if one.standing in standings]
        if not found:
            continue
        proved = sum(1 for one in found if any(key in pictures for key in one.photos))
        card = DisputeCard(speech, state, message(words, count=len(found), proved=proved))
        for one in sorted(found, key=lambda one: not one.severe):
            card.add(one, tuple(pictures[key] for key in one.photos if key in pictures))
        cards.append(card)
    return cards
