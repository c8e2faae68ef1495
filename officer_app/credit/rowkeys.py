"""Keys of the policy that hold a list of rows: lanes, tiers, conditions; read strictly, column by column."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, TypeVar

from officer_app.base.words import N_, Message
from officer_app.credit.keys import Key, Wrong, read_codes, read_number, read_whole

R = TypeVar("R")

REQUIRED: Final = object()
_MOST: Final = 200
_LONGEST: Final = 400


@dataclass(frozen=True, slots=True)
class Column:
    """One column of such a list: how its value is read, and what stands where a row leaves it out."""

    read: Callable[[object], object]
    otherwise: object = REQUIRED


def rows_key(path: str, columns: Mapping[str, Column], make: Callable[..., R]) -> Key[tuple[R, ...]]:
    """An optional list of rows; each becomes `make(column=value, …)`. Older policies lack it."""
    return Key(path, "list of rows", "", lambda value: _rows(value, columns, make), optional=True)


def row_key(path: str, columns: Mapping[str, Column], make: Callable[..., R]) -> Key[R]:
    """One optional table with such columns."""
    return Key(path, "row", "", lambda value: _row(value, columns, make, ""), optional=True)


def _rows(value: object, columns: Mapping[str, Column], make: Callable[..., R]) -> tuple[R, ...]:
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence) or not 0 < len(value) <= _MOST:
        raise Wrong(Message(N_("a list of one to {most} rows"), {"most": _MOST}))
    return tuple(_row(row, columns, make, f"[{place}]") for place, row in enumerate(value))


def _row(value: object, columns: Mapping[str, Column], make: Callable[..., R], place: str) -> R:
    if not isinstance(value, Mapping):
        raise Wrong(Message(N_("a table")), place)
    lacking = [name for name, column in columns.items() if column.otherwise is REQUIRED and name not in value]
    odd = [str(name) for name in value if name not in columns] + lacking
    if odd:
        raise Wrong(
            Message(N_("a row with the columns: {names}"), {"names": ", ".join(columns)}), f"{place}.{odd[0]}"
        )
    told = {name: _cell(column, value[name], f"{place}.{name}") for name, column in columns.items() if name in value}
    left = {name: column.otherwise for name, column in columns.items() if name not in value}
    return make(**told, **left)


def _cell(column: Column, value: object, place: str) -> object:
    try:
        return column.read(value)
    except Wrong as wrong:
        raise Wrong(wrong.needed, place + wrong.place) from None


def money(value: object) -> Decimal:
    """An amount in yuan. Errors: Wrong."""
    return read_number(value)


def whole(value: object) -> int:
    """A whole number. Errors: Wrong."""
    return int(read_whole(value))


def text(value: object) -> str:
    """A short text for people, or a name. Errors: Wrong."""
    if isinstance(value, str) and value.strip() and len(value) <= _LONGEST:
        return value
    raise Wrong(Message(N_("a text")))


def texts(value: object) -> tuple[str, ...]:
    """A list of short texts. Errors: Wrong."""
    if isinstance(value, (str, Mapping)) or not isinstance(value, Sequence):
        raise Wrong(Message(N_("a list of texts")))
    return tuple(text(one) for one in value)


def truth(value: object) -> bool:
    """True or false. Errors: Wrong."""
    if value in (True, "true", "True"):
        return True
    if value in (False, "false", "False"):
        return False
    raise Wrong(Message(N_("true or false")))


def one_of(*names: str) -> Callable[[object], str]:
    """A reader of one of these names."""

    def read(value: object) -> str:
        if isinstance(value, str) and value in names:
            return value
        raise Wrong(Message(N_("one of: {choices}"), {"choices": ", ".join(names)}))

    return read


def some_of(*names: str) -> Callable[[object], tuple[str, ...]]:
    """A reader of a list of these names."""
    read_one = one_of(*names)
    return lambda value: tuple(read_one(one) for one in texts(value))


def codes(known: Callable[[], frozenset[str]]) -> Callable[[object], tuple[str, ...]]:
    """A reader of red flag codes; the list of those known is asked for when a policy is read."""
    return lambda value: read_codes(value, known())
