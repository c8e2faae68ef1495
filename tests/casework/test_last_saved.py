"""${last-saved#question} in a checklist: what the officer said last in it is the default of the next visit."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from officer_app.casework import packs, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.desk import Desk
from officer_app.checklists.compile import compile_form
from officer_app.training.institution import Demo
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of

_FORM = """| survey |
| | type | name | label | default | calculation |
| | text | village | Village | ${last-saved#village} | |
| | text | lane | Lane | | |
| | calculate | lane_before | | | ${last-saved#lane} |

| settings |
| | form_title | form_id | version |
| | Round of a village | village_round | 1 |
"""


@pytest.fixture
def desk(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        with desk.vault.writing() as tx:
            packs.add(tx, packs.FORM, "village_round", 1, compile_form(_FORM.encode(), "village_round.md", {}).xml)
        yield desk


def _begun(desk: Desk, clock: HandClock) -> visits.Visit:
    clock.move(minutes=5)
    case = open_case(desk, NewCase("测试人"))
    return visits.begin_visit(desk, case.id, form_name="village_round")


def _seen(visit: visits.Visit) -> tuple[str | None, str | None]:
    return visit.session.peek("/data/village"), visit.session.peek("/data/lane_before")


def test_the_last_visit_is_the_default_of_the_next_in_another_case(desk: Desk, clock: HandClock) -> None:
    first = _begun(desk, clock)
    assert _seen(first) == ("", "")
    visits.answer(desk, first, "/data/village", "柳林村")
    visits.answer(desk, first, "/data/lane", "东二")
    assert _seen(_begun(desk, clock)) == ("柳林村", "东二")


def test_an_open_visit_keeps_what_it_read_whatever_came_since(desk: Desk, clock: HandClock) -> None:
    visits.answer(desk, _begun(desk, clock), "/data/lane", "东二")
    second = _begun(desk, clock)
    visits.answer(desk, _begun(desk, clock), "/data/lane", "西四")
    again = visits.resume_visit(desk, second.record.id)
    assert again.session.peek("/data/lane_before") == "东二"
