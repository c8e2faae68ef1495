"""The auditor reads everything and changes nothing: by keys, by the database, and with each look in the log."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError

from officer_app.base.errors import Code, Fault
from officer_app.casework import review
from officer_app.headoffice import enrolling, exports, sampling
from officer_app.headoffice.auditing import AuditDesk, admit, open_audit
from officer_app.headoffice.desk import Desk, open_desk
from officer_app.headoffice.exports import exporter, exports_made
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.sampling import Filter, Found, cases_of, evidence_of
from officer_app.headoffice.tables import EXPORTS, METADATA
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from officer_app.trust.certificates import Role
from officer_app.trust.enrolment import accept, request
from officer_app.trust.identities import Identity, new_keys
from officer_app.trust.roster import encode_roster, read_roster
from officer_app.trust.signing import sign
from tests.support.demo import HandClock, desk_of, founded_anew
from tests.support.files import handed_over


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    """A demo whose salon and fruit shop were handed over and taken in by head office."""
    demo, clock = handed_over(tmp_path_factory.mktemp("audited"), "fruit", "salon")
    ingest(open_desk(demo.head_office, PASSPHRASE), demo.store, demo.warehouse, clock=clock)
    return demo.folder, clock


@pytest.fixture
def clock(made: tuple[Path, HandClock]) -> HandClock:
    return HandClock(made[1].time)


@pytest.fixture
def demo(made: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(made[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")


@pytest.fixture
def office(demo: Demo) -> Desk:
    return open_desk(demo.head_office, PASSPHRASE)


def enrolled(office: Desk, clock: HandClock, role: Role = Role.AUDITOR, name: str = "周审计") -> Identity:
    keys = new_keys()
    asked = request(keys, name=name, branch="总部", role=role)
    told = enrolling.enrol(office, asked, role=role, branch="总部", approval_limit=Decimal(0), clock=clock)
    return accept(told, keys, clock.now()).identity


@pytest.fixture
def audit(office: Desk, demo: Demo, clock: HandClock) -> AuditDesk:
    return open_audit(demo.head_office, enrolled(office, clock), clock)


def _code(office: Path, identity: Identity, clock: HandClock) -> Code:
    with pytest.raises(Fault) as refused:
        open_audit(office, identity, clock)
    return refused.value.code


def test_an_auditor_opens_the_folder_with_the_own_key_alone(audit: AuditDesk, demo: Demo) -> None:
    assert audit.institution == open_desk(demo.head_office, PASSPHRASE).institution
    assert audit.person.role is Role.AUDITOR
    assert "reader_secret" not in repr(audit)
    for signing in ("identity", "root_keys", "keep_roster", "issuing"):
        assert not hasattr(audit, signing), signing


def test_nobody_else_gets_in(office: Desk, demo: Demo, clock: HandClock, tmp_path: Path) -> None:
    for role in set(Role) - {Role.AUDITOR}:
        identity = enrolled(office, clock, role, role.value)
        assert _code(demo.head_office, identity, clock) is Code.NOT_ALLOWED
        with pytest.raises(Fault) as refused:
            admit(office, identity.person)
        assert refused.value.code is Code.NOT_ALLOWED
    elsewhere = founded_anew(tmp_path / "elsewhere", clock)
    stranger = enrolled(open_desk(elsewhere.head_office, PASSPHRASE), clock)
    assert _code(demo.head_office, stranger, clock) is Code.AUDIT_NOT_ADMITTED
    assert _code(tmp_path, stranger, clock) is Code.DESK_MISSING


def test_an_auditor_who_leaves_or_changes_work_reads_no_more(office: Desk, demo: Demo, clock: HandClock) -> None:
    gone, promoted, leaving = (enrolled(office, clock, name=name) for name in ("甲", "乙", "丙"))
    enrolling.revoke(office, gone.person.key_id, clock=clock)
    assert _code(demo.head_office, gone, clock) is Code.CERTIFICATE_REVOKED
    enrolling.change(
        office, promoted.person.key_id, clock=clock, role=Role.OFFICER, branch="总部", approval_limit=Decimal(0)
    )
    assert _code(demo.head_office, promoted, clock) in {Code.CERTIFICATE_REVOKED, Code.NOT_ALLOWED}
    assert not (demo.head_office / "auditors" / f"{promoted.person.key_id}.age").exists()
    last = clock.now() + timedelta(days=5)
    enrolling.revoke(office, leaving.person.key_id, clock=clock, since=last)
    assert open_audit(demo.head_office, leaving, clock).person.name == "丙"
    clock.move(days=6)
    assert _code(demo.head_office, leaving, clock) is Code.CERTIFICATE_REVOKED


def test_a_grant_that_was_copied_opens_nothing_for_another(office: Desk, demo: Demo, clock: HandClock) -> None:
    one, other = enrolled(office, clock, name="甲"), enrolled(office, clock, name="乙")
    folder = demo.head_office / "auditors"
    shutil.copy(folder / f"{one.person.key_id}.age", folder / f"{other.person.key_id}.age")
    assert _code(demo.head_office, other, clock) is Code.AUDIT_NOT_ADMITTED


def test_what_an_auditor_signs_for_head_office_is_believed_by_nobody(audit: AuditDesk, office: Desk) -> None:
    clock = HandClock()
    data, auditor = encode_roster(audit.roster), enrolled(office, clock)
    with pytest.raises(Fault) as refused:
        read_roster(data, sign(data, auditor, clock.now()), audit.root_pem)
    assert refused.value.code is Code.SIGNER_NOT_ENTITLED


def test_the_database_itself_refuses_to_be_written_when_it_is_read(demo: Demo, clock: HandClock) -> None:
    row = {"id": "a", "at": clock.now(), "person": "x", "kind": "list", "asked": {}, "file": "", "sha256": ""}
    with (
        Warehouse(demo.warehouse, reading=True) as warehouse,
        pytest.raises((DBAPIError, Fault)),
        warehouse.transaction() as connection,
    ):
        connection.execute(insert(EXPORTS).values(rows=0, **row))
    with Warehouse(demo.warehouse) as warehouse:
        assert exports_made(warehouse) == ()


def test_a_database_that_was_never_made_is_not_made_by_reading(tmp_path: Path) -> None:
    with pytest.raises(Fault) as refused:
        Warehouse(f"sqlite:///{tmp_path / 'new.db'}", reading=True)
    assert refused.value.code is Code.WAREHOUSE_OLDER


def test_evidence_is_verified_again_and_each_look_is_logged_before_it(
    audit: AuditDesk, demo: Demo, clock: HandClock
) -> None:
    with Warehouse(demo.warehouse) as warehouse:
        case = next(cases_of(warehouse, Filter()))
        by = exporter(audit.institution, audit.person.name, clock, "1", "季度检查")
        exports.note_look(warehouse, by, case.number, case.dossier)
        found = evidence_of(audit, demo.store, warehouse, case.case_id)
        assert found.dossier.digest == case.dossier
        assert any(name.endswith(".pdf") for name in found.dossier.parts)
        made = exports_made(warehouse)[0]
    assert (made.person, made.kind, made.rows, made.sha256) == ("周审计", "look", 1, case.dossier)
    assert made.asked == {"case": case.number, "why": "季度检查"}


def test_an_auditors_sample_is_the_same_for_anybody_and_stands_in_the_log(
    audit: AuditDesk, office: Desk, demo: Demo, clock: HandClock, tmp_path: Path
) -> None:
    by = exporter(audit.institution, audit.person.name, clock, "1", "抽查")
    with Warehouse(demo.warehouse) as warehouse:
        for desk, out in ((audit, tmp_path / "a"), (office, tmp_path / "b")):
            drawn = exports.export_sample(
                desk, demo.store, warehouse, by, out, seed="october", count=1, which=Filter()
            )
            assert drawn == 1
        log = exports_made(warehouse)
    lists = [(tmp_path / name / sampling.LIST).read_bytes() for name in "ab"]
    assert lists[0] == lists[1]
    assert [one.asked["seed"] for one in log] == ["october", "october"]
    assert {one.sha256 for one in log} == {log[0].sha256}
    assert json.loads((tmp_path / "a" / "rule.json").read_bytes())["of"] == 2


def test_filters_by_what_was_found_and_by_what_an_approval_passed_over(
    demo: Demo, clock: HandClock, tmp_path: Path
) -> None:
    with desk_of(demo, Role.MANAGER, clock) as manager:
        view = next(
            one
            for one in (review.open_dossier(manager, item.dossier) for item in review.queue(manager))
            if any(found.standing == "stands" for found in one.contradictions)
        )
        number = view.manifest.case_number
    with Warehouse(demo.warehouse) as warehouse:
        every = {row.number for row in cases_of(warehouse, Filter())}
        told = {found: {row.number for row in cases_of(warehouse, Filter(found=found))} for found in Found}
        assert number in told[Found.UNEXPLAINED]
        assert told[Found.UNEXPLAINED] <= told[Found.CONTRADICTION] <= every
        assert told[Found.UNEXPLAINED] < every
        assert {row.number for row in cases_of(warehouse, Filter(exceptions=True))} == set()
        officer = next(cases_of(warehouse, Filter())).officer
        assert {row.number for row in cases_of(warehouse, Filter(officer=officer))} == every
        assert list(cases_of(warehouse, Filter(officer="nobody"))) == []
        rows = exports.export_list(
            warehouse, exporter("x", "y", clock, "1"), tmp_path / "l.csv", Filter(found=Found.UNEXPLAINED)
        )
        assert rows == len(told[Found.UNEXPLAINED])
        assert exports_made(warehouse)[0].asked == {"found": "unexplained"}
    assert number.encode() in (tmp_path / "l.csv").read_bytes()


@pytest.fixture(autouse=True)
def _nothing_left(tmp_path: Path) -> Iterator[None]:
    yield
    assert list(tmp_path.rglob("*.part")) == []


def test_on_sqlite_too_only_the_log_gets_its_lines(audit: AuditDesk, demo: Demo, clock: HandClock) -> None:
    """Opened to be read, one door is left, and through it nothing else can be written."""
    by = exporter(audit.institution, audit.person.name, clock, "1", "抽查")
    with Warehouse(demo.warehouse, reading=True) as warehouse:
        assert not warehouse.may_write()
        exports.note_look(warehouse, by, "1", "0" * 64)
        for table in METADATA.sorted_tables:
            with pytest.raises(Fault) as refused, warehouse.logging() as connection:
                connection.execute(table.delete())
            assert refused.value.code is Code.EXPORT_UNLOGGED, table.name
        with pytest.raises((DBAPIError, Fault)), warehouse.transaction() as connection:
            connection.execute(EXPORTS.delete())
        assert [one.kind for one in exports_made(warehouse)] == ["look"]
