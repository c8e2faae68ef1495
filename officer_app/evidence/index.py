"""All views of all known photos side by side, gone through in a few passes over machine words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from officer_app.evidence.fingerprints import CROPS, Fingerprint
from officer_app.evidence.views import Views, all_symmetries, is_mirrored, is_turned, views_of

NET: Final = 10  # of 64 bits: first net
SECOND_LOOK: Final = 80  # of 256 bits: unrelated pictures stand near 128, none below 94 was seen
WIDE_NET: Final = 18  # with a surer second look: a stamped band moves the coarse bits first
SURE_LOOK: Final = 64

_BLOCK: Final = 65_536  # rows a pass takes: the scratch stays in the processor's cache
_FIRST_CAPACITY: Final = 1_024


@dataclass(frozen=True, slots=True)
class Meeting:
    """Two views that met: whose photo, both distances, how the new picture stands to it, whether both are whole."""

    owner: int
    fine: int
    coarse: int
    mirrored: bool
    turned: bool
    whole: bool


class Index:
    """Rows of views, each owned by a photo's number. Grows by doubling."""

    def __init__(self) -> None:
        self._rows = 0
        self._owner = np.zeros(_FIRST_CAPACITY, dtype=np.int64)
        self._coarse = np.zeros((len(CROPS), _FIRST_CAPACITY), dtype=np.uint64)
        self._fine = np.zeros((len(CROPS), _FIRST_CAPACITY, 4), dtype=np.uint64)

    def add(self, owner: int, fingerprint: Fingerprint) -> None:
        """Put the rows of a photo in."""
        for row in fingerprint.rows:
            self._make_room()
            views = views_of(row)
            self._coarse[:, self._rows] = views.coarse
            self._fine[:, self._rows] = views.fine
            self._owner[self._rows] = owner
            self._rows += 1

    def _make_room(self) -> None:
        if self._rows < len(self._owner):
            return
        more = len(self._owner)
        self._owner = np.pad(self._owner, (0, more))
        self._coarse = np.pad(self._coarse, ((0, 0), (0, more)))
        self._fine = np.pad(self._fine, ((0, 0), (0, more), (0, 0)))

    def meetings(self, fingerprint: Fingerprint) -> Iterator[Meeting]:
        """Every pair of views within the net and the second look, in no order."""
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

    def _second_look(self, query: Views, way: int, rows: NDArray[np.int64]) -> Iterator[Meeting]:
        """The finer distance of every pair of views that met, for the rows that were caught."""
        ours, theirs = np.array(_PAIRS).T
        coarse = np.bitwise_count(self._coarse[theirs[:, None], rows] ^ query.coarse[ours, None])
        pair, at = np.nonzero(coarse <= WIDE_NET)
        fine = np.bitwise_count(self._fine[theirs[pair], rows[at]] ^ query.fine[ours[pair]]).sum(axis=1)
        closer = coarse[pair, at]
        copies = ((closer <= NET) & (fine <= SECOND_LOOK)) | (fine <= SURE_LOOK)
        for hit in np.flatnonzero(copies).tolist():
            whole = _PAIRS[int(pair[hit])] == (0, 0)
            owner = int(self._owner[rows[at[hit]]])
            yield Meeting(owner, int(fine[hit]), int(closer[hit]), is_mirrored(way), is_turned(way), whole)


_Scratch: TypeAlias = tuple[NDArray[np.uint64], NDArray[np.uint8], NDArray[np.uint8]]
# The whole of one picture against every crop of the other, both ways round.
_PAIRS: Final = tuple((0, crop) for crop in range(len(CROPS))) + tuple((crop, 0) for crop in range(1, len(CROPS)))
