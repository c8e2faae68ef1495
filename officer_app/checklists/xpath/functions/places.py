"""Places: length and area of traces, on a sphere of radius 6,378,100 m, as ODK reckons them."""

from __future__ import annotations

from itertools import pairwise
from math import asin, cos, inf, isfinite, nan, radians, sin, sqrt
from typing import Final, TypeAlias

from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.functions.registry import eager
from officer_app.checklists.xpath.values import Value, plain_number, to_text

Point: TypeAlias = tuple[float, float]
# Source: JavaRosa's GeoUtils and openrosa-xpath-evaluator use the equatorial radius.
EARTH_RADIUS_M: Final = 6_378_100.0


@eager("area", 1)
def _area(_context: Context, value: Value) -> float:
    points = _points((value,))
    return nan if points is None else _enclosed(points)


@eager("distance", 1, inf)
def _distance(_context: Context, *values: Value) -> float:
    points = _points(values)
    if points is None:
        return nan
    total = sum(_apart(one, other) for one, other in pairwise(points))
    return round(total * 100) / 100


@eager("geofence", 2)
def _geofence(_context: Context, point: Value, shape: Value) -> bool:
    inside, corners = _points((point,)), _points((shape,))
    if not inside or not corners:
        return False
    return _contains(corners, inside[0])


def _points(values: tuple[Value, ...]) -> list[Point] | None:
    """All points of traces, shapes and node-sets in order; None when a text is no place."""
    points: list[Point] = []
    for value in values:
        texts = [node.text() for node in value] if isinstance(value, list) else [to_text(value)]
        for text in texts:
            for part in text.split(";"):
                if part.strip():
                    point = _point(part)
                    if point is None:
                        return None
                    points.append(point)
    return points


def _point(text: str) -> Point | None:
    words = text.split()
    numbers = [plain_number(word) for word in words]
    if not 2 <= len(words) <= 4 or not all(isfinite(number) for number in numbers):
        return None
    latitude, longitude = numbers[0], numbers[1]
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _apart(one: Point, other: Point) -> float:
    """Metres between two points (haversine)."""
    lat_a, lat_b = radians(one[0]), radians(other[0])
    half_lat, half_lon = (lat_b - lat_a) / 2, radians(other[1] - one[1]) / 2
    chord = sin(half_lat) ** 2 + cos(lat_a) * cos(lat_b) * sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_M * asin(min(1.0, sqrt(chord)))


def _enclosed(points: list[Point]) -> float:
    """Square metres inside a ring."""
    if len(points) < 3:
        return 0.0
    ring = [*points, points[0]]
    total = 0.0
    for (lat_a, lon_a), (lat_b, lon_b) in pairwise(ring):
        total += radians(lon_b - lon_a) * (2 + sin(radians(lat_a)) + sin(radians(lat_b)))
    return round(abs(total * EARTH_RADIUS_M**2 / 2) * 100) / 100


def _contains(corners: list[Point], point: Point) -> bool:
    """Whether a ray from the point crosses the ring an odd number of times."""
    lat, lon = point
    inside = False
    for (lat_a, lon_a), (lat_b, lon_b) in zip(corners, corners[1:] + corners[:1], strict=True):
        if (lon_a > lon) != (lon_b > lon) and lat < (lat_b - lat_a) * (lon - lon_a) / (lon_b - lon_a) + lat_a:
            inside = not inside
    return inside
