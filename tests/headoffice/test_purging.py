"""Deleting at head office: wholly, with proof, and never again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from sqlalchemy import make_url, select

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.dossier.manifest import PartyRef
from officer_app.dossier.notices import Notice, NoticeKind, to_bytes
from officer_app.exchange.contents import NoticeContent, verify_deletion
from officer_app.exchange.folders import FolderStore
from officer_app.exchange.parcels import Parcel, deletion_parcel, notice_parcel
from officer_app.headoffice import outgoing
from officer_app.headoffice.holds import lift_hold, set_hold
from officer_app.headoffice.journal import Act, Said, journal
from officer_app.headoffice.purging import Purged
from officer_app.headoffice.retention import certificates, write_certificates
from officer_app.headoffice.tables import DELIVERIES, PURGED, QUARANTINE
from officer_app.headoffice.warehouse import Warehouse
from officer_app.trust.signing import sign
from tests.support.institution import AT, FixedClock, a_dossier
from tests.support.purges import (
    CASE,
    LIVE,
    LIVE_NUMBER,
    NAME,
    NUMBER,
    SAID,
    WORDS,
    Dying,
    MachineDied,
    Office,
    found,
    kill,
    moved,
)
from tests.support.warehouses import everything

if TYPE_CHECKING:
    from tests.support.postgres import Postgres


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Office:
    folder = tmp_path_factory.mktemp("town")
    town = found(folder)
    return Office.of(town, town.warehouse)


@pytest.fixture
def office(begun: Office, tmp_path: Path) -> Office:
    """A copy of its own for each test."""
    shutil.copytree(begun.town.folder, tmp_path / "town")
    town = moved(begun.town, tmp_path / "town")
    return Office(town, town.warehouse, FixedClock(begun.clock.at))


def code_of(call: Callable[[], object]) -> Code:
    with pytest.raises(Fault) as caught:
        call()
    return caught.value.code


def test_what_is_due_goes_with_proof_and_the_rest_stays(office: Office, tmp_path: Path) -> None:
    assert office.kept()[NUMBER].may_go
    assert not office.kept()[LIVE_NUMBER].is_due
    before = office.pieces()
    done = office.purge()
    assert len(done.certificates) == 1
    assert office.cases() == [LIVE_NUMBER]
    assert done.cleared.pieces == len(before - office.pieces()) > 3
    assert not office.knows(NAME)
    assert not office.knows(WORDS)
    with Warehouse(office.into) as warehouse:
        (told,) = certificates(warehouse)
        assert write_certificates(warehouse, tmp_path / "proofs") == 1
    assert (told.case_number, told.record_class, told.office, told.ordered_by) == (NUMBER, "refused", True, SAID.by)
    (record,) = (tmp_path / "proofs").glob("*.json")
    parcel = deletion_parcel(record.read_bytes(), record.with_suffix(".sig").read_bytes())
    proof = verify_deletion(parcel, office.town.desk.root_pem).deletion
    assert proof.dossiers == (digest(office.old.files["manifest.json"]),)
    assert proof.decisions == (digest(office.refusal.files["decision.json"]),)
    assert (proof.counts.photos, proof.policy.name) == (1, "default")
    assert NAME.encode() not in record.read_bytes()
    line = journal(office.town.desk.folder)[0]
    assert (line.act, line.about, line.by, line.why) == (Act.PURGED, NUMBER, SAID.by, SAID.why)


def test_again_does_nothing(office: Office) -> None:
    office.purge()
    before, lines = everything(office.into), len(journal(office.town.desk.folder))
    assert office.purge() == Purged((), replace(office.purge().cleared, pieces=0))
    assert everything(office.into) == before
    assert len(journal(office.town.desk.folder)) == lines


def test_a_reason_is_needed_and_what_is_not_due_stays(office: Office) -> None:
    assert code_of(lambda: office.purge(said=Said("周敏", " "))) is Code.WHY_MISSING
    assert code_of(lambda: office.purge(wanted=[LIVE])) is Code.CASE_NOT_DUE
    assert office.cases() == [LIVE_NUMBER, NUMBER]


def test_no_name_stays_in_the_file(office: Office) -> None:
    file = office.file
    assert NAME.encode() in file.read_bytes()
    office.purge()
    assert [path.name for path in file.parent.glob("warehouse.db*")] == ["warehouse.db"]
    for secret in (NAME, WORDS):
        assert secret.encode() not in file.read_bytes()


def test_a_replay_is_refused_by_its_certificate(office: Office) -> None:
    (certificate,) = office.purge().certificates
    office.town.send(office.old, office.town.officer, 3)
    office.town.send(office.refusal, office.town.manager, 3)
    assert office.ingest().quarantined == 2
    assert office.cases() == [LIVE_NUMBER]
    assert not office.knows(NAME)
    assert not office.knows(WORDS)
    with Warehouse(office.into) as warehouse, warehouse.transaction() as connection:
        aside = connection.execute(select(QUARANTINE)).all()
    assert {(row.code, row.place, bytes(row.data)) for row in aside} == {("CASE_PURGED", certificate, b"")}
    with_copies = office.pieces()
    assert office.purge().cleared.pieces == len(with_copies - office.pieces()) > 3
    older = a_dossier(office.town.officer.identity, case_id=CASE, case_number=NUMBER, applicant=NAME, lane="quick")
    office.town.send(older, office.town.officer, 4)
    assert office.ingest().quarantined == 1


def test_a_newer_version_of_a_deleted_case_comes_in(office: Office) -> None:
    office.purge()
    told = {"version": 2, "previous": digest(office.old.files["manifest.json"]), "case_id": CASE}
    office.town.send(a_dossier(office.town.officer.identity, case_number=NUMBER, **told), office.town.officer, 3)
    assert office.ingest().dossiers == 1
    assert office.cases() == [LIVE_NUMBER, NUMBER]


def test_a_warehouse_made_anew_takes_nothing_deleted_in(office: Office) -> None:
    office.purge(stores=())  # its pieces are still in the store
    office.file.unlink()
    assert office.ingest().quarantined == 2
    assert office.cases() == [LIVE_NUMBER]
    assert len(office.scalars(select(PURGED.c.digest))) == 2


def test_a_certificate_in_the_folder_that_was_changed_is_refused(office: Office) -> None:
    office.purge()
    (record,) = (office.town.desk.folder / "deletions").glob("*.json")
    record.write_bytes(record.read_bytes().replace(b'"refused"', b'"draft"'))
    office.file.unlink()
    assert code_of(office.ingest) is Code.SIGNATURE_OTHER_DATA


def test_a_store_that_is_away_is_owed(office: Office) -> None:
    store = Path(office.town.store)
    store.rename(store.with_name("pulled"))
    done = office.purge()
    assert (done.cleared.pieces, len(done.cleared.away)) == (0, 1)
    store.with_name("pulled").rename(store)
    assert office.purge().cleared.pieces > 3
    assert office.purge().cleared.pieces == 0


def test_a_clock_set_forward_deletes_nothing(office: Office) -> None:
    assert len(office.purge().certificates) == 1
    office.clock.forward(days=365 * 20)
    live = office.kept()[LIVE_NUMBER]
    assert (live.is_due, live.unconfirmed) == (False, True)
    assert code_of(lambda: office.purge(wanted=[LIVE])) is Code.CASE_NOT_DUE
    assert office.purge().certificates == ()
    assert office.cases() == [LIVE_NUMBER]


def test_one_laptop_in_the_future_moves_nothing(office: Office) -> None:
    ahead = AT + timedelta(days=365 * 30)
    told = {"frozen_at": ahead, "case_id": "b" * 32, "case_number": "2056-1", "dossier_id": "8" * 32}
    office.town.send(a_dossier(office.town.officer.identity, **told), office.town.officer, 3)
    office.ingest()
    office.clock.at = ahead
    assert not office.kept()[LIVE_NUMBER].is_due


def test_a_clock_set_back_makes_nothing_due(office: Office) -> None:
    office.clock.at = AT + timedelta(days=3)
    assert office.purge().certificates == ()
    assert NUMBER in office.cases()


def test_a_hold_of_head_office_stops_it_and_goes_to_everybody(office: Office) -> None:
    told = {"clock": office.clock, "said": Said("周敏", "法院调取")}
    set_hold(office.town.desk, office.into, CASE, **told)
    assert code_of(lambda: set_hold(office.town.desk, office.into, CASE, **told)) is Code.RECORD_EXISTS
    held = office.kept()[NUMBER]
    assert held.hold is not None
    assert (held.may_go, held.is_due, held.hold.words, held.hold.office) == (False, True, "法院调取", True)
    assert office.purge().certificates == ()
    assert code_of(lambda: office.purge(wanted=[CASE])) is Code.CASE_NOT_DUE
    with closing(FolderStore(Path(office.town.store))) as there:
        outgoing.flush(office.town.desk, there)
    for who in (office.town.officer, office.town.manager):
        (word,) = [one for one in office.town.received(who) if isinstance(one, NoticeContent)]
        assert (word.notice.kind, word.notice.words) == (NoticeKind.HOLD, "法院调取")
    office.clock.forward(seconds=1)
    lift_hold(office.town.desk, office.into, CASE, **told)
    assert code_of(lambda: lift_hold(office.town.desk, office.into, CASE, **told)) is Code.RECORD_MISSING
    assert len(office.purge().certificates) == 1
    assert [one.act for one in journal(office.town.desk.folder)[:3]] == [Act.PURGED, Act.HOLD_LIFTED, Act.HELD]


def _word(office: Office, kind: NoticeKind, at: datetime, number: str) -> Parcel:
    manager = office.town.manager.identity
    dossier = digest(office.old.files["manifest.json"])
    by = PartyRef(manager.person.id, manager.person.name)
    body = to_bytes(Notice(number * 32, kind, dossier, CASE, NUMBER, by, at, "上级要求"))
    return notice_parcel(body, sign(body, manager, at))


def test_a_branch_does_not_lift_head_offices_hold(office: Office) -> None:
    told = {"clock": office.clock, "said": Said("周敏", "法院调取")}
    office.town.send(_word(office, NoticeKind.HOLD, AT + timedelta(days=2), "1"), office.town.manager, 3)
    office.ingest()
    assert code_of(lambda: lift_hold(office.town.desk, office.into, CASE, **told)) is Code.HOLD_OFFICE
    set_hold(office.town.desk, office.into, CASE, **told)
    office.town.send(_word(office, NoticeKind.HOLD_LIFTED, office.clock.now(), "2"), office.town.manager, 4)
    office.ingest()
    assert office.kept()[NUMBER].held
    assert office.purge().certificates == ()


def test_stopping_keeps_what_was_done_and_begins_nothing_more(office: Office) -> None:
    done = office.purge(cancelled=lambda: True)
    assert (done.certificates, done.stopped) == ((), True)
    assert office.cases() == [LIVE_NUMBER, NUMBER]


class _Cut(BaseException):
    """The machine dies."""


@pytest.mark.parametrize("after", [False, True])
def test_killed_at_every_step_it_completes_when_run_again(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, after: bool
) -> None:
    """The n-th durable step is the last: the next run leaves what one whole run leaves."""
    aside, folder = tmp_path / "aside", office.town.folder
    shutil.copytree(folder, aside)
    for at in range(1, 100):
        shutil.rmtree(folder)
        shutil.copytree(aside, folder)
        kill(monkeypatch, Dying(at, after))
        try:
            office.purge()
            finished = True
        except MachineDied:
            finished = False
        monkeypatch.undo()
        office.purge()
        _is_whole(office)
        if finished:
            assert at > 12
            return
    pytest.fail("deleting never ended")


def _is_whole(office: Office) -> None:
    """One case less, one certificate, one file of it, its line in the journal, nothing of it in file or store."""
    assert office.cases() == [LIVE_NUMBER]
    with Warehouse(office.into) as warehouse:
        (told,) = certificates(warehouse)
    folder = office.town.desk.folder
    assert {path.stem for path in (folder / "deletions").iterdir()} == {told.record_id}
    assert {one.detail for one in journal(folder) if one.act == Act.PURGED} == {told.record_id}
    assert NAME.encode() not in office.file.read_bytes()
    live = select(DELIVERIES.c.counter).where(DELIVERIES.c.certificate.is_(None))
    assert sorted(office.scalars(live)) == [2, 2]
    assert office.purge().cleared.pieces == 0


def test_on_postgresql_no_name_stays_in_the_servers_files(begun: Office, tmp_path: Path, postgres: Postgres) -> None:
    (tmp_path / "town").mkdir()
    shutil.copytree(begun.town.folder, tmp_path / "town", dirs_exist_ok=True)
    office = Office(moved(begun.town, tmp_path / "town"), postgres.new(), FixedClock(begun.clock.at))
    office.ingest()
    line = make_url(office.into).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(line, autocommit=True) as connection:
        connection.execute("ANALYZE")
        noted = connection.execute("SELECT histogram_bounds::text FROM pg_stats WHERE attname = 'applicant'")
        assert NAME in str(noted.fetchone())
    assert _in_files(line, NAME)
    assert _in_files(line, WORDS)
    done = office.purge()
    assert len(done.certificates) == 1
    assert office.cases() == [LIVE_NUMBER]
    assert not office.knows(NAME)
    assert not office.knows(WORDS)
    assert not _in_files(line, NAME)
    assert not _in_files(line, WORDS)
    assert office.purge().certificates == ()
    office.town.send(office.old, office.town.officer, 3)
    assert office.ingest().quarantined == 1


def _in_files(line: str, text: str) -> bool:
    """Whether the files of any table or index hold this text, after all was written down."""
    with psycopg.connect(line, autocommit=True) as connection:
        connection.execute("CHECKPOINT")
        paths = connection.execute(
            "SELECT pg_relation_filepath(oid) FROM pg_class WHERE relkind IN ('r','i','t') AND relfilenode <> 0"
        ).fetchall()
        for (path,) in paths:
            (data,) = connection.execute("SELECT pg_read_binary_file(%s)", (path,)).fetchone() or (b"",)
            if text.encode() in data:
                return True
    return False
