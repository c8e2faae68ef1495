"""What comes out of order, twice, older, or in two versions: nothing is lost, nobody's version wins by itself."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from officer_app.base.errors import Code, Fault
from officer_app.casework import applying, conflicts, decisions, delivery, review, stores, submission, visits
from officer_app.casework.applying import Counts
from officer_app.casework.conflicts import Side
from officer_app.casework.desk import Desk
from officer_app.exchange import inbox
from officer_app.exchange.addresses import Credentials
from officer_app.exchange.inbox import Arrived, DecisionContent, DossierContent, ReceiptContent
from officer_app.exchange.opening import open_store
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Person, Role
from officer_app.trust.identities import Identity
from officer_app.vault import audit, cases, notes, settings
from officer_app.vault import delivery as kept_delivery
from officer_app.vault import dossiers as kept
from officer_app.vault.deliveryrecords import InboxOutcome
from officer_app.vault.records import Delivery
from tests.support.demo import desk_of
from tests.support.stages import Stage, approval


def _everything(stage: Stage, identity: Identity, root: bytes) -> list[inbox.Content]:
    """All that a person can open in a store, from the beginning."""
    with closing(open_store(stage.demo.store)) as store:
        arrivals = inbox.fetch(store, identity.reader_secret, root, cursors={}, own_device="")
        return [arrival.content for arrival in arrivals if isinstance(arrival, Arrived)]


def _apply(desk: Desk, content: inbox.Content) -> tuple[applying.Applied, Counts]:
    assert desk.institution is not None
    done = Counts()
    with desk.vault.writing() as tx:
        applied = applying.apply(desk, desk.institution, tx, content, done)
        arrived = Arrived("f" * 16, 1, inbox.Cursor(), _person(desk), content, "d" * 64)
        kept_delivery.receive(tx, delivery._row(tx, arrived, arrived.delivery, applied))
    return applied, done


def _person(desk: Desk) -> Person:
    assert desk.identity is not None
    return desk.identity.person


@pytest.fixture
def both(ready_once: Stage, tmp_path: Path) -> tuple[Stage, DossierContent]:
    """One case handed over on one laptop, and another version of it as a second laptop handed it over."""
    here, other = ready_once.copy(tmp_path / "here"), ready_once.copy(tmp_path / "other")
    with desk_of(other.demo, Role.OFFICER, other.clock) as officer:
        visit = visits.resume_visit(officer, other.visit)
        visits.answer(officer, visit, visits.ref_of_fact(visit.session, "borrower.role") or "", "老板娘")
        submission.submit(officer, visit, PASSPHRASE)
        delivery.sync(officer, other.demo.store)
    with desk_of(here.demo, Role.OFFICER, here.clock) as officer:
        record = submission.submit(officer, visits.resume_visit(officer, here.visit), PASSPHRASE)
        delivery.sync(officer, here.demo.store)
    with desk_of(here.demo, Role.MANAGER, here.clock) as manager:
        delivery.sync(manager, here.demo.store)
        assert manager.identity is not None
        assert manager.institution is not None
        found = _everything(other, manager.identity, manager.institution.root)
        (came,) = [content for content in found if isinstance(content, DossierContent)]
        assert came.digest != record.digest
    return replace(here, dossier=record.id), came


@pytest.mark.parametrize("stands", list(Side))
def test_two_versions_of_one_case_wait_for_a_person(both: tuple[Stage, DossierContent], stands: Side) -> None:
    stage, came = both
    clock = stage.clock
    clock.move(hours=2)
    with desk_of(stage.demo, Role.MANAGER, clock) as manager:
        applied, done = _apply(manager, came)
        assert (applied.outcome, done.conflicts, done.dossiers) == (InboxOutcome.CONFLICT, 1, 0)
        assert delivery.status(manager).conflicts == 1
        (waiting,) = review.queue(manager)
        assert waiting.barred is Code.CASE_IN_CONFLICT
        view = review.open_dossier(manager, waiting.dossier)
        with pytest.raises(Fault) as caught:
            decisions.decide(manager, view, approval(view), PASSPHRASE)
        assert caught.value.code is Code.CASE_IN_CONFLICT

        (conflict,) = conflicts.open_conflicts(manager)
        assert [(one.path, one.now) for one in conflict.differing] == [("borrower.role", "老板娘")]
        assert (conflict.only_here, conflict.only_came) == (0, 0)
        with pytest.raises(Fault) as caught:
            conflicts.settle(manager, conflict.arrival, stands, {}, "打电话问过")
        assert caught.value.code is Code.CONFLICT_FIELDS
        with pytest.raises(Fault) as caught:
            conflicts.settle(manager, conflict.arrival, stands, {"borrower.role": Side.CAME}, " ")
        assert caught.value.code is Code.REASON_NEEDED
        settled = conflicts.settle(manager, conflict.arrival, stands, {"borrower.role": Side.CAME}, "打电话问过")
        assert bool(settled.otherwise) is (stands is Side.HERE)

        assert conflicts.open_conflicts(manager) == ()
        (waiting,) = review.queue(manager)
        assert waiting.barred is None
        standing = review.open_dossier(manager, waiting.dossier)
        assert (standing.record.digest == came.digest) is (stands is Side.CAME)
        with manager.vault.reading() as tx:
            (note,) = notes.of_case(tx, stage.case)
            (event,) = [one for one in audit.events(tx, stage.case, limit=1000) if one.kind == "conflict_settled"]
            assert audit.first_broken(tx) is None
            (aside,) = kept_delivery.standing_as(tx, InboxOutcome.SETTLED)
        assert (note.subject, note.author, note.verdict) == ("conflict borrower.role", manager.user.id, "came")
        assert event.detail["stands"] == stands.value
        assert event.detail["by"] == manager.user.id
        assert aside.blob is not None, "what was not chosen is kept"
        decisions.decide(manager, standing, approval(standing), PASSPHRASE)
        applied, _ = _apply(manager, came)
        assert applied.outcome is InboxOutcome.ALREADY


def test_a_decision_before_its_case_file_waits_and_stops_nothing(
    decided_once: Stage, ready_once: Stage, tmp_path: Path
) -> None:
    decided, blank = decided_once.copy(tmp_path / "decided"), ready_once.copy(tmp_path / "blank")
    with desk_of(decided.demo, Role.OFFICER, decided.clock) as officer:
        assert officer.identity is not None
        assert officer.institution is not None
        found = _everything(decided, officer.identity, officer.institution.root)
        (decision,) = [content for content in found if isinstance(content, DecisionContent)]
    with desk_of(blank.demo, Role.MANAGER, decided.clock) as manager:
        applied, done = _apply(manager, decision)
        assert (applied.outcome, done.waiting, done.decisions) == (InboxOutcome.WAITING, 1, 0)
        done_round = delivery.sync(manager, decided.demo.store)
        assert (done_round.dossiers, done_round.decisions, done_round.quarantined) == (1, 1, [])
        with manager.vault.reading() as tx:
            assert kept_delivery.standing_as(tx, InboxOutcome.WAITING) == ()
            assert cases.get(tx, decided.case).state.value == "approved"
        assert _apply(manager, decision)[0].outcome is InboxOutcome.ALREADY


def test_what_comes_again_or_is_older_has_no_effect(decided_once: Stage, tmp_path: Path) -> None:
    """The same delivery, the same record in another delivery, a receipt twice: shown as here already."""
    stage = decided_once.copy(tmp_path / "demo")
    office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
    ingest(office, stage.demo.store, f"sqlite:///{tmp_path / 'w.db'}", clock=stage.clock)
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        before = delivery.sync(officer, stage.demo.store)
        assert before.receipts == 1
        assert officer.identity is not None
        assert officer.institution is not None
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).delivery is Delivery.RECEIVED
        for content in _everything(stage, officer.identity, officer.institution.root):
            applied, _ = _apply(officer, content)
            assert applied.outcome in {InboxOutcome.ALREADY, InboxOutcome.OLDER}, type(content)
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        got = delivery.sync(manager, stage.demo.store)
        assert got.receipts >= 1, "the manager's decision has head office's receipt too"
        assert manager.identity is not None
        assert manager.institution is not None
        for content in _everything(stage, manager.identity, manager.institution.root):
            assert _apply(manager, content)[0].outcome in {InboxOutcome.ALREADY, InboxOutcome.OLDER}, type(content)
        with manager.vault.reading() as tx:
            assert len(kept.of_case(tx, stage.case)) == 1


def test_a_refusal_takes_back_what_its_attempt_wrote(
    decided_once: Stage, ready_once: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Half a case file is none: rows and encrypted files of the attempt are gone, the round goes on."""
    decided, blank = decided_once.copy(tmp_path / "decided"), ready_once.copy(tmp_path / "blank")

    def broken(*_: object) -> None:
        raise Fault(Code.RECORD_MISSING, where="person_link", what="person_link")

    with desk_of(blank.demo, Role.MANAGER, decided.clock) as manager:
        monkeypatch.setattr(applying.screening, "remember", broken)
        done = delivery.sync(manager, decided.demo.store)
        assert [fault.code for fault in done.quarantined] == [Code.RECORD_MISSING]
        with manager.vault.reading() as tx:
            assert kept.of_case(tx, decided.case) == ()
            from officer_app.vault import blobs

            known = set(blobs.all_digests(tx))
        lying = {path.name for path in (manager.vault.folder / "blobs").rglob("*") if path.is_file()}
        assert lying == known


