"""Head office: an institution from nothing, people under it, and everything in the warehouse once."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.files import write_whole
from officer_app.dossier.records import Outcome, PackKind
from officer_app.exchange import outbox
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.inbox import (
    Arrived,
    PackContent,
    ReceiptContent,
    fetch,
    verify_dossier,
)
from officer_app.exchange.parcels import Parcel
from officer_app.headoffice import founding, ingesting, outgoing, publishing
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.enrolling import enrol, revoke
from officer_app.headoffice.exporting import Exporter, totals, workbook_data
from officer_app.headoffice.ingesting import Ingested, ingest
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import Enrolment, accept, request
from officer_app.trust.identities import Identity, Keys, new_keys
from officer_app.trust.roster import open_signed_roster, read_roster
from tests.support.institution import AT, BANK, BRANCH, FixedClock, a_decision, a_dossier

PASSPHRASE = "correct horse battery"
POLICY = b"[sales]\ntolerance = 1\n"


@dataclass
class Town:
    """A founded institution with an officer, a manager and a folder to exchange through."""

    folder: Path
    desk: Desk
    clock: FixedClock
    officer: Enrolment
    manager: Enrolment

    @property
    def store(self) -> str:
        return str(self.folder / "exchange")

    @property
    def warehouse(self) -> str:
        return f"sqlite:///{self.folder / 'warehouse.db'}"

    def send(self, parcel: Parcel, who: Enrolment, counter: int = 1) -> None:
        everybody = [self.officer, self.manager]
        readers = [one.identity.person.reader for one in everybody] + [self.desk.identity.person.reader]
        sealed = outbox.prepare(parcel, who.identity, readers=readers, counter=counter, at=self.clock.now())
        outbox.send(FolderStore(self.folder / "exchange"), sealed)

    def ingest(self) -> Ingested:
        return ingest(self.desk, self.store, self.warehouse, clock=self.clock)

    def rows(self, statement: str) -> list[Any]:
        connection = sqlite3.connect(self.folder / "warehouse.db")
        try:
            return connection.execute(statement).fetchall()
        finally:
            connection.close()

    def state(self) -> str:
        return str(self.rows("SELECT state FROM case_file")[0][0])

    def received(self, who: Enrolment) -> list[Any]:
        arrivals = fetch(
            FolderStore(self.folder / "exchange"),
            who.identity.reader_secret,
            self.desk.root_pem,
            cursors={},
            own_device=who.identity.person.device,
        )
        return [arrival.content for arrival in arrivals if isinstance(arrival, Arrived)]


def join(desk: Desk, clock: FixedClock, name: str, role: Role, limit: int, keys: Keys | None = None) -> Enrolment:
    keys = keys or new_keys()
    asked = request(keys, name=name, branch=BRANCH, role=role)
    answer = enrol(desk, asked, role=role, branch=BRANCH, approval_limit=Decimal(limit), clock=clock)
    return accept(answer, keys, clock.now())


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Town:
    folder = tmp_path_factory.mktemp("town")
    (folder / "exchange").mkdir()
    clock = FixedClock()
    desk = founding.found(
        folder / "office", BANK, PASSPHRASE, clock=clock, policy=POLICY, forms={"business_visit": b"<h:html/>"}
    )
    officer = join(desk, clock, "李明", Role.OFFICER, 0)
    manager = join(desk, clock, "王芳", Role.MANAGER, 300_000)
    return Town(folder, desk, clock, officer, manager)


@pytest.fixture
def town(founded: Town, tmp_path: Path) -> Iterator[Town]:
    """A copy of the founded institution, so that each test has its own."""
    copy = tmp_path / "town"
    shutil.copytree(founded.folder, copy)
    desk = Desk(copy / "office", founded.desk.identity, founded.desk.roster, founded.desk.root_keys)
    return Town(copy, desk, FixedClock(), founded.officer, founded.manager)


@cache
def _dossier(officer: Identity) -> Parcel:
    return a_dossier(officer)


@cache
def _decision(manager: Identity, officer: Identity) -> Parcel:
    return a_decision(manager, _dossier(officer))


def dossier_of(town: Town) -> Parcel:
    """The officer's first dossier; signed once for all tests, since stamping papers takes its time."""
    return _dossier(town.officer.identity)


def decision_of(town: Town) -> Parcel:
    """The manager's approval of it."""
    return _decision(town.manager.identity, town.officer.identity)


def code_of(call: Callable[..., object], *arguments: object, **named: object) -> Code:
    with pytest.raises(Fault) as caught:
        call(*arguments, **named)
    return caught.value.code


