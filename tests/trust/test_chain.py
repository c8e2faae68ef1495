"""The hash chain names the first bad entry, whatever was done to it."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.canonical import Json, digest, encode
from officer_app.trust.chain import GENESIS, Link, first_broken, link


def _chain(payloads: list[Json]) -> list[Link]:
    made: list[Link] = []
    previous = GENESIS
    for number, payload in enumerate(payloads, start=1):
        made.append(Link(number, previous, payload, link(previous, payload)))
        previous = made[-1].digest
    return made


LOG = _chain([{"kind": "answer", "n": number} for number in range(1, 21)])


def test_a_whole_chain_holds() -> None:
    assert first_broken([]) is None
    assert first_broken(LOG) is None


def test_the_digest_is_of_the_canonical_bytes() -> None:
    assert LOG[0].digest == digest(encode({"payload": {"kind": "answer", "n": 1}, "previous": "0" * 64}))


@given(at=st.integers(0, 19))
def test_a_changed_entry_is_named(at: int) -> None:
    changed = [*LOG]
    changed[at] = replace(changed[at], payload={"kind": "answer", "n": 999})
    assert first_broken(changed) == at + 1


@given(at=st.integers(0, 18))
def test_a_missing_entry_is_named(at: int) -> None:
    assert first_broken(LOG[:at] + LOG[at + 1 :]) == at + 1


@given(at=st.integers(0, 18))
def test_two_entries_exchanged_are_named(at: int) -> None:
    moved = [*LOG]
    moved[at], moved[at + 1] = moved[at + 1], moved[at]
    assert first_broken(moved) == at + 1


@given(at=st.integers(0, 18))
def test_an_entry_rewritten_with_a_fitting_digest_breaks_the_next(at: int) -> None:
    forged = [*LOG]
    payload: Json = {"kind": "answer", "n": 999}
    forged[at] = Link(at + 1, LOG[at].previous, payload, link(LOG[at].previous, payload))
    assert first_broken(forged) == at + 2


def test_a_cut_tail_shows_only_against_a_head_kept_elsewhere() -> None:
    cut = LOG[:-10]
    assert first_broken(cut) is None
    assert cut[-1].digest != LOG[-1].digest


def test_a_doubled_entry_is_named() -> None:
    assert first_broken([*LOG[:5], *LOG[4:]]) == 6
