"""What the answers so far come to: it stays beside the questions while one works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.desktop.kit.nesting import nest
from officer_app.desktop.kit.speech import Speech
from officer_app.desktop.kit.theme import HALF, SPACE
from officer_app.desktop.widgets.contradictions import ContradictionCard, ContradictionItem
from officer_app.desktop.widgets.flow import FlowLayout
from officer_app.desktop.widgets.labels import Kind, Text
from officer_app.desktop.widgets.pills import Pill
from officer_app.desktop.widgets.press_cards import PressCard
from officer_app.desktop.widgets.states import State

WIDTH: Final = 304
_MOST_BESIDE: Final = 3  # lines on what the last answer moved beside the amount
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Recommendation:
    """What can be supported now, what was asked, what it was a moment ago, why it moved, and what moved beside it."""

    asked: Decimal | None = None
    supported: Decimal | None = None
    was: Decimal | None = None
    why: Sayable | None = None
    beside: tuple[Sayable, ...] = ()


@dataclass(frozen=True, slots=True)
class AskNext:
    """A question worth asking, by how much its answer can move the amount, and why it is asked now."""

    key: str
    question: Sayable
    worth: Sayable | None = None
    reason: Sayable | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """How many checks stand how."""

    passed: int = 0
    look: int = 0
    stop: int = 0
    cannot_tell: int = 0


class FindingsPanel(QScrollArea):
    """The panel on the right. Exits of a contradiction: "explained", "corrected", "unexplained"."""

    next_chosen = Signal(str)
    contradiction_opened = Signal(str)
    exit_chosen = Signal(str, str)

    def __init__(self, speech: Speech, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._speech = speech
        self._head = _Head(speech)
        self._tally = _TallyRow(speech)
        self._next = _Group(speech, message(N_("Ask next")), self._next_card)
        settle = message(N_("Contradictions to settle before submitting"))
        self._against = _Group(speech, settle, self._contradiction_card)
        self._arrange()

    def show_recommendation(self, recommendation: Recommendation) -> None:
        """The number that everything leads to."""
        self._head.show_recommendation(recommendation)

    def show_next(self, questions: tuple[AskNext, ...]) -> None:
        """What to ask now, the most telling first."""
        self._next.show_items(questions)

    def show_contradictions(self, items: tuple[ContradictionItem, ...]) -> None:
        """What does not fit together, the worst first."""
        self._against.show_items(items)

    def show_tally(self, tally: Tally) -> None:
        """All checks in one line."""
        self._tally.show_tally(tally)

    def _next_card(self, item: AskNext) -> QWidget:
        card = PressCard(self._speech, item.question, item.worth)
        card.clicked.connect(lambda: self.next_chosen.emit(item.key))
        if item.reason is not None:
            self._speech.tip(card, item.reason)
        return card

    def _contradiction_card(self, item: ContradictionItem) -> QWidget:
        card = ContradictionCard(self._speech, item)
        card.opened.connect(lambda: self.contradiction_opened.emit(item.key))
        card.exit_chosen.connect(lambda way: self.exit_chosen.emit(item.key, way))
        return card

    def _arrange(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setProperty("ground", "surface")
        inside.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout(inside)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, SPACE + HALF, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        for part in (self._head, self._next, self._against, self._tally):
            column.addWidget(part)
        column.addStretch(1)
        self.setWidget(inside)


class _Head(QWidget):
    def __init__(self, speech: Speech) -> None:
        super().__init__()
        self._number = Text(speech, message("—"), Kind.NUMBER, parent=self)
        self._asked = Text(speech, kind=Kind.MUTED, parent=self)
        self._moved = Text(speech, kind=Kind.HINT, wrap=True, parent=self)
        self._moved.hide()
        self._beside = [Text(speech, kind=Kind.HINT, wrap=True, parent=self) for _ in range(_MOST_BESIDE)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(Text(speech, message(N_("Supported amount")), Kind.SECTION, parent=self))
        row = QHBoxLayout()
        row.setSpacing(SPACE + 2)
        row.addWidget(self._number, 0, Qt.AlignmentFlag.AlignBottom)
        row.addWidget(self._asked, 1, Qt.AlignmentFlag.AlignBottom)
        nest(column, row)
        column.addWidget(self._moved)
        for line in self._beside:
            line.hide()
            column.addWidget(line)

    def show_recommendation(self, now: Recommendation) -> None:
        known = now.supported is not None
        self._number.set_text(message("{amount:money}", amount=now.supported) if known else message("—"))
        asked = message(N_("of {asked:money} asked for"), asked=now.asked)
        self._asked.set_text(asked if now.asked is not None else None)
        self._moved.set_text(_movement(now))
        for place, line in enumerate(self._beside):
            line.set_text(now.beside[place] if place < len(now.beside) else None)


def _movement(now: Recommendation) -> Message | None:
    if now.was is None or now.supported is None or now.was == now.supported:
        return None
    if now.why is None:
        text = N_("↓ was {was:money}") if now.supported < now.was else N_("↑ was {was:money}")
        return message(text, was=now.was)
    text = N_("↓ was {was:money}: {why}") if now.supported < now.was else N_("↑ was {was:money}: {why}")
    return message(text, was=now.was, why=now.why)


class _Group(QWidget, Generic[_Item]):
    """A heading with cards under it; gone when there are none. A card is made again only when its item changed."""

    def __init__(self, speech: Speech, title: Message, make: Callable[[_Item], QWidget]) -> None:
        super().__init__()
        self._make = make
        self._cards: list[tuple[_Item, QWidget]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE)
        self._column.addWidget(Text(speech, title, Kind.SECTION, wrap=True, parent=self))
        self.hide()

    def show_items(self, items: tuple[_Item, ...]) -> None:
        kept = list(self._cards)
        fresh = [(item, _taken(kept, item) or self._make(item)) for item in items]
        for _item, card in self._cards:
            self._column.removeWidget(card)
        for _item, card in kept:
            card.hide()
            card.deleteLater()
        for _item, card in fresh:
            self._column.addWidget(card)
            card.show()
        self._cards = fresh
        self.setVisible(bool(fresh))


def _taken(cards: list[tuple[_Item, QWidget]], item: _Item) -> QWidget | None:
    """The card that shows just this already, taken out of the list."""
    for place, (shown, card) in enumerate(cards):
        if shown == item:
            del cards[place]
            return card
    return None


class _TallyRow(QWidget):
    def __init__(self, speech: Speech) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(Text(speech, message(N_("Checks")), Kind.SECTION, parent=self))
        pills = QWidget(self)
        flow = FlowLayout(pills, HALF)
        self._pills = {state: Pill(speech, state, message(""), pills) for state in _TALLY_WORDS}
        for pill in self._pills.values():
            flow.addWidget(pill)
        column.addWidget(pills)
        self.hide()

    def show_tally(self, tally: Tally) -> None:
        counts = {
            State.PASSED: tally.passed,
            State.LOOK: tally.look,
            State.STOP: tally.stop,
            State.CANNOT_TELL: tally.cannot_tell,
        }
        for state, pill in self._pills.items():
            pill.show_state(state, message(_TALLY_WORDS[state], n=counts[state]))
            pill.setVisible(bool(counts[state]))
        self.setVisible(any(counts.values()))


_TALLY_WORDS: Final = {
    State.PASSED: N_("{n:count} passed"),
    State.LOOK: N_("{n:count} to look at"),
    State.STOP: N_("{n:count} failed"),
    State.CANNOT_TELL: N_("{n:count} open"),
}
