"""Map shifts: published points, both ways, and the distance that would otherwise fail honest photos."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.evidence.datum import Datum, Point, metres_between, to_gcj02

TIANANMEN = (39.90734, 116.39089)  # WGS-84


def test_the_shift_in_beijing_and_shanghai_is_as_published() -> None:
    """About 550 m in Beijing and 481 m in Shanghai."""
    for (lat, lon), metres in ((TIANANMEN, 550), ((31.2304, 121.4737), 481)):
        shown = to_gcj02(lat, lon)
        apart = metres_between(_point(lat, lon), _point(*shown))
        assert abs(apart - metres) < 30, apart


def test_a_published_pair() -> None:
    """WGS-84 31.1774276, 121.5272106 is GCJ-02 31.17530398364597, 121.531541859215 in the libraries' own tests."""
    lat, lon = to_gcj02(31.1774276, 121.5272106)
    assert lat == pytest.approx(31.17530398364597, abs=1e-9)
    assert lon == pytest.approx(121.531541859215, abs=1e-9)


@given(lat=st.floats(19, 50), lon=st.floats(76, 132))
def test_the_way_back_is_exact_to_a_centimetre(lat: float, lon: float) -> None:
    shown = to_gcj02(lat, lon)
    back = Point(Decimal(shown[0]), Decimal(shown[1]), Datum.GCJ02).wgs84()
    assert float(back.lat) == pytest.approx(lat, abs=1e-7)
    assert float(back.lon) == pytest.approx(lon, abs=1e-7)


def test_baidu_comes_back_over_both_shifts() -> None:
    """The forward formula of Baidu's shift, written out here, and back again."""
    from math import atan2, cos, hypot, pi, sin

    gcj_lat, gcj_lon = to_gcj02(*TIANANMEN)
    turn = pi * 3000 / 180
    far = hypot(gcj_lon, gcj_lat) + 0.00002 * sin(gcj_lat * turn)
    angle = atan2(gcj_lat, gcj_lon) + 0.000003 * cos(gcj_lon * turn)
    lat, lon = far * sin(angle) + 0.006, far * cos(angle) + 0.0065
    back = Point(Decimal(lat), Decimal(lon), Datum.BD09)
    assert metres_between(back, _point(*TIANANMEN)) < 1


def test_unconverted_an_honest_photo_would_fail() -> None:
    honest = _point(*TIANANMEN)
    lat, lon = to_gcj02(*TIANANMEN)
    on_the_map = Point(Decimal(lat), Decimal(lon), Datum.GCJ02)
    assert metres_between(honest, on_the_map) < Decimal("0.01")
    assert metres_between(honest, Point(on_the_map.lat, on_the_map.lon)) > 500


def test_places_abroad_are_not_shifted() -> None:
    assert to_gcj02(43.4674, 11.8851) == (43.4674, 11.8851)


def _point(lat: float, lon: float) -> Point:
    return Point(Decimal(str(lat)), Decimal(str(lon)))
