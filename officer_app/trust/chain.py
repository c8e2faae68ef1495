"""The audit log's hash chain: each entry carries the digest of all before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import Json, digest, encode

GENESIS: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class Link:
    """One entry as stored: its number (from 1, without gaps), what it says, and both digests."""

    number: int
    previous: str
    payload: Json
    digest: str


def link(previous: str, payload: Json) -> str:
    """The digest of an entry that follows `previous`."""
    return digest(encode({"payload": payload, "previous": previous}))


def first_broken(links: Iterable[Link], start: str = GENESIS) -> int | None:
    """The number that the first bad entry should have, or None when the chain holds.

    Sees a changed, missing, doubled or moved entry. Entries cut off at the end leave no trace in the chain
    itself: compare its head with one that was carried elsewhere.
    """
    previous = start
    for number, entry in enumerate(links, start=1):
        whole = entry.number == number and entry.previous == previous
        if not whole or link(previous, entry.payload) != entry.digest:
            return number
        previous = entry.digest
    return None
