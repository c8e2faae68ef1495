"""Deciding: looked at, called back, asked, passed on, given again, replaced; every rule in the core."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE
from officer_app.casework import approvals, callbacks, correspondence, decisions, delivery, review, sheets
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk
from officer_app.casework.sightings import looked_at
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.records import Agreement, Outcome, parse_decision
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.trust.papers import verify_pdf
from officer_app.vault import dossiers
from officer_app.vault.records import CaseState
from tests.support.demo import desk_of
from tests.support.stages import Stage, approval

# What the customer of the salon would say to every question that can be drawn.
SAID = {
    "application.requested_amount": "四万",
    "premises.monthly_rent": "六千二",
    "sales.declared_monthly_sales": "四万八左右",
    "liabilities": "十三万九",
    "application.term_months": "一年",
    "staff.declared": "四个人",
    "household.persons": "3口人",
    "site_visit.officer_a": "李经理",
    "site_visit.visited_on": "10月8号",
}


@pytest.fixture
def stage(fetched_once: Stage, tmp_path: Path) -> Stage:
    return fetched_once.copy(tmp_path / "demo")


@pytest.fixture
def manager(stage: Stage) -> Iterator[Desk]:
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as desk:
        yield desk


@pytest.fixture
def view(manager: Desk, stage: Stage) -> review.Review:
    assert stage.dossier is not None
    return review.open_dossier(manager, stage.dossier)


def _refused(call: Any, *args: Any) -> Code:
    with pytest.raises(Fault) as refused:
        call(*args)
    return refused.value.code


def _fields_of(view: review.Review) -> dict[str, str]:
    """The answers to the questions that this file drew."""
    return {one.path: SAID[one.path] for one in callbacks.drawn(view)}


def test_every_question_that_can_be_drawn_is_compared_both_ways(view: review.Review) -> None:
    """What the customer says agrees, in the customer's words; somebody else's figures do not."""
    found = {one.path: one for one in callbacks._candidates(view)}
    assert set(found) == set(callbacks.QUESTIONS)
    right = {path: said for path, said in SAID.items() if path in found}
    assert {path: found[path].compare(said) for path, said in right.items()} == dict.fromkeys(right, Agreement.AGREES)
    for path, said in (
        ("premises.monthly_rent", "三千"),
        ("site_visit.officer_a", "王主任"),
        ("staff.declared", "两个"),
    ):
        assert found[path].compare(said) is Agreement.DIFFERS
    assert found["site_visit.visited_on"].compare("不记得了") is Agreement.DIFFERS
    assert found["sales.declared_monthly_sales"].compare("一天一千六") is Agreement.AGREES


def test_the_call_is_blind_and_kept_once(manager: Desk, view: review.Review) -> None:
    """The questions are drawn by the dossier; nothing of the file comes before the answers, and they stay."""
    asked = callbacks.drawn(view)
    assert len(asked) == 3
    assert asked == callbacks.drawn(view)
    assert callbacks.call_back_of(manager, view) is None
    some = dict(list(_fields_of(view).items())[:2])
    assert _refused(callbacks.note_call, manager, view, "", some) is Code.DECISION_INCOMPLETE
    call = callbacks.note_call(manager, view, "孙会计", {**_fields_of(view), asked[0].path: "说不清"})
    assert call.by == "孙会计"
    assert call.phone == "199****1234"
    assert [one.agreement for one in call.answers] == [Agreement.DIFFERS, Agreement.AGREES, Agreement.AGREES]
    assert _refused(callbacks.note_call, manager, view, "", _fields_of(view)) is Code.CALL_BACK_DONE
    assert callbacks.call_back_of(manager, view) == call


def test_a_difference_wants_a_word_and_stands_in_the_record(manager: Desk, view: review.Review) -> None:
    first = callbacks.drawn(view)[0].path
    callbacks.note_call(manager, view, "", {**_fields_of(view), first: "说不清"})
    assert _refused(decisions.decide, manager, view, approval(view), PASSPHRASE) is Code.DECISION_INCOMPLETE
    choice = replace(approval(view), remarks=((first, "接电话的是她丈夫"),), opened=("memo", "check:RENT", "memo"))
    kept = decisions.decide(manager, view, choice, PASSPHRASE)
    decision = parse_decision(kept.record)
    assert [one.path for one in decision.differences if hasattr(one, "path")] == [first]
    assert decision.call_back is not None
    assert decision.call_back.answers[0].remark == "接电话的是她丈夫"
    assert decision.opened == ("memo", "check:RENT")
    assert {one.question for one in decision.photos_viewed} <= set(sheets.SHOTS)
    with manager.vault.reading() as tx:
        record = dossiers.get(tx, view.record.id)
    text = "".join(
        page.extract_text() for page in PdfReader(io.BytesIO(sheets.sheet_of(manager, record, CHINESE))).pages
    )
    assert "电话回访" in text
    assert "接电话的是她丈夫" in "".join(text.split())


def test_above_its_limit_the_policy_wants_the_call(manager: Desk, view: review.Review) -> None:
    assert not decisions.call_needed(view, Decimal(100_000))
    assert decisions.call_needed(view, Decimal(100_001))
    choice = replace(approval(view), amount=Decimal(120_000))
    assert _refused(decisions.decide, manager, view, choice, PASSPHRASE) is Code.CALL_BACK_NEEDED


def test_what_was_seen_is_held_against_the_file(view: review.Review) -> None:
    plate = next(photo for photo in view.photos if photo.question.endswith("shot_door_plate"))
    front = next(photo for photo in view.photos if photo.question.endswith("shot_front"))
    other = next(photo for photo in view.photos if photo.question.endswith("shot_inside"))
    assert looked_at(view, plate, "解放街5号").agreement is Agreement.AGREES
    assert looked_at(view, plate, "门牌 18 号").agreement is Agreement.DIFFERS
    assert looked_at(view, plate, "看不清").agreement is Agreement.DIFFERS
    assert looked_at(view, front, "红色招牌，阿芳理发").agreement is Agreement.AGREES
    assert looked_at(view, front, "老罗果行").agreement is Agreement.DIFFERS
    assert looked_at(view, other, "三张椅子").agreement is Agreement.UNTOLD


def test_nobody_who_is_in_the_file_decides_and_may_only_pass_it_on(manager: Desk, view: review.Review) -> None:
    """By id for who took part, by name for who stands beside the borrower; the core refuses, not the screen alone."""
    person = manager.identity.person if manager.identity is not None else None
    assert person is not None
    helped = replace(view, manifest=replace(view.manifest, investigators=(" 陈国栋 ",)))
    twice = replace(view, manifest=replace(view.manifest, officer=PartyRef("f" * 32, "陈国栋")))
    assert _refused(decisions.decide, manager, twice, approval(view), PASSPHRASE) is Code.FOUR_EYES
    kin = replace(view, manifest=replace(view.manifest, persons=("陈国栋",)))
    assert _refused(decisions.decide, manager, helped, approval(view), PASSPHRASE) is Code.FOUR_EYES
    assert _refused(decisions.decide, manager, kin, approval(view), PASSPHRASE) is Code.RELATED_TO_CASE
    assert review.bar(manager, helped.manifest) is Code.FOUR_EYES
    assert review.bar(manager, kin.manifest) is Code.RELATED_TO_CASE


def test_a_case_is_not_passed_to_a_level_where_nobody_sits(manager: Desk, view: review.Review, stage: Stage) -> None:
    choice = decisions.Choice(Outcome.ESCALATE, "超出权限")
    assert _refused(decisions.decide, manager, view, choice, PASSPHRASE) is Code.NOBODY_ABOVE
    assert read_case(manager, stage.case).state is CaseState.SUBMITTED


def test_questions_and_answers_travel_and_stand_in_the_decision(stage: Stage) -> None:
    """Asked without returning, answered without a new version, signed both ways, printed on the sheet."""
    demo, clock = stage.demo, stage.clock
    assert stage.dossier is not None
    with desk_of(demo, Role.MANAGER, clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        assert _refused(correspondence.ask, manager, view.record, "  ") is Code.REASON_NEEDED
        correspondence.ask(manager, view.record, "合同到期后还续租吗？")
        delivery.sync(manager, demo.store)
    clock.move(minutes=5)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, demo.store).notices == 1
        asked = correspondence.questions_of(officer, stage.case)
        assert [(one.words, one.answer) for one in asked] == [("合同到期后还续租吗？", "")]
        correspondence.answer_question(officer, stage.case, asked[0], "房东同意续三年")
        again = correspondence.questions_of(officer, stage.case)[0]
        assert _refused(correspondence.answer_question, officer, stage.case, again, "再说") is Code.RECORD_EXISTS
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, demo.store).notices == 1
        assert delivery.sync(manager, demo.store).notices == 0
        assert [one.answered for one in review.queue(manager)] == [1]
        view = review.open_dossier(manager, stage.dossier)
        kept = decisions.decide(manager, view, approval(view), PASSPHRASE)
        said = parse_decision(kept.record).exchanged
        assert [(one.question, one.answer) for one in said] == [("合同到期后还续租吗？", "房东同意续三年")]
        text = "".join(
            page.extract_text()
            for page in PdfReader(io.BytesIO(sheets.sheet_of(manager, view.record, CHINESE))).pages
        )
        assert "房东同意续三年" in "".join(text.split())


def test_the_customer_withdraws_and_everybody_hears_of_it(stage: Stage) -> None:
    demo, clock = stage.demo, stage.clock
    with desk_of(demo, Role.OFFICER, clock) as officer:
        correspondence.withdraw_case(officer, stage.case, "不借了，亲戚凑上了")
        assert read_case(officer, stage.case).state is CaseState.WITHDRAWN
        again = (officer, stage.case, "再说一次")
        assert _refused(correspondence.withdraw_case, *again) is Code.CASE_STATE_CHANGED
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        assert delivery.sync(manager, demo.store).notices == 1
        assert read_case(manager, stage.case).state is CaseState.WITHDRAWN
        assert review.queue(manager) == ()
        assert stage.dossier is not None
        view = review.open_dossier(manager, stage.dossier)
        assert _refused(decisions.decide, manager, view, approval(view), PASSPHRASE) is Code.CASE_STATE_CHANGED


def test_an_approval_ends_is_given_again_and_replaced(stage: Stage) -> None:
    """Forty-five days; then it waits in the queue, and a new record that names the old one takes its place."""
    demo, clock = stage.demo, stage.clock
    assert stage.dossier is not None
    with desk_of(demo, Role.MANAGER, clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        first = parse_decision(decisions.decide(manager, view, approval(view), PASSPHRASE).record)
        assert first.valid_until is not None
        assert (first.valid_until - first.decided_at.date()).days == 45
        assert approvals.lapse(manager) == ()
        delivery.sync(manager, demo.store)
        clock.move(days=46)
        assert approvals.lapse(manager) == (stage.case,)
        assert read_case(manager, stage.case).state is CaseState.EXPIRED
        assert [one.case.state for one in review.queue(manager)] == [CaseState.EXPIRED]
        view = review.open_dossier(manager, stage.dossier)
        assert _refused(decisions.decide, manager, view, approval(view), PASSPHRASE) is Code.OVERRIDE_NEEDED
        refusal = decisions.Choice(Outcome.REFUSE, "征信过期，店已转让")
        kept = decisions.decide(manager, view, refusal, PASSPHRASE)
        second = parse_decision(kept.record)
        assert second.supersedes == first.record_id
        assert read_case(manager, stage.case).state is CaseState.REFUSED
        institution = manager.institution
        assert institution is not None
        assert kept.memo is not None
        assert verify_pdf(manager.vault.read_blob(kept.memo), institution.root).ok
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        got = delivery.sync(officer, demo.store)
        assert (got.decisions, got.quarantined) == (2, [])
        assert read_case(officer, stage.case).state is CaseState.REFUSED


def test_an_officer_opens_an_ended_approval_as_the_next_version(stage: Stage) -> None:
    demo, clock = stage.demo, stage.clock
    assert stage.dossier is not None
    with desk_of(demo, Role.MANAGER, clock) as manager:
        view = review.open_dossier(manager, stage.dossier)
        decisions.decide(manager, view, approval(view), PASSPHRASE)
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
        clock.move(days=50)
        assert approvals.lapse(officer) == (stage.case,)
        clock.move(days=-20)
        assert approvals.lapse(officer) == (stage.case,)
        assert read_case(officer, stage.case).state is CaseState.APPROVED
        assert approvals.refresh_case(officer, stage.case).version == 2
        assert read_case(officer, stage.case).state is CaseState.RETURNED
