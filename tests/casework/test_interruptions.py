"""A visit that was cut short says where, once it is opened again; one that was left in order says nothing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.clock import local_time
from officer_app.casework import visitlog, visits
from officer_app.casework.desk import Desk
from officer_app.casework.interruptions import interruption
from officer_app.casework.visits import Visit
from officer_app.checklists.visitlog import Event
from officer_app.trust.certificates import Role
from tests.support.demo import HandClock, desk_of
from tests.support.dying_officer import Child, answer_of
from tests.support.stages import Stage

ACKNOWLEDGED = 5


@pytest.fixture
def sat(begun_once: Stage, tmp_path: Path) -> Iterator[tuple[Desk, Visit, HandClock]]:
    """One answer given in a first sitting, which goes on."""
    stage = begun_once.copy(tmp_path / "demo")
    clock = stage.clock
    with desk_of(stage.demo, Role.OFFICER, clock) as desk:
        visit = visits.resume_visit(desk, stage.visit)
        visitlog.sit_down(desk, visit, fresh=True)
        _answered(desk, visit, "/data/person/family/household_persons", "4")
        yield desk, visit, clock


def _answered(desk: Desk, visit: Visit, ref: str, text: str) -> None:
    assert visit.log is not None
    visit.log.answered(ref, visit.session.value(ref), text)
    visits.answer(desk, visit, ref, text)


def _again(desk: Desk, visit: Visit, clock: HandClock) -> Visit:
    clock.move(minutes=20)
    reopened = visits.resume_visit(desk, visit.record.id)
    visitlog.sit_down(desk, reopened, fresh=False)
    return reopened


def test_a_killed_sitting_is_told_at_the_last_answer_kept(begun_once: Stage, tmp_path: Path) -> None:
    stage = begun_once.copy(tmp_path / "demo")
    child = Child(stage, "sit")
    heard = child.lines(1 + ACKNOWLEDGED) + child.kill()
    last = max(int(line.split("\t")[1]) for line in heard.splitlines()[1:])
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        visit = visits.resume_visit(desk, stage.visit)
        visitlog.sit_down(desk, visit, fresh=False)
        found = interruption(desk, visit)
        assert found is not None
        # The one under way when the process was killed may be on the disk without having been acknowledged.
        assert found.ref in (answer_of(last)[0], answer_of(last + 1)[0])
        for number in range(max(1, last - 3), last + 1):
            assert visit.session.value(answer_of(number)[0]) in (answer_of(number)[1], answer_of(last + 1)[1])


def test_it_is_told_by_the_clock_and_the_question(sat: tuple[Desk, Visit, HandClock]) -> None:
    desk, visit, clock = sat
    began = visit.log.began if visit.log is not None else None
    found = interruption(desk, _again(desk, visit, clock))
    assert began is not None
    assert found is not None
    assert found.ref == "/data/person/family/household_persons"
    assert local_time(found.at).strftime("%H:%M") == local_time(began).strftime("%H:%M")


def test_the_sitting_that_goes_on_is_no_interruption(sat: tuple[Desk, Visit, HandClock]) -> None:
    desk, visit, _clock = sat
    assert interruption(desk, visit) is None


def test_leaving_in_order_says_nothing(sat: tuple[Desk, Visit, HandClock]) -> None:
    desk, visit, clock = sat
    visitlog.finish(desk, visit, Event.EXIT)
    assert interruption(desk, _again(desk, visit, clock)) is None


def test_an_old_interruption_is_over_once_somebody_left_in_order(sat: tuple[Desk, Visit, HandClock]) -> None:
    desk, visit, clock = sat
    second = _again(desk, visit, clock)
    _answered(desk, second, "/data/person/family/household_persons", "5")
    visitlog.finish(desk, second, Event.EXIT)
    assert interruption(desk, _again(desk, second, clock)) is None


def test_nobody_sat_here_before(begun_once: Stage, tmp_path: Path) -> None:
    stage = begun_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as desk:
        assert interruption(desk, visits.resume_visit(desk, stage.visit)) is None
