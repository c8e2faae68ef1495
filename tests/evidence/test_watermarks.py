"""What a watermark claims against visit, camera and premises: matches, does not match, cannot tell; never more."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import pytest

from officer_app.base.words import CHINESE, ENGLISH, say
from officer_app.evidence.datum import Datum, Point, to_gcj02
from officer_app.evidence.reading.watermark import Watermark
from officer_app.evidence.tags import Tags
from officer_app.evidence.verdicts import DEFAULTS, Finding, FindingCode, Verdict
from officer_app.evidence.visits import VisitContext
from officer_app.evidence.watermarks import judge_watermark

BEGUN = datetime(2026, 10, 8, 7, 0, tzinfo=UTC)  # 15:00 in China
SHOP = Point(Decimal("29.563010"), Decimal("106.551557"), Datum.WGS84)
VISIT = VisitContext(received_at=BEGUN + timedelta(hours=1), visit_start=BEGUN, premises=SHOP)
DAY = date(2026, 10, 8)
ADDRESS = "样例市青石街道桥头路18号"


def judged(
    told: Watermark, tags: Tags | None = None, visit: VisitContext = VISIT, address: str = ""
) -> dict[str, Finding]:
    found = judge_watermark(told, tags or Tags(), visit, DEFAULTS, address)
    for one in found:
        for language in (ENGLISH, CHINESE):
            assert "proof" not in say(one.sentence, language)
            assert "genuine" not in say(one.sentence, language)
    return {one.code.value: one for one in found}


@pytest.mark.parametrize(
    ("day", "hour", "verdict"),
    [
        (DAY, time(15, 20), Verdict.PASS),
        (DAY, time(14, 50), Verdict.PASS),
        (DAY, None, Verdict.PASS),
        (DAY, time(9, 0), Verdict.LOOK_CLOSER),
        (date(2026, 9, 1), time(15, 20), Verdict.STOP),
        (date(2026, 9, 1), None, Verdict.STOP),
    ],
)
def test_its_time_against_the_visit(day: date, hour: time | None, verdict: Verdict) -> None:
    assert judged(Watermark(day=day, hour=hour, place="x"))["WATERMARK_TIME"].verdict is verdict


@pytest.mark.parametrize(
    ("minutes", "verdict"), [(0, Verdict.PASS), (3, Verdict.PASS), (10, Verdict.LOOK_CLOSER), (40, Verdict.STOP)]
)
def test_its_time_against_the_cameras_own(minutes: int, verdict: Verdict) -> None:
    """A watermark that fits the visit and not the camera was made by another clock."""
    tags = Tags(taken_local=datetime(2026, 10, 8, 15, 20) - timedelta(minutes=minutes))  # noqa: DTZ001
    found = judged(Watermark(day=DAY, hour=time(15, 20), place="x"), tags)["WATERMARK_TIME"]
    assert found.verdict is verdict


def test_without_a_visit_nobody_can_tell() -> None:
    nowhere = VisitContext(received_at=BEGUN)
    assert (
        judged(Watermark(day=DAY, hour=time(15), place="x"), visit=nowhere)["WATERMARK_TIME"].verdict
        is Verdict.CANNOT_TELL
    )


@pytest.mark.parametrize("datum", [Datum.WGS84, Datum.GCJ02])
def test_its_coordinates_in_either_system_match_the_premises(datum: Datum) -> None:
    """No app says in which system it prints; an honest one must not be blamed for that."""
    lat, lon = (float(SHOP.lat), float(SHOP.lon))
    lat, lon = to_gcj02(lat, lon) if datum is Datum.GCJ02 else (lat, lon)
    told = Watermark(day=DAY, lat=Decimal(f"{lat:.6f}"), lon=Decimal(f"{lon:.6f}"))
    assert judged(told)["WATERMARK_PLACE"].verdict is Verdict.PASS


@pytest.mark.parametrize(("north", "verdict"), [("0.0120", Verdict.STOP), ("0.0500", Verdict.STOP)])
def test_coordinates_elsewhere_do_not_match(north: str, verdict: Verdict) -> None:
    told = Watermark(day=DAY, lat=SHOP.lat + Decimal(north), lon=SHOP.lon)
    found = judged(told)["WATERMARK_PLACE"]
    assert found.verdict is verdict
    assert found.metres is None, "the distance of a photo is that of its own tags"


def test_where_the_premises_are_unknown_the_pictures_own_place_counts() -> None:
    visit = VisitContext(received_at=BEGUN, visit_start=BEGUN)
    told = Watermark(day=DAY, lat=SHOP.lat, lon=SHOP.lon)
    here = Tags(lat=SHOP.lat, lon=SHOP.lon)
    there = Tags(lat=SHOP.lat + 1, lon=SHOP.lon)
    assert judged(told, here, visit)["WATERMARK_PLACE"].verdict is Verdict.PASS
    assert judged(told, there, visit)["WATERMARK_PLACE"].verdict is Verdict.STOP
    assert judged(told, Tags(), visit)["WATERMARK_PLACE"].verdict is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("place", "address", "verdict"),
    [
        ("样例市青石街道桥头路18号", ADDRESS, Verdict.PASS),
        ("桥头路18号", ADDRESS, Verdict.PASS),
        ("样例市", ADDRESS, Verdict.CANNOT_TELL),
        ("别样市桥头路18号", ADDRESS, Verdict.LOOK_CLOSER),
        ("样例市青石街道河边路2号", ADDRESS, Verdict.LOOK_CLOSER),
        ("某某广场", ADDRESS, Verdict.CANNOT_TELL),
        ("样例市青石街道桥头路18号", "", Verdict.CANNOT_TELL),
    ],
)
def test_its_place_in_words_against_the_address(place: str, address: str, verdict: Verdict) -> None:
    """Words alone never stop a file."""
    assert judged(Watermark(day=DAY, place=place), address=address)["WATERMARK_PLACE"].verdict is verdict


def test_what_it_does_not_claim_is_not_judged() -> None:
    assert set(judged(Watermark(day=DAY, hour=time(15)))) == {FindingCode.WATERMARK_TIME.value}
    assert set(judged(Watermark(place="桥头路"))) == {FindingCode.WATERMARK_PLACE.value}