NOTHING = Ingested()


# --- founding and people ---------------------------------------------------------------------------


def test_the_desk_opens_with_its_passphrase_alone(town: Town) -> None:
    assert code_of(open_desk, town.desk.folder, "correct horse batter") is Code.WRONG_PASSPHRASE
    desk = open_desk(town.desk.folder, PASSPHRASE)
    assert desk.institution == BANK
    assert desk.roster == town.desk.roster
    locked = open_desk(town.desk.folder, PASSPHRASE, issuing=False)
    assert code_of(join, locked, town.clock, "x", Role.OFFICER, 0) is Code.DESK_CANNOT_ISSUE


def test_no_key_lies_bare_in_the_folder(town: Town) -> None:
    assert town.desk.root_keys is not None
    secrets = [keys.signing for keys in (town.desk.root_keys, town.desk.identity.keys)]
    secrets += [keys.reader.encode() for keys in (town.desk.root_keys, town.desk.identity.keys)]
    for path in town.desk.folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            assert not any(secret in data for secret in secrets), path
            assert path.stat().st_mode & 0o077 == 0, path


def test_a_folder_is_founded_once(town: Town) -> None:
    again = {"clock": town.clock, "policy": POLICY, "forms": {}}
    assert code_of(founding.found, town.desk.folder, BANK, PASSPHRASE, **again) is Code.DESK_EXISTS
    assert code_of(founding.found, town.folder / "new", BANK, "short", **again) is Code.PASSPHRASE_SHORT
    assert not (town.folder / "new").exists()
    assert code_of(open_desk, town.folder / "nowhere", PASSPHRASE) is Code.DESK_MISSING


def test_half_a_founding_is_no_desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(path: Path, data: bytes) -> None:
        if path.name == "roster.json":
            raise KeyboardInterrupt
        write_whole(path, data)

    monkeypatch.setattr(founding, "write_whole", cut)
    with pytest.raises(KeyboardInterrupt):
        founding.found(tmp_path / "o", BANK, PASSPHRASE, clock=FixedClock(), policy=POLICY, forms={})
    assert code_of(open_desk, tmp_path / "o", PASSPHRASE) is Code.DESK_MISSING


def test_role_branch_and_limit_are_head_offices_word(town: Town) -> None:
    keys = new_keys()
    asked = request(keys, name="想当经理", branch="总行", role=Role.MANAGER)
    answer = enrol(town.desk, asked, role=Role.OFFICER, branch=BRANCH, approval_limit=Decimal(0), clock=town.clock)
    person = accept(answer, keys, AT).identity.person
    assert (person.role, person.branch, person.approval_limit) == (Role.OFFICER, BRANCH, 0)


@pytest.mark.parametrize(("role", "limit"), [(Role.OFFICER, 1), (Role.MANAGER, -1)])
def test_a_limit_that_does_not_fit_is_refused(town: Town, role: Role, limit: int) -> None:
    assert code_of(join, town.desk, town.clock, "x", role, limit) is Code.LIMIT_UNFIT


def test_the_roster_only_grows_and_the_same_request_changes_nothing(town: Town) -> None:
    before = town.desk.roster.version
    keys = new_keys()
    first = join(town.desk, town.clock, "新人", Role.OFFICER, 0, keys)
    assert town.desk.roster.version == before + 1
    again = join(town.desk, town.clock, "新人", Role.OFFICER, 0, keys)
    assert town.desk.roster.version == before + 1
    assert again.identity.certificate == first.identity.certificate
    assert open_desk(town.desk.folder, PASSPHRASE).roster == town.desk.roster


def test_a_second_key_is_not_a_second_pair_of_eyes(town: Town) -> None:
    keys, person = new_keys(), town.officer.identity.person
    asked = request(keys, name="李明", branch=BRANCH, role=Role.MANAGER)
    answer = enrol(
        town.desk,
        asked,
        role=Role.MANAGER,
        branch=BRANCH,
        approval_limit=Decimal(300_000),
        clock=town.clock,
        person=person.id,  # type: ignore[arg-type]
    )
    second = accept(answer, keys, AT)
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.ingest()
    town.send(a_decision(second.identity, dossier), second)
    assert town.ingest() == Ingested(quarantined=1)
    assert town.rows("SELECT code FROM quarantine") == [("FOUR_EYES",)]


