"""Which photos known here are copies of this one: cut, mirrored, turned, framed or compressed again.

A first net compares 64 bits of every view (distance ≤ 10 of 64, or ≤ 18 where the second look is sure); the
second look compares 256 bits of the views that met. A crop of either picture is compared with the whole of the
other, so a copy is found whichever of the two was taken in first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from officer_app.evidence.fingerprints import (
    CROPS,
    Fingerprint,
    Views,
    all_symmetries,
    is_mirrored,
    is_turned,
    views_of,
)

NET: Final = 10  # of 64 bits: first net
SECOND_LOOK: Final = 80  # of 256 bits: unrelated pictures stand near 128, none below 94 was seen
WIDE_NET: Final = 18  # with a surer second look: a stamped band moves the coarse bits first
SURE_LOOK: Final = 64
_SAME: Final = (2, 24)  # copies that were only compressed or scaled

_BLOCK: Final = 65_536  # rows a pass takes: their words stay in the processor's cache
_FIRST_CAPACITY: Final = 1_024


class Likeness(Enum):
    """How alike two photos are: the same picture, or one made from the other."""

    SAME = "same"
    SIMILAR = "similar"


@dataclass(frozen=True, slots=True)
class Match:
    """A known photo that this one repeats.

    `distance` counts differing bits of 64; `score` is 1 for identical bytes and falls with the second look's
    distance; `turned` is a quarter or half turn, `mirrored` a picture that runs backwards.
    """

    photo_id: str
    likeness: Likeness
    distance: int
    score: Decimal
    identical: bool = False
    mirrored: bool = False
    turned: bool = False


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two views that met: the known row, both distances, how the new picture was turned, whether both are whole."""

    row: int
    fine: int
    coarse: int
    way: int
    whole: bool


class Library:
    """Fingerprints of every photo known here. Grows; one thread at a time."""

    def __init__(self, entries: Iterable[tuple[str, str, Fingerprint]] = ()) -> None:
        """Take photo id, SHA-256 and fingerprint of each photo."""
        self._ids: list[str] = []
        self._by_digest: defaultdict[str, list[int]] = defaultdict(list)
        self._rows = 0
        self._owner = np.zeros(_FIRST_CAPACITY, dtype=np.int64)
        self._coarse = np.zeros((len(CROPS), _FIRST_CAPACITY), dtype=np.uint64)
        self._fine = np.zeros((len(CROPS), _FIRST_CAPACITY, 4), dtype=np.uint64)
        for photo_id, sha256, fingerprint in entries:
            self.add(photo_id, sha256, fingerprint)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, photo_id: str, sha256: str, fingerprint: Fingerprint) -> None:
        """Know one photo more."""
        place = len(self._ids)
        self._ids.append(photo_id)
        self._by_digest[sha256].append(place)
        for row in fingerprint.rows:
            self._make_room()
            views = views_of(row)
            self._coarse[:, self._rows] = views.coarse
            self._fine[:, self._rows] = views.fine
            self._owner[self._rows] = place
            self._rows += 1

    def search(self, sha256: str, fingerprint: Fingerprint) -> tuple[Match, ...]:
        """Every known photo that this one repeats, the likest first, each once."""
        found = {place: _identical(self._ids[place]) for place in self._by_digest.get(sha256, ())}
        for meeting in sorted(self._meetings(fingerprint), key=lambda met: (met.fine, met.coarse, met.way)):
            place = int(self._owner[meeting.row])
            found.setdefault(place, _match(self._ids[place], meeting))
        return tuple(sorted(found.values(), key=lambda match: (-match.score, match.photo_id)))

    def _make_room(self) -> None:
        if self._rows < len(self._owner):
            return
        more = len(self._owner)
        self._owner = np.pad(self._owner, (0, more))
        self._coarse = np.pad(self._coarse, ((0, 0), (0, more)))
        self._fine = np.pad(self._fine, ((0, 0), (0, more), (0, 0)))

    def _meetings(self, fingerprint: Fingerprint) -> Iterator[_Meeting]:
        scratch = (
            np.empty(_BLOCK, dtype=np.uint64),
            np.empty(_BLOCK, dtype=np.uint8),
            np.empty(_BLOCK, dtype=np.uint8),
        )
        for row in fingerprint.rows:
            for way, query in enumerate(all_symmetries(row)):
                caught = [self._caught(query, start, scratch) for start in range(0, self._rows, _BLOCK)]
                rows = np.concatenate(caught) if caught else np.empty(0, dtype=np.int64)
                if rows.size:
                    yield from self._second_look(query, way, rows)

    def _caught(self, query: Views, start: int, scratch: _Scratch) -> NDArray[np.int64]:
        """Rows of a block of which any pair of views is within the net.

        The closest pair is kept per row, so that the costly pass over hits runs once for all pairs.
        """
        end = min(start + _BLOCK, self._rows)
        apart, count, closest = (part[: end - start] for part in scratch)
        closest.fill(WIDE_NET + 1)
        for ours, theirs in _PAIRS:
            np.bitwise_xor(self._coarse[theirs, start:end], query.coarse[ours], out=apart)
            np.bitwise_count(apart, out=count)
            np.minimum(closest, count, out=closest)
        return np.flatnonzero(closest <= WIDE_NET) + start

    def _second_look(self, query: Views, way: int, rows: NDArray[np.int64]) -> Iterator[_Meeting]:
        """The finer distance of every pair of views that met, for the rows that were caught."""
        ours, theirs = np.array(_PAIRS).T
        coarse = np.bitwise_count(self._coarse[theirs[:, None], rows] ^ query.coarse[ours, None])
        pair, at = np.nonzero(coarse <= WIDE_NET)
        fine = np.bitwise_count(self._fine[theirs[pair], rows[at]] ^ query.fine[ours[pair]]).sum(axis=1)
        closer = coarse[pair, at]
        copies = ((closer <= NET) & (fine <= SECOND_LOOK)) | (fine <= SURE_LOOK)
        for hit in np.flatnonzero(copies).tolist():
            whole = _PAIRS[int(pair[hit])] == (0, 0)
            yield _Meeting(int(rows[at[hit]]), int(fine[hit]), int(closer[hit]), way, whole)


_Scratch: TypeAlias = tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.uint8]]
# The whole of one picture against every crop of the other, both ways round.
_PAIRS: Final = tuple((0, crop) for crop in range(len(CROPS))) + tuple((crop, 0) for crop in range(1, len(CROPS)))


def _identical(photo_id: str) -> Match:
    return Match(photo_id, Likeness.SAME, 0, Decimal("1.000"), identical=True)


def _match(photo_id: str, met: _Meeting) -> Match:
    same = met.whole and met.way == 0 and met.coarse <= _SAME[0] and met.fine <= _SAME[1]
    score = (1 - Decimal(met.fine + 1) / 257).quantize(Decimal("0.001"))
    return Match(
        photo_id,
        Likeness.SAME if same else Likeness.SIMILAR,
        met.coarse,
        score,
        mirrored=is_mirrored(met.way),
        turned=is_turned(met.way),
    )
