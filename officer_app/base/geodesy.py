"""Distances on the earth."""

from __future__ import annotations

from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Final

EARTH_RADIUS_KM: Final = 6371.0088


def distance_km(lat_a: Decimal, lon_a: Decimal, lat_b: Decimal, lon_b: Decimal) -> Decimal:
    """Great circle between two points in degrees (WGS-84), by haversine on a sphere of radius 6371.0088 km.

    Floats inside: a millimetre is far below what any phone knows.
    """
    a, b = radians(float(lat_a)), radians(float(lat_b))
    half_lat, half_lon = (b - a) / 2, radians(float(lon_b) - float(lon_a)) / 2
    chord = sin(half_lat) ** 2 + cos(a) * cos(b) * sin(half_lon) ** 2
    return Decimal(repr(2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))))
