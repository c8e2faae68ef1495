"""A pattern as a set of states walked together (Thompson 1968)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

from officer_app.checklists.xpath.pattern_syntax import (
    Anchor,
    Either,
    OneSign,
    Piece,
    Repeated,
    Sequence,
    parse_pattern,
)

MAX_STATES: Final = 20_000
Accepts: TypeAlias = Callable[[str], bool]


class TooLargeError(Exception):
    """The pattern has more states than any honest pattern needs."""


@dataclass(slots=True)
class _State:
    """Either eats one sign that it accepts, or leads on for free (where its anchor holds)."""

    accepts: Accepts | None = None
    anchor: str = ""
    then: list[int] = field(default_factory=list)


class Automaton:
    """All states of a pattern."""

    def __init__(self, states: list[_State], start: int, end: int) -> None:
        """Take the states, the first one and the last."""
        self._states = states
        self._start = start
        self._end = end

    def matches(self, text: str) -> bool:
        """Whether the whole text leads from the start to the end."""
        active = self._spread({self._start}, text, 0)
        for place, sign in enumerate(text):
            reached: set[int] = set()
            for number in active:
                state = self._states[number]
                if state.accepts is not None and state.accepts(sign):
                    reached.update(state.then)
            if not reached:
                return False
            active = self._spread(reached, text, place + 1)
        return self._end in active

    def _spread(self, numbers: set[int], text: str, place: int) -> set[int]:
        """Everything that can be reached for free."""
        waiting, seen = list(numbers), set(numbers)
        while waiting:
            state = self._states[waiting.pop()]
            if state.accepts is not None or not _holds(state.anchor, text, place):
                continue
            fresh = [number for number in state.then if number not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return seen


def _holds(anchor: str, text: str, place: int) -> bool:
    if not anchor:
        return True
    if anchor == "^":
        return place == 0
    if anchor == "$":
        return place == len(text)
    before = place > 0 and _is_word(text[place - 1])
    after = place < len(text) and _is_word(text[place])
    return (before != after) == (anchor == "b")


def _is_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "_")


def automaton_of(pattern: str) -> Automaton:
    """The states of a pattern. Errors: PatternError, UnsupportedPattern, TooLargeError."""
    tree = parse_pattern(pattern)
    builder = _Builder()
    end = builder.add(_State())
    return Automaton(builder.states, builder.piece(tree, end), end)


class _Builder:
    """Builds from the end to the start, so that every piece knows what comes after it."""

    def __init__(self) -> None:
        self.states: list[_State] = []

    def add(self, state: _State) -> int:
        if len(self.states) >= MAX_STATES:
            raise TooLargeError
        self.states.append(state)
        return len(self.states) - 1

    def piece(self, piece: Piece, then: int) -> int:
        match piece:
            case OneSign():
                return self.add(_State(piece.accepts, "", [then]))
            case Anchor():
                return self.add(_State(None, piece.kind, [then]))
            case Either():
                return self.add(_State(None, "", [self.piece(branch, then) for branch in piece.branches]))
            case Sequence():
                for part in reversed(piece.parts):
                    then = self.piece(part, then)
                return then
            case Repeated():
                return self._repeated(piece, then)

    def _repeated(self, piece: Repeated, then: int) -> int:
        entry = then
        if piece.most is None:
            entry = self.add(_State(None, "", [then]))
            self.states[entry].then.append(self.piece(piece.part, entry))
        else:
            for _ in range(piece.most - piece.least):
                entry = self.add(_State(None, "", [self.piece(piece.part, entry), then]))
        for _ in range(piece.least):
            entry = self.piece(piece.part, entry)
        return entry
