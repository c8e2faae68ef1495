"""Secrets under a passphrase: what opens them, and everything that must not."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from officer_app.base.canonical import encode
from officer_app.base.errors import Code, Fault
from officer_app.trust import passphrases
from officer_app.trust.passphrases import FLOOR, STANDARD, Argon, check_new, unwrap, wrap

SECRET = b"thirty-two bytes of vault key..."
ENVELOPE = wrap(SECRET, "correct horse", "vault-1 user zhang", FLOOR)


RIGHT = "correct horse"


def _refused(envelope: bytes, passphrase: str = RIGHT, owner: str = "vault-1 user zhang") -> Code:
    with pytest.raises(Fault) as found:
        unwrap(envelope, passphrase, owner)
    return found.value.code


def _changed(**changes: object) -> bytes:
    return encode(json.loads(ENVELOPE) | changes)


def test_opens_with_its_passphrase_for_its_owner() -> None:
    assert unwrap(ENVELOPE, "correct horse", "vault-1 user zhang") == SECRET


def test_the_standard_is_what_was_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    """64 MiB, three passes, one lane."""
    assert Argon(65_536, 3, 1) == STANDARD
    monkeypatch.setattr(passphrases, "STANDARD", STANDARD)
    envelope = json.loads(wrap(SECRET, "correct horse", "o"))
    assert (envelope["memory"], envelope["passes"], envelope["lanes"]) == (65_536, 3, 1)


def test_two_envelopes_of_one_secret_share_nothing() -> None:
    other = json.loads(wrap(SECRET, "correct horse", "vault-1 user zhang", FLOOR))
    mine = json.loads(ENVELOPE)
    assert other["salt"] != mine["salt"]
    assert other["box"] != mine["box"]


def test_one_spelling_for_composed_and_decomposed_letters() -> None:
    assert unwrap(wrap(SECRET, "cafe\u0301 au lait", "o", FLOOR), "caf\u00e9 au lait", "o") == SECRET


def test_a_moved_envelope_does_not_open() -> None:
    assert _refused(ENVELOPE, owner="vault-1 user li") is Code.WRONG_PASSPHRASE
    assert _refused(ENVELOPE, owner="vault-2 user zhang") is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize("wrong", ["Correct horse", "correct horse ", "", "correct  horse"])
def test_another_passphrase_does_not_open(wrong: str) -> None:
    assert _refused(ENVELOPE, wrong) is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize(("setting", "low"), [("memory", 19_456), ("memory", 0), ("passes", 0), ("lanes", 0)])
def test_lowered_settings_are_refused_before_any_work(setting: str, low: int) -> None:
    assert _refused(_changed(**{setting: low})) is Code.ENVELOPE_WEAK


def test_settings_changed_within_the_rules_do_not_open() -> None:
    """They are bound into the box, and make another key."""
    assert _refused(_changed(passes=2)) is Code.WRONG_PASSPHRASE


@pytest.mark.parametrize(
    "changes",
    [
        {"memory": 2**40},
        {"passes": 10**6},
        {"lanes": 10**6},
        {"memory": "65536"},
        {"memory": True},
        {"v": 2},
        {"kdf": "pbkdf2"},
        {"salt": "AAAA"},
        {"salt": 7},
        {"box": "not base64!"},
    ],
)
def test_a_damaged_or_hostile_envelope_is_named_so(changes: dict[str, object]) -> None:
    assert _refused(_changed(**changes)) is Code.ENVELOPE_BROKEN


@pytest.mark.parametrize("raw", [b"", b"{}", b"[]", b"null", b"\xff", b'{"v": 1}', ENVELOPE[:-1], ENVELOPE + b" "])
def test_anything_else_is_broken(raw: bytes) -> None:
    assert _refused(raw) is Code.ENVELOPE_BROKEN


def test_a_weak_envelope_cannot_be_made() -> None:
    with pytest.raises(Fault) as found:
        wrap(SECRET, "correct horse", "o", Argon(8, 1, 1))
    assert found.value.code is Code.ENVELOPE_WEAK


@settings(max_examples=8, deadline=None)
@given(passphrase=st.text(max_size=40), secret=st.binary(max_size=100), owner=st.text(max_size=20))
def test_round_trip(passphrase: str, secret: bytes, owner: str) -> None:
    owner = owner.encode(errors="replace").decode()
    assert unwrap(wrap(secret, passphrase, owner, FLOOR), passphrase, owner) == secret


def test_short_passphrases_are_refused_when_chosen() -> None:
    check_new("eight888")
    with pytest.raises(Fault) as found:
        check_new("seven77")
    assert found.value.code is Code.PASSPHRASE_SHORT
