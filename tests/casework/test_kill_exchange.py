"""kill -9 before every write, put and commit of sending, receiving and ingesting: done again it completes, once.

The n-th call loop: a few of its steps in every run; with --full every step until the work ends by itself.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from officer_app.casework import delivery
from officer_app.casework.desk import Desk
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.ingesting import ingest
from officer_app.training.institution import PASSPHRASE
from officer_app.trust.certificates import Role
from officer_app.vault import audit, blobs, cases, decisions
from officer_app.vault import delivery as kept_delivery
from officer_app.vault import dossiers as kept
from officer_app.vault.records import Delivery
from officer_app.vault.verify import verify
from tests.support.demo import HandClock, desk_of
from tests.support.dying_officer import Child
from tests.support.stages import Stage

SAMPLE = 1
MOST = 400


def _killed(from_: Stage, job: str, folder: Path, full: bool, then: Callable[[Stage, bool], None]) -> None:
    """Let the job die before its n-th step, then look and do it again; every n, or a few."""
    chance = secrets.SystemRandom()
    steps = range(1, MOST) if full else sorted(chance.sample(range(1, 25), SAMPLE))
    for step in steps:
        stage = from_.copy(folder / str(step))
        told = Child(stage, job, step).rest()
        assert told.startswith("at work")
        ended = len(told.splitlines()) > 1
        then(stage, ended)
        shutil.rmtree(stage.demo.folder)
        if ended:
            print(f"{job}: ended by itself at step {step}")
            assert not full or step > 10, "too few steps to have been at every one"
            return
    print(f"{job}: killed at steps {list(steps)}")
    assert not full, "it never ended by itself"


def _whole(desk: Desk) -> None:
    report = verify(desk.vault)
    assert report.ok, report.problems
    with desk.vault.reading() as tx:
        known = set(blobs.all_digests(tx))
        assert audit.first_broken(tx) is None
    lying = {path.name for path in (desk.vault.folder / "blobs").rglob("*") if path.is_file()}
    assert lying == known, "files without rows, or rows without files"


def _events(desk: Desk, kind: str) -> int:
    with desk.vault.reading() as tx:
        return sum(event.kind == kind for event in audit.events(tx, limit=10_000))


@pytest.mark.timeout(3600)
def test_sending(submitted_once: Stage, tmp_path: Path, full: bool) -> None:
    def then(stage: Stage, _ended: bool) -> None:
        with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
            _whole(officer)
            delivery.sync(officer, stage.demo.store)
            again = delivery.sync(officer, stage.demo.store)
            assert (again.sent, again.objects) == (0, 0)
            assert _events(officer, "parcel_sent") == 1
            with officer.vault.reading() as tx:
                assert cases.get(tx, stage.case).delivery is Delivery.SENT
                (sent,) = kept_delivery.outbox(tx)
            store = Path(stage.demo.store)
            assert all((store / part.name).stat().st_size == part.size for part in sent.objects)
            assert not list(store.rglob("*.part"))
        _manager_has_it_once(stage)

    # At once, or in three steps as over a slow line.
    for job in ("send", "carry") if full else (secrets.choice(("send", "carry")),):
        _killed(submitted_once, job, tmp_path / job, full, then)


def _manager_has_it_once(stage: Stage) -> None:
    with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
        done = delivery.sync(manager, stage.demo.store)
        assert (done.quarantined, done.gaps, done.conflicts) == ([], 0, 0)
        assert delivery.sync(manager, stage.demo.store).dossiers == 0
        _whole(manager)
        assert _events(manager, "dossier_received") == 1
        with manager.vault.reading() as tx:
            assert len(kept.of_case(tx, stage.case)) == 1


@pytest.fixture(scope="module")
def sent_once(submitted_once: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    stage = submitted_once.copy(tmp_path_factory.mktemp("sent") / "demo")
    with desk_of(stage.demo, Role.OFFICER, stage.clock) as officer:
        assert delivery.sync(officer, stage.demo.store).sent == 1
    return stage


@pytest.mark.timeout(3600)
def test_receiving(sent_once: Stage, tmp_path: Path, full: bool) -> None:
    def then(stage: Stage, ended: bool) -> None:
        with desk_of(stage.demo, Role.MANAGER, stage.clock) as manager:
            _whole(manager)
            with manager.vault.reading() as tx:
                assert len(kept.of_case(tx, stage.case)) in ({1} if ended else {0, 1})
        _manager_has_it_once(stage)

    _killed(sent_once, "receive", tmp_path, full, then)


@pytest.mark.timeout(3600)
def test_ingesting(decided_once: Stage, tmp_path: Path, full: bool) -> None:
    def then(stage: Stage, _ended: bool) -> None:
        office = open_desk(stage.demo.head_office, PASSPHRASE, issuing=False)
        ingest(office, stage.demo.store, stage.demo.warehouse, clock=stage.clock)
        again = ingest(office, stage.demo.store, stage.demo.warehouse, clock=stage.clock)
        assert (again.dossiers, again.decisions, again.receipts, again.quarantined, again.gaps) == (0,) * 5
        _rows_once(stage)
        _receipts_once(stage, stage.clock)

    _killed(decided_once, "ingest", tmp_path, full, then)


def _rows_once(stage: Stage) -> None:
    engine = create_engine(stage.demo.warehouse)
    with engine.connect() as connection:
        counts = {
            table: connection.execute(text(f"SELECT count(*) FROM {table}")).scalar()  # noqa: S608  names above
            for table in ("case_file", "dossier", "decision", "receipt", "quarantine")
        }
    engine.dispose()
    assert counts == {"case_file": 1, "dossier": 1, "decision": 1, "receipt": 2, "quarantine": 0}


def _receipts_once(stage: Stage, clock: HandClock) -> None:
    with desk_of(stage.demo, Role.OFFICER, clock) as officer:
        done = delivery.sync(officer, stage.demo.store, thorough=True)
        assert (done.receipts, done.gaps, done.quarantined) == (1, 0, [])
        with officer.vault.reading() as tx:
            assert cases.get(tx, stage.case).delivery is Delivery.RECEIVED
            assert len(decisions.of_case(tx, stage.case)) == 1
