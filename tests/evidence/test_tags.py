"""Tags are claims: read where they are whole, None where they are not, and never a crash."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import decode, encode
from officer_app.evidence.tag_records import tags_from_json, tags_to_json
from officer_app.evidence.tags import NO_TAGS, Tags, read_tags
from tests.support.drawn import tags

TAKEN = datetime(2026, 10, 8, 10, 42, 7)  # noqa: DTZ001  a camera's wall clock


def _read(exif: object) -> Tags:
    return read_tags(exif.tobytes().removeprefix(b"Exif\x00\x00"))  # type: ignore[attr-defined]


def test_what_a_phone_writes_is_read() -> None:
    found = _read(
        tags(
            taken=TAKEN,
            offset="+08:00",
            place=("23.18010", "-113.26020"),
            satellite=datetime(2026, 10, 8, 2, 42, 5, tzinfo=UTC),
            accuracy="4.8",
            make="HUAWEI ",
            model="NOH-AN00",
            serial="SN1",
            software="NOH-AN00 4.0",
            orientation=6,
        )
    )
    assert found == Tags(
        taken_local=TAKEN,
        offset=timedelta(hours=8),
        satellite_at=datetime(2026, 10, 8, 2, 42, 5, tzinfo=UTC),
        lat=Decimal("23.1801"),
        lon=Decimal("-113.2602"),
        accuracy_m=Decimal("4.80"),
        orientation=6,
        make="HUAWEI",
        model="NOH-AN00",
        serial="SN1",
        software="NOH-AN00 4.0",
    )
    assert found.taken_text == "2026-10-08T10:42:07+08:00"
    assert found.moment() == datetime(2026, 10, 8, 2, 42, 7, tzinfo=UTC)


@given(
    lat=st.decimals(-90, 90, places=6, allow_nan=False),
    lon=st.decimals(-180, 180, places=6, allow_nan=False),
)
def test_places_survive_degrees_minutes_seconds(lat: Decimal, lon: Decimal) -> None:
    found = _read(tags(place=(f"{lat:f}", f"{lon:f}")))
    assert found.lat is not None
    assert found.lon is not None
    assert abs(found.lat - lat) < Decimal("1e-6")
    assert abs(found.lon - lon) < Decimal("1e-6")


def test_greenwich_is_an_offset_and_no_lack() -> None:
    assert _read(tags(taken=TAKEN, offset="+00:00")).offset == timedelta(0)


def test_a_time_without_offset_is_read_in_the_institutions_zone() -> None:
    found = _read(tags(taken=TAKEN))
    assert (found.offset, found.taken_text) == (None, "2026-10-08T10:42:07")
    assert found.moment() == datetime(2026, 10, 8, 2, 42, 7, tzinfo=UTC)


def test_satellite_time_stands_in_where_the_camera_wrote_none() -> None:
    satellite = datetime(2026, 10, 8, 2, 42, 5, tzinfo=UTC)
    found = _read(tags(satellite=satellite))
    assert (found.taken_text, found.moment()) == (None, satellite)


# --- broken and hostile ----------------------------------------------------------------------------


def _entry(tag: int, kind: int, count: int, value: bytes) -> bytes:
    return (
        tag.to_bytes(2, "little") + kind.to_bytes(2, "little") + count.to_bytes(4, "little") + value.ljust(4, b"\0")
    )


def _tiff(*entries: bytes, tail: bytes = b"") -> bytes:
    return b"II*\x00\x08\x00\x00\x00" + len(entries).to_bytes(2, "little") + b"".join(entries) + b"\0\0\0\0" + tail


def _gps(lat: bytes) -> bytes:
    """A block with one GPS directory whose latitude has these 24 bytes."""
    at = 8 + 2 + 12 + 4
    place = _tiff(_entry(1, 2, 2, b"N"), _entry(2, 5, 3, (at + 30).to_bytes(4, "little")))[8:]
    return _tiff(_entry(0x8825, 4, 1, at.to_bytes(4, "little")), tail=place.ljust(30, b"\0") + lat)


def _rationals(*pairs: tuple[int, int]) -> bytes:
    return b"".join(above.to_bytes(4, "little") + below.to_bytes(4, "little") for above, below in pairs)


def test_the_builder_of_hostile_blocks_builds_readable_ones() -> None:
    assert read_tags(_gps(_rationals((23, 1), (10, 1), (48, 1)))).lat == Decimal("23.18")


@pytest.mark.parametrize(
    "lat",
    [
        _rationals((23, 0), (10, 1), (48, 1)),
        _rationals((0, 0), (0, 0), (0, 0)),
        _rationals((4_000_000_000, 1), (10, 1), (48, 1)),
        b"",
    ],
    ids=["divided by nought", "not a number", "beyond the earth", "cut off"],
)
def test_a_broken_degree_is_no_place(lat: bytes) -> None:
    assert read_tags(_gps(lat)).lat is None


@pytest.mark.parametrize(
    "block",
    [
        b"",
        b"II*\x00",
        b"II*\x00\xff\xff\xff\xff",
        _tiff(
            _entry(0x8769, 4, 1, b"\x08\0\0\0"), _entry(0x8825, 4, 1, b"\x08\0\0\0")
        ),  # directories within themselves
        _tiff(_entry(0x010F, 2, 0xFFFFFFFF, b"\0\0\0\0")),  # four billion letters
        _tiff(_entry(0x0112, 3, 1, b"\x09\0")),  # an orientation that is none
        _tiff(_entry(0x0112, 99, 1, b"\x01\0")),  # a type that is none
        b"II*\x00\x08\x00\x00\x00\xff\xff",  # 65,535 entries, none there
    ],
)
def test_broken_blocks_claim_nothing(block: bytes) -> None:
    assert read_tags(block) == NO_TAGS


@pytest.mark.parametrize("text", ["0000:00:00 00:00:00", "2026:13:40 10:42:07", "    :  :     :  :  ", "yesterday"])
def test_a_time_that_is_none_is_none(text: str) -> None:
    raw = text.encode() + b"\0"
    details = 8 + 2 + 12 + 4
    inner = _tiff(_entry(0x9003, 2, len(raw), (details + 18).to_bytes(4, "little")))[8:]
    found = read_tags(_tiff(_entry(0x8769, 4, 1, details.to_bytes(4, "little")), tail=inner + raw))
    assert found.taken_local is None


def test_hostile_names_lose_their_control_signs() -> None:
    raw = "APPROVED\u202e\x1b[2J 有限公司\n".encode() + b"\0"
    found = read_tags(_tiff(_entry(0x010F, 2, len(raw), (26).to_bytes(4, "little")), tail=raw))
    assert found.make == "APPROVED[2J 有限公司"


def test_tags_are_kept_and_read_back() -> None:
    for kept in (
        NO_TAGS,
        _read(tags(taken=TAKEN, offset="+08:00", place=("23.1", "113.2"), accuracy="5", serial="S")),
    ):
        assert tags_from_json(decode(encode(tags_to_json(kept)))) == kept


@given(st.binary(max_size=400), st.sampled_from([b"II*\x00", b"MM\x00*"]))
def test_any_bytes_are_survived(noise: bytes, head: bytes) -> None:
    found = read_tags(head + noise)
    assert found.lat is None or abs(found.lat) <= 360
    assert found.taken_text is None or len(found.taken_text) >= 19
    found.moment()


@given(st.data())
def test_any_flipped_byte_is_survived(data: st.DataObject) -> None:
    block = bytearray(
        tags(
            taken=TAKEN,
            offset="+08:00",
            place=("23.1", "113.2"),
            satellite=datetime(2026, 10, 8, tzinfo=UTC),
            accuracy="5",
        )
        .tobytes()
        .removeprefix(b"Exif\x00\x00")
    )
    for at in data.draw(st.lists(st.integers(0, len(block) - 1), min_size=1, max_size=6)):
        block[at] ^= data.draw(st.integers(1, 255))
    read_tags(bytes(block)).moment()
