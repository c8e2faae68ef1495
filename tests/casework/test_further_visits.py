"""A further visit of the same case: blank, its own, and weighed together with the ones before it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import ENGLISH, Verbatim, say
from officer_app.casework import (
    decisions,
    delivery,
    explanations,
    gate,
    papers,
    review,
    revisits,
    submission,
    visits,
)
from officer_app.casework.decisions import Choice
from officer_app.casework.desk import Desk
from officer_app.casework.findings import Contradiction, Standing, findings_of
from officer_app.casework.owed import owed
from officer_app.casework.revisits import ANOTHER_VISIT, Why, Wish
from officer_app.casework.today import progress_of
from officer_app.casework.visits import Visit
from officer_app.credit.figures import known
from officer_app.dossier.records import Outcome
from officer_app.training import seeding
from officer_app.training.demo_cases import read_demo_case
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault.records import LieTold, VisitState
from tests.support.demo import HandClock, desk_of
from tests.support.files import settle
from tests.support.stages import Stage

PERSONS = "/data/person/family/household_persons"
COUNTED = "/data/stock/goods/inventory_counted"
SHOTS = {"shot_door_plate", "shot_street_left", "shot_street_right", "shot_front", "shot_inside"}


@pytest.fixture
def ready(ready_once: Stage, tmp_path: Path) -> Stage:
    return ready_once.copy(tmp_path / "demo")


@pytest.fixture
def fetched(fetched_once: Stage, tmp_path: Path) -> Stage:
    return fetched_once.copy(tmp_path / "demo")


@pytest.fixture
def stage(ready: Stage) -> Iterator[tuple[Desk, Visit, HandClock]]:
    clock = ready.clock
    with desk_of(ready.demo, Role.OFFICER, clock) as desk:
        yield desk, visits.resume_visit(desk, ready.visit), clock


def once_more(desk: Desk, visit: Visit, clock: HandClock, wish: Wish | None = None) -> Visit:
    clock.move(days=3)
    return revisits.begin(desk, visit.case, findings_of(desk, visit.case, visit), wish or Wish())


def test_it_begins_blank_and_ends_the_one_before(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    second = once_more(desk, first, clock)
    assert second.session.facts() == {}
    assert [one.record.id for one in second.earlier] == [first.record.id]
    before, now = visits.visits_of(desk, first.case)
    assert (before.state, now.state) == (VisitState.FINISHED, VisitState.OPEN)
    assert local_date(now.started) > local_date(before.started)


def test_the_one_before_can_no_longer_be_changed(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    held = first.session.question(PERSONS, "en").value
    once_more(desk, first, clock)
    with pytest.raises(Fault) as refused:
        visits.answer(desk, first, PERSONS, "9")
    assert refused.value.code is Code.VISIT_OVER
    assert visits.resume_visit(desk, first.record.id).session.question(PERSONS, "en").value == held


def test_what_an_earlier_visit_answered_is_not_owed_again_but_pictures_are(
    stage: tuple[Desk, Visit, HandClock],
) -> None:
    desk, first, clock = stage
    assert owed(desk, first) == ()
    second = once_more(desk, first, clock)
    assert len(second.session.problems("en")) > 60
    lacking = gate.gaps(desk, second, findings_of(desk, second.case, second))
    assert {gap.ref.rpartition("/")[2] for gap in lacking} == SHOTS
    assert {gap.kind for gap in lacking} == {gate.Lacking.PICTURE}
    assert progress_of(desk, second.case).missing == len(SHOTS)


def test_what_the_first_visit_left_out_is_still_owed(stage: tuple[Desk, Visit, HandClock]) -> None:
    """Behind an answer of the first visit stands a question that the blank second one does not even show."""
    desk, first, clock = stage
    visits.answer(desk, first, PERSONS, "")
    second = once_more(desk, first, clock)
    assert PERSONS in {one.problem.ref for one in owed(desk, second)}
    visits.answer(desk, second, PERSONS, "3")
    assert PERSONS not in {one.problem.ref for one in owed(desk, second)}


def test_a_refused_answer_is_owed_until_it_is_given_again(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    visits.answer(desk, first, COUNTED, "-5")
    second = once_more(desk, first, clock)
    assert COUNTED in {one.problem.ref for one in owed(desk, second)}
    visits.answer(desk, second, COUNTED, "18000")
    assert COUNTED not in {one.problem.ref for one in owed(desk, second)}


def test_a_list_is_taken_whole_from_the_visit_that_has_it(stage: tuple[Desk, Visit, HandClock]) -> None:
    """The first visit's many costs give way to the one of the second, which lacks its amount."""
    desk, first, clock = stage
    assert len(findings_of(desk, first.case, first).facts.operating_costs) > 1
    second = once_more(desk, first, clock)
    row = "/data/costs/operating_cost[1]/"
    visits.answer(desk, second, row + "cost_item", "房租")
    lacking = {one.problem.ref for one in owed(desk, second)}
    assert {ref for ref in lacking if "operating_cost" in ref} == {row + "cost_amount", row + "cost_behaviour"}
    assert len(findings_of(desk, second.case, second).facts.operating_costs) == 1


