"""Head office's lists of people, as they travel down: keyed hashes with a list, a reason and a time, no names.

The pack brings its own key. It is sealed for the institution's people like every pack, and a hash without the key
cannot be turned back into a number by trying them all.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Final

from officer_app.base.canonical import Json, decode, encode
from officer_app.base.errors import Code, Fault

_FORMAT: Final = "firsthand/people/1"
_LARGEST: Final = 64_000_000
_MOST: Final = 500_000
_KEY_BYTES: Final = 32
_HASH_DIGITS: Final = 64
_LONGEST: Final = 200
LISTS: Final = frozenset({"black", "grey", "staff", "good_payer"})


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """One entry: keyed hash of `kind:number`, on which list, why, from when, until when."""

    kind: str
    hash: str
    list: str
    reason: str
    since: date | None
    until: date | None

    def holds_on(self, day: date) -> bool:
        """Whether the entry is in force on a day, its last one included."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class PeopleList:
    """The key of the hashes, and the entries."""

    key: bytes
    entries: tuple[ListedNumber, ...]

    @cached_property
    def by_hash(self) -> Mapping[str, tuple[ListedNumber, ...]]:
        """The entries of each hash."""
        found: dict[str, list[ListedNumber]] = {}
        for entry in self.entries:
            found.setdefault(entry.hash, []).append(entry)
        return {number: tuple(entries) for number, entries in found.items()}


def to_bytes(people: PeopleList) -> bytes:
    """The pack's content, canonical."""
    return encode(
        {
            "format": _FORMAT,
            "key": people.key.hex(),
            "entries": [
                {
                    "kind": entry.kind,
                    "hash": entry.hash,
                    "list": entry.list,
                    "reason": entry.reason,
                    "since": entry.since.isoformat() if entry.since else None,
                    "until": entry.until.isoformat() if entry.until else None,
                }
                for entry in people.entries
            ],
        }
    )


def parse(data: bytes) -> PeopleList:
    """Read a pack's content. Errors: PACK_BROKEN with the place."""
    if len(data) > _LARGEST:
        raise _broken("size")
    try:
        told = decode(data)
    except ValueError as error:
        raise _broken("json") from error
    if not isinstance(told, Mapping) or told.get("format") != _FORMAT:
        raise _broken("format")
    entries = told.get("entries")
    if not isinstance(entries, list) or len(entries) > _MOST:
        raise _broken("entries")
    return PeopleList(_key(told.get("key")), tuple(_entry(one, place) for place, one in enumerate(entries)))


def _key(value: Json) -> bytes:
    try:
        key = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError as error:
        raise _broken("key") from error
    if len(key) != _KEY_BYTES:
        raise _broken("key")
    return key


def _entry(told: Json, place: int) -> ListedNumber:
    where = f"entries[{place}]"
    if not isinstance(told, Mapping):
        raise _broken(where)
    kind, number, listed, reason = (_text(told, name, where) for name in ("kind", "hash", "list", "reason"))
    if listed not in LISTS or len(number) != _HASH_DIGITS or set(number) - set("0123456789abcdef"):
        raise _broken(where)
    return ListedNumber(kind, number, listed, reason, _day(told.get("since"), where), _day(told.get("until"), where))


def _text(told: Mapping[str, Json], name: str, where: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise _broken(f"{where}.{name}")
    return value


def _day(value: Json, where: str) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise _broken(where) from error


def _broken(where: str) -> Fault:
    return Fault(Code.PACK_BROKEN, where=where, place=where)
