"""Before one leaves: the list holds what needs the place, and nothing that a call can settle."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from officer_app.casework.captures import captured
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.casework.findings import findings_of
from officer_app.casework.gate import Lacking, gaps
from officer_app.casework.leaving import Leaving, Where, before_leaving
from officer_app.casework.visits import Visit, answer, begin_visit
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.forms import session_of
from tests.support.visits import business_visit

PLATE = "/data/shots/outside/shot_door_plate"
CASH = "/data/stock/liquid/cash_on_hand"
SALES = "/data/sales/sales_told/declared_monthly_sales"


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


@pytest.fixture
def visit(desk: Desk) -> Visit:
    return begin_visit(desk, open_case(desk, NewCase("周德旺")).id)


def leaving(desk: Desk, visit: Visit) -> tuple[Leaving, ...]:
    return before_leaving(visit, gaps(desk, visit, findings_of(desk, visit.case, visit)))


def test_what_must_be_seen_is_on_the_list_and_what_can_be_asked_is_not(desk: Desk, visit: Visit) -> None:
    refs = {one.gap.ref for one in leaving(desk, visit)}
    assert {PLATE, CASH} <= refs
    assert SALES not in refs
    assert SALES in {gap.ref for gap in gaps(desk, visit, findings_of(desk, visit.case, visit))}


def test_pictures_that_are_only_useful_are_on_it_too(desk: Desk, visit: Visit) -> None:
    refs = {one.gap.ref for one in leaving(desk, visit)}
    assert "/data/shots/inside/shot_book_page" in refs
    assert not visit.session.question("/data/shots/inside/shot_book_page", "en").required


def test_the_shop_comes_before_the_home(desk: Desk, visit: Visit) -> None:
    places = [one.where for one in leaving(desk, visit)]
    assert places == sorted(places, key=lambda where: where is not Where.SHOP)
    assert Where.HOME in places


def test_an_answer_leaves_the_list(desk: Desk, visit: Visit) -> None:
    answer(desk, visit, CASH, "1460")
    assert CASH not in {one.gap.ref for one in leaving(desk, visit)}


def test_the_tray_is_on_it_while_somebody_can_still_be_asked(desk: Desk, visit: Visit) -> None:
    captured(visit, "嗯嗯哼", desk.user.id, desk.clock.now())
    assert [one.gap.kind for one in leaving(desk, visit)].count(Lacking.CAPTURE) == 1


def test_a_question_has_its_own_place_or_its_groups() -> None:
    survey = """
| type | name | label | bind::place |
| begin_group | shop | Shop | shop |
| text | counted | Counted | |
| text | by_phone | By phone | desk |
| end_group | | | |
| text | loose | Loose | |
"""
    session = session_of(survey)
    assert session.place_of("/data/shop/counted") == "shop"
    assert session.place_of("/data/shop/by_phone") == "desk"
    assert session.place_of("/data/loose") == ""
    assert session.place_of("/data/none") == ""


def test_every_question_of_the_shipped_checklist_knows_its_place() -> None:
    asked = [node for node in business_visit().root.down() if node.control is not None]
    assert {node.place for node in asked} == {"shop", "home", "desk"}
