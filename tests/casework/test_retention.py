"""Nothing goes before its time, its receipt, or while it is held; what goes is gone, and anybody can check it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from officer_app.base.clock import local_date
from officer_app.base.errors import Code, Fault
from officer_app.base.ids import CaseId
from officer_app.base.paths import forms_folder
from officer_app.base.progress import Progress
from officer_app.casework import correspondence, deleting, delivery, keeping, retention, visits
from officer_app.casework.cases import NewCase, open_case
from officer_app.casework.confirmed import note_time
from officer_app.casework.desk import Desk
from officer_app.casework.holds import end_consent, lift_hold, set_hold
from officer_app.casework.retention import Item, Standing
from officer_app.credit.loans.daycounts import months_later
from officer_app.credit.retention import RecordClass
from officer_app.dossier.deletion import parse as certificate_of
from officer_app.exchange.contents import DeletionContent
from officer_app.headoffice import holds
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import Ingested, ingest
from officer_app.headoffice.journal import Said
from officer_app.headoffice.retention import certificates, judge_of, kept_cases, write_certificates
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.vault import answers, audit, cases, deletions
from officer_app.vault import delivery as kept_delivery
from officer_app.vault.deliveryrecords import InboxOutcome
from officer_app.vault.records import CaseState
from officer_app.vault.restores import restore
from officer_app.vault.verify import verify
from tests.support.demo import HandClock, desk_of
from tests.support.opened_pages import database_key, opened_bytes
from tests.support.stages import Stage

_POLICY = (forms_folder() / "policy.toml").read_text(encoding="utf-8")
NAME, SAID = "欧阳秀兰测试", "账本第三页撕掉了"


@pytest.fixture
def officer(demo: Demo, clock: HandClock) -> Iterator[Desk]:
    with desk_of(demo, Role.OFFICER, clock) as desk:
        yield desk


def a_draft(desk: Desk) -> CaseId:
    case = open_case(desk, NewCase(NAME, resident_id="990101197203040014", phone="13999990001"))
    visit = visits.begin_visit(desk, case.id)
    visits.answer(desk, visit, "/data/application/purpose/purpose_declared", SAID)
    return case.id


def confirm(desk: Desk) -> None:
    """Head office signs something now, as with any pack."""
    with desk.vault.writing() as tx:
        note_time(tx, desk.clock.now())


def item(desk: Desk, case: CaseId) -> Item:
    return next(one for one in retention.overview(desk).items if one.case == case)


def gone(desk: Desk, *wanted: CaseId) -> deleting.Deleted:
    return deleting.delete_due(desk, wanted, PASSPHRASE)


# --- the clock ------------------------------------------------------------------------------------------------------


def test_a_draft_runs_from_its_last_change_and_falls_due(officer: Desk, clock: HandClock) -> None:
    case = a_draft(officer)
    begun = local_date(clock.time)
    clock.move(days=20)
    visits.answer(officer, _visit(officer, case), "/data/application/purpose/purpose_declared", "进货")
    changed = local_date(clock.time)
    confirm(officer)
    running = item(officer, case)
    assert (running.kind, running.standing) == (RecordClass.DRAFT, Standing.RUNNING)
    assert running.counted_from == changed != begun
    assert running.due == months_later(changed, 6)
    clock.move(days=190)
    confirm(officer)
    assert item(officer, case).standing is Standing.DUE


def _visit(desk: Desk, case: CaseId) -> visits.Visit:
    with desk.vault.reading() as tx:
        newest = answers.visits(tx, case)[-1]
    return visits.resume_visit(desk, newest.id)


def test_a_laptop_set_forward_deletes_nothing(officer: Desk, clock: HandClock) -> None:
    """Ten years ahead on this laptop alone: head office has signed nothing of the kind, so nothing is due."""
    case = a_draft(officer)
    confirm(officer)
    clock.move(days=3_650)
    assert item(officer, case).standing is Standing.UNCONFIRMED
    with pytest.raises(Fault) as refused:
        gone(officer, case)
    assert refused.value.code is Code.CASE_NOT_DUE
    with officer.vault.reading() as tx:
        assert cases.get(tx, case).applicant == NAME


def test_a_laptop_set_forward_while_the_program_was_closed_deletes_nothing(demo: Demo, clock: HandClock) -> None:
    """The jump is told where the machine has counted on; head office's time decides all the same."""
    clock.started = "one start"
    with desk_of(demo, Role.OFFICER, clock) as desk:
        case = a_draft(desk)
        confirm(desk)
    clock.set(days=3_650)
    with desk_of(demo, Role.OFFICER, clock) as desk:
        assert item(desk, case).standing is Standing.UNCONFIRMED
        with pytest.raises(Fault) as refused:
            gone(desk, case)
        assert refused.value.code is Code.CASE_NOT_DUE
        with desk.vault.reading() as tx:
            assert [event.kind for event in audit.jumps(tx, case)] == [audit.JUMPED]