def test_a_revoked_key_is_refused_at_head_office_and_told_to_all(town: Town) -> None:
    revoke(town.desk, town.officer.identity.person.key_id, clock=town.clock)
    assert code_of(revoke, town.desk, "0" * 64, clock=town.clock) is Code.PERSON_UNKNOWN
    town.send(dossier_of(town), town.officer)
    done = town.ingest()
    assert (done.dossiers, done.quarantined) == (0, 1)
    packs = [content for content in town.received(town.manager) if isinstance(content, PackContent)]
    roster_pack = next(pack for pack in packs if pack.note.kind is PackKind.ROSTER)
    roster = read_roster(*open_signed_roster(roster_pack.content), town.desk.root_pem)
    assert town.officer.identity.person.key_id in roster.revoked


# --- packs -----------------------------------------------------------------------------------------


def packs_of(town: Town, who: Enrolment) -> list[tuple[str, int]]:
    contents = town.received(who)
    return [(content.note.name, content.note.version) for content in contents if isinstance(content, PackContent)]


def test_everybody_gets_each_pack_once(town: Town) -> None:
    assert founding.publish_first(town.desk, town.store, clock=town.clock) == 3
    assert founding.publish_first(town.desk, town.store, clock=town.clock) == 0
    assert packs_of(town, town.officer) == [("business_visit", 1), ("default", 1), ("people", 1)]
    late = join(town.desk, town.clock, "后来", Role.OFFICER, 0)
    founding.publish_first(town.desk, town.store, clock=town.clock)
    assert packs_of(town, late) == [("business_visit", 1), ("default", 1), ("people", 2)]
    assert packs_of(town, town.officer)[3:] == [("people", 2)]


def test_versions_only_grow_and_the_same_content_is_the_same_version(town: Town) -> None:
    publish = {"kind": PackKind.POLICY, "name": "default", "clock": town.clock}
    assert publishing.publish(town.desk, town.store, content=POLICY, **publish) == 1
    assert publishing.publish(town.desk, town.store, content=b"other", **publish) == 2
    assert publishing.publish(town.desk, town.store, content=b"other", **publish) == 2
    assert publishing.publish(town.desk, town.store, content=POLICY, **publish) == 3
    assert (
        code_of(publishing.publish, town.desk, town.store, content=b"", **(publish | {"name": "../x"}))
        is Code.PACK_NAME
    )


def test_a_cut_at_every_write_of_publishing_sends_each_pack_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    for at in range(1, 60):
        shutil.rmtree(town.folder / "exchange")
        (town.folder / "exchange").mkdir()
        office = town.folder / f"office-{at}"
        shutil.copytree(town.desk.folder, office)
        desk = Desk(office, town.desk.identity, town.desk.roster)
        count = [0]

        def cut(path: Path, data: bytes, *, count: list[int] = count, at: int = at) -> None:
            count[0] += 1
            if count[0] == at:
                raise KeyboardInterrupt
            write_whole(path, data)

        with monkeypatch.context() as patched:
            patched.setattr(publishing, "write_whole", cut)
            patched.setattr(outgoing, "write_whole", cut)
            try:
                founding.publish_first(desk, town.store, clock=town.clock)
                finished = True
            except KeyboardInterrupt:
                finished = False
        founding.publish_first(desk, town.store, clock=town.clock)
        assert packs_of(town, town.officer) == [("business_visit", 1), ("default", 1), ("people", 1)], at
        if finished:
            assert at > 7
            return
    pytest.fail("publishing never ended")


# --- ingesting -------------------------------------------------------------------------------------


