"""The shot list of a visit: who needs which pictures, what a reason is good for, and what nothing replaces."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import forms_folder
from officer_app.casework import notes, visits
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.casework.shots import OWN, excused, frames
from officer_app.casework.visits import Visit
from officer_app.evidence.shotlists import PlaceOfShot, read_shots, shipped_shots
from officer_app.training import seeding
from tests.support.furnished import Furnished, furnish


@pytest.fixture(scope="module")
def furnished(tmp_path_factory: pytest.TempPathFactory) -> Furnished:
    return furnish(tmp_path_factory.mktemp("furnished"))


def required(product: str = "", trade: str = "", amount: str | None = None) -> set[str]:
    listed = shipped_shots().wanted(product, trade, Decimal(amount) if amount else None)
    return {one.shot.id for one in listed if one.required}


def opened(desk: Desk, furnished: Furnished, name: str) -> Visit:
    return visits.resume_visit(desk, visits.visits_of(desk, furnished.cases[name])[-1].id)


def put_reason(desk: Desk, visit: Visit, ref: str, words: str) -> None:
    note = notes.written(visit, ref, words, desk.user.id, desk.clock.now(), not_seen=True)
    notes.keep(desk, visit.case, [note])


def test_everybody_shows_the_street_the_front_and_the_inside() -> None:
    assert required() == {"door_plate", "street_left", "street_right", "front", "inside"}


@pytest.mark.parametrize(
    ("product", "trade", "amount", "more"),
    [
        ("经营贷", "水果批发", None, {"stock", "book_page"}),
        ("", "开理发店", None, {"equipment", "meter"}),
        ("", "A restaurant on the corner", None, {"equipment", "meter"}),
        ("farming", "养蛋鸡", None, {"stock", "borrower_in_place"}),
        ("equipment", "", None, {"equipment"}),
        ("household", "", "199999.99", {"home", "borrower_in_place"}),
        ("", "", "200000", {"borrower_in_place", "officer_and_borrower", "meter", "book_page", "home"}),
    ],
)
def test_product_trade_and_amount_ask_for_more(product: str, trade: str, amount: str | None, more: set[str]) -> None:
    assert required(product, trade, amount) == required() | more


def test_the_list_knows_every_shot_that_the_rules_name_and_where_it_is_taken() -> None:
    named = {shot.id: shot.place for shot in shipped_shots().shots}
    assert set(named) >= {
        *("door_plate", "street_left", "street_right", "front", "inside", "stock", "equipment", "meter"),
        *("book_page", "borrower_in_place", "officer_and_borrower", "collateral", "home"),
    }
    assert named["home"] is PlaceOfShot.HOME
    assert named["front"] is PlaceOfShot.SHOP


@pytest.mark.parametrize(
    "change",
    [
        ("schema = 1", "schema = 2"),
        ('place = "home"', 'place = "moon"'),
        ('required = ["equipment"]', 'required = ["equipmint"]'),
        ("amount_from = 200000", "amount_from = true"),
        ("[[lists]]", "[[list]]"),
        ('id = "home",', ""),
        ("schema", "schema ="),
    ],
)
def test_a_list_that_is_not_right_is_refused_with_the_entry(change: tuple[str, str]) -> None:
    shipped = (forms_folder() / "shots.toml").read_text(encoding="utf-8")
    assert change[0] in shipped
    with pytest.raises(Fault) as caught:
        read_shots(shipped.replace(*change).encode())
    assert caught.value.code is Code.SHOT_LIST_WRONG
    assert caught.value.where


def test_the_demo_customers_lack_nothing(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        for name in furnished.cases:
            visit = opened(desk, furnished, name)
            findings = findings_of(desk, visit.case, visit)
            shown = frames(visit, findings)
            assert not [frame.shot for frame in shown if frame.lacking]
            assert {frame.shot for frame in shown if frame.photos} == {
                name.removeprefix("shot_")
                for name in seeding.SHOTS
                if any(one.ref.endswith(f"/{name}") for one in shown)
            }


def test_a_missing_shot_is_a_gap_until_it_is_there_or_a_reason_is(furnished: Furnished, tmp_path: Path) -> None:
    """The large loan asks for the home, which no question of the shop's checklist asks for."""
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = opened(desk, furnished, "fruit")
        amount = visits.ref_of_fact(visit.session, "application.requested_amount")
        assert amount is not None
        visits.answer(desk, visit, amount, "260000")

        def lacking() -> set[str]:
            found = gaps(desk, visit, findings_of(desk, visit.case, visit))
            return {gap.ref for gap in found if gap.kind is Lacking.PICTURE}

        home = f"{OWN}home"
        assert home in lacking()
        put_reason(desk, visit, home, "无")
        assert home in lacking()
        put_reason(desk, visit, home, "他住在老家，三百公里外，约了视频")
        assert home not in lacking()
        told = excused(visit, findings_of(desk, visit.case, visit))
        assert [(frame.shot, frame.reason) for frame in told] == [("home", "他住在老家，三百公里外，约了视频")]
        again = visits.resume_visit(desk, visit.record.id)
        assert home not in {gap.ref for gap in gaps(desk, again, findings_of(desk, again.case, again))}


def test_what_the_checklist_insists_on_takes_no_reason(furnished: Furnished, tmp_path: Path) -> None:
    with furnished.officer(tmp_path) as (desk, _demo, _clock):
        visit = opened(desk, furnished, "fruit")
        front = next(f for f in frames(visit, findings_of(desk, visit.case, visit)) if f.shot == "front")
        visits.answer(desk, visit, front.ref, "")
        put_reason(desk, visit, front.ref, "天黑了，看不清")
        assert front.must
        assert front.ref in {gap.ref for gap in gaps(desk, visit, findings_of(desk, visit.case, visit))}