def test_a_store_and_its_secret_are_kept_under_the_persons_key(ready_once: Stage, tmp_path: Path) -> None:
    stage = ready_once.copy(tmp_path / "demo")
    address = "s3+http://127.0.0.1:9/bucket/?region=cn-north-1"
    given = Credentials("AKID", "very-secret-key", host_key="")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        known = stores.keep_store(officer, address, given)
        assert known.address == "s3+http://127.0.0.1:9/bucket?region=cn-north-1"
        assert stores.known_stores(officer) == (known,)
        assert (known.name, known.has_secret) == ("AKID", True)
        with officer.vault.reading() as tx:
            assert "very-secret" not in str(settings.get(tx, stores._list_key(officer)))
            assert not any("AKID" in str(one.detail) for one in audit.events(tx, limit=1000))
        assert stores.credentials(officer, stores.read_address(address)) == given
        stores.forget_store(officer, address)
        assert stores.known_stores(officer) == ()
        assert stores.credentials(officer, stores.read_address(address)) is None
        tested = stores.try_store(officer, stage.demo.store)
        assert tested.devices >= 1
        assert delivery.sync(officer, stage.demo.store).quarantined == []


def test_receipts_come_for_what_is_here_alone(decided_once: Stage, ready_once: Stage, tmp_path: Path) -> None:
    decided, blank = decided_once.copy(tmp_path / "decided"), ready_once.copy(tmp_path / "blank")
    office = open_desk(decided.demo.head_office, PASSPHRASE, issuing=False)
    ingest(office, decided.demo.store, f"sqlite:///{tmp_path / 'w.db'}", clock=decided.clock)
    with desk_of(decided.demo, Role.OFFICER, decided.clock) as officer:
        assert officer.identity is not None
        assert officer.institution is not None
        found = _everything(decided, officer.identity, officer.institution.root)
    (receipt,) = [content for content in found if isinstance(content, ReceiptContent)]
    with desk_of(blank.demo, Role.MANAGER, decided.clock) as manager:
        assert _apply(manager, receipt)[0].outcome is InboxOutcome.ALREADY
