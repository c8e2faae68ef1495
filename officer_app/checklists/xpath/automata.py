"""A pattern as a set of states walked together (Thompson 1968)."""

from __future__ import annotations

import re
import re._constants as opcode  # type: ignore[import-not-found]  # no public way to a pattern's tree
import re._parser as reader  # type: ignore[import-not-found]  # as above
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias

MAX_STATES: Final = 20_000
Accepts: TypeAlias = Callable[[str], bool]


class Unsupported(Exception):  # noqa: N818  not an error: another matcher takes over
    """The pattern uses what no automaton can do: look-around, back-references."""


@dataclass(slots=True)
class _State:
    """Either eats one sign that it accepts, or leads on for free (when a place condition holds)."""

    accepts: Accepts | None = None
    condition: Any = None
    then: list[int] = field(default_factory=list)


class Automaton:
    """All states of a pattern; the last one is the end."""

    def __init__(self, states: list[_State], start: int, end: int) -> None:
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
            if state.accepts is not None or not _holds(state.condition, text, place):
                continue
            fresh = [number for number in state.then if number not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return seen


def _holds(condition: Any, text: str, place: int) -> bool:
    if condition is None:
        return True
    if condition in (opcode.AT_BEGINNING, opcode.AT_BEGINNING_STRING):
        return place == 0
    if condition in (opcode.AT_END, opcode.AT_END_STRING):
        return place == len(text)
    before = place > 0 and _is_word(text[place - 1])
    after = place < len(text) and _is_word(text[place])
    return (before != after) == (condition is opcode.AT_BOUNDARY)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


def automaton_of(pattern: str) -> Automaton:
    """The states of a pattern. Errors: re.error for a bad pattern, Unsupported, OverflowError for a huge one."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)
        tree = reader.parse(pattern)
    builder = _Builder(ignore_case=bool(tree.state.flags & re.IGNORECASE))
    end = builder.add()
    start = builder.sequence(list(tree), end)
    return Automaton(builder.states, start, end)


class _Builder:
    """Builds from the end to the start, so that every piece knows what comes after it."""

    def __init__(self, *, ignore_case: bool) -> None:
        self.states: list[_State] = []
        self._ignore_case = ignore_case

    def add(self, accepts: Accepts | None = None, then: list[int] | None = None, condition: Any = None) -> int:
        if len(self.states) >= MAX_STATES:
            raise OverflowError
        self.states.append(_State(accepts, condition, then or []))
        return len(self.states) - 1

    def sequence(self, pieces: list[tuple[Any, Any]], then: int) -> int:
        for operation, argument in reversed(pieces):
            then = self._piece(operation, argument, then)
        return then

    def _piece(self, operation: Any, argument: Any, then: int) -> int:
        match str(operation):
            case "LITERAL" | "NOT_LITERAL" | "IN" | "ANY" | "RANGE" | "CATEGORY":
                return self.add(self._eater(operation, argument), [then])
            case "AT":
                return self.add(None, [then], argument)
            case "BRANCH":
                return self.add(None, [self.sequence(list(branch), then) for branch in argument[1]])
            case "SUBPATTERN":
                return self.sequence(list(argument[3]), then)
            case "MAX_REPEAT" | "MIN_REPEAT" | "POSSESSIVE_REPEAT":
                return self._repeated(argument[0], argument[1], list(argument[2]), then)
            case "ATOMIC_GROUP":
                return self.sequence(list(argument), then)
            case _:
                raise Unsupported

    def _repeated(self, least: Any, most: Any, pieces: list[tuple[Any, Any]], then: int) -> int:
        if most is opcode.MAXREPEAT:
            loop = self.add(None, [then])
            self.states[loop].then.append(self.sequence(pieces, loop))
            entry = loop
        else:
            entry = then
            for _ in range(int(most) - int(least)):
                entry = self.add(None, [self.sequence(pieces, entry), then])
        for _ in range(int(least)):
            entry = self.sequence(pieces, entry)
        return entry

    def _eater(self, operation: Any, argument: Any) -> Accepts:
        plain = _accepts(operation, argument)
        if not self._ignore_case:
            return plain
        return lambda sign: plain(sign) or plain(sign.lower()) or plain(sign.upper())


def _accepts(operation: Any, argument: Any) -> Accepts:
    match str(operation):
        case "LITERAL":
            return lambda sign: ord(sign) == argument
        case "NOT_LITERAL":
            return lambda sign: ord(sign) != argument
        case "ANY":
            return lambda sign: sign != "\n"
        case "RANGE":
            return lambda sign: argument[0] <= ord(sign) <= argument[1]
        case "CATEGORY":
            return _CATEGORIES[str(argument)]
        case "IN":
            return _any_of(argument)
        case _:
            raise Unsupported


def _any_of(members: list[tuple[Any, Any]]) -> Accepts:
    negated = bool(members) and members[0][0] is opcode.NEGATE
    tests = [_accepts(operation, argument) for operation, argument in members[negated:]]
    return lambda sign: any(test(sign) for test in tests) is not negated


# ODK's engines read these as Java and JavaScript do: ASCII alone.
def _ascii_word(sign: str) -> bool:
    return sign.isascii() and _is_word(sign)


_CATEGORIES: Final[dict[str, Accepts]] = {
    "CATEGORY_DIGIT": lambda sign: sign in "0123456789",
    "CATEGORY_NOT_DIGIT": lambda sign: sign not in "0123456789",
    "CATEGORY_SPACE": str.isspace,
    "CATEGORY_NOT_SPACE": lambda sign: not sign.isspace(),
    "CATEGORY_WORD": _ascii_word,
    "CATEGORY_NOT_WORD": lambda sign: not _ascii_word(sign),
}
