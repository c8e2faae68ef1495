"""A folder's photos held against each other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from officer_app.evidence.fingerprints import Fingerprint
from officer_app.evidence.search import Library, Likeness


@dataclass(frozen=True, slots=True)
class Pair:
    """Two photos suspected to be one: names in order, score 1 for identical bytes."""

    a: str
    b: str
    score: Decimal
    verdict: Likeness
    mirrored: bool


def suspected_pairs(photos: Iterable[tuple[str, str, Fingerprint]]) -> tuple[Pair, ...]:
    """Every suspected reuse among photos given as name, SHA-256 and fingerprint; sorted, a before b."""
    library, found = Library(), []
    for name, sha256, fingerprint in photos:
        for match in library.search(sha256, fingerprint):
            a, b = sorted((name, match.photo_id))
            found.append(Pair(a, b, match.score, match.likeness, match.mirrored))
        library.add(name, sha256, fingerprint)
    return tuple(sorted(found, key=lambda pair: (pair.a, pair.b)))
