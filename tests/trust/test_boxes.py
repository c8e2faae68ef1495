"""Sealed boxes open whole, for what they are about, or not at all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.trust import boxes
from officer_app.trust.boxes import LIMIT, derive, keyed_hash, new_key, seal, unseal

KEY = bytes(range(32))


def _refused(key: bytes, box: bytes, about: str) -> None:
    with pytest.raises(Fault) as found:
        unseal(key, box, about)
    assert found.value.code is Code.BOX_BROKEN


@given(plain=st.binary(max_size=2000), about=st.text(max_size=40))
def test_round_trip(plain: bytes, about: str) -> None:
    about = about.encode(errors="replace").decode()
    assert unseal(KEY, seal(KEY, plain, about), about) == plain


@given(data=st.data())
def test_any_flipped_bit_is_seen(data: st.DataObject) -> None:
    box = bytearray(seal(KEY, b"a picture of a shop front", "photo-1"))
    at = data.draw(st.integers(0, len(box) * 8 - 1))
    box[at // 8] ^= 1 << (at % 8)
    _refused(KEY, bytes(box), "photo-1")


def test_cut_boxes_other_keys_and_other_subjects_are_refused() -> None:
    box = seal(KEY, b"a picture", "photo-1")
    for end in range(len(box)):
        _refused(KEY, box[:end], "photo-1")
    _refused(new_key(), box, "photo-1")
    _refused(KEY, box, "photo-2")


def test_equal_things_are_never_sealed_equally() -> None:
    assert seal(KEY, b"x", "a") != seal(KEY, b"x", "a")


def test_keys_for_purposes_differ_from_each_other_and_from_their_root() -> None:
    keys = {KEY, derive(KEY, "blobs"), derive(KEY, "database"), derive(new_key(), "blobs")}
    assert len(keys) == 4
    assert derive(KEY, "blobs") == derive(KEY, "blobs")


def test_derive_is_what_the_standard_says() -> None:
    """RFC 5869, appendix A.1, the expand step: ours with its own label must agree with HMAC done by hand."""
    import hmac

    assert derive(KEY, "blobs") == hmac.digest(KEY, b"firsthand blobs\x01", "sha256")


def test_keyed_hash_needs_the_key() -> None:
    assert keyed_hash(KEY, "11010119900307123X") == keyed_hash(KEY, "11010119900307123X")
    assert keyed_hash(KEY, "11010119900307123X") != keyed_hash(new_key(), "11010119900307123X")
    assert len(keyed_hash(KEY, "")) == 64


def test_too_much_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    assert LIMIT == 64_000_000
    monkeypatch.setattr(boxes, "LIMIT", 10)
    with pytest.raises(Fault) as found:
        seal(KEY, b"eleven byte", "a")
    assert found.value.code is Code.FILE_TOO_LARGE
