r"""Regular expressions as ODK's engines (Java, JavaScript) read them, as a tree.

Python's own reader refuses what they take, such as [\w-.], and its \d is not theirs.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

MAX_REPEATS: Final = 1_000
MAX_DEPTH: Final = 50
Accepts: TypeAlias = Callable[[str], bool]


class PatternError(Exception):
    """The pattern has no meaning."""


class UnsupportedPattern(Exception):  # noqa: N818  not an error: another matcher takes over
    """The pattern uses what no automaton can do: look-around, back-references."""


@dataclass(frozen=True, slots=True)
class OneSign:
    """Eats one sign."""

    accepts: Accepts


@dataclass(frozen=True, slots=True)
class Anchor:
    """Holds at a place: ^ $ b B."""

    kind: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One after the other."""

    parts: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of several."""

    branches: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Repeated:
    """A piece several times; `most` None is without end."""

    part: Piece
    least: int
    most: int | None


Piece: TypeAlias = OneSign | Anchor | Sequence | Either | Repeated


def _is_digit(sign: str) -> bool:
    return sign in "0123456789"


def _is_word(sign: str) -> bool:
    return sign.isascii() and (sign.isalnum() or sign == "_")


_CLASSES: Final[dict[str, Accepts]] = {
    "d": _is_digit,
    "D": lambda sign: not _is_digit(sign),
    "w": _is_word,
    "W": lambda sign: not _is_word(sign),
    "s": str.isspace,
    "S": lambda sign: not sign.isspace(),
}
_PROPERTIES: Final[dict[str, Accepts]] = {
    "L": str.isalpha,
    "Lu": str.isupper,
    "Ll": str.islower,
    "N": str.isnumeric,
    "Nd": str.isdecimal,
    "P": lambda sign: sign.isprintable() and not sign.isalnum() and not sign.isspace(),
    "IsHan": lambda sign: "\u3400" <= sign <= "\u9fff" or "\U00020000" <= sign <= "\U0003ffff",
    "Alpha": lambda sign: sign.isascii() and sign.isalpha(),
    "Digit": _is_digit,
    "Alnum": lambda sign: sign.isascii() and sign.isalnum(),
    "Upper": lambda sign: "A" <= sign <= "Z",
    "Lower": lambda sign: "a" <= sign <= "z",
}
_PROPERTIES["Han"] = _PROPERTIES["script=Han"] = _PROPERTIES["Script=Han"] = _PROPERTIES["IsHan"]
_PROPERTIES["IsAlphabetic"] = _PROPERTIES["Letter"] = _PROPERTIES["L"]
_CONTROLS: Final = {"n": "\n", "t": "\t", "r": "\r", "f": "\f", "v": "\v", "0": "\0"}


def parse_pattern(pattern: str) -> Piece:
    """The tree of a pattern. Errors: PatternError, UnsupportedPattern."""
    reader = _Reader(pattern)
    tree = reader.either(0)
    if reader.sign:
        raise PatternError(pattern)
    return tree


class _Reader:
    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._at = 0
        self._any_case = False

    @property
    def sign(self) -> str:
        return self._pattern[self._at : self._at + 1]

    def _next(self) -> str:
        sign = self.sign
        if not sign:
            raise PatternError(self._pattern)
        self._at += 1
        return sign

    def _skip(self, text: str) -> bool:
        if self._pattern.startswith(text, self._at):
            self._at += len(text)
            return True
        return False

    def either(self, depth: int) -> Piece:
        if depth > MAX_DEPTH:
            raise PatternError(self._pattern)
        branches = [self._sequence(depth)]
        while self._skip("|"):
            branches.append(self._sequence(depth))
        return branches[0] if len(branches) == 1 else Either(tuple(branches))

    def _sequence(self, depth: int) -> Piece:
        parts: list[Piece] = []
        while self.sign and self.sign not in "|)":
            parts.append(self._quantified(self._atom(depth)))
        return Sequence(tuple(parts))

    def _quantified(self, part: Piece) -> Piece:
        while True:
            bounds = self._bounds()
            if bounds is None:
                return part
            self._at += self.sign in ("?", "+") and len(self.sign)
            part = Repeated(part, *bounds)

    def _bounds(self) -> tuple[int, int | None] | None:
        if self._skip("*"):
            return 0, None
        if self._skip("+"):
            return 1, None
        if self._skip("?"):
            return 0, 1
        if self.sign != "{":
            return None
        end = self._pattern.find("}", self._at)
        least, comma, most = self._pattern[self._at + 1 : end].partition(",") if end > 0 else ("", "", "")
        if not least.isdecimal() or (most and not most.isdecimal()):
            return None
        self._at = end + 1
        return self._checked(int(least), (int(most) if most else None) if comma else int(least))

    def _checked(self, least: int, most: int | None) -> tuple[int, int | None]:
        if least > MAX_REPEATS or (most is not None and not least <= most <= MAX_REPEATS):
            raise PatternError(self._pattern)
        return least, most

    def _atom(self, depth: int) -> Piece:
        sign = self._next()
        match sign:
            case "(":
                return self._group(depth)
            case "[":
                return OneSign(self._cased(self._class()))
            case ".":
                return OneSign(lambda found: found not in "\n\r")
            case "^" | "$":
                return Anchor(sign)
            case "\\":
                return self._escape()
            case "*" | "+" | "?":
                raise PatternError(self._pattern)
            case _:
                return self._literal(sign)

    def _group(self, depth: int) -> Piece:
        if self._skip("?"):
            if self._skip("i)"):
                self._any_case = True
                return Sequence(())
            if not self._skip(":"):
                self._named_group()
        inner = self.either(depth + 1)
        if not self._skip(")"):
            raise PatternError(self._pattern)
        return inner

    def _named_group(self) -> None:
        """(?<name>…) is a group; (?=…), (?!…), (?<=…) and (?<!…) look around, which no automaton can."""
        if self._pattern[self._at : self._at + 2] in ("<=", "<!") or self.sign in ("=", "!"):
            raise UnsupportedPattern
        end = self._pattern.find(">", self._at)
        if self.sign not in ("<", "P", ">") or end < 0:
            raise PatternError(self._pattern)
        self._at = end + 1

    def _escape(self) -> Piece:
        sign = self._next()
        if sign in "bB":
            return Anchor(sign)
        if sign in "AzZ":
            return Anchor("^" if sign == "A" else "$")
        if sign.isdecimal() and sign != "0":
            raise UnsupportedPattern
        found = self._escaped(sign)
        return self._literal(found) if isinstance(found, str) else OneSign(found)

    def _escaped(self, sign: str) -> str | Accepts:
        """What stands behind a backslash: a class, or one sign."""
        if sign in _CLASSES:
            return _CLASSES[sign]
        if sign in "pP":
            return self._property(negated=sign == "P")
        if sign in "ux":
            return self._coded(4 if sign == "u" else 2)
        if sign in _CONTROLS:
            return _CONTROLS[sign]
        if sign.isascii() and sign.isalpha():
            raise PatternError(self._pattern)
        return sign

    def _property(self, *, negated: bool) -> Accepts:
        end = self._pattern.find("}", self._at)
        name = self._pattern[self._at + 1 : end] if self.sign == "{" and end > 0 else self.sign
        self._at = end + 1 if self.sign == "{" and end > 0 else self._at + 1
        accepts = _PROPERTIES.get(name)
        if accepts is None:
            raise PatternError(self._pattern)
        return (lambda sign: not accepts(sign)) if negated else accepts

    def _coded(self, digits: int) -> str:
        code = self._pattern[self._at : self._at + digits]
        self._at += digits
        try:
            return chr(int(code, 16))
        except ValueError:
            raise PatternError(self._pattern) from None

    def _literal(self, wanted: str) -> OneSign:
        return OneSign(self._cased(lambda sign: sign == wanted))

    def _cased(self, accepts: Accepts) -> Accepts:
        if not self._any_case:
            return accepts
        return lambda sign: accepts(sign) or accepts(sign.lower()) or accepts(sign.upper())

    def _class(self) -> Accepts:
        negated = self._skip("^")
        tests: list[Accepts] = []
        first = True
        while first or self.sign != "]":
            first = False
            tests.append(self._member())
        self._next()
        return lambda sign: any(test(sign) for test in tests) is not negated

    def _member(self) -> Accepts:
        """One sign, a range, or a class; a hyphen that makes no range is itself."""
        start = self._class_sign()
        if not isinstance(start, str):
            return start
        following = self._pattern[self._at + 1 : self._at + 2]
        if self.sign != "-" or following in ("]", ""):
            return lambda sign: sign == start
        self._next()
        end = self._class_sign()
        if not isinstance(end, str):
            return lambda sign: sign in (start, "-") or end(sign)
        if end < start:
            raise PatternError(self._pattern)
        return lambda sign: start <= sign <= end

    def _class_sign(self) -> str | Accepts:
        sign = self._next()
        if sign != "\\":
            return sign
        escaped = self._next()
        return "\b" if escaped == "b" else self._escaped(escaped)
