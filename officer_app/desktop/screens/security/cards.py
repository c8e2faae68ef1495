"""One pledge or one guarantor: who or what it is, its figures, what may hinder, the reasons in full."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.casework.fact_places import FactPlace, FactPlaces
from officer_app.credit.circles import Circle
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import SPACE
from officer_app.desktop.widgets.cards import Card
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.links import FactLinks
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.side_by_side import SideBySide
from officer_app.desktop.widgets.statement import Statement
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, Row

_MOST_LINKS = 8


@dataclass(frozen=True, slots=True)
class CardText:
    """What a card shows. `verdict` is its pill; `notes` stand in full below the tables."""

    title: Sayable
    sub: Sayable
    tone: State | None
    verdict: tuple[State, Sayable] | None
    left: tuple[Row, ...]
    right: tuple[Row, ...]
    notes: tuple[Sayable, ...]


class SecurityCard(Card):
    """Two tables under a title. Enter on a row calls `wanted` with `place:path`."""

    def __init__(
        self,
        speech: Speech,
        left: tuple[Column, ...],
        right: tuple[Column, ...],
        wanted: Callable[[str], None],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent=parent)
        self._speech = speech
        self._title = Text(speech, None, Kind.HEAD, parent=self)
        self._sub = Text(speech, None, Kind.MUTED, wrap=True, parent=self)
        self._pill = Pill(speech, State.NEUTRAL, parent=self)
        self.left, self.right = Statement(speech, left), Statement(speech, right)
        self._notes = Text(speech, None, wrap=True, parent=self)
        for table in (self.left, self.right):
            table.opened.connect(wanted)
        head = QHBoxLayout()
        head.addWidget(self._title)
        head.addWidget(self._sub, 1)
        head.addWidget(self._pill)
        nest(self.body, head)
        self.body.addWidget(SideBySide(_from_above(self.left), _from_above(self.right)))
        self.body.addWidget(self._notes)

    def show_text(self, text: CardText) -> None:
        """Show another pledge or guarantor."""
        self._title.set_text(text.title)
        self._sub.set_text(text.sub)
        self.set_tone(text.tone)
        self._pill.setVisible(text.verdict is not None)
        if text.verdict is not None:
            self._pill.show_state(*text.verdict)
        for table, rows in ((self.left, text.left), (self.right, text.right)):
            self._speech.name(table, text.title)
            table.show_rows(tuple(replace(row, key=f"{place}:{row.key}") for place, row in enumerate(rows)))
        self._notes.set_text(_lines(text.notes) if text.notes else None)


def _from_above(table: Statement) -> QWidget:
    """Tables of unequal height begin on one line."""
    place = QWidget()
    column = QVBoxLayout(place)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(table)
    column.addStretch(1)
    return place


def _lines(texts: tuple[Sayable, ...]) -> Message:
    """One under the other."""
    values = {f"line{place}": text for place, text in enumerate(texts)}
    return Message("\n".join(f"{{{name}}}" for name in values), values)


class Cards(QWidget):
    """A heading, as many cards as there are things, and a remark below them."""

    def __init__(
        self, speech: Speech, title: Sayable, make: Callable[[], SecurityCard], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._make = make
        self.cards: list[SecurityCard] = []
        self._note = Text(speech, None, Kind.HINT, wrap=True, parent=self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._column.addWidget(Text(speech, title, Kind.SECTION, parent=self))
        self._column.addWidget(self._note)

    def show_cards(self, texts: tuple[CardText, ...], note: Sayable) -> None:
        """Show these; cards that are too many are kept for later."""
        while len(self.cards) < len(texts):
            card = self._make()
            self._column.insertWidget(1 + len(self.cards), card)
            self.cards.append(card)
        for place, card in enumerate(self.cards):
            card.setVisible(place < len(texts))
            if place < len(texts):
                card.show_text(texts[place])
        self._note.set_text(note)


class Rings(Card):
    """Guarantees that run in a circle, each as a ring of names, with links to its facts; gone when there is none."""

    def __init__(self, speech: Speech, ask: Callable[[str], None], parent: QWidget | None = None) -> None:
        super().__init__(State.STOP, parent=parent)
        self._speech = speech
        self._ask = ask
        self._links: FactLinks | None = None
        self._words = Text(speech, None, Kind.STRONG, wrap=True, parent=self)
        self._rings = Text(speech, None, wrap=True, parent=self)
        self.body.addWidget(self._words)
        self.body.addWidget(self._rings)

    def show_circles(self, circles: tuple[Circle, ...], places: FactPlaces | None) -> None:
        """Show these rings, and the questions from which they come."""
        self.setVisible(bool(circles))
        self._words.set_text(
            message(N_("Guarantees run in a circle: when one falls, all fall. Nothing in it is security."))
            if circles
            else None
        )
        self._rings.set_text(_lines(tuple(_ring(circle) for circle in circles)) if circles else None)
        self._link(places.of(path for circle in circles for path in circle.paths) if places is not None else ())

    def _link(self, places: tuple[FactPlace, ...]) -> None:
        if self._links is not None:
            self._links.hide()
            self._links.deleteLater()
        self._links = FactLinks(self._speech, places[:_MOST_LINKS], parent=self)
        self._links.wanted.connect(self._ask)
        self.body.addWidget(self._links)


def _ring(circle: Circle) -> Sayable:
    names = " → ".join((*circle.names, circle.names[0]))
    if circle.people == len(circle.names):
        return Verbatim(names)
    return message(N_("{names}; {people:count} people hang together"), names=names, people=circle.people)
