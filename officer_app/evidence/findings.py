"""Rules on what a photo's tags claim, held against its visit. Pure; nothing here calls a photo genuine.

Each rule gives one finding: it matches, it does not match, or the tags cannot tell.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.evidence import editing, neighbours, origin, places, timing
from officer_app.evidence.origin import device_of
from officer_app.evidence.reuse import KnownPhoto, reuse
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import DEFAULTS, Finding, FindingCode, Thresholds, Verdict, is_raised, worst
from officer_app.evidence.visits import Device, DeviceUse, Rule, Shot, VisitContext

__all__ = [
    "DEFAULTS",
    "Device",
    "DeviceUse",
    "Finding",
    "FindingCode",
    "KnownPhoto",
    "PhotoItem",
    "Shot",
    "Thresholds",
    "Verdict",
    "VisitContext",
    "device_of",
    "inspect",
    "is_raised",
    "judge",
    "photo_item",
    "reuse",
    "worst",
]


def judge(tags: Tags, context: VisitContext, thresholds: Thresholds = DEFAULTS) -> tuple[Finding, ...]:
    """What every rule says of one photo, passes included, in a fixed order; some are asked of live pictures alone."""
    rules = (*_RULES, *_RULES_OF_LIVE) if context.live else _RULES
    return tuple(rule(tags, context, thresholds) for rule in rules)


def inspect(tags: Tags, thresholds: Thresholds = DEFAULTS) -> tuple[Finding, ...]:
    """What the tags say on their own, without a visit to hold them against."""
    return (
        origin.tags_present(tags),
        editing.edited(tags),
        places.position(tags),
        timing.clocks(tags, thresholds, zone=None),
    )


_RULES: Final[tuple[Rule, ...]] = (
    origin.tags_rule,
    timing.visit_time,
    timing.clock_of_visit,
    places.position_rule,
    places.distance,
    places.speed,
    places.repeated,
    neighbours.shared_place,
    origin.device,
    editing.edited_rule,
)
_RULES_OF_LIVE: Final[tuple[Rule, ...]] = (timing.laptop_clock,)  # a copied file may have waited for days


@dataclass(frozen=True, slots=True)
class PhotoItem:
    """A photo among a case's facts (`photos.items[]`): place in WGS-84 degrees, reuse across cases."""

    id: str
    lat: Decimal | None
    lon: Decimal | None
    same_file_as_other_case: bool


def photo_item(photo_id: str, tags: Tags, findings: Sequence[Finding]) -> PhotoItem:
    """The facts of one photo, from its tags and its findings."""
    reused = any(
        finding.verdict is Verdict.STOP and finding.code in {FindingCode.SAME_FILE, FindingCode.SIMILAR_PHOTO}
        for finding in findings
    )
    place = places.place_of(tags)
    if place is None or not places.is_possible(place):
        return PhotoItem(photo_id, None, None, reused)
    on_earth = place.wgs84()
    return PhotoItem(photo_id, on_earth.lat, on_earth.lon, reused)
