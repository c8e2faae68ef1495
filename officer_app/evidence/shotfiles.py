"""What the files of shots are read with: each says which entry does not hold what it should."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.toml import read_toml

SCHEMA: Final = 1


def tree_of(data: bytes) -> Mapping[str, object]:
    """The whole file. Errors: SHOT_LIST_WRONG for what is no TOML or of another schema."""
    try:
        tree = read_toml(data.decode())
    except ValueError as error:
        raise wrong(str(error)) from error
    if tree.get("schema") != SCHEMA:
        raise wrong("schema")
    return tree


def named(words: tuple[str, ...], answered: str) -> bool:
    """Whether one of the words stands in what was answered; no words name everybody."""
    folded = answered.casefold()
    return not words or any(word.casefold() in folded for word in words)


def tables(tree: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    """A list of tables. Errors: SHOT_LIST_WRONG."""
    found = tree.get(key)
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise wrong(key)
    return found


def text(table: Mapping[str, object], key: str, place: str) -> str:
    """A text that says something. Errors: SHOT_LIST_WRONG."""
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise wrong(f"{place}.{key}")
    return found


def texts(table: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
    """A list of texts; none where the key is left out. Errors: SHOT_LIST_WRONG."""
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise wrong(f"{place}.{key}")
    return tuple(found)


def only(table: Mapping[str, object], allowed: set[str], place: str) -> None:
    """Nothing but these keys. Errors: SHOT_LIST_WRONG."""
    extra = sorted(set(table) - allowed)
    if extra:
        raise wrong(f"{place}.{extra[0]}".lstrip("."))


def wrong(where: str) -> Fault:
    """The refusal that names the entry."""
    return Fault(Code.SHOT_LIST_WRONG, where=where, entry=where)


def amount(table: Mapping[str, object], key: str, place: str) -> Decimal | None:
    """An amount of money, or None where it is left out. Errors: SHOT_LIST_WRONG."""
    found = table.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | Decimal):
        raise wrong(f"{place}.{key}")
    return Decimal(found)
