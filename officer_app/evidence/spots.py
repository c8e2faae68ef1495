"""Extra pictures that are drawn when a visit begins: a corner nobody chose, something once more with today's code.

Read from `forms/spots.toml`. The draw goes by the case and by the visit's own number, which does not exist before
the visit does: nobody can foresee it, and whoever has the dossier can do it again. Source: DOMAIN, row 24.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Final

from officer_app.base.files import read_limited
from officer_app.base.paths import forms_folder
from officer_app.base.words import Bilingual
from officer_app.evidence.shotfiles import amount, named, only, tables, text, texts, tree_of, wrong
from officer_app.evidence.shotlists import SIZE_LIMIT, PlaceOfShot, Shot

PREFIX: Final = "drawn_"  # before the id of a spot, where it stands as a shot
_MOST: Final = 10


class SpotKind(StrEnum):
    """A corner nobody chose, or something of the list once more."""

    SPOT = "spot"
    AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Spot:
    """What may be drawn; `shot` is how it stands on the sheet."""

    id: str
    kind: SpotKind
    trades: tuple[str, ...]
    shot: Shot


@dataclass(frozen=True, slots=True)
class _Draw:
    amount_from: Decimal | None
    counts: Mapping[SpotKind, int]

    def fits(self, asked: Decimal | None) -> bool:
        return self.amount_from is None or (asked is not None and asked >= self.amount_from)


@dataclass(frozen=True, slots=True)
class Spots:
    """The whole file; `digest` is the SHA-256 of its bytes, so that a record can say which file was drawn from."""

    spots: tuple[Spot, ...]
    draws: tuple[_Draw, ...]
    digest: str

    def drawn(self, case: str, visit: str, trade: str, asked: Decimal | None) -> tuple[Shot, ...]:
        """What is drawn for a visit: its corners, then what is photographed once more."""
        fitting = [one for one in self.draws if one.fits(asked)]
        fair = sorted((one for one in self.spots if named(one.trades, trade)), key=lambda one: rank(one, case, visit))
        found: list[Shot] = []
        for kind in SpotKind:
            count = max((one.counts[kind] for one in fitting), default=0)
            found += [one.shot for one in fair if one.kind is kind][:count]
        return tuple(found)

    def shot(self, shot_id: str) -> Shot | None:
        """What was drawn, by how it stands on the sheet."""
        return next((one.shot for one in self.spots if one.shot.id == shot_id), None)


def rank(spot: Spot, case: str, visit: str) -> str:
    """Where a line of the file stands in the draw: the smaller, the earlier."""
    return hashlib.sha256(f"{case}/{visit}/{spot.id}".encode()).hexdigest()


@cache
def shipped_spots() -> Spots:
    """The file that comes with the program. Errors: SHOT_LIST_WRONG, FILE_MISSING."""
    return read_spots(read_limited(forms_folder() / "spots.toml", SIZE_LIMIT))


def read_spots(data: bytes) -> Spots:
    """Errors: SHOT_LIST_WRONG with the entry that does not hold what it should."""
    tree = tree_of(data)
    spots = tuple(_spot(table, f"spots[{place}]") for place, table in enumerate(tables(tree, "spots")))
    if len({one.id for one in spots}) != len(spots):
        raise wrong("spots")
    draws = tuple(_draw(table, f"draws[{place}]") for place, table in enumerate(tables(tree, "draws")))
    only(tree, {"schema", "spots", "draws"}, "")
    return Spots(spots, draws, hashlib.sha256(data).hexdigest())


def _spot(table: Mapping[str, object], place: str) -> Spot:
    only(table, {"id", "kind", "place", "trades", "zh", "en"}, place)
    name, kind, where = (text(table, key, place) for key in ("id", "kind", "place"))
    if not _is_among(kind, SpotKind) or not _is_among(where, (PlaceOfShot.SHOP, PlaceOfShot.HOME)):
        raise wrong(f"{place}.kind" if not _is_among(kind, SpotKind) else f"{place}.place")
    words = Bilingual(text(table, "en", place), text(table, "zh", place))
    shot = Shot(f"{PREFIX}{name}", PlaceOfShot(where), (), words)
    return Spot(name, SpotKind(kind), texts(table, "trades", place), shot)


def _draw(table: Mapping[str, object], place: str) -> _Draw:
    only(table, {"amount_from", "spots", "again"}, place)
    counts = {SpotKind.SPOT: _count(table, "spots", place), SpotKind.AGAIN: _count(table, "again", place)}
    return _Draw(amount(table, "amount_from", place), counts)


def _count(table: Mapping[str, object], key: str, place: str) -> int:
    found = table.get(key, 0)
    if isinstance(found, bool) or not isinstance(found, int) or not 0 <= found <= _MOST:
        raise wrong(f"{place}.{key}")
    return found


def _is_among(word: str, words: Iterable[StrEnum]) -> bool:
    return word in {str(one) for one in words}
