"""Files appear whole; records have one canonical form; distances are right."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base import canonical
from officer_app.base.errors import Code, Fault
from officer_app.base.files import read_limited, write_whole
from officer_app.base.geodesy import distance_km
from officer_app.base.words import LANGUAGES, say


def test_a_file_appears_whole_and_private(tmp_path: Path) -> None:
    target = tmp_path / "a.bin"
    write_whole(target, b"one")
    write_whole(target, b"two")
    assert target.read_bytes() == b"two"
    assert [path.name for path in tmp_path.iterdir()] == ["a.bin"]
    if os.name != "nt":
        assert target.stat().st_mode & 0o077 == 0


def test_strangers_files_have_a_limit(tmp_path: Path) -> None:
    (tmp_path / "big").write_bytes(b"x" * 11)
    assert read_limited(tmp_path / "big", 11) == b"x" * 11
    with pytest.raises(Fault) as caught:
        read_limited(tmp_path / "big", 10)
    assert caught.value.code is Code.FILE_TOO_LARGE
    with pytest.raises(Fault) as caught:
        read_limited(tmp_path, 10)
    assert caught.value.code is Code.FILE_MISSING


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(_json)
def test_canonical_bytes_go_round(value: canonical.Json) -> None:
    assert canonical.decode(canonical.encode(value)) == value


@given(_json)
def test_the_fast_way_writes_what_the_standard_says(value: canonical.Json) -> None:
    assert canonical.encode(value) == rfc8785.dumps(value)


@given(_json, st.integers(0, 400), st.sampled_from(["", " ", "\\u0041", "\ue000", "𠮷", '"', "é"]))
def test_the_fast_way_of_reading_refuses_what_the_slow_one_refuses(value: canonical.Json, at: int, more: str) -> None:
    """A text in between makes most of them wrong; what is read must be written back as the very same bytes."""
    text = canonical.encode(value).decode()
    data = (text[:at] + more + text[at:]).encode()
    try:
        read = canonical.decode(data)
    except ValueError:
        return
    assert canonical.encode(read) == data


def test_keys_are_ordered_as_the_standard_orders_them() -> None:
    """By UTF-16 units U+20BB7 comes before U+E000, by code points after it."""
    assert canonical.decode('{"𠮷":1,"\ue000":2}'.encode()) == {"𠮷": 1, "\ue000": 2}
    with pytest.raises(ValueError, match="not canonical"):
        canonical.decode('{"\ue000":2,"𠮷":1}'.encode())


@pytest.mark.parametrize(
    "data",
    [
        b"9007199254740992",
        b"-9007199254740992",
        b"-0",
        b"1.5",
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b"NaN",
        b'{"a":1,"a":1}',
        b"[" * 9000,
        b"\xff",
    ],
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not canonical"):
        canonical.decode(data)


def test_floats_are_refused() -> None:
    with pytest.raises(Fault):
        canonical.encode({"a": [1.5]})  # type: ignore[list-item]


@pytest.mark.parametrize("value", [2**53, {"a": -(2**53)}, ["\ud800"], {"\udc00": 1}, {"é": "\ud800"}])
def test_what_has_no_canonical_form_is_refused(value: canonical.Json) -> None:
    with pytest.raises(Fault) as caught:
        canonical.encode(value)
    assert caught.value.code is Code.NOT_CANONICAL


def test_a_distance_known_from_elsewhere() -> None:
    """Tower of London to St Paul's, about 2.0 km; one degree of latitude is 111.195 km on this sphere."""
    assert abs(distance_km(Decimal(0), Decimal(0), Decimal(1), Decimal(0)) - Decimal("111.195080")) < Decimal(
        "0.00001"
    )
    assert distance_km(Decimal("28.2"), Decimal("112.9"), Decimal("28.2"), Decimal("112.9")) == 0


@pytest.mark.parametrize("code", list(Code))
def test_every_code_says_what_and_what_now(code: Code) -> None:
    assert code.value.sentence
    assert code.value.remedy
    for language in LANGUAGES:
        assert say(Fault(code).remedy.__class__(code.value.remedy), language)
