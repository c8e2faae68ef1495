"""Files appear whole; records have one canonical form; distances are right."""

from __future__ import annotations

import os
from decimal import Decimal
from pathlib import Path

import pytest
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


@pytest.mark.parametrize(
    "data", [b"1.5", b'{"b":1,"a":2}', b'{"a": 1}', b"NaN", b'{"a":1,"a":1}', b"[" * 9000, b"\xff"]
)
def test_other_bytes_are_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="not canonical"):
        canonical.decode(data)


def test_floats_are_refused() -> None:
    with pytest.raises(Fault):
        canonical.encode({"a": [1.5]})  # type: ignore[list-item]


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
