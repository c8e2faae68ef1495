"""Which photos known here are copies of this one: cut, mirrored, turned, framed or compressed again.

A first net compares 64 bits of every view (distance ≤ 10 of 64, or ≤ 18 where the second look is sure); the
second look compares 256 bits of the views that met. A crop of either picture is compared with the whole of the
other, so a copy is found whichever of the two was taken in first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from officer_app.evidence.fingerprints import Fingerprint

if TYPE_CHECKING:
    from officer_app.evidence.index import Index, Meeting

_SAME: Final = (2, 24)  # bits of 64 and of 256: copies that were only compressed or scaled


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


class Library:
    """Fingerprints of every photo known here. Grows; one thread at a time."""

    def __init__(self, entries: Iterable[tuple[str, str, Fingerprint]] = ()) -> None:
        """Take photo id, SHA-256 and fingerprint of each photo."""
        self._ids: list[str] = []
        self._by_digest: defaultdict[str, list[int]] = defaultdict(list)
        self._index: Index | None = None
        for photo_id, sha256, fingerprint in entries:
            self.add(photo_id, sha256, fingerprint)

    def __len__(self) -> int:
        return len(self._ids)

    def add(self, photo_id: str, sha256: str, fingerprint: Fingerprint) -> None:
        """Know one photo more."""
        place = len(self._ids)
        self._ids.append(photo_id)
        self._by_digest[sha256].append(place)
        if not fingerprint.blank:
            if self._index is None:
                from officer_app.evidence.index import Index

                self._index = Index()
            self._index.add(place, fingerprint)

    def search(self, sha256: str, fingerprint: Fingerprint) -> tuple[Match, ...]:
        """Every known photo that this one repeats, the likest first, each once."""
        found = {place: _identical(self._ids[place]) for place in self._by_digest.get(sha256, ())}
        meetings = self._index.meetings(fingerprint) if self._index is not None else ()
        for meeting in sorted(meetings, key=lambda met: (met.fine, met.coarse, met.mirrored, met.turned)):
            found.setdefault(meeting.owner, _match(self._ids[meeting.owner], meeting))
        return tuple(sorted(found.values(), key=lambda match: (-match.score, match.photo_id)))


def _identical(photo_id: str) -> Match:
    return Match(photo_id, Likeness.SAME, 0, Decimal("1.000"), identical=True)


def _match(photo_id: str, met: Meeting) -> Match:
    same = met.whole and not met.mirrored and not met.turned and met.coarse <= _SAME[0] and met.fine <= _SAME[1]
    score = (1 - Decimal(met.fine + 1) / 257).quantize(Decimal("0.001"))
    return Match(
        photo_id,
        Likeness.SAME if same else Likeness.SIMILAR,
        met.coarse,
        score,
        mirrored=met.mirrored,
        turned=met.turned,
    )
