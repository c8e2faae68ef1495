"""The way between pictures that follow one another: how far, how long, and whether anybody travels so fast. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import pairwise
from typing import Final

from officer_app.evidence.datum import Point, metres_between
from officer_app.evidence.places import is_possible, speed_of
from officer_app.evidence.verdicts import Thresholds, Verdict

_NOBODY_SAYS: Final = 1  # seconds below which two pictures tell no speed


@dataclass(frozen=True, slots=True)
class Sighting:
    """Where and when one picture claims to be taken; `at` is aware."""

    photo: str
    at: datetime
    place: Point | None


@dataclass(frozen=True, slots=True)
class Way:
    """From one picture to the next that tells a place: metres, seconds, km/h beyond the phone's own jumps.

    `kmh` is the plain speed over the whole way; the verdict goes by the policy's speed, less what a place jumps.
    """

    start: str
    end: str
    metres: Decimal
    seconds: int
    kmh: Decimal
    verdict: Verdict


def ways(sightings: Sequence[Sighting], thresholds: Thresholds) -> tuple[Way, ...]:
    """The ways in the order of time; pictures without a place are passed over."""
    placed = [
        (one, one.place)
        for one in sorted(sightings, key=lambda each: (each.at, each.photo))
        if one.place is not None and is_possible(one.place)
    ]
    found = []
    for (start, here), (end, there) in pairwise(placed):
        metres = metres_between(here, there).quantize(Decimal("0.1"))
        seconds = int((end.at - start.at).total_seconds())
        impossible = speed_of(metres, seconds, thresholds) > thresholds.speed_kmh
        kmh = (metres / max(seconds, _NOBODY_SAYS) * Decimal("3.6")).quantize(Decimal("0.1"))
        verdict = Verdict.STOP if impossible else Verdict.PASS
        found.append(Way(start.photo, end.photo, metres, seconds, kmh, verdict))
    return tuple(found)
