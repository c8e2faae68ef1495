"""Several processes take in side by side: the same tables as by one; killed in the middle, they go on from there."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import DBAPIError

from officer_app.exchange import outbox
from officer_app.exchange.folders import FolderStore
from officer_app.headoffice import founding
from officer_app.headoffice.desk import Desk
from officer_app.headoffice.enrolling import enrol
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Enrolment, accept, request
from officer_app.trust.identities import new_keys
from tests.support.institution import BANK, BRANCH, FixedClock, a_decision, a_dossier
from tests.support.warehouses import everything

if TYPE_CHECKING:
    from tests.support.postgres import Postgres

PASSPHRASE = "correct horse battery"
OFFICERS, EACH = 4, 3
# When something came in, and when holes were last looked for, is each run's own.
OWN_TIMES = frozenset({"received_at", "found_at", "at"})


@dataclass(frozen=True)
class Office:
    """Head office with a store in which the dossiers of several officers wait, and one decision."""

    folder: Path

    def copy(self, to: Path) -> Office:
        shutil.copytree(self.folder, to)
        return Office(to)

    def command(self, into: str, workers: int) -> list[str]:
        words = ["headoffice", "ingest", "--folder", self.folder / "office", "--store", self.folder / "exchange"]
        words += ["--into", into, "--workers", workers, "--passphrase-file", self.folder / "passphrase", "--json"]
        return [sys.executable, "-m", "officer_app", *map(str, words)]

    def ingest(self, into: str, workers: int) -> dict[str, Any]:
        found = subprocess.run(self.command(into, workers), capture_output=True, text=True, check=False)
        assert found.returncode == 0, found.stdout + found.stderr
        told: dict[str, Any] = json.loads(found.stdout)
        return told


def _joined(desk: Desk, clock: FixedClock, name: str, role: Role, limit: int) -> Enrolment:
    keys = new_keys()
    asked = request(keys, name=name, branch=BRANCH, role=role)
    told = {"role": role, "branch": BRANCH, "approval_limit": Decimal(limit), "clock": clock}
    return accept(enrol(desk, asked, **told), keys, clock.now())


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder, clock = tmp_path_factory.mktemp("office"), FixedClock()
    (folder / "exchange").mkdir()
    (folder / "passphrase").write_text(PASSPHRASE + "\n")
    desk = founding.found(
        folder / "office", BANK, PASSPHRASE, clock=clock, policy=b"[sales]\ntolerance = 1\n", forms={}
    )
    store, reader = FolderStore(folder / "exchange"), desk.identity.person.reader
    manager = _joined(desk, clock, "王芳", Role.MANAGER, 300_000)
    for officer in range(OFFICERS):
        identity = _joined(desk, clock, f"李明{'甲乙丙丁'[officer]}", Role.OFFICER, 0).identity
        for number in range(1, EACH + 1):
            mark = f"{officer:x}{number:x}"
            own = {"case_id": mark * 16, "dossier_id": mark[::-1] * 16, "case_number": f"2026-{mark}"}
            parcel = a_dossier(identity, **own)
            outbox.send(store, outbox.prepare(parcel, identity, readers=[reader], counter=number, at=clock.now()))
            if (officer, number) == (0, 1):
                decided = a_decision(manager.identity, parcel, case_id=own["case_id"], case_number=own["case_number"])
                sealed = outbox.prepare(decided, manager.identity, readers=[reader], counter=1, at=clock.now())
                outbox.send(store, sealed)
    return Office(folder)


@pytest.fixture(params=["sqlite", "postgresql"])
def into(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A fresh warehouse of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'side.db'}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    yield server.new()


@pytest.fixture(scope="module")
def by_one(office: Office, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Any]]:
    """What one process makes of it."""
    folder = tmp_path_factory.mktemp("one")
    into = f"sqlite:///{folder / 'one.db'}"
    told = office.copy(folder / "office").ingest(into, 1)
    assert (told["dossiers"], told["decisions"], told["gaps"], told["quarantined"]) == (OFFICERS * EACH, 1, 0, 0)
    return everything(into, OWN_TIMES)


def _taken(into: str) -> int:
    """How many dossiers are in the warehouse by now."""
    engine = create_engine(into)
    try:
        with engine.connect() as connection:
            return int(connection.execute(text("SELECT count(*) FROM dossier")).scalar_one())
    except DBAPIError:
        return 0  # it is being made
    finally:
        engine.dispose()


@pytest.mark.timeout(600)
def test_three_give_the_same_tables_as_one(
    office: Office, into: str, tmp_path: Path, by_one: dict[str, list[Any]]
) -> None:
    mine = office.copy(tmp_path / "office")
    told = mine.ingest(into, 3)
    assert (told["dossiers"], told["decisions"], told["receipts"]) == (OFFICERS * EACH, 1, OFFICERS * EACH + 1)
    assert everything(into, OWN_TIMES) == by_one
    again = mine.ingest(into, 2)
    assert set(again.values()) == {0}
    assert everything(into, OWN_TIMES) == by_one


@pytest.mark.timeout(600)
def test_killed_in_the_middle_they_go_on_from_there(
    office: Office, into: str, tmp_path: Path, by_one: dict[str, list[Any]]
) -> None:
    """All processes die at once as soon as the first dossier is in; some rows may be, none is half or twice."""
    mine = office.copy(tmp_path / "office")
    with subprocess.Popen(mine.command(into, 3), stdout=subprocess.PIPE, start_new_session=True) as running:
        while running.poll() is None and not _taken(into):
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGKILL)
    before = _taken(into)
    assert before
    told = mine.ingest(into, 3)
    assert told["dossiers"] == OFFICERS * EACH - before
    print(f"killed after {before} of {OFFICERS * EACH}")
    assert everything(into, OWN_TIMES) == by_one
