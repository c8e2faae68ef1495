"""Two branches become one while cases are on their way: every one of them is decided, and every answer is kept."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import decisions, delivery, enrolment, review, submission, takeover, visits
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk, seat, sign_in
from officer_app.dossier.manifest import parse
from officer_app.dossier.records import Outcome
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import change, enrol, revoke
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.publishing import send_waiting
from officer_app.training.institution import BRANCH, PASSPHRASE, Demo
from officer_app.trust.certificates import Role, read_person
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import CaseState
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage, approval

NORTH = "城北网点"


@pytest.fixture
def stage(fetched_once: Stage, tmp_path: Path) -> Stage:
    """One case of the old branch waits for its manager."""
    return fetched_once.copy(tmp_path / "demo")


def _officer_of_the_north(demo: Demo, clock: HandClock) -> None:
    """The branch that takes the other over has an officer of its own, on a laptop of her own."""
    _enrolled(demo, clock, "sunli", "孙莉", Role.OFFICER, NORTH, 0)


def _enrolled(demo: Demo, clock: HandClock, login: str, name: str, role: Role, branch: str, limit: int) -> None:
    """Somebody with a laptop of their own, in a folder named by the login."""
    person = NewUser(login, name, frozenset({role.value}))
    vault = Vault.create(demo.folder / login, person, PASSPHRASE, clock, recovery_code=new_recovery_code())
    desk, office = seat(vault, clock), open_desk(demo.head_office, PASSPHRASE)
    try:
        asked = enrolment.request(desk, branch=branch, role=role)
        told = enrol(office, asked, role=role, branch=branch, approval_limit=Decimal(limit), clock=clock)
        enrolment.accept(desk, told)
    finally:
        desk.close()


def _merge(demo: Demo, clock: HandClock, *roles: Role) -> None:
    """Head office gives these people of the old branch the new one's name; keys stay, laptops hear of it."""
    office = open_desk(demo.head_office, PASSPHRASE)
    for person in [read_person(pem) for pem in office.roster.certificates]:
        if person.role in roles and person.branch != NORTH:
            limit = person.approval_limit
            change(office, person.key_id, clock=clock, role=person.role, branch=NORTH, approval_limit=limit)
    send_waiting(office, demo.store, clock=clock)


@pytest.fixture
def manager(stage: Stage) -> Iterator[Desk]:
    """The old branch's manager, who has heard of the merger."""
    clock = stage.clock
    clock.move(days=1)
    _officer_of_the_north(stage.demo, clock)
    _merge(stage.demo, clock, Role.OFFICER, Role.MANAGER)
    with desk_of(stage.demo, Role.MANAGER, clock) as desk:
        delivery.sync(desk, stage.demo.store)
        yield desk


def test_a_case_of_the_old_branch_is_decided_and_taken_in(stage: Stage, manager: Desk) -> None:
    """It names a branch that is no more; its digest, its signatures and its decision hold as ever."""
    assert manager.certified(Role.MANAGER)[1].person.branch == NORTH
    (waiting,) = review.queue(manager)
    view = review.open_dossier(manager, waiting.dossier)
    assert view.manifest.branch != NORTH
    decisions.decide(manager, view, approval(view), PASSPHRASE)
    delivery.sync(manager, stage.demo.store)
    clock = HandClock(manager.clock.now())
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, stage.demo.store).decisions == 1
        assert read_case(officer, stage.case).state is CaseState.APPROVED
    office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
    taken = ingest(office, stage.demo.store, stage.demo.warehouse, clock=clock)
    assert (taken.dossiers, taken.decisions, taken.quarantined) == (1, 1, 0)


def test_a_returned_case_goes_on_under_the_new_name(stage: Stage, manager: Desk) -> None:
    """The next version follows on the old one by its digest, names the new branch, and reaches its manager."""
    view = review.open_dossier(manager, review.queue(manager)[0].dossier)
    decisions.decide(manager, view, decisions.Choice(Outcome.RETURN, "再问", questions=("谁在经营？",)), PASSPHRASE)
    delivery.sync(manager, stage.demo.store)
    with desk_of(stage.demo, Role.OFFICER, HandClock(manager.clock.now())) as officer:
        delivery.sync(officer, stage.demo.store)
        visit = visits.resume_visit(officer, stage.visit)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, "borrower.role") or "", "老板娘")
        record = submission.submit(officer, visit, PASSPHRASE)
        manifest = parse(record.manifest)
        assert (manifest.branch, manifest.version, manifest.previous) == (NORTH, 2, view.record.digest)
        delivery.sync(officer, stage.demo.store)
    got = delivery.sync(manager, stage.demo.store)
    assert (got.dossiers, got.quarantined) == (1, [])