def test_a_laptop_set_back_makes_nothing_old(officer: Desk, clock: HandClock) -> None:
    """A case made under a clock of ten years ago is as young as the log's latest time before it."""
    confirm(officer)
    clock.move(days=-3_650)
    case = a_draft(officer)
    clock.move(days=3_650)
    confirm(officer)
    assert item(officer, case).standing is Standing.RUNNING
    assert item(officer, case).counted_from == local_date(clock.time)


def test_times_of_a_clock_that_ran_ahead_do_not_count(officer: Desk, clock: HandClock) -> None:
    """One entry in the log from 2036 does not keep what was ended before and after it for ten years."""
    clock.move(days=3_650)
    keeping.keep_unfinished(officer, "x", {"a": "b"})
    with officer.vault.writing() as tx:
        audit.append(tx, "note", "elsewhere")
    clock.move(days=-3_650)
    case = a_draft(officer)
    confirm(officer)
    assert item(officer, case).counted_from == local_date(clock.time)


# --- receipts, holds, consent ---------------------------------------------------------------------------------------


def test_nothing_goes_before_head_office_has_every_digest(decided: Stage) -> None:
    """Approved, withdrawn, two years over: without receipts nothing goes; with them it does."""
    clock = decided.clock
    with desk_of(decided.demo, Role.OFFICER, clock) as officer:
        correspondence.withdraw_case(officer, decided.case, "不贷了")
        clock.move(days=800)
        confirm(officer)
        assert item(officer, decided.case).standing is Standing.UNSENT
        delivery.sync(officer, decided.demo.store)
        waiting = item(officer, decided.case)
        assert (waiting.kind, waiting.standing, waiting.missing) == (RecordClass.NOT_PAID_OUT, Standing.NO_RECEIPT, 1)
        with pytest.raises(Fault) as refused:
            gone(officer, decided.case)
        assert refused.value.code is Code.CASE_NOT_DUE
        _ingest(decided.demo, clock)
        delivery.sync(officer, decided.demo.store)
        assert item(officer, decided.case).standing is Standing.DUE
        certificate = gone(officer, decided.case).certificates[0]
        assert officer.institution is not None
        root = officer.institution.root
        assert verify(officer.vault).ok
        assert delivery.sync(officer, decided.demo.store).sent == 1
        assert delivery.sync(officer, decided.demo.store).sent == 0
        proof = _proof(officer, certificate.id, decided.demo.folder / "proof")
    assert _ingest(decided.demo, clock).deletions == 1
    assert _ingest(decided.demo, clock) == Ingested()
    with Warehouse(decided.demo.warehouse) as warehouse:
        (there,) = certificates(warehouse)
        assert (there.record_id, there.record_class) == (certificate.id, "not_paid_out")
        assert write_certificates(warehouse, decided.demo.folder / "office") == 1
        office = open_desk(decided.demo.head_office, PASSPHRASE, issuing=False)
        with warehouse.transaction() as connection:
            (kept,) = kept_cases(connection, judge_of(office, connection, clock.now()))
        # Due by its own clock; of the laptops one alone bears witness to it.
        assert (kept.record_class, kept.is_due, kept.unconfirmed) == ("not_paid_out", False, True)
    again = deleting.read_certificate(decided.demo.folder / "office" / f"deletion-{certificate.id}.json", root)
    assert again == proof
    assert proof.deletion.dossiers
    assert proof.deletion.decisions
    assert proof.deletion.counts.photos > 0
    assert proof.deletion.keys


