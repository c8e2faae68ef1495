"""What the policy asks of a case beside its figures: lane, level, rules set aside, and another policy tried."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.words import CHINESE, say
from officer_app.casework import (
    decisions,
    delivery,
    enrolment,
    gate,
    overrides,
    packs,
    review,
    submission,
    visits,
    whatif,
)
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk, seat, sign_in
from officer_app.casework.findings import findings_of
from officer_app.credit.policy import read_policy
from officer_app.credit.policytext import replaced
from officer_app.credit.reading import read_facts
from officer_app.dossier.records import ConditionTerm, Outcome, When, parse_decision
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.exceptions import exceptions
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.publishing import send_waiting
from officer_app.headoffice.reassessing import reassess_all
from officer_app.training.institution import BRANCH, PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.papers import verify_pdf
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import CaseState
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage, approval
from tests.support.worked import SHIPPED_POLICY

TOML = SHIPPED_POLICY.read_text(encoding="utf-8")
STRICT = replaced(TOML, "instalment_to_disposable_max_percent", "10")


@pytest.fixture
def ready(ready_once: Stage, tmp_path: Path) -> Stage:
    return ready_once.copy(tmp_path / "demo")


@pytest.fixture
def fetched(fetched_once: Stage, tmp_path: Path) -> Stage:
    return fetched_once.copy(tmp_path / "demo")


def _put_policy(desk: Desk, text: str, version: int = 9) -> None:
    with desk.vault.writing() as tx:
        packs.add(tx, packs.POLICY, packs.DEFAULT_POLICY, version, text.encode())


def _view(desk: Desk, stage: Stage) -> review.Review:
    assert stage.dossier is not None
    return review.open_dossier(desk, stage.dossier)


def _refused(desk: Desk, view: review.Review, choice: decisions.Choice) -> Code:
    with pytest.raises(Fault) as caught:
        decisions.decide(desk, view, choice, PASSPHRASE)
    return caught.value.code


# --- lane and path at the gate --------------------------------------------------------------------------------------


def test_the_demo_customer_goes_the_full_visit_and_owes_nothing_more(ready: Stage) -> None:
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as officer:
        visit = visits.resume_visit(officer, ready.visit)
        found = findings_of(officer, ready.case, visit)
        assert found.lane is not None
        assert found.lane.name == "standard"
        assert found.path.tier is not None
        assert gate.gaps(officer, visit, found) == ()


def test_a_lane_asks_for_checks_a_second_officer_and_a_second_visit(ready: Stage) -> None:
    text = replaced(
        TOML,
        "lanes",
        '[{ name = "large", visits = 2, officers = 2, checks = ["STRAW_BORROWER_SUSPECTED", "BOOKS_DISAGREE"] }]',
    )
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as officer:
        visit = visits.resume_visit(officer, ready.visit)
        _put_policy(officer, text)
        lacking = gate.gaps(officer, visit, findings_of(officer, ready.case, visit))
        assert [gap.kind for gap in lacking if gap.kind is gate.Lacking.CHECK]
        assert len([gap for gap in lacking if gap.kind is gate.Lacking.FACT]) == 2
        with pytest.raises(Fault) as caught:
            submission.submit(officer, visit, PASSPHRASE)
        assert caught.value.code is Code.CASE_INCOMPLETE


def test_a_policy_holds_from_its_first_day(ready: Stage) -> None:
    """The clock stands in October 2026."""
    coming = replaced(replaced(TOML, "version", '"2027.1"'), "effective_from", "2027-01-01")
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as officer:
        _put_policy(officer, coming)
        assert packs.policy_in_force(officer)[1].version == "2026.1"
    clock = ready.clock
    clock.move(days=90)
    with desk_of(ready.demo, Role.OFFICER, clock) as officer:
        assert packs.policy_in_force(officer)[1].version == "2027.1"


# --- deciding -------------------------------------------------------------------------------------------------------


def test_a_report_too_old_on_the_day_of_the_decision_is_a_rule_to_set_aside(fetched: Stage) -> None:
    """A day is typed into no field: the manager's own clock says how old the report is today."""
    clock = fetched.clock
    with desk_of(fetched.demo, Role.MANAGER, clock) as manager:
        view = _view(manager, fetched)
        assert view.today == local_date(clock.now())
        made = view.today - timedelta(days=30)
        report = read_facts({"credit_report": {"report_date": made.isoformat()}}).credit_report
        aged = replace(view, facts=replace(view.facts, credit_report=report))
        amount = Decimal(10_000)
        assert overrides.REPORT_AGE not in {rule.code for rule in overrides.against(aged, amount)}
        later = replace(aged, today=view.today + timedelta(days=1))
        (rule,) = [rule for rule in overrides.against(later, amount) if rule.code == overrides.REPORT_AGE]
        assert say(rule.sentence, CHINESE) == "征信报告到今天已 31 天，审批时最多 30 天"
        clock.move(days=1)
        choice = replace(approval(aged), amount=amount)
        assert _refused(manager, aged, choice) is Code.OVERRIDE_NEEDED


