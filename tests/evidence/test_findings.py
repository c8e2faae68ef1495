"""Rules on tags: honest visits pass, each lie meets its rule, and what cannot be told is not guessed."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.words import CHINESE, ENGLISH, LANGUAGES, say
from officer_app.evidence.datum import Datum, Point, to_gcj02
from officer_app.evidence.findings import (
    Device,
    DeviceUse,
    Finding,
    FindingCode,
    KnownPhoto,
    Shot,
    Thresholds,
    Verdict,
    VisitContext,
    inspect,
    judge,
    photo_item,
    reuse,
    worst,
)
from officer_app.evidence.reuse import LISTED_SCORE, MOST_TOLD, Seen
from officer_app.evidence.search import Likeness, Match
from officer_app.evidence.tags import NO_TAGS, Tags

START = datetime(2026, 10, 8, 2, 0, tzinfo=UTC)  # 10:00 in China
END = START + timedelta(hours=1)
PHONE = Device("HUAWEI", "NOH-AN00", "SN1")
STALL = Point(Decimal("23.18010"), Decimal("113.26020"))

VISIT = VisitContext(
    received_at=END + timedelta(hours=2),
    visit_start=START,
    visit_end=END,
    applied_at=START - timedelta(days=3),
    premises=STALL,
    known_devices=frozenset({PHONE}),
)
HONEST = Tags(
    taken_local=datetime(2026, 10, 8, 10, 42, 7),  # noqa: DTZ001  a camera's wall clock
    offset=timedelta(hours=8),
    satellite_at=datetime(2026, 10, 8, 2, 42, 5, tzinfo=UTC),
    lat=Decimal("23.18033"),
    lon=Decimal("113.26040"),
    accuracy_m=Decimal("4.80"),
    make="HUAWEI",
    model="NOH-AN00",
    serial="SN1",
    software="NOH-AN00 4.0.0.102",
)


def _verdict(code: FindingCode, tags: Tags, context: VisitContext = VISIT) -> Verdict:
    return next(finding.verdict for finding in judge(tags, context) if finding.code is code)


def _later(tags: Tags, by: timedelta) -> Tags:
    assert tags.taken_local is not None
    assert tags.satellite_at is not None
    return replace(tags, taken_local=tags.taken_local + by, satellite_at=tags.satellite_at + by)


def _moved(tags: Tags, north: str) -> Tags:
    assert tags.lat is not None
    return replace(tags, lat=tags.lat + Decimal(north))


def test_an_honest_visit_raises_nothing() -> None:
    """Five shots over forty minutes, a few steps apart."""
    shots = [_moved(_later(HONEST, timedelta(minutes=4 * n)), f"0.0000{n + 1}") for n in range(5)]
    for one in range(5):
        others = tuple(Shot(str(n), shot) for n, shot in enumerate(shots) if n != one)
        found = judge(shots[one], replace(VISIT, shots=others))
        assert {finding.code.value: finding.verdict for finding in found if finding.verdict is not Verdict.PASS} == {}


def test_each_rule_speaks_once() -> None:
    codes = [finding.code for finding in judge(NO_TAGS, VISIT)]
    assert len(codes) == len(set(codes)) == 10


@pytest.mark.parametrize(
    ("by", "verdict"),
    [
        (timedelta(minutes=-50), Verdict.PASS),
        (timedelta(minutes=-56), Verdict.PASS),
        (timedelta(minutes=-58), Verdict.LOOK_CLOSER),
        (timedelta(minutes=32), Verdict.PASS),
        (timedelta(minutes=35), Verdict.LOOK_CLOSER),
        (timedelta(days=-1), Verdict.STOP),
        (timedelta(days=-30), Verdict.STOP),
        (timedelta(days=1), Verdict.STOP),
    ],
)
def test_time_against_the_visit(by: timedelta, verdict: Verdict) -> None:
    assert _verdict(FindingCode.OUTSIDE_VISIT, _later(HONEST, by)) is verdict


def test_the_visit_decides_the_day_where_people_are() -> None:
    """23:30 before and 00:30 after midnight in China are two days, though one in UTC."""
    late = replace(VISIT, visit_start=datetime(2026, 10, 8, 16, 30, tzinfo=UTC), visit_end=None)
    late = replace(late, received_at=datetime(2026, 10, 8, 18, 0, tzinfo=UTC))
    before_midnight = _later(HONEST, timedelta(hours=12, minutes=50))
    assert _verdict(FindingCode.OUTSIDE_VISIT, before_midnight, late) is Verdict.STOP


def test_no_time_at_all_stops_and_satellite_time_counts() -> None:
    assert _verdict(FindingCode.OUTSIDE_VISIT, NO_TAGS) is Verdict.STOP
    assert _verdict(FindingCode.OUTSIDE_VISIT, replace(HONEST, taken_local=None, offset=None)) is Verdict.PASS


def test_without_a_visit_nobody_can_tell() -> None:
    bare = VisitContext(received_at=END)
    for code in (FindingCode.OUTSIDE_VISIT, FindingCode.FAR_FROM_PREMISES, FindingCode.DEVICE_UNKNOWN):
        assert _verdict(code, HONEST, bare) is Verdict.CANNOT_TELL


@pytest.mark.parametrize(
    ("seconds", "verdict"),
    [
        (0, Verdict.PASS),
        (115, Verdict.PASS),
        (130, Verdict.LOOK_CLOSER),
        (880, Verdict.LOOK_CLOSER),
        (3_600, Verdict.STOP),
    ],
)
def test_camera_clock_against_satellite(seconds: int, verdict: Verdict) -> None:
    assert HONEST.satellite_at is not None
    shifted = replace(HONEST, satellite_at=HONEST.satellite_at - timedelta(seconds=seconds))
    assert _verdict(FindingCode.CLOCK_MISMATCH, shifted) is verdict


def test_a_camera_without_zone_is_judged_by_its_minutes_alone_outside_a_visit() -> None:
    abroad = replace(HONEST, offset=None, taken_local=datetime(2026, 10, 8, 4, 42, 7))  # noqa: DTZ001  somewhere at UTC+2
    alone = {finding.code: finding.verdict for finding in inspect(abroad)}
    assert alone[FindingCode.CLOCK_MISMATCH] is Verdict.PASS
    assert _verdict(FindingCode.CLOCK_MISMATCH, abroad) is Verdict.STOP


@pytest.mark.parametrize(
    ("north", "verdict", "metres"),
    [
        ("0", Verdict.PASS, 33),
        ("0.0005", Verdict.PASS, 84),
        ("0.002", Verdict.LOOK_CLOSER, 249),
        ("0.01", Verdict.STOP, 1138),
    ],
)
def test_distance_to_the_premises(north: str, verdict: Verdict, metres: int) -> None:
    found = next(f for f in judge(_moved(HONEST, north), VISIT) if f.code is FindingCode.FAR_FROM_PREMISES)
    assert found.verdict is verdict
    assert found.metres is not None
    assert abs(found.metres - metres) < 1
    shown = f"{metres} m" if metres < 1000 else "1.1 km"
    assert shown in say(found.sentence, ENGLISH)


def test_a_phones_own_doubt_counts_within_reason() -> None:
    unsure, lost = replace(HONEST, accuracy_m=Decimal(180)), replace(HONEST, accuracy_m=Decimal(5_000))
    assert _verdict(FindingCode.FAR_FROM_PREMISES, _moved(unsure, "0.002")) is Verdict.PASS
    assert _verdict(FindingCode.FAR_FROM_PREMISES, _moved(lost, "0.01")) is Verdict.STOP


def test_an_address_from_a_chinese_map_is_converted_first() -> None:
    lat, lon = to_gcj02(float(STALL.lat), float(STALL.lon))
    amap = Point(Decimal(str(lat)), Decimal(str(lon)), Datum.GCJ02)
    assert _verdict(FindingCode.FAR_FROM_PREMISES, HONEST, replace(VISIT, premises=amap)) is Verdict.PASS
    taken_as_it_is = replace(VISIT, premises=replace(amap, datum=Datum.WGS84))
    assert _verdict(FindingCode.FAR_FROM_PREMISES, HONEST, taken_as_it_is) is Verdict.STOP


@pytest.mark.parametrize(("lat", "lon"), [("0", "0"), ("91", "113"), ("23", "181")])
def test_places_that_cannot_be(lat: str, lon: str) -> None:
    tags = replace(HONEST, lat=Decimal(lat), lon=Decimal(lon))
    assert _verdict(FindingCode.IMPOSSIBLE_POSITION, tags) is Verdict.STOP
    assert _verdict(FindingCode.FAR_FROM_PREMISES, tags) is Verdict.CANNOT_TELL
    assert photo_item("p", tags, ()).lat is None


def test_speed_between_shots() -> None:
    """20 km in five minutes is no way to travel; 20 km in an hour is."""
    far = _moved(HONEST, "0.18")
    for minutes, verdict in ((5, Verdict.STOP), (60, Verdict.PASS)):
        other = Shot("first", _later(HONEST, timedelta(minutes=-minutes)))
        assert _verdict(FindingCode.IMPOSSIBLE_SPEED, far, replace(VISIT, shots=(other,))) is verdict


def test_a_jump_of_the_phones_place_is_no_speed() -> None:
    other = Shot("first", _later(_moved(HONEST, "0.0012"), timedelta(seconds=-2)))
    assert _verdict(FindingCode.IMPOSSIBLE_SPEED, HONEST, replace(VISIT, shots=(other,))) is Verdict.PASS


def test_one_coordinate_for_all_shots() -> None:
    same = tuple(Shot(str(n), _later(HONEST, timedelta(minutes=n))) for n in range(1, 3))
    assert _verdict(FindingCode.REPEATED_POSITION, HONEST, replace(VISIT, shots=same[:1])) is Verdict.PASS
    assert _verdict(FindingCode.REPEATED_POSITION, HONEST, replace(VISIT, shots=same)) is Verdict.LOOK_CLOSER
    no_accuracy = replace(HONEST, accuracy_m=None)
    assert _verdict(FindingCode.REPEATED_POSITION, no_accuracy, replace(VISIT, shots=same)) is Verdict.STOP


LIVE = replace(VISIT, received_at=datetime(2026, 10, 8, 2, 42, 30, tzinfo=UTC), live=True)


@pytest.mark.parametrize(
    ("minutes", "verdict"),
    [(0, Verdict.PASS), (4, Verdict.PASS), (7, Verdict.LOOK_CLOSER), (59, Verdict.LOOK_CLOSER), (70, Verdict.STOP)],
)
@pytest.mark.parametrize("way", [1, -1])
def test_camera_clock_against_the_laptop(minutes: int, verdict: Verdict, way: int) -> None:
    assert _verdict(FindingCode.LAPTOP_CLOCK, _later(HONEST, timedelta(minutes=minutes * way)), LIVE) is verdict


def test_a_clock_that_is_wrong_by_the_same_is_learnt_and_one_that_jumps_stops() -> None:
    """The camera goes 20 minutes fast; later one shot of it agrees with the laptop no more by the same."""
    fast = _later(HONEST, timedelta(minutes=20))
    same = Shot("a", _later(fast, timedelta(minutes=-6)), LIVE.received_at - timedelta(minutes=6))
    jumped = Shot("b", HONEST, LIVE.received_at)
    other_camera = Shot("c", replace(HONEST, serial="SN9"), LIVE.received_at)
    for shots, verdict in (
        ((same,), Verdict.LOOK_CLOSER),
        ((same, other_camera), Verdict.LOOK_CLOSER),
        ((same, jumped), Verdict.STOP),
    ):
        assert _verdict(FindingCode.LAPTOP_CLOCK, fast, replace(LIVE, shots=shots)) is verdict


def test_a_file_that_waited_says_nothing_of_the_clock() -> None:
    assert FindingCode.LAPTOP_CLOCK not in {finding.code for finding in judge(HONEST, VISIT)}


def test_the_way_from_another_case_counts() -> None:
    """20 km in five minutes, from a shot for another customer."""
    there = Shot("elsewhere", _later(_moved(HONEST, "0.18"), timedelta(minutes=-5)))
    assert _verdict(FindingCode.IMPOSSIBLE_SPEED, HONEST, replace(VISIT, elsewhere=(there,))) is Verdict.STOP
    assert _verdict(FindingCode.REPEATED_POSITION, HONEST, replace(VISIT, elsewhere=(there,) * 4)) is Verdict.PASS


@pytest.mark.parametrize("datum", [Datum.GCJ02, Datum.BD09])
def test_a_place_on_a_chinese_map_is_converted_before_it_is_judged(datum: Datum) -> None:
    """A camera app that writes the shifted map and names it is as honest as any."""
    lat, lon = to_gcj02(float(STALL.lat), float(STALL.lon))
    shown = Point(Decimal(str(lat)), Decimal(str(lon)), Datum.GCJ02)
    if datum is Datum.BD09:
        shown = Point(Decimal(str(lat + 0.0059)), Decimal(str(lon + 0.0066)), Datum.BD09)
    tags = replace(HONEST, lat=shown.lat, lon=shown.lon, datum=datum)
    assert _verdict(FindingCode.FAR_FROM_PREMISES, tags) is Verdict.PASS
    assert _verdict(FindingCode.FAR_FROM_PREMISES, replace(tags, datum=None)) is Verdict.STOP


def test_the_policy_sets_the_limits() -> None:
    strict = Thresholds(distance_pass_m=Decimal(10), distance_look_m=Decimal(20))
    found = next(f for f in judge(HONEST, VISIT, strict) if f.code is FindingCode.FAR_FROM_PREMISES)
    assert found.verdict is Verdict.STOP


def test_devices() -> None:
    strange = replace(HONEST, serial="SN2")
    assert _verdict(FindingCode.DEVICE_UNKNOWN, strange) is Verdict.LOOK_CLOSER
    lent = replace(VISIT, devices_of_others=(DeviceUse(PHONE, END - timedelta(days=3)),))
    assert _verdict(FindingCode.DEVICE_UNKNOWN, HONEST, lent) is Verdict.STOP
    long_ago = replace(VISIT, devices_of_others=(DeviceUse(PHONE, END - timedelta(days=30)),))
    assert _verdict(FindingCode.DEVICE_UNKNOWN, HONEST, long_ago) is Verdict.PASS


def test_the_same_model_is_not_the_same_phone() -> None:
    model = Device("HUAWEI", "NOH-AN00")
    context = replace(
        VISIT, known_devices=frozenset({model}), devices_of_others=(DeviceUse(model, END - timedelta(hours=1)),)
    )
    assert _verdict(FindingCode.DEVICE_UNKNOWN, replace(HONEST, serial=None), context) is Verdict.PASS


@pytest.mark.parametrize(
    ("tags", "verdict"),
    [
        (HONEST, Verdict.PASS),
        (replace(HONEST, lat=None, lon=None), Verdict.LOOK_CLOSER),
        (replace(HONEST, taken_local=None, satellite_at=None), Verdict.LOOK_CLOSER),
        (NO_TAGS, Verdict.STOP),
    ],
)
def test_missing_tags(tags: Tags, verdict: Verdict) -> None:
    assert _verdict(FindingCode.TAGS_MISSING, tags) is verdict


@pytest.mark.parametrize("program", ["Adobe Photoshop 25.1", "Snapseed 2.0", "美图秀秀"])
def test_editing_programs_are_named(program: str) -> None:
    assert _verdict(FindingCode.EDITED, replace(HONEST, software=program)) is Verdict.LOOK_CLOSER


# --- reuse -----------------------------------------------------------------------------------------

KNOWN = {
    "visit": KnownPhoto("visit", "front, 10:40", same_case=True, same_visit=True),
    "case": KnownPhoto("case", "front, 1 Oct", same_case=True, same_visit=False, seen=Seen.COPY),
    "other": KnownPhoto("other", "Chen's stall, 3 May", same_case=False, same_visit=False, seen=Seen.COPY),
    "branch": KnownPhoto("branch", "another shop", same_case=False, same_visit=False, seen=Seen.DIFFERENT),
    "unseen": KnownPhoto("unseen", "nobody looked", same_case=False, same_visit=False),
    "listed": KnownPhoto("listed", "2026-0017", same_case=False, same_visit=False, listed=True),
}


def _whose(match: Match) -> KnownPhoto | None:
    return KNOWN.get(match.photo_id)


def _match(photo_id: str, *, identical: bool) -> Match:
    return Match(photo_id, Likeness.SAME, 0, Decimal(1), identical=identical)


@pytest.mark.parametrize(
    ("photo_id", "identical", "verdict"),
    [
        ("visit", False, None),
        ("visit", True, Verdict.LOOK_CLOSER),
        ("case", False, Verdict.LOOK_CLOSER),
        ("case", True, Verdict.LOOK_CLOSER),
        ("other", False, Verdict.STOP),
        ("other", True, Verdict.STOP),
        ("branch", False, None),
        ("branch", True, Verdict.STOP),
        ("unseen", False, Verdict.LOOK_CLOSER),
        ("listed", False, Verdict.LOOK_CLOSER),
        ("listed", True, Verdict.STOP),
        ("nobody knows", True, Verdict.STOP),
    ],
)
def test_reuse(photo_id: str, identical: bool, verdict: Verdict | None) -> None:
    found = reuse([_match(photo_id, identical=identical)], _whose)
    assert [finding.verdict for finding in found] == ([] if verdict is None else [verdict])
    for finding in found:
        assert finding.other_photo == (None if photo_id == "listed" else photo_id)
        assert finding.code is (FindingCode.SAME_FILE if identical else FindingCode.SIMILAR_PHOTO)


def test_a_distant_likeness_on_a_list_is_not_told() -> None:
    """Nobody here can look at the picture behind it, so only a near-certain one is worth a word."""
    far = replace(_match("listed", identical=False), score=LISTED_SCORE - Decimal("0.001"))
    assert reuse([far], _whose) == ()


def test_of_hundreds_alike_the_surest_are_told_and_the_rest_are_counted() -> None:
    asked: list[str] = []

    def whose(match: Match) -> KnownPhoto:
        asked.append(match.photo_id)
        return replace(KNOWN["unseen"], photo_id=match.photo_id)

    alike = [_match(f"p{at}", identical=False) for at in range(5_000)]
    *told, rest = reuse(alike, whose)
    assert [finding.other_photo for finding in told] == [f"p{at}" for at in range(MOST_TOLD)]
    assert (rest.other_photo, rest.verdict) == (None, Verdict.LOOK_CLOSER)
    assert f"{5_000 - MOST_TOLD:,}" in say(rest.sentence, ENGLISH)
    assert len(asked) == MOST_TOLD, "nobody else's record is fetched for it"
    same = [_match(f"s{at}", identical=True) for at in range(3)]
    assert sum(one.verdict is Verdict.STOP for one in reuse([*alike, *same], whose)) == len(same), (
        "a stop never hides"
    )


def test_the_other_photo_is_named_and_the_fact_follows() -> None:
    found = reuse([_match("other", identical=False)], _whose)
    assert "Chen's stall, 3 May" in say(found[0].sentence, ENGLISH)
    item = photo_item("p1", HONEST, found)
    assert (item.id, item.lat, item.lon, item.same_file_as_other_case) == ("p1", HONEST.lat, HONEST.lon, True)
    assert not photo_item("p1", HONEST, reuse([_match("case", identical=True)], _whose)).same_file_as_other_case


# --- wording ---------------------------------------------------------------------------------------

_tags = st.builds(
    Tags,
    taken_local=st.none() | st.datetimes(),
    offset=st.none() | st.timedeltas(timedelta(hours=-14), timedelta(hours=14)),
    satellite_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    lat=st.none() | st.decimals(-360, 360, places=6),
    lon=st.none() | st.decimals(-360, 360, places=6),
    accuracy_m=st.none() | st.decimals(0, 10**9, places=2),
    orientation=st.none() | st.integers(1, 8),
    make=st.none() | st.text(max_size=20),
    model=st.none() | st.text(max_size=20),
    serial=st.none() | st.text(max_size=20),
    software=st.none() | st.text(max_size=20),
)


@given(tags=_tags, other=_tags)
def test_whatever_is_claimed_gets_a_sentence_in_every_language(tags: Tags, other: Tags) -> None:
    """Total over every claim; and nothing is ever called genuine."""
    found = (*judge(tags, replace(VISIT, shots=(Shot("a", other), Shot("b", other)))), *inspect(tags))
    for finding in found:
        for language in LANGUAGES:
            text = say(finding.sentence, language)
            assert text
            assert not any(word in text.lower() for word in ("genuine", "authentic", "真实"))


def test_the_worst_verdict_leads() -> None:
    assert worst(()) is Verdict.PASS
    assert worst(judge(HONEST, VISIT)) is Verdict.CANNOT_TELL  # a single shot has no way to measure
    assert worst(judge(NO_TAGS, VISIT)) is Verdict.STOP


def test_sentences_are_as_the_rules_say() -> None:
    far = next(f for f in judge(_moved(HONEST, "0.01"), VISIT) if f.code is FindingCode.FAR_FROM_PREMISES)
    assert _said(far) == (
        "Taken 1.1 km from the premises: does not match.",
        "拍摄地点距经营场所 1.1 公里：不符。",
    )


def _said(finding: Finding) -> tuple[str, str]:
    return say(finding.sentence, ENGLISH), say(finding.sentence, CHINESE)
