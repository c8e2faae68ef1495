"""How a rule says which numbers of the policy it needs: a key with path, type and unit, read strictly.

A module declares its keys as constants; `policy.schema()` finds them all. A new check brings its own key.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, Generic, TypeVar

from officer_app.base.words import N_, Message

V_co = TypeVar("V_co", covariant=True)

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_HUGE: Final = Decimal(10) ** 15


class Wrong(Exception):  # noqa: N818  a message to `policy`, which turns it into a Fault with the key's name
    """A value is not what its key needs; carries what is needed, in words, and the place below the key."""

    def __init__(self, needed: Message, place: str = "") -> None:
        """Take what is needed and where below the key."""
        super().__init__(needed.text)
        self.needed = needed
        self.place = place


@dataclass(frozen=True, slots=True)
class Key(Generic[V_co]):
    """One entry of the policy: dotted path, name of its type, unit, and the strict reader of its value."""

    path: str
    type: str
    unit: str
    read: Callable[[object], V_co]
    optional: bool = False


def read_number(value: object, *, least: Decimal = Decimal(0), below: Decimal = _HUGE) -> Decimal:
    """A Decimal from a TOML number or a decimal text, least ≤ value < below. Errors: Wrong."""
    if isinstance(value, bool) or not isinstance(value, (int, Decimal, str)):
        raise Wrong(Message(N_("a number")))
    if not _NUMBER.fullmatch(str(value)):
        raise Wrong(Message(N_("a number")))
    found = Decimal(str(value))
    if not least <= found < below:
        raise Wrong(Message(N_("a number of at least {least} and below {below}"), {"least": least, "below": below}))
    return found


def read_whole(value: object) -> Decimal:
    """A whole number that is not negative. Errors: Wrong."""
    found = read_number(value)
    if found != found.to_integral_value():
        raise Wrong(Message(N_("a whole number")))
    return found


def decimal_key(path: str, unit: str, *, below: Decimal = _HUGE, optional: bool = False) -> Key[Decimal]:
    """A number that is not negative; an optional one is read with `policy.get`."""
    return Key(path, "decimal", unit, lambda value: read_number(value, below=below), optional)


def whole_key(path: str, unit: str, *, optional: bool = False) -> Key[Decimal]:
    """A whole number that is not negative."""
    return Key(path, "whole", unit, read_whole, optional)


def choice_key(path: str, *choices: str) -> Key[str]:
    """The name of one of the rules that the program knows, so that an old policy stays computable."""
    return Key(path, "choice", "|".join(choices), read_choice(choices))


def numbers_key(
    path: str, unit: str, names: Sequence[str], *, sum_is: int | None = None, most: Decimal | None = None
) -> Key[Mapping[str, Decimal]]:
    """A table with exactly these names, each a number, none above `most`; their sum is `sum_is`, if given."""

    def read_one(value: object) -> Decimal:
        found = read_number(value)
        if most is not None and found > most:
            raise Wrong(Message(N_("a number of at most {most}"), {"most": most}))
        return found

    def read(value: object) -> Mapping[str, Decimal]:
        table = read_table(value, names)
        found = {name: read_at(f".{name}", read_one, table[name]) for name in names}
        if sum_is is not None and sum(found.values()) != sum_is:
            raise Wrong(Message(N_("numbers that add up to {sum}"), {"sum": sum_is}))
        return found

    return Key(path, "table of numbers", unit, read)


def codes_key(path: str, codes: Callable[[], frozenset[str]]) -> Key[tuple[str, ...]]:
    """A list of red flags, by code."""
    return Key(path, "list of codes", "", lambda value: read_codes(value, codes()))


def read_codes(value: object, codes: frozenset[str]) -> tuple[str, ...]:
    """A list of known codes. Errors: Wrong."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Wrong(Message(N_("a list of red flag codes")))
    for place, code in enumerate(value):
        if not isinstance(code, str) or code not in codes:
            raise Wrong(Message(N_("the code of a red flag")), f"[{place}]")
    return tuple(str(code) for code in value)


def text_key(path: str) -> Key[str]:
    """A text for people."""
    return Key(path, "text", "", read_text)


def day_key(path: str) -> Key[date]:
    """A calendar day; may be left out."""
    return Key(path, "date", "", read_day, optional=True)


def read_table(value: object, names: Sequence[str]) -> Mapping[str, object]:
    """A table with exactly these names. Errors: Wrong."""
    if not isinstance(value, Mapping):
        raise Wrong(Message(N_("a table")))
    odd = sorted({str(name) for name in value} ^ set(names))
    if odd:
        raise Wrong(Message(N_("a table with exactly: {names}"), {"names": ", ".join(names)}), f".{odd[0]}")
    return value


def read_entry(value: object, needed: Sequence[str], optional: Sequence[str] = ()) -> Mapping[str, object]:
    """A table with all of the `needed` names and any of the `optional` ones. Errors: Wrong."""
    if not isinstance(value, Mapping):
        raise Wrong(Message(N_("a table")))
    odd = sorted(({str(name) for name in value} - {*needed, *optional}) | (set(needed) - {*value}))
    if odd:
        raise Wrong(Message(N_("a table with: {names}"), {"names": ", ".join((*needed, *optional))}), f".{odd[0]}")
    return value


def read_list(value: object, read: Callable[[object], V_co]) -> tuple[V_co, ...]:
    """A list, each entry read by `read`. Errors: Wrong, with the entry's place."""
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise Wrong(Message(N_("a list")))
    return tuple(read_at(f"[{place}]", read, entry) for place, entry in enumerate(value))


def read_at(place: str, read: Callable[[object], V_co], value: object) -> V_co:
    """What `read` makes of a value that stands at a place below the key. Errors: Wrong, with the place."""
    try:
        return read(value)
    except Wrong as wrong:
        raise Wrong(wrong.needed, f"{place}{wrong.place}") from None


def read_day(value: object) -> date:
    """A calendar day. Errors: Wrong."""
    try:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    except ValueError:
        raise Wrong(Message(N_("a date, YYYY-MM-DD"))) from None


def read_text(value: object) -> str:
    """A text that says something. Errors: Wrong."""
    if isinstance(value, str) and value.strip():
        return value
    raise Wrong(Message(N_("a text")))


def read_choice(choices: Sequence[str]) -> Callable[[object], str]:
    """A reader of one word out of a few."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in choices:
            return value
        raise Wrong(Message(N_("one of: {choices}"), {"choices": ", ".join(choices)}))

    return read