def test_a_leavers_case_of_the_old_branch_goes_to_a_colleague_of_the_new_one(stage: Stage, manager: Desk) -> None:
    """With nobody left under the old name, the manager who has the file hands it on; answers come along."""
    view = review.open_dossier(manager, review.queue(manager)[0].dossier)
    decisions.decide(manager, view, decisions.Choice(Outcome.RETURN, "再问", questions=("谁在经营？",)), PASSPHRASE)
    to = takeover.colleagues(manager, view.record)
    assert [(one.name, one.branch) for one in to] == [("孙莉", NORTH)]
    takeover.hand_over(manager, view.record, to[0], "两个网点合并，原信贷员离职")
    delivery.sync(manager, stage.demo.store)
    clock = HandClock(manager.clock.now())
    with desk_of(stage.demo, Role.OFFICER, clock) as leaver:
        told = dict(visits.resume_visit(leaver, stage.visit).session.answers())
    desk = sign_in(stage.demo.folder / "sunli", "sunli", PASSPHRASE, clock)
    try:
        assert delivery.sync(desk, stage.demo.store).quarantined == []
        assert dict(visits.resume_visit(desk, stage.visit).session.answers()) == told
        assert read_case(desk, stage.case).state is CaseState.RETURNED
    finally:
        desk.close()


def test_while_somebody_is_left_the_old_branch_is_its_own(stage: Stage) -> None:
    """Only the manager moved: the case stays with the officers of its branch, and nobody else is offered."""
    clock = stage.clock
    clock.move(days=1)
    _officer_of_the_north(stage.demo, clock)
    _merge(stage.demo, clock, Role.MANAGER)
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, stage.demo.store)
        view = review.open_dossier(manager, review.queue(manager)[0].dossier)
        assert takeover.colleagues(manager, view.record) == ()
        institution, _ = manager.certified(Role.MANAGER)
        sunli = next(one for one in institution.roster.people(institution.root, clock.now()) if one.name == "孙莉")
        with pytest.raises(Fault) as refused:
            takeover.hand_over(manager, view.record, sunli, "想给她")
        assert refused.value.code is Code.NOT_ALLOWED


def test_a_file_reaches_the_manager_who_came_after_the_only_one_left(stage: Stage) -> None:
    """Nobody in the branch can read it any more; the officer's next round seals it for the new manager, once."""
    demo, clock = stage.demo, stage.clock
    clock.move(days=1)
    _enrolled(demo, clock, "zhaoqiang", "赵强", Role.MANAGER, BRANCH, 200_000)
    office = open_desk(demo.head_office, PASSPHRASE)
    gone = next(one for one in map(read_person, office.roster.certificates) if one.name == "陈国栋")
    revoke(office, gone.key_id, clock=clock)
    send_waiting(office, demo.store, clock=clock)
    with desk_of(demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, demo.store)
        assert delivery.sync(officer, demo.store).sent == 1
        assert delivery.sync(officer, demo.store).sent == 0
    desk = sign_in(demo.folder / "zhaoqiang", "zhaoqiang", PASSPHRASE, clock)
    try:
        got = delivery.sync(desk, demo.store)
        assert (got.dossiers, got.quarantined) == (1, [])
        view = review.open_dossier(desk, review.queue(desk)[0].dossier)
        decisions.decide(desk, view, approval(view), PASSPHRASE)
        delivery.sync(desk, demo.store)
    finally:
        desk.close()
    with desk_of(demo, Role.OFFICER, clock) as officer:
        assert delivery.sync(officer, demo.store).decisions == 1
        assert read_case(officer, stage.case).state is CaseState.APPROVED
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    taken = ingest(office, demo.store, demo.warehouse, clock=clock)
    assert (taken.dossiers, taken.decisions, taken.already, taken.quarantined) == (1, 1, 0, 0)