def test_a_hold_stops_the_clock_on_both_laptops(decided: Stage) -> None:
    clock = decided.clock
    with desk_of(decided.demo, Role.MANAGER, clock) as manager:
        with pytest.raises(Fault) as empty:
            set_hold(manager, decided.case, " ")
        assert empty.value.code is Code.REASON_NEEDED
        set_hold(manager, decided.case, "法院调取，案号待补")
        delivery.sync(manager, decided.demo.store)
        clock.move(days=800)
        _ingest(decided.demo, clock)
        delivery.sync(manager, decided.demo.store)
        held = item(manager, decided.case)
        assert held.standing is Standing.HELD
        assert held.hold is not None
        assert held.hold.words == "法院调取，案号待补"
        with pytest.raises(Fault) as refused:
            gone(manager, decided.case)
        assert refused.value.code is Code.CASE_NOT_DUE
    with desk_of(decided.demo, Role.OFFICER, clock) as officer:
        delivery.sync(officer, decided.demo.store)
        assert item(officer, decided.case).standing is Standing.HELD
    with desk_of(decided.demo, Role.MANAGER, clock) as manager:
        lift_hold(manager, decided.case, "法院已退卷")
        assert item(manager, decided.case).hold is None
        with manager.vault.reading() as tx:
            told = [event.kind for event in audit.events(tx, decided.case)]
        assert {"case_hold", "case_hold_lifted"} <= set(told)


def test_a_hold_of_head_office_stops_the_clock_on_the_laptops(decided: Stage) -> None:
    clock = decided.clock
    _ingest(decided.demo, clock)
    office = open_desk(decided.demo.head_office, PASSPHRASE, issuing=False)
    said = Said("周敏", "省局调卷，另函通知")
    holds.set_hold(office, decided.demo.warehouse, decided.case, clock=clock, said=said)
    _ingest(decided.demo, clock)
    clock.move(days=800)
    for role in (Role.MANAGER, Role.OFFICER):
        with desk_of(decided.demo, role, clock) as desk:
            delivery.sync(desk, decided.demo.store)
            held = item(desk, decided.case)
            assert held.standing is Standing.HELD
            assert held.hold is not None
            assert held.hold.words == said.why


def test_an_officer_may_not_hold_and_a_manager_may_not_end_the_consent(decided: Stage) -> None:
    clock = decided.clock
    with desk_of(decided.demo, Role.OFFICER, clock) as officer, pytest.raises(Fault) as refused:
        set_hold(officer, decided.case, "想留着")
    assert refused.value.code is Code.NOT_ALLOWED
    with desk_of(decided.demo, Role.MANAGER, clock) as manager, pytest.raises(Fault) as too:
        end_consent(manager, decided.case, "客户打电话")
    assert too.value.code is Code.NOT_ALLOWED


def test_a_withdrawn_consent_shortens_a_draft_and_not_a_loan(decided: Stage) -> None:
    clock = decided.clock
    with desk_of(decided.demo, Role.OFFICER, clock) as officer:
        draft = a_draft(officer)
        for case in (draft, decided.case):
            end_consent(officer, case, "客户要求删除")
        confirm(officer)
        assert item(officer, draft).kind is RecordClass.CONSENT_ENDED
        assert item(officer, draft).due == local_date(clock.time) + timedelta(days=15)
        loan = item(officer, decided.case)
        assert loan.kind is RecordClass.LOAN
        assert loan.due is not None
        assert loan.due >= months_later(local_date(clock.time), 12 + 119), "its term, and then ten years"
        delivery.sync(officer, decided.demo.store)
    with desk_of(decided.demo, Role.MANAGER, clock) as manager:
        delivery.sync(manager, decided.demo.store)
        assert item(manager, decided.case).kind is RecordClass.CONSENT_ENDED, "a copy is no contract"


