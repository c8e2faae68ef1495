"""The way between pictures: order by time, honest speeds pass, and only what nobody travels stops."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from officer_app.evidence.datum import Point
from officer_app.evidence.verdicts import Thresholds, Verdict
from officer_app.evidence.ways import Sighting, ways

START = datetime(2026, 10, 9, 1, 0, tzinfo=UTC)
METRE = Decimal(1) / Decimal("111194.93")


def seen(photo: str, minute: float, north: int | None) -> Sighting:
    place = None if north is None else Point(Decimal(28) + METRE * north, Decimal(121))
    return Sighting(photo, START + timedelta(minutes=minute), place)


def test_ways_follow_time_and_pass_over_what_tells_no_place() -> None:
    found = ways([seen("c", 30, 3000), seen("a", 0, 0), seen("b", 10, None)], Thresholds())
    assert [(way.start, way.end, way.seconds) for way in found] == [("a", "c", 1800)]
    assert found[0].metres == Decimal("3000.0")
    assert found[0].kmh == Decimal("6.0")
    assert found[0].verdict is Verdict.PASS


def test_only_what_nobody_travels_stops() -> None:
    """120 km/h over an hour less the 200 m that a phone's place jumps by itself."""
    assert ways([seen("a", 0, 0), seen("b", 60, 120_150)], Thresholds())[0].verdict is Verdict.PASS
    assert ways([seen("a", 0, 0), seen("b", 60, 120_300)], Thresholds())[0].verdict is Verdict.STOP
    slow = Thresholds(speed_kmh=Decimal(60))
    assert ways([seen("a", 0, 0), seen("b", 60, 61_000)], slow)[0].verdict is Verdict.STOP


def test_a_phones_jump_within_a_second_is_no_speed() -> None:
    assert ways([seen("a", 0, 0), seen("b", 0, 190)], Thresholds())[0].verdict is Verdict.PASS


def test_an_impossible_place_is_no_place() -> None:
    nowhere = Sighting("n", START, Point(Decimal(0), Decimal(0)))
    assert ways([nowhere, seen("b", 1, 0)], Thresholds()) == ()
