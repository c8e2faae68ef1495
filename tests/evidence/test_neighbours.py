"""One place for two borrowers: nearness asks for a look, a coordinate found again stops, what is far says nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from officer_app.base.words import CHINESE, ENGLISH, Verbatim, say
from officer_app.evidence.datum import Datum, Point, to_gcj02
from officer_app.evidence.findings import Finding, FindingCode, Thresholds, Verdict, VisitContext
from officer_app.evidence.neighbours import shared_place
from officer_app.evidence.tags import NO_TAGS, Tags
from officer_app.evidence.visits import Neighbour

NOON = datetime(2026, 10, 9, 4, 0, tzinfo=UTC)
LAT, LON = Decimal("28.3784000"), Decimal("121.3842000")
METRE = Decimal(1) / Decimal(111_195)
OURS = Tags(satellite_at=NOON, lat=LAT, lon=LON)


def told(north: str, later: timedelta, limits: Thresholds | None = None, ours: Tags = OURS) -> Finding:
    """What is said of a picture, when another borrower's was taken so many metres north and so much later."""
    other = Neighbour("p2", Point(LAT + METRE * Decimal(north), LON), NOON + later, Verbatim("2026-0007 老罗果行"))
    context = VisitContext(received_at=NOON, neighbours=(other,))
    return shared_place(ours, context, limits or Thresholds())


@pytest.mark.parametrize(
    ("north", "minutes", "verdict"),
    [
        ("30", 0, Verdict.PASS),
        ("5.5", 0, Verdict.PASS),
        ("4", 600, Verdict.LOOK_CLOSER),
        ("0", 3, Verdict.LOOK_CLOSER),  # carried next door, the phone wrote its last fix
        ("0", 16, Verdict.STOP),
        ("0", -16, Verdict.STOP),
        ("0", 60 * 24 * 30, Verdict.STOP),
    ],
)
def test_how_near_and_how_long_after(north: str, minutes: int, verdict: Verdict) -> None:
    assert told(north, timedelta(minutes=minutes)).verdict is verdict


def test_it_names_the_other_case_and_the_distance() -> None:
    near, again = told("4", timedelta()), told("0", timedelta(days=2))
    assert near.other_photo == again.other_photo == "p2"
    assert say(near.sentence, ENGLISH).startswith("4 m from a photo of 2026-0007 老罗果行, another borrower")
    assert say(again.sentence, CHINESE) == "与另一借款人“2026-0007 老罗果行”的照片坐标完全相同，不符。"


def test_the_policy_sets_how_near_and_how_long() -> None:
    wide = Thresholds(neighbour_m=Decimal(50), fixed=timedelta(minutes=90))
    assert told("40", timedelta(), wide).verdict is Verdict.LOOK_CLOSER
    assert told("0", timedelta(minutes=60), wide).verdict is Verdict.LOOK_CLOSER


def test_a_place_from_a_chinese_map_is_converted_first() -> None:
    lat, lon = to_gcj02(float(LAT), float(LON))
    ours = replace(OURS, lat=Decimal(repr(lat)), lon=Decimal(repr(lon)), datum=Datum.GCJ02)
    assert told("0", timedelta(), ours=ours).verdict is Verdict.LOOK_CLOSER
    assert told("400", timedelta(), ours=ours).verdict is Verdict.PASS


def test_without_a_place_nobody_can_tell() -> None:
    found = told("0", timedelta(), ours=NO_TAGS)
    assert (found.code, found.verdict) == (FindingCode.SHARED_PLACE, Verdict.CANNOT_TELL)


def test_the_gravest_neighbour_speaks() -> None:
    nearer = Neighbour("near", Point(LAT + METRE, LON), NOON, Verbatim("甲"))
    same = Neighbour("same", Point(LAT, LON), NOON - timedelta(days=1), Verbatim("乙"))
    context = VisitContext(received_at=NOON, neighbours=(nearer, same))
    assert shared_place(OURS, context, Thresholds()).other_photo == "same"