def test_a_rule_is_set_aside_only_with_its_reason_and_never_silently(fetched: Stage) -> None:
    """The salon's figures support 40,000: 60,000 is beyond a cap."""
    clock = fetched.clock
    with desk_of(fetched.demo, Role.MANAGER, clock) as manager:
        view = _view(manager, fetched)
        choice = replace(approval(view), amount=Decimal(60_000))
        rules = overrides.against(view, Decimal(60_000))
        assert rules
        assert all(rule.code.startswith("cap:") for rule in rules)
        assert _refused(manager, view, choice) is Code.OVERRIDE_NEEDED
        some = tuple((rule.code, " ") for rule in rules)
        assert _refused(manager, view, replace(choice, overrides=some)) is Code.OVERRIDE_NEEDED
        told = tuple((rule.code, "老客户，母亲担保") for rule in rules)
        kept = decisions.decide(manager, view, replace(choice, overrides=told), PASSPHRASE)
        record = parse_decision(kept.record)
        assert {one.rule for one in record.overrides} == {rule.code for rule in rules}
        assert all(one.reason == "老客户，母亲担保" and one.sentence_zh for one in record.overrides)
        assert json.loads(kept.record)["schema"] == "firsthand/decision/3"
        assert kept.memo is not None
        memo = manager.vault.read_blob(kept.memo)
        assert verify_pdf(memo, manager.institution.root if manager.institution else b"").ok
        delivery.sync(manager, fetched.demo.store)
    office = open_desk(fetched.demo.head_office, PASSPHRASE)
    assert ingest(office, fetched.demo.store, fetched.demo.warehouse, clock=clock).decisions == 1
    register = exceptions(fetched.demo.warehouse)
    assert {row.code for row in register} == {rule.code for rule in rules}
    assert {(row.kind, row.reason, row.state) for row in register} == {("above_cap", "老客户，母亲担保", "approved")}
    assert {row.decided_by for row in register} == {"陈国栋"}
    with desk_of(fetched.demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, fetched.demo.store).decisions == 1


def test_conditions_keep_their_time(fetched: Stage) -> None:
    with desk_of(fetched.demo, Role.MANAGER, fetched.clock) as manager:
        view = _view(manager, fetched)
        terms = (ConditionTerm(code="spouse_consent"), ConditionTerm(When.AFTER, 30, "use_receipts"))
        choice = replace(
            approval(view),
            outcome=Outcome.APPROVE_WITH_CONDITIONS,
            conditions=("放款前取得配偶书面同意", "放款后30天内提供用途凭证"),
            terms=terms,
        )
        kept = decisions.decide(manager, view, choice, PASSPHRASE)
        assert parse_decision(kept.record).terms == terms
        assert kept.conditions == choice.conditions


def test_a_level_below_the_policys_passes_the_case_on_and_the_next_one_decides(fetched: Stage) -> None:
    """A colleague with 500,000 signs the next field of the same memo."""
    clock = fetched.clock
    boss = _another_manager(fetched.demo, clock, Decimal(500_000))
    with desk_of(fetched.demo, Role.MANAGER, clock) as manager:
        view = _raised(_view(manager, fetched))
        assert overrides.path_of(view, Decimal(30_000)).limit_from == 300_000
        assert _refused(manager, view, approval(view)) is Code.BELOW_TIER
        passed = decisions.Choice(Outcome.ESCALATE, "超出本级权限")
        delivery.sync(manager, fetched.demo.store)
        decisions.decide(manager, view, passed, PASSPHRASE)
        assert read_case(manager, fetched.case).state is CaseState.ESCALATED
        assert [one.barred for one in review.queue(manager)] == [Code.FOUR_EYES]
        delivery.sync(manager, fetched.demo.store)
    above = sign_in(boss, "wangzong", PASSPHRASE, clock)
    try:
        got = delivery.sync(above, fetched.demo.store)
        assert (got.dossiers, got.decisions) == (1, 1)
        waiting = review.queue(above)
        assert [one.barred for one in waiting] == [None]
        view = review.open_dossier(above, waiting[0].dossier)
        assert [one.outcome for one in view.decisions] == ["escalate"]
        kept = decisions.decide(above, view, approval(view), PASSPHRASE)
        assert kept.memo is not None
        assert above.institution is not None
        verdict = verify_pdf(above.vault.read_blob(kept.memo), above.institution.root)
        assert verdict.ok
        assert [one.field for one in verdict.signatures] == ["officer_a", "branch_manager", "head_office"]
        delivery.sync(above, fetched.demo.store)
    finally:
        above.close()
    with desk_of(fetched.demo, Role.OFFICER, clock) as officer:
        got = delivery.sync(officer, fetched.demo.store)
        # Devices are read in no order of time: what comes after the last word changes nothing any more.
        assert got.decisions + got.already == 2
        assert read_case(officer, fetched.case).state is CaseState.APPROVED


