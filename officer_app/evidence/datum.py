"""Places on Chinese maps: phones write WGS-84, Amap and Tencent GCJ-02, Baidu BD-09.

The maps shift places by some hundred metres. Unconverted, every honest photo would fail the distance rule.
Floats inside: a centimetre is far below what any phone knows.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from math import atan2, cos, hypot, pi, radians, sin, sqrt
from typing import Final

from officer_app.base.geodesy import distance_km

_AXIS: Final = 6_378_245.0  # Krasovsky 1940, on which the shift is defined
_SQUARED_ECCENTRICITY: Final = 0.006_693_421_622_965_943
_BAIDU: Final = pi * 3000 / 180
_PLACES: Final = Decimal("1e-8")


class Datum(Enum):
    """Which map a coordinate was read from."""

    WGS84 = "wgs84"
    GCJ02 = "gcj02"
    BD09 = "bd09"


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees, north and east positive, on one datum."""

    lat: Decimal
    lon: Decimal
    datum: Datum = Datum.WGS84

    def wgs84(self) -> Point:
        """The same place as phones write it, to 8 decimals (a millimetre)."""
        lat, lon = float(self.lat), float(self.lon)
        match self.datum:
            case Datum.WGS84:
                return self
            case Datum.GCJ02:
                lat, lon = _from_gcj02(lat, lon)
            case Datum.BD09:
                lat, lon = _from_gcj02(*_bd09_to_gcj02(lat, lon))
        return Point(Decimal(lat).quantize(_PLACES), Decimal(lon).quantize(_PLACES))


def metres_between(a: Point, b: Point) -> Decimal:
    """Great-circle distance in metres, each point brought to WGS-84 first."""
    here, there = a.wgs84(), b.wgs84()
    return distance_km(here.lat, here.lon, there.lat, there.lon) * 1000


def to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """A WGS-84 place as Chinese maps show it; places outside the shifted area stay as they are."""
    if not (0.8293 <= lat <= 55.8271 and 72.004 <= lon <= 137.8347):
        return lat, lon
    north, east = _shift(lat - 35.0, lon - 105.0)
    slant = radians(lat)
    flat = 1 - _SQUARED_ECCENTRICITY * sin(slant) ** 2
    metres_north = _AXIS * (1 - _SQUARED_ECCENTRICITY) / (flat * sqrt(flat)) * pi / 180
    metres_east = _AXIS / sqrt(flat) * cos(slant) * pi / 180
    return lat + north / metres_north, lon + east / metres_east


def _shift(y: float, x: float) -> tuple[float, float]:
    """The published shift in metres, north and east, at degrees from 35 N 105 E."""
    shared = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    root = sqrt(abs(x))
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + shared
    north += (20 * sin(y * pi) + 40 * sin(y / 3 * pi)) * 2 / 3
    north += (160 * sin(y / 12 * pi) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + shared
    east += (20 * sin(x * pi) + 40 * sin(x / 3 * pi)) * 2 / 3
    east += (150 * sin(x / 12 * pi) + 300 * sin(x / 30 * pi)) * 2 / 3
    return north, east


def _from_gcj02(lat: float, lon: float) -> tuple[float, float]:
    """The WGS-84 place whose shifted place this is; a first guess and two rounds leave a millimetre."""
    guess_lat, guess_lon = lat, lon
    for _ in range(3):
        shown_lat, shown_lon = to_gcj02(guess_lat, guess_lon)
        guess_lat, guess_lon = guess_lat + lat - shown_lat, guess_lon + lon - shown_lon
    return guess_lat, guess_lon


def _bd09_to_gcj02(lat: float, lon: float) -> tuple[float, float]:
    x, y = lon - 0.0065, lat - 0.006
    far = hypot(x, y) - 0.00002 * sin(y * _BAIDU)
    angle = atan2(y, x) - 0.000003 * cos(x * _BAIDU)
    return far * sin(angle), far * cos(angle)
