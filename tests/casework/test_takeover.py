"""An officer leaves: the manager hands the case on, the colleague goes on with it, and nobody else can."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import select

from officer_app.base.errors import Code, Fault
from officer_app.casework import (
    correspondence,
    decisions,
    delivery,
    enrolment,
    explanations,
    photos,
    review,
    submission,
    takeover,
    visits,
)
from officer_app.casework.cases import read_case
from officer_app.casework.desk import Desk, seat, sign_in
from officer_app.casework.findings import findings_of
from officer_app.dossier.manifest import parse
from officer_app.dossier.records import Outcome
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.enrolling import enrol
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.publishing import send_waiting
from officer_app.headoffice.tables import CASES
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import BRANCH, PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import audit
from officer_app.vault.keyring import new_recovery_code
from officer_app.vault.records import CaseState, Origin
from officer_app.vault.store import NewUser, Vault
from tests.support.demo import HandClock, desk_of
from tests.support.stages import Stage


@pytest.fixture
def stage(fetched_once: Stage, tmp_path: Path) -> Stage:
    return fetched_once.copy(tmp_path / "demo")


def _colleague(demo: Demo, clock: HandClock) -> Path:
    """Another officer of the branch with a laptop of their own; everybody hears of it."""
    folder = demo.folder / "colleague"
    person = NewUser("sunli", "孙莉", frozenset({Role.OFFICER.value}))
    desk = seat(Vault.create(folder, person, PASSPHRASE, clock, recovery_code=new_recovery_code()), clock)
    office = open_desk(demo.head_office, PASSPHRASE)
    try:
        asked = enrolment.request(desk, branch=BRANCH, role=Role.OFFICER)
        told = enrol(office, asked, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0), clock=clock)
        enrolment.accept(desk, told)
    finally:
        desk.close()
    send_waiting(office, demo.store, clock=clock)
    return folder


def _return_and_hand_over(manager: Desk, stage: Stage) -> None:
    assert stage.dossier is not None
    view = review.open_dossier(manager, stage.dossier)
    returned = decisions.Choice(Outcome.RETURN, "没说清", questions=("续租吗？",))
    decisions.decide(manager, view, returned, PASSPHRASE)
    to = takeover.colleagues(manager, view.record)
    assert [one.name for one in to] == ["孙莉"]
    with pytest.raises(Fault) as refused:
        takeover.hand_over(manager, view.record, to[0], " ")
    assert refused.value.code is Code.REASON_NEEDED
    takeover.hand_over(manager, view.record, to[0], "李慧离职")


def test_a_colleague_goes_on_where_the_leaver_stopped(stage: Stage) -> None:
    """Answers, pictures and questions are there; the next version follows on the leaver's by its digest."""
    demo, clock = stage.demo, stage.clock
    folder = _colleague(demo, clock)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        _return_and_hand_over(manager, stage)
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as leaver:
        before = visits.resume_visit(leaver, stage.visit)
        told, pictures = dict(before.session.answers()), len(photos.photos_of(leaver, stage.case, None))
    desk = sign_in(folder, "sunli", PASSPHRASE, clock)
    try:
        got = delivery.sync(desk, demo.store)
        assert (got.dossiers, got.decisions, got.notices, got.quarantined) == (1, 1, 1, [])
        case = read_case(desk, stage.case)
        assert (case.state, case.version, case.origin) == (CaseState.RETURNED, 2, Origin.OWN)
        assert case.officer == desk.user.id
        visit = visits.resume_visit(desk, stage.visit)
        assert dict(visit.session.answers()) == told
        assert len(photos.photos_of(desk, stage.case, None)) == pictures
        question = correspondence.questions_of(desk, stage.case)[0]
        correspondence.answer_question(desk, stage.case, question, "续到后年")
        explanations.record(desk, stage.case, findings_of(desk, stage.case, visit))
        for one in findings_of(desk, stage.case, visit).open:
            explanations.let_stand(desk, stage.case, one, "接手后再问，还是答不上来")
        record = submission.submit(desk, visit, PASSPHRASE)
        manifest = parse(record.manifest)
        assert (manifest.version, manifest.officer.name) == (2, "孙莉")
        assert manifest.previous is not None
        assert "李慧" in manifest.investigators
        assert takeover.take_over(desk) == ()
        with desk.vault.reading() as tx:
            assert audit.first_broken(tx) is None
        delivery.sync(desk, demo.store)
    finally:
        desk.close()
    with desk_of(demo, Role.MANAGER, clock) as manager:
        got = delivery.sync(manager, demo.store)
        assert (got.dossiers, got.quarantined) == (1, [])
        assert [one.submitted_by for one in review.queue(manager)] == ["孙莉"]


def test_the_leavers_next_version_is_refused(stage: Stage) -> None:
    """The case is the colleague's: a version that the leaver still sends does not come in."""
    demo, clock = stage.demo, stage.clock
    _colleague(demo, clock)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        _return_and_hand_over(manager, stage)
        delivery.sync(manager, demo.store)
    with desk_of(demo, Role.OFFICER, clock) as leaver:
        delivery.sync(leaver, demo.store)
        again = visits.resume_visit(leaver, stage.visit)
        with pytest.raises(Fault) as refused:
            submission.submit(leaver, again, PASSPHRASE)
        assert refused.value.code is Code.NOT_ALLOWED


def test_a_withdrawal_by_whoever_took_the_case_over_counts_at_head_office(stage: Stage, tmp_path: Path) -> None:
    """It comes there before the word that the case is theirs: until then nothing ends, and then it does."""
    demo, clock, aside = stage.demo, stage.clock, str(tmp_path / "stick")
    Path(aside).mkdir()
    folder = _colleague(demo, clock)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        _return_and_hand_over(manager, stage)
        delivery.sync(manager, aside)
    desk = sign_in(folder, "sunli", PASSPHRASE, clock)
    try:
        delivery.sync(desk, demo.store)
        assert delivery.sync(desk, aside).notices == 1
        correspondence.withdraw_case(desk, stage.case, "不贷了")
        delivery.sync(desk, demo.store)
    finally:
        desk.close()
    office = open_desk(demo.head_office, PASSPHRASE, issuing=False)
    ingest(office, demo.store, demo.warehouse, clock=clock)
    assert _state(demo) == "submitted"
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.send_again(manager)
        delivery.sync(manager, demo.store)
    ingest(office, demo.store, demo.warehouse, clock=clock)
    assert _state(demo) == "withdrawn"


def test_a_leavers_withdrawal_after_the_hand_over_does_not_count(stage: Stage) -> None:
    demo, clock = stage.demo, stage.clock
    _colleague(demo, clock)
    with desk_of(demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, demo.store)
        _return_and_hand_over(manager, stage)
        delivery.sync(manager, demo.store)
    clock.move(minutes=5)
    with desk_of(demo, Role.OFFICER, clock) as leaver:
        correspondence.withdraw_case(leaver, stage.case, "还不知道已经移交")
        delivery.sync(leaver, demo.store)
    ingest(open_desk(demo.head_office, PASSPHRASE, issuing=False), demo.store, demo.warehouse, clock=clock)
    assert _state(demo) == "returned"


def _state(demo: Demo) -> str:
    with Warehouse(demo.warehouse) as warehouse, warehouse.transaction() as connection:
        return str(connection.execute(select(CASES.c.state)).scalar_one())