def _raised(view: review.Review) -> review.Review:
    """The same file under a policy that gives every grade to the committee."""
    text = replaced(TOML, "approval.raises", '[{ tier = "committee", grades = ["A", "B", "C", "D"] }]')
    return replace(view, assessment=replace(view.assessment, policy=read_policy(text)))


def _another_manager(demo: Demo, clock: HandClock, limit: Decimal) -> Path:
    folder = demo.folder / "boss"
    person = NewUser("wangzong", "王总", frozenset({Role.MANAGER.value}))
    vault = Vault.create(folder, person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    office, desk = open_desk(demo.head_office, PASSPHRASE), seat(vault, clock)
    try:
        asked = enrolment.request(desk, branch=BRANCH, role=Role.MANAGER)
        enrolment.accept(
            desk, enrol(office, asked, role=Role.MANAGER, branch=BRANCH, approval_limit=limit, clock=clock)
        )
    finally:
        desk.close()
    send_waiting(office, demo.store, clock=clock)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
    return folder


# --- another policy -------------------------------------------------------------------------------------------------


def test_another_policy_is_tried_without_touching_the_case(fetched: Stage) -> None:
    """A tenth of the disposable income in place of seven tenths carries less; the case stands as it stood."""
    with desk_of(fetched.demo, Role.OFFICER, fetched.clock) as officer:
        before = read_case(officer, fetched.case)
        with officer.vault.reading() as tx:
            rows = tx.sql.exec_driver_sql("SELECT count(*) FROM audit_event").scalar_one()
        strict = read_policy(STRICT)
        change = whatif.whatif(officer, fetched.case, strict)
        assert change.old.recommended == before.supported_amount
        assert change.new.recommended is not None
        assert change.old.recommended is not None
        assert change.new.recommended < change.old.recommended
        same = whatif.whatif(officer, fetched.case, read_policy(TOML))
        assert not same.differs
        assert read_case(officer, fetched.case) == before
        with officer.vault.reading() as tx:
            assert tx.sql.exec_driver_sql("SELECT count(*) FROM audit_event").scalar_one() == rows


def test_all_cases_are_tried_with_progress_and_may_be_stopped(fetched: Stage) -> None:
    with desk_of(fetched.demo, Role.MANAGER, fetched.clock) as manager:
        ticks: list[tuple[int, int]] = []
        strict = read_policy(STRICT)
        found = list(whatif.reassess_all(manager, strict, lambda done, total: ticks.append((done, total))))
        assert [one.number for one in found] == [read_case(manager, fetched.case).number]
        assert ticks == [(1, 1)]
        with pytest.raises(Fault) as caught:
            list(whatif.reassess_all(manager, strict, cancelled=lambda: True))
        assert caught.value.code is Code.CANCELLED


def test_a_draft_is_tried_as_it_stands(ready: Stage) -> None:
    with desk_of(ready.demo, Role.OFFICER, ready.clock) as officer:
        (change,) = whatif.reassess_all(officer, read_policy(STRICT))
        found = findings_of(officer, ready.case)
        assert change.old.recommended == found.supported
        assert change.new.recommended != change.old.recommended


def test_head_office_tries_it_on_facts_that_name_nobody(fetched: Stage) -> None:
    office = open_desk(fetched.demo.head_office, PASSPHRASE)
    ingest(office, fetched.demo.store, fetched.demo.warehouse, clock=fetched.clock)
    today = fetched.clock.now().date()
    (change,) = reassess_all(office, fetched.demo.warehouse, read_policy(STRICT), today)
    with desk_of(fetched.demo, Role.OFFICER, fetched.clock) as officer:
        own = whatif.whatif(officer, fetched.case, read_policy(STRICT))
        case = read_case(officer, fetched.case)
    assert (change.old, change.new) == (own.old, own.new)
    kept = (fetched.demo.folder / "warehouse.db").read_bytes()
    assert case.resident_id
    assert case.phone
    for secret in (case.resident_id, case.phone):
        assert secret.encode() not in kept