def test_a_dossier_and_its_decision_go_in_once_with_receipts(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.send(decision_of(town), town.manager)
    assert town.ingest() == Ingested(dossiers=1, decisions=1, receipts=2)
    assert town.ingest() == NOTHING
    assert town.rows("SELECT state, approved, requested, received_at FROM case_file") == [
        ("approved", "80000", "100000.00", "2026-10-08T02:40:00.000Z")
    ]
    assert town.rows("SELECT id, verdict, told, found FROM dossier_check") == [
        ("sales_month", "failed", "60000", "48000")
    ]
    assert town.rows("SELECT name, value FROM figure ORDER BY position") == [
        ("sizing.amount", "80000"),
        ("capacity.dscr", "1.73"),
    ]
    assert town.rows("SELECT code, hard FROM flag") == [("sales_gap", 0)]
    assert town.rows("SELECT part, shot FROM photo") == [("photos/0f3a.jpg", "shop_front")]
    (receipt,) = [content.receipt for content in town.received(town.officer) if isinstance(content, ReceiptContent)]
    assert receipt.digest == digest(dossier.files["manifest.json"])
    assert (receipt.device, receipt.counter) == (town.officer.identity.person.device, 1)
    assert len([content for content in town.received(town.manager) if isinstance(content, ReceiptContent)]) == 1


def test_a_decision_that_comes_first_waits_for_its_dossier(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(decision_of(town), town.manager)
    assert town.ingest() == Ingested(decisions=1, receipts=1, waiting=1)
    assert town.ingest() == Ingested(waiting=1)
    town.send(dossier, town.officer)
    assert town.ingest() == Ingested(dossiers=1, receipts=1)
    assert town.state() == "approved"


def test_conditions_show_in_the_state(town: Town) -> None:
    dossier = dossier_of(town)
    conditional = {"outcome": Outcome.APPROVE_WITH_CONDITIONS, "conditions": ("配偶当面签字",)}
    town.send(dossier, town.officer)
    town.send(a_decision(town.manager.identity, dossier, **conditional), town.manager)
    assert town.ingest().decisions == 1
    assert town.state() == "approved_with_conditions"


def test_a_waiting_decision_that_may_not_stand_is_refused_when_its_dossier_comes(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(a_decision(town.manager.identity, dossier, amount=Decimal(300_001)), town.manager)
    town.ingest()
    town.send(dossier, town.officer)
    assert town.ingest() == Ingested(dossiers=1, receipts=1, quarantined=1)
    assert town.rows("SELECT standing, refused_for FROM decision") == [("refused", "ABOVE_LIMIT")]
    assert town.state() == "submitted"


def test_an_approval_above_the_limit_is_put_aside(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.ingest()
    town.send(a_decision(town.manager.identity, dossier, amount=Decimal(300_001)), town.manager)
    assert town.ingest() == Ingested(quarantined=1)
    assert town.state() == "submitted"
    assert town.ingest() == NOTHING


def test_the_first_decision_stands(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.ingest()
    refused = a_decision(
        town.manager.identity, dossier, outcome=Outcome.REFUSE, amount=None, term_months=None, record_id="1" * 32
    )
    town.send(refused, town.manager, 1)
    town.send(decision_of(town), town.manager, 2)
    town.ingest()
    assert town.state() == "refused"
    assert town.rows("SELECT code FROM quarantine") == [("DOSSIER_DECIDED",)]


def test_the_same_dossier_again_changes_nothing(town: Town) -> None:
    """Yesterday's delivery, sent again under a new number: no effect, no second receipt."""
    dossier = dossier_of(town)
    town.send(dossier, town.officer, 1)
    town.ingest()
    town.send(dossier, town.officer, 2)
    assert town.ingest() == Ingested(already=1)


def test_a_new_version_takes_over_and_a_late_old_one_does_not(town: Town) -> None:
    first = dossier_of(town)
    second = a_dossier(
        town.officer.identity,
        version=2,
        previous=digest(first.files["manifest.json"]),
        dossier_id="f" * 32,
        requested_amount=Decimal(90_000),
    )
    town.send(second, town.officer, 1)
    town.send(first, town.officer, 2)
    assert town.ingest().dossiers == 2
    assert town.rows("SELECT version, requested, state FROM case_file") == [(2, "90000", "submitted")]
    town.send(a_decision(town.manager.identity, first), town.manager)
    town.ingest()
    assert town.state() == "submitted"


@pytest.mark.parametrize("where", ["before", "after"])
def test_a_cut_at_every_transaction_loses_and_doubles_nothing(
    town: Town, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Head office's machine dies at the n-th transaction, and again one step later, until a run comes through."""
    from contextlib import contextmanager

    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.send(decision_of(town), town.manager)
    real = Warehouse.transaction
    for at in range(1, 30):
        count = [0]

        @contextmanager
        def cut(self: Warehouse, *, count: list[int] = count, at: int = at) -> Iterator[Any]:
            count[0] += 1
            if count[0] == at and where == "before":
                raise KeyboardInterrupt
            with real(self) as connection:
                yield connection
            if count[0] == at and where == "after":
                raise KeyboardInterrupt

        (town.folder / "warehouse.db").unlink(missing_ok=True)
        shutil.rmtree(town.desk.folder / "outgoing", ignore_errors=True)
        for path in (town.folder / "exchange" / "i" / town.desk.identity.person.device).glob("*"):
            path.unlink()
        for path in (town.desk.folder / "packs").rglob("*.readers"):
            path.unlink()
        monkeypatch.setattr(Warehouse, "transaction", cut)
        try:
            town.ingest()
            finished = True
        except KeyboardInterrupt:
            finished = False
        monkeypatch.setattr(Warehouse, "transaction", real)
        town.ingest()
        assert town.ingest() == NOTHING
        assert town.rows("SELECT count(*) FROM dossier") == [(1,)]
        assert town.rows("SELECT count(*), min(standing) FROM decision") == [(1, "accepted")]
        assert town.rows("SELECT count(*), min(queued) FROM receipt") == [(2, 1)]
        for who in (town.officer, town.manager):
            receipts = [content for content in town.received(who) if isinstance(content, ReceiptContent)]
            assert len(receipts) == 1, at
        if finished:
            assert at > 5
            return
    pytest.fail("ingesting never ended")


def test_a_stick_pulled_while_ingesting_keeps_what_was_taken(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.send(decision_of(town), town.manager)
    aside = town.folder / "pulled"
    real = ingesting.fetch

    def pull(*args: Any, **named: Any) -> Iterator[Any]:
        for arrival in real(*args, **named):
            yield arrival
            (town.folder / "exchange").rename(aside)

    with monkeypatch.context() as patched:
        patched.setattr(ingesting, "fetch", pull)
        assert code_of(town.ingest) is Code.STORE_GONE
    assert len(town.rows("SELECT 1 FROM dossier UNION ALL SELECT 1 FROM decision")) == 1
    aside.rename(town.folder / "exchange")
    done = town.ingest()
    assert done.dossiers + done.decisions == 1
    assert town.ingest() == NOTHING


def test_a_forged_delivery_is_put_aside_and_the_rest_goes_on(town: Town) -> None:
    store = FolderStore(town.folder / "exchange")
    from officer_app.exchange.layout import frame_index, index_name
    from officer_app.trust.sealing import seal

    store.put(index_name("0" * 16, 1), frame_index(seal(b"junk", [town.desk.identity.person.reader])))
    town.send(dossier_of(town), town.officer)
    assert town.ingest() == Ingested(dossiers=1, receipts=1, quarantined=1)
    assert town.ingest() == NOTHING
    assert town.rows("SELECT device, counter, code FROM quarantine") == [("0" * 16, 1, "DELIVERY_UNREADABLE")]


@pytest.mark.parametrize("url", ["", "mysql://x/y", "nonsense", "oracle://h"])
def test_an_address_that_is_none(town: Town, url: str) -> None:
    assert code_of(ingest, town.desk, town.store, url, clock=town.clock) is Code.WAREHOUSE_ADDRESS


def test_a_warehouse_that_cannot_be_reached_is_the_surroundings(town: Town) -> None:
    assert code_of(Warehouse, "sqlite:////nowhere/at/all.db") is Code.WAREHOUSE_GONE
    (town.folder / "junk.db").write_bytes(b"not a database at all" * 100)
    assert code_of(Warehouse, f"sqlite:///{town.folder / 'junk.db'}") is Code.WAREHOUSE_GONE


# --- the workbook ----------------------------------------------------------------------------------


def test_the_workbook_adds_up_to_what_the_warehouse_says(town: Town) -> None:
    import io

    from officer_app.base.words import CHINESE
    from officer_app.workbooks.workbook import write_workbook

    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.send(decision_of(town), town.manager)
    town.ingest()
    with Warehouse(town.warehouse) as warehouse:
        data = workbook_data(warehouse, Exporter(BANK, "总部", AT, "0.1.0"))
        (loan,) = data.loans
        assert (loan.case_number, loan.state, loan.approved, loan.annual_rate_percent) == (
            "2026-0417",
            "approved",
            Decimal(80000),
            Decimal(12),
        )
        assert [check.check_id for check in data.checks] == ["sales_month"]
        assert [decision.decided_by for decision in data.decisions] == ["王芳"]
        assert totals(warehouse).approved == 80_000
        assert all(total.agrees for total in write_workbook(data, CHINESE, io.BytesIO()))


def test_a_dossier_seen_at_head_office_is_the_officers_to_the_byte(town: Town) -> None:
    dossier = dossier_of(town)
    town.send(dossier, town.officer)
    town.ingest()
    ((manifest, signature),) = town.rows("SELECT manifest, signature FROM dossier")
    assert (manifest, signature) == (dossier.files["manifest.json"], dossier.files["manifest.sig"])
    assert verify_dossier(dossier, town.desk.root_pem).digest == digest(manifest)