def test_what_is_being_decided_has_no_clock(submitted_once: Stage, tmp_path: Path) -> None:
    stage = submitted_once.copy(tmp_path / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        waiting = item(officer, stage.case)
        assert (waiting.standing, waiting.kind, waiting.due) == (Standing.OPEN, None, None)


def test_sealed_deliveries_go_once_head_office_has_the_file(decided: Stage) -> None:
    clock = decided.clock
    with desk_of(decided.demo, Role.OFFICER, clock) as officer:
        clock.move(days=100)
        confirm(officer)
        assert retention.overview(officer).sealed == 0, "no receipt yet"
        _ingest(decided.demo, clock)
        delivery.sync(officer, decided.demo.store)
        due = retention.overview(officer).sealed
        assert due > 0
        before = _size(officer)
        done = gone(officer)
        assert done.sealed > due
        assert _size(officer) < before
        assert retention.overview(officer).sealed == 0
        assert delivery.send_again(officer) == 0
        assert delivery.sync(officer, decided.demo.store).sent == 0
        assert verify(officer.vault).ok


# --- the deletion ---------------------------------------------------------------------------------------------------


def due_draft(desk: Desk, clock: HandClock) -> CaseId:
    case = a_draft(desk)
    clock.move(days=200)
    confirm(desk)
    return case


def test_words_are_gone_and_the_certificate_names_nobody(officer: Desk, clock: HandClock) -> None:
    case = due_draft(officer, clock)
    key = database_key(officer.vault)
    assert SAID.encode() in opened_bytes(officer.vault.folder, key)
    (certificate,) = gone(officer, case).certificates
    pages = opened_bytes(officer.vault.folder, key)
    for word in (NAME, SAID, "990101197203040014", "13999990001"):
        assert word.encode() not in pages
        assert word.encode() not in certificate.record
    with pytest.raises(Fault) as missing, officer.vault.reading() as tx:
        cases.get(tx, case)
    assert missing.value.code is Code.RECORD_MISSING
    assert verify(officer.vault).ok
    with officer.vault.reading() as tx:
        entry = deletions.entry_of(tx, certificate)
    assert entry is not None
    assert entry.number == certificate_of(certificate.record).log_number + 1


def test_a_stranger_checks_a_certificate_and_finds_a_changed_one(
    officer: Desk, clock: HandClock, tmp_path: Path
) -> None:
    case = due_draft(officer, clock)
    (certificate,) = gone(officer, case).certificates
    proof = _proof(officer, certificate.id, tmp_path)
    assert officer.institution is not None
    assert (proof.deletion.case_id, proof.deletion.record_class) == (case, RecordClass.DRAFT)
    assert proof.signer.person.id == proof.deletion.by.id
    path = tmp_path / f"deletion-{certificate.id}.json"
    path.write_bytes(path.read_bytes().replace(b'"photos":0', b'"photos":9'))
    with pytest.raises(Fault) as changed:
        deleting.read_certificate(path, officer.institution.root)
    assert changed.value.code is Code.SIGNATURE_OTHER_DATA


def test_a_wrong_password_deletes_nothing(officer: Desk, clock: HandClock) -> None:
    case = due_draft(officer, clock)
    with pytest.raises(Fault) as wrong:
        deleting.delete_due(officer, [case], "not this one")
    assert wrong.value.code is Code.WRONG_PASSPHRASE
    assert item(officer, case).standing is Standing.DUE


def test_a_run_that_is_stopped_leaves_whole_cases(officer: Desk, clock: HandClock) -> None:
    wanted = [a_draft(officer) for _ in range(3)]
    clock.move(days=200)
    confirm(officer)
    seen: list[tuple[int, int]] = []
    done = deleting.delete_due(officer, wanted, PASSPHRASE, _watch(seen), lambda: len(seen) > 1)
    assert (len(done.certificates), done.stopped) == (1, True)
    assert [one.standing for one in retention.overview(officer).items] == [Standing.DUE] * 2
    rest = gone(officer, *wanted[1:])
    assert len(rest.certificates) == 2
    assert not rest.stopped


def _watch(seen: list[tuple[int, int]]) -> Progress:
    return lambda done, total: seen.append((done, total))


def test_an_old_delivery_does_not_bring_it_back(decided: Stage) -> None:
    """The manager's copy is deleted; then the officer's stick is read from its beginning once more."""
    clock = decided.clock
    with desk_of(decided.demo, Role.MANAGER, clock) as manager:
        clock.move(days=800)
        _ingest(decided.demo, clock)
        delivery.sync(manager, decided.demo.store)
        found = item(manager, decided.case)
        assert (found.kind, found.standing) == (RecordClass.RECEIVED, Standing.DUE)
        gone(manager, decided.case)
        with manager.vault.writing() as tx:
            for device in kept_delivery.cursors(tx):
                kept_delivery.set_cursor(tx, device, replace(kept_delivery.cursors(tx)[device], next=1))
        round_ = delivery.sync(manager, decided.demo.store)
        assert (round_.dossiers, round_.conflicts, round_.waiting) == (0, 0, 0)
        assert retention.overview(manager).items == ()
        with manager.vault.reading() as tx:
            assert any(one.outcome is InboxOutcome.OLDER for one in kept_delivery.inbox(tx))
        assert verify(manager.vault).ok


# --- backups --------------------------------------------------------------------------------------------------------


def test_a_backup_that_comes_back_is_deleted_once_more(demo: Demo, clock: HandClock, tmp_path: Path) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        folder, login = officer.vault.folder, officer.user.login
        stays = open_case(officer, NewCase("司马建国测试")).id
        case = due_draft(officer, clock)
        keeping.back_up(officer, tmp_path / "backups")
        clock.move(minutes=5)
        gone(officer, case)
        (copy,) = retention.overview(officer).copies
        assert copy.path == str((tmp_path / "backups").resolve())
    done = restore(tmp_path / "backups", folder, login, PASSPHRASE, clock)
    assert done.deleted_again == 1
    with desk_of(demo, Role.OFFICER, clock) as officer:
        assert {one.case for one in retention.overview(officer).items} == {stays}
        assert SAID.encode() not in opened_bytes(folder, database_key(officer.vault))
        assert verify(officer.vault).ok


def test_a_lost_laptop_is_put_right_with_head_offices_certificates(
    demo: Demo, clock: HandClock, tmp_path: Path
) -> None:
    with desk_of(demo, Role.OFFICER, clock) as officer:
        folder, login = officer.vault.folder, officer.user.login
        case = due_draft(officer, clock)
        keeping.back_up(officer, tmp_path / "backups")
        clock.move(minutes=5)
        (certificate,) = gone(officer, case).certificates
        proof = _proof(officer, certificate.id, tmp_path / "proofs")
    folder.rename(tmp_path / "lost")
    assert restore(tmp_path / "backups", folder, login, PASSPHRASE, clock).deleted_again == 0
    with desk_of(demo, Role.OFFICER, clock) as officer:
        assert item(officer, case).applicant == NAME
        assert [one.case for one in deleting.delete_again(officer, [proof])] == [case]
        assert deleting.delete_again(officer, [proof]) == ()
        assert retention.overview(officer).items == ()
        assert verify(officer.vault).ok
    with desk_of(demo, Role.MANAGER, clock) as manager, pytest.raises(Fault) as foreign:
        deleting.delete_again(manager, [proof])
    assert foreign.value.code is Code.NOT_ALLOWED


def test_the_next_backup_no_longer_holds_it(decided: Stage, tmp_path: Path) -> None:
    clock = decided.clock
    with desk_of(decided.demo, Role.MANAGER, clock) as manager:
        keeping.back_up(manager, tmp_path / "backups")
        clock.move(days=800)
        _ingest(decided.demo, clock)
        delivery.sync(manager, decided.demo.store)
        gone(manager, decided.case)
        before = _files(tmp_path / "backups")
        keeping.back_up(manager, tmp_path / "backups")
        assert len(_files(tmp_path / "backups")) < len(before)
        assert retention.overview(manager).copies == ()


def test_states_have_the_class_that_fits(officer: Desk) -> None:
    expected = {
        CaseState.DRAFT: RecordClass.DRAFT,
        CaseState.REFUSED: RecordClass.REFUSED,
        CaseState.WITHDRAWN: RecordClass.WITHDRAWN,
        CaseState.CANCELLED: RecordClass.WITHDRAWN,
        CaseState.CLOSED: RecordClass.LOAN,
        CaseState.DISBURSED: RecordClass.LOAN,
        CaseState.ESCALATED: None,
    }
    for state, kind in expected.items():
        case = open_case(officer, NewCase(NAME))
        with officer.vault.writing() as tx:
            cases.save(tx, replace(cases.get(tx, case.id), state=state))
        assert item(officer, case.id).kind is kind, state


def _ingest(demo: Demo, clock: HandClock) -> Ingested:
    return ingest(open_desk(demo.head_office, PASSPHRASE, issuing=False), demo.store, demo.warehouse, clock=clock)


def _proof(desk: Desk, certificate: str, folder: Path) -> DeletionContent:
    deleting.write_certificates(desk, folder)
    assert desk.institution is not None
    return deleting.read_certificate(folder / f"deletion-{certificate}.json", desk.institution.root)


def _size(desk: Desk) -> int:
    return sum(path.stat().st_size for path in (desk.vault.folder / "blobs").rglob("*") if path.is_file())


def _files(folder: Path) -> set[str]:
    return {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}
