"""Which pictures a visit needs, by product, trade and amount: read from a file, never written in Python."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited
from officer_app.base.paths import forms_folder
from officer_app.base.words import N_, Bilingual, Message

SCHEMA: Final = 1
SIZE_LIMIT: Final = 200_000


class PlaceOfShot(StrEnum):
    """Where one stands to take it."""

    SHOP = "shop"
    HOME = "home"
    ELSEWHERE = "elsewhere"


PLACES: Final = {
    PlaceOfShot.SHOP: Message(N_("the premises")),
    PlaceOfShot.HOME: Message(N_("the home")),
    PlaceOfShot.ELSEWHERE: Message(N_("another place")),
}


@dataclass(frozen=True, slots=True)
class Shot:
    """One thing to photograph; `questions` are the names of the picture questions that ask for it."""

    id: str
    place: PlaceOfShot
    questions: tuple[str, ...]
    label: Bilingual


@dataclass(frozen=True, slots=True)
class _Rule:
    products: tuple[str, ...]
    trades: tuple[str, ...]
    amount_from: Decimal | None
    required: frozenset[str]
    wished: frozenset[str]

    def fits(self, product: str, trade: str, amount: Decimal | None) -> bool:
        return (
            _named(self.products, product)
            and _named(self.trades, trade)
            and (self.amount_from is None or (amount is not None and amount >= self.amount_from))
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """A shot of the list for one case."""

    shot: Shot
    required: bool


@dataclass(frozen=True, slots=True)
class ShotList:
    """The whole file."""

    shots: tuple[Shot, ...]
    rules: tuple[_Rule, ...]

    def wanted(self, product: str, trade: str, amount: Decimal | None) -> tuple[Wanted, ...]:
        """What a case needs or would like, in the order of the file. Product and trade as they were answered."""
        fitting = [rule for rule in self.rules if rule.fits(product, trade, amount)]
        required = {name for rule in fitting for name in rule.required}
        wished = {name for rule in fitting for name in rule.wished}
        return tuple(
            Wanted(shot, shot.id in required) for shot in self.shots if shot.id in required or shot.id in wished
        )

    def named(self, shot: str) -> Shot | None:
        """A shot by its id."""
        return next((one for one in self.shots if one.id == shot), None)

    def shot_of(self, question: str) -> Shot | None:
        """What a picture question asks for, by the question's name."""
        return next((shot for shot in self.shots if question in shot.questions), None)


@cache
def shipped_shots() -> ShotList:
    """The lists that come with the program. Errors: SHOT_LIST_WRONG, FILE_MISSING."""
    return read_shots(read_limited(forms_folder() / "shots.toml", SIZE_LIMIT))


def read_shots(data: bytes) -> ShotList:
    """Errors: SHOT_LIST_WRONG with the entry that does not hold what it should."""
    try:
        tree = tomllib.loads(data.decode(), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise _wrong(str(error)) from error
    if tree.get("schema") != SCHEMA:
        raise _wrong("schema")
    shots = tuple(_shot(table, f"shots[{place}]") for place, table in enumerate(_tables(tree, "shots")))
    known = {shot.id for shot in shots}
    if len(known) != len(shots) or not shots:
        raise _wrong("shots")
    rules = tuple(_rule(table, f"lists[{place}]", known) for place, table in enumerate(_tables(tree, "lists")))
    _only(tree, {"schema", "shots", "lists"}, "")
    return ShotList(shots, rules)


def _shot(table: Mapping[str, object], place: str) -> Shot:
    _only(table, {"id", "place", "questions", "zh", "en"}, place)
    name, where = _text(table, "id", place), _text(table, "place", place)
    if where not in set(PlaceOfShot):
        raise _wrong(f"{place}.place")
    label = Bilingual(_text(table, "en", place), _text(table, "zh", place))
    return Shot(name, PlaceOfShot(where), _texts(table, "questions", place), label)


def _rule(table: Mapping[str, object], place: str, known: set[str]) -> _Rule:
    _only(table, {"products", "trades", "amount_from", "required", "wished"}, place)
    required, wished = (frozenset(_texts(table, key, place)) for key in ("required", "wished"))
    if (required | wished) - known:
        raise _wrong(f"{place}: {', '.join(sorted((required | wished) - known))}")
    amount = table.get("amount_from")
    if amount is not None and (isinstance(amount, bool) or not isinstance(amount, int | Decimal)):
        raise _wrong(f"{place}.amount_from")
    return _Rule(
        _texts(table, "products", place),
        _texts(table, "trades", place),
        None if amount is None else Decimal(amount),
        required,
        wished,
    )


def _named(words: tuple[str, ...], answered: str) -> bool:
    """No words name everybody."""
    folded = answered.casefold()
    return not words or any(word.casefold() in folded for word in words)


def _tables(tree: Mapping[str, object], key: str) -> list[Mapping[str, object]]:
    found = tree.get(key)
    if not isinstance(found, list) or not all(isinstance(one, Mapping) for one in found):
        raise _wrong(key)
    return found


def _text(table: Mapping[str, object], key: str, place: str) -> str:
    found = table.get(key)
    if not isinstance(found, str) or not found.strip():
        raise _wrong(f"{place}.{key}")
    return found


def _texts(table: Mapping[str, object], key: str, place: str) -> tuple[str, ...]:
    found = table.get(key, [])
    if not isinstance(found, list) or not all(isinstance(one, str) and one for one in found):
        raise _wrong(f"{place}.{key}")
    return tuple(found)


def _only(table: Mapping[str, object], allowed: set[str], place: str) -> None:
    extra = sorted(set(table) - allowed)
    if extra:
        raise _wrong(f"{place}.{extra[0]}".lstrip("."))


def _wrong(where: str) -> Fault:
    return Fault(Code.SHOT_LIST_WRONG, where=where, entry=where)
