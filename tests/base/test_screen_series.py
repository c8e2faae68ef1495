"""Files shown as a series of codes: whole or not at all, in any order, never two files mixed."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.qr import LONGEST, SERIES, Gathered, qr_code, series_of

REQUEST = b"-----BEGIN CERTIFICATE REQUEST-----\n" + b"".join(digest(bytes([at])).encode() for at in range(10))


def _gathered(texts: tuple[str, ...]) -> Gathered:
    found = Gathered()
    for text in texts:
        found.take(text)
    return found


@given(st.binary(max_size=3000), st.randoms(use_true_random=False))
def test_any_file_comes_back_whole_in_any_order_and_read_twice(data: bytes, chance: random.Random) -> None:
    texts = [*series_of(data), *series_of(data)]
    chance.shuffle(texts)
    found = _gathered(tuple(texts))
    assert found.is_whole
    assert found.whole() == data


def test_each_code_is_small_enough_for_a_camera() -> None:
    texts = series_of(REQUEST)
    assert 2 <= len(texts) <= 4
    assert all(len(text) <= LONGEST and text.upper() == text for text in texts)
    assert max(qr_code(text).side for text in texts) <= 61


def test_what_is_missing_is_told_until_it_is_whole() -> None:
    first, *others = series_of(REQUEST)
    found = Gathered()
    assert not found.is_whole
    assert found.take(first)
    assert not found.take(first), "the same again brings nothing"
    assert found.missing == tuple(range(2, len(others) + 2))
    for text in others:
        found.take(text)
    assert found.whole() == REQUEST


def test_codes_of_two_files_never_mix() -> None:
    found = _gathered((*series_of(REQUEST)[:1], *series_of(REQUEST + b"!")))
    assert found.whole() == REQUEST + b"!"


def test_a_file_that_is_too_large_says_so() -> None:
    with pytest.raises(Fault) as refused:
        series_of(b"".join(bytes.fromhex(digest(at.to_bytes(2))) for at in range(600)))
    assert refused.value.code is Code.SCREEN_TOO_MUCH


@given(st.text(max_size=60), st.sampled_from(["1:1", "2:1", "0:1", "1:99", "x:1", "1:60"]))
def test_what_others_put_into_codes_is_passed_over_or_refused(letters: str, places: str) -> None:
    found = Gathered()
    found.take(f"{SERIES}:{'A' * 12}:{places}:{letters}")
    assert not found.take(letters)
    if found.is_whole:
        with pytest.raises(Fault) as refused:
            found.whole()
        assert refused.value.code is Code.SCREEN_UNREADABLE


def test_a_changed_letter_is_seen() -> None:
    texts = list(series_of(REQUEST))
    last = texts[-1]
    texts[-1] = last[:-1] + ("0" if last[-1] != "0" else "1")
    with pytest.raises(Fault) as refused:
        _gathered(tuple(texts)).whole()
    assert refused.value.code is Code.SCREEN_UNREADABLE


def test_a_small_code_that_unpacks_into_much_is_refused() -> None:
    """Zeros pack a thousandfold: what is larger than a screen carries is no file of ours."""
    from officer_app.base import qr

    packed = "".join(qr._written(qr.zlib.compress(bytes(10_000_000), 9)))[: qr._LETTERS * 60]
    parts = [packed[at : at + qr._LETTERS] for at in range(0, len(packed), qr._LETTERS)]
    found = Gathered("A" * 12, len(parts), dict(enumerate(parts, start=1)))
    with pytest.raises(Fault) as refused:
        found.whole()
    assert refused.value.code is Code.SCREEN_UNREADABLE
