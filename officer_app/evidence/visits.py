"""What a photo is held against: its visit, its officer's other shots, the cameras seen before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import TypeAlias

from officer_app.base.clock import CHINA
from officer_app.base.words import Sayable
from officer_app.evidence.datum import Point
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import Finding, Thresholds


@dataclass(frozen=True, slots=True)
class Device:
    """A camera as its tags name it. Without a serial number it is a model, of which there are many."""

    make: str
    model: str
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class DeviceUse:
    """Another officer's latest photo with a device."""

    device: Device
    last_used: datetime


@dataclass(frozen=True, slots=True)
class Shot:
    """Another photo of the same visit, or of the same officer on that day.

    `live_at` is when it was received, if it came straight from its camera; `case` names its case where that is
    another one, as far as the viewer may know it.
    """

    photo_id: str
    tags: Tags
    live_at: datetime | None = None
    case: Sayable | None = None


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A picture of another borrower's place: where and when it claims to be taken, and how its case may be named."""

    photo_id: str
    place: Point
    taken: datetime | None
    case: Sayable


@dataclass(frozen=True, slots=True)
class VisitContext:
    """What a photo is held against; what is None or empty is not known, and its rule cannot tell.

    `shots` are the visit's others, `elsewhere` the same officer's in other cases about that time; `live` tells
    that the photo came straight from its camera; `neighbours` are pictures of other borrowers, those known to belong
    together with this one left out. Moments are aware UTC. `zone` is where a camera time without
    offset is read; `received_at` is ours.
    """

    received_at: datetime
    visit_start: datetime | None = None
    visit_end: datetime | None = None
    applied_at: datetime | None = None
    premises: Point | None = None
    shots: tuple[Shot, ...] = ()
    known_devices: frozenset[Device] = frozenset()
    devices_of_others: tuple[DeviceUse, ...] = ()
    zone: tzinfo = CHINA
    elsewhere: tuple[Shot, ...] = ()
    live: bool = False
    neighbours: tuple[Neighbour, ...] = ()


Rule: TypeAlias = Callable[[Tags, VisitContext, Thresholds], Finding]
