"""Where pictures were taken: what a sketch of a visit or of a day is drawn from, and the flat map it lies on.

There are no tiles: metres to the east and to the north of the middle are enough to see what is near and what is not.
Places are WGS-84 degrees; whoever gathers them has converted them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from math import cos, floor, log10, radians
from typing import Final

from officer_app.base.geodesy import EARTH_RADIUS_KM
from officer_app.base.words import Sayable

_METRES_PER_DEGREE: Final = EARTH_RADIUS_KM * 1000 * 0.017453292519943295
_LEAST_SIDE_M: Final = 60.0  # a shop alone fills the sketch, its phone's doubt does not
_STEPS: Final = (1.0, 2.0, 5.0)


@dataclass(frozen=True, slots=True)
class Spot:
    """One picture, numbered in the order of time; `lat` and `lon` are None where it tells no place.

    `named` is False for a case that the viewer may not know: a point and a time remain of it. `odd` marks what does
    not match. `accuracy_m` is the phone's own doubt. `source` is what a click leads to.
    """

    number: int
    at: datetime
    lat: float | None
    lon: float | None
    accuracy_m: float = 0.0
    named: bool = True
    odd: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Leg:
    """The way from one picture to the next that tells a place, by their numbers; km/h over the whole of it."""

    start: int
    end: int
    metres: float
    kmh: float
    odd: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """Where premises are said to be."""

    lat: float
    lon: float
    words: Sayable


@dataclass(frozen=True, slots=True)
class Window:
    """A visit, from its beginning to its end."""

    start: datetime
    end: datetime
    words: Sayable
    named: bool = True


@dataclass(frozen=True, slots=True)
class Jump:
    """A picture whose camera clock stands so many minutes away from another clock."""

    number: int
    at: datetime
    minutes: int


@dataclass(frozen=True, slots=True)
class Ground:
    """Everything a sketch shows; `near_m` is how far from an address a picture may be taken."""

    spots: tuple[Spot, ...]
    legs: tuple[Leg, ...] = ()
    addresses: tuple[Address, ...] = ()
    windows: tuple[Window, ...] = ()
    jumps: tuple[Jump, ...] = ()
    near_m: float = 0.0

    @property
    def placed(self) -> tuple[Spot, ...]:
        """The pictures that tell a place."""
        return tuple(spot for spot in self.spots if spot.lat is not None and spot.lon is not None)


def renumbered(ground: Ground, numbers: Mapping[int, int]) -> Ground:
    """The same with other numbers on its pictures. Errors: KeyError for a number that has no other."""
    return replace(
        ground,
        spots=tuple(replace(spot, number=numbers[spot.number]) for spot in ground.spots),
        legs=tuple(replace(leg, start=numbers[leg.start], end=numbers[leg.end]) for leg in ground.legs),
        jumps=tuple(replace(jump, number=numbers[jump.number]) for jump in ground.jumps),
    )


@dataclass(frozen=True, slots=True)
class Flat:
    """A piece of the earth laid upon a rectangle: north is up, one scale for both ways.

    `lat` and `lon` are where the plane touches; `x` and `y` are where that place lies in the drawing.
    """

    lat: float
    lon: float
    x: float
    y: float
    per_metre: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """Where a place lies in the drawing."""
        east, north = _metres(lat, lon, self.lat, self.lon)
        return self.x + east * self.per_metre, self.y - north * self.per_metre


def flat(ground: Ground, left: float, top: float, width: float, height: float) -> Flat | None:
    """The map that takes in every picture with its doubt and every address. None where nothing tells a place."""
    places = [(spot.lat, spot.lon, spot.accuracy_m) for spot in ground.placed]
    known = [(lat, lon, doubt) for lat, lon, doubt in places if lat is not None and lon is not None]
    if not known:
        return None
    known += [(one.lat, one.lon, 0.0) for one in ground.addresses]
    lat, lon = known[0][0], known[0][1]
    flats = [(*_metres(one_lat, one_lon, lat, lon), doubt) for one_lat, one_lon, doubt in known]
    west, east = _ends((x, doubt) for x, _, doubt in flats)
    south, north = _ends((y, doubt) for _, y, doubt in flats)
    per_metre = min(width / max(east - west, _LEAST_SIDE_M), height / max(north - south, _LEAST_SIDE_M))
    x = left + width / 2 - (west + east) / 2 * per_metre
    y = top + height / 2 + (south + north) / 2 * per_metre
    return Flat(lat, lon, x, y, per_metre)


def grid_step(per_metre: float, least: float) -> float:
    """Metres from one line of the grid to the next: a round number, at least `least` apart in the drawing."""
    wanted = least / per_metre
    power: float = 10.0 ** floor(log10(wanted))
    return next((step * power for step in _STEPS if step * power >= wanted), 10 * power)


def _ends(told: Iterable[tuple[float, float]]) -> tuple[float, float]:
    spans = [(value - doubt, value + doubt) for value, doubt in told]
    return min(low for low, _ in spans), max(high for _, high in spans)


def _metres(lat: float, lon: float, from_lat: float, from_lon: float) -> tuple[float, float]:
    """East and north, on the plane that touches the earth there; across 180° the short way round."""
    across = (lon - from_lon + 180.0) % 360.0 - 180.0
    return across * _METRES_PER_DEGREE * _shrink(from_lat), (lat - from_lat) * _METRES_PER_DEGREE


def _shrink(lat: float) -> float:
    return max(cos(radians(lat)), 0.01)