def test_why_it_is_made_stands_in_the_record_and_in_the_memo(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    second = once_more(desk, first, clock, Wish(second_officer=" 周敏\n", note="晚上再看一次客流"))
    assert revisits.why_words(second.record)[-1].text == "晚上再看一次客流"  # type: ignore[union-attr]
    found = findings_of(desk, second.case, second)
    assert found.facts.site_visit is not None
    assert found.facts.site_visit.officer_b == "周敏"
    assert papers.preview(desk, second, found, ENGLISH).startswith(b"%PDF")


def test_a_proven_lie_calls_for_a_visit_and_the_gap_leads_to_it(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    told = Contradiction("DEBTS", Verbatim("欠款前后不一"), True, (), (), Standing.OPEN, found=True)
    explanations.let_stand(desk, first.case, told, "改口三次", LieTold("没有别的欠款", "欠信用社 3 万"))
    found = findings_of(desk, first.case, first)
    assert [gap.ref for gap in gate.gaps(desk, first, found)] == [ANOTHER_VISIT]
    with pytest.raises(Fault) as refused:
        submission.submit(desk, first, PASSPHRASE)
    assert refused.value.code is Code.CASE_INCOMPLETE
    plan = revisits.plan(desk, first.case, found)
    assert (plan.number, [reason.why for reason in plan.reasons]) == (2, [Why.LIE])
    assert [one.name for one in plan.checklists][:2] == ["second_visit", "business_visit"]
    second = once_more(desk, first, clock)
    assert second.record.purpose == "lie"
    assert ANOTHER_VISIT not in {gap.ref for gap in gate.gaps(desk, second, findings_of(desk, first.case, second))}


def test_a_case_of_two_visits_is_handed_over_with_both(stage: tuple[Desk, Visit, HandClock]) -> None:
    desk, first, clock = stage
    second = once_more(desk, first, clock, Wish(note="再来一次"))
    persons = known(findings_of(desk, first.case, second).facts.household.persons)
    assert persons is not None
    visits.answer(desk, second, PERSONS, f"{persons + 1:f}")
    again_photographed(desk, second, clock)
    settle(desk, second)
    record = submission.submit(desk, second, PASSPHRASE)
    names = {part.path for part in record.parts}
    assert {f"answers/{first.record.id}.json", f"answers/{second.record.id}.json"} <= names


def again_photographed(desk: Desk, visit: Visit, clock: HandClock) -> None:
    seeding.photograph(desk, visit, read_demo_case("salon", clock.now()))


def test_a_returned_case_names_the_managers_questions(fetched: Stage) -> None:
    assert fetched.dossier is not None
    with desk_of(fetched.demo, Role.MANAGER, fetched.clock) as manager:
        view = review.open_dossier(manager, fetched.dossier)
        seen = tuple((photo.part, "门牌 5 号") for photo in view.sample)
        choice = Choice(Outcome.RETURN, "冰柜没看清", questions=("冰柜是谁的？",), photos_viewed=seen)
        decisions.decide(manager, view, choice, PASSPHRASE)
        delivery.sync(manager, fetched.demo.store)
    with desk_of(fetched.demo, Role.OFFICER, fetched.clock) as desk:
        delivery.sync(desk, fetched.demo.store)
        first = visits.resume_visit(desk, fetched.visit)
        plan = revisits.plan(desk, first.case, findings_of(desk, first.case, first))
        assert [reason.why for reason in plan.reasons] == [Why.RETURNED]
        assert say(plan.reasons[0].words, ENGLISH) == "Returned with the question: 冰柜是谁的？"
        second = revisits.begin(desk, first.case, findings_of(desk, first.case, first), Wish())
        assert second.record.purpose == "returned"


def test_a_debt_that_the_second_visit_finds_joins_those_of_the_first(stage: tuple[Desk, Visit, HandClock]) -> None:
    """The blind checklist asks who, how much and how one knows it, where it hears of new money."""
    desk, first, clock = stage
    known = len(findings_of(desk, first.case, first).facts.liabilities)
    clock.move(days=2)
    second = visits.begin_visit(desk, first.case, form_name="second_visit")
    told = {"creditor": "彪哥", "told": "no", "kind": "individual", "balance": "50000", "payment": "1500"}
    visits.answer(desk, second, "/data/changed/news/new_debt", "yes")
    for name, text in told.items():
        visits.answer(desk, second, f"/data/changed/debt[1]/debt_{name}", text)
    debts = findings_of(desk, first.case, second).facts.liabilities
    assert len(debts) == known + 1
    assert [(one.creditor, one.disclosed) for one in debts if one.creditor == "彪哥"] == [("彪哥", False)]
