"""Which pictures a visit needs, by product, trade and amount: read from a file, never written in Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from officer_app.base.files import read_limited
from officer_app.base.paths import forms_folder
from officer_app.base.words import N_, Bilingual, Message
from officer_app.evidence.shotfiles import amount, named, only, tables, text, texts, tree_of, wrong

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
    """One thing to photograph; `questions` are the names of the picture questions that ask for it.

    `again` is set for what stays where it is, so that a later visit can find it again.
    """

    id: str
    place: PlaceOfShot
    questions: tuple[str, ...]
    label: Bilingual
    again: bool = False


@dataclass(frozen=True, slots=True)
class _Rule:
    products: tuple[str, ...]
    trades: tuple[str, ...]
    amount_from: Decimal | None
    required: frozenset[str]
    wished: frozenset[str]

    def fits(self, product: str, trade: str, amount: Decimal | None) -> bool:
        return (
            named(self.products, product)
            and named(self.trades, trade)
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
    tree = tree_of(data)
    shots = tuple(_shot(table, f"shots[{place}]") for place, table in enumerate(tables(tree, "shots")))
    known = {shot.id for shot in shots}
    if len(known) != len(shots) or not shots:
        raise wrong("shots")
    rules = tuple(_rule(table, f"lists[{place}]", known) for place, table in enumerate(tables(tree, "lists")))
    only(tree, {"schema", "shots", "lists"}, "")
    return ShotList(shots, rules)


def _shot(table: Mapping[str, object], place: str) -> Shot:
    only(table, {"id", "place", "questions", "again", "zh", "en"}, place)
    name, where = text(table, "id", place), text(table, "place", place)
    if where not in set(PlaceOfShot):
        raise wrong(f"{place}.place")
    label = Bilingual(text(table, "en", place), text(table, "zh", place))
    again = table.get("again", False)
    if not isinstance(again, bool):
        raise wrong(f"{place}.again")
    return Shot(name, PlaceOfShot(where), texts(table, "questions", place), label, again)


def _rule(table: Mapping[str, object], place: str, known: set[str]) -> _Rule:
    only(table, {"products", "trades", "amount_from", "required", "wished"}, place)
    required, wished = (frozenset(texts(table, key, place)) for key in ("required", "wished"))
    if (required | wished) - known:
        raise wrong(f"{place}: {', '.join(sorted((required | wished) - known))}")
    return _Rule(
        texts(table, "products", place),
        texts(table, "trades", place),
        amount(table, "amount_from", place),
        required,
        wished,
    )
