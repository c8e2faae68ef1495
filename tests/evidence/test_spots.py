"""What is drawn for a visit: the same for whoever does it again, another for another visit, and never a guess."""

from __future__ import annotations

import hashlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.evidence.shotlists import PlaceOfShot, shipped_shots
from officer_app.evidence.spots import PREFIX, SpotKind, read_spots, shipped_spots

MUCH = Decimal(260_000)


def drawn(visit: str, trade: str = "水果批发", asked: Decimal | None = MUCH) -> list[str]:
    return [shot.id for shot in shipped_spots().drawn("case-1", visit, trade, asked)]


def test_a_draw_can_be_done_again_by_hand() -> None:
    """The smallest SHA-256 of case/visit/id, among what fits the trade, corners first."""
    fitting = [
        one for one in shipped_spots().spots if not one.trades or any(word in "水果批发" for word in one.trades)
    ]

    def place(name: str) -> str:
        return hashlib.sha256(f"case-1/visit-1/{name}".encode()).hexdigest()

    corner = min((one.id for one in fitting if one.kind is SpotKind.SPOT), key=place)
    again = min((one.id for one in fitting if one.kind is SpotKind.AGAIN), key=place)
    assert drawn("visit-1") == drawn("visit-1") == [PREFIX + corner, PREFIX + again]


def test_another_visit_draws_anew_and_every_line_has_its_turn() -> None:
    seen = {name for number in range(400) for name in drawn(f"visit-{number}")}
    fitting = {one.shot.id for one in shipped_spots().spots if not one.trades or "水果" in one.trades}
    assert seen == fitting


def test_small_loans_draw_nothing_and_large_ones_more() -> None:
    assert drawn("v", asked=None) == drawn("v", asked=Decimal(199_999)) == []
    assert len(drawn("v", asked=Decimal(200_000))) == 2
    assert len(drawn("v", asked=Decimal(500_000))) == 3
    assert set(drawn("v")) < set(drawn("v", asked=Decimal(900_000)))


def test_trades_keep_to_themselves() -> None:
    for number in range(100):
        for shot in shipped_spots().drawn("case", f"v{number}", "开理发店", MUCH):
            spot = next(one for one in shipped_spots().spots if one.shot is shot)
            assert not spot.trades


def test_names_are_no_names_of_the_shot_list() -> None:
    ours = {one.shot.id for one in shipped_spots().spots}
    assert not ours & {shot.id for shot in shipped_shots().shots}
    assert {one.shot.place for one in shipped_spots().spots} <= {PlaceOfShot.SHOP, PlaceOfShot.HOME}


@pytest.mark.parametrize(
    "change",
    [
        ("schema = 1", "schema = 2"),
        ('kind = "spot", place = "shop"', 'kind = "corner", place = "shop"'),
        ('kind = "spot", place = "shop"', 'kind = "spot", place = "elsewhere"'),
        ('id = "shelf_back"', 'id = "shelf_low"'),
        ("spots = 1\n", "spots = true\n"),
        ("spots = 1\n", "spots = 11\n"),
        ("again = 1\n", "agian = 1\n"),
        ("amount_from = 200000", 'amount_from = "viel"'),
    ],
)
def test_a_file_that_is_not_right_is_refused_with_the_entry(change: tuple[str, str]) -> None:
    shipped = (forms_folder() / "spots.toml").read_text(encoding="utf-8")
    assert change[0] in shipped
    with pytest.raises(Fault) as caught:
        read_spots(shipped.replace(*change, 1).encode())
    assert caught.value.code is Code.SHOT_LIST_WRONG
    assert caught.value.where


@given(st.binary(max_size=400))
def test_no_bytes_do_anything_but_be_refused(data: bytes) -> None:
    with pytest.raises(Fault) as caught:
        read_spots(data)
    assert caught.value.code is Code.SHOT_LIST_WRONG
