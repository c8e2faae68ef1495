"""The auditor on a real PostgreSQL: whatever writes, the database itself refuses; only the log gets its lines."""

from __future__ import annotations

import re
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import insert, make_url
from sqlalchemy.exc import DBAPIError

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import resource_folder
from officer_app.base.words import LANGUAGES
from officer_app.headoffice import exports, sampling
from officer_app.headoffice.auditing import AuditDesk, open_audit
from officer_app.headoffice.desk import open_desk
from officer_app.headoffice.exporting import Exporter
from officer_app.headoffice.exports import exporter, exports_made
from officer_app.headoffice.ingesting import ingest
from officer_app.headoffice.sampling import Filter, Found, cases_of, draw, evidence_of
from officer_app.headoffice.tables import EXPORTS, METADATA
from officer_app.headoffice.warehouse import Warehouse
from officer_app.training.institution import PASSPHRASE, Demo
from tests.support.auditor import auditor_of
from tests.support.demo import HandClock, founded
from tests.support.files import hand_over
from tests.support.postgres import Postgres

_BLOCK = re.compile(r"```sql\n(CREATE ROLE auditor.*?)```", re.DOTALL)


class Audited:
    """A demo taken in to PostgreSQL by its owner, and to SQLite beside it; an auditor of the institution."""

    def __init__(self, demo: Demo, owner: str, desk: AuditDesk, by: Exporter) -> None:
        self.demo = demo
        self.owner = owner
        self.desk = desk
        self.by = by

    def role(self, name: str, *, without: str = "") -> str:
        """Make a role by the words of the help page, but for the line that holds `without`; gives its address."""
        said = [line for line in _granted("en") if not without or without not in line]
        with psycopg.connect(_plain(self.owner), autocommit=True) as connection:
            for line in said:
                told = line.replace("auditor", name).replace("choose-one", "only-reads")
                connection.execute(told)  # type: ignore[call-overload]  # our own help page
        return make_url(self.owner).set(username=name, password="only-reads").render_as_string(hide_password=False)


def _granted(language: str) -> list[str]:
    page = (resource_folder() / "help" / language / "auditing.md").read_text()
    found = _BLOCK.search(page)
    assert found is not None
    return found[1].strip().splitlines()


def _plain(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory, postgres: Postgres) -> Audited:
    folder, clock = tmp_path_factory.mktemp("audited"), HandClock()
    demo, owner = founded(folder, clock), postgres.new()
    hand_over(demo, clock, "salon", "fruit")
    for warehouse in (owner, demo.warehouse):
        ingest(open_desk(demo.head_office, PASSPHRASE), demo.store, warehouse, clock=clock)
    with auditor_of(demo, folder / "auditor", clock) as auditor:
        assert auditor.identity is not None
        desk = open_audit(demo.head_office, auditor.identity, clock)
    return Audited(demo, owner, desk, exporter(desk.institution, "周审计", clock, "1", "三季度检查"))


def test_both_help_pages_grant_the_same() -> None:
    pages = [_granted(language) for language in LANGUAGES]
    assert pages[0] == pages[1]
    assert [line for line in pages[0] if "INSERT" in line or "UPDATE" in line or "ALL PRIVILEGES" in line] == [
        "GRANT INSERT ON export_log TO auditor;"
    ]


def test_the_auditor_reads_filters_samples_and_each_look_stands_in_the_log(audited: Audited, tmp_path: Path) -> None:
    url = audited.role("zhou")
    with Warehouse(url, reading=True) as warehouse, Warehouse(audited.demo.warehouse, reading=True) as beside:
        assert not warehouse.may_write()
        for which in (Filter(), Filter(found=Found.UNEXPLAINED), Filter(exceptions=True), Filter(officer="nobody")):
            told = [case.number for case in cases_of(warehouse, which)]
            assert sorted(told) == sorted(case.number for case in cases_of(beside, which)), which
        (here,), of = draw(warehouse, "october", 1, Filter())
        (there,), others = draw(beside, "october", 1, Filter())
        assert (here.sum, here.case.number, of) == (there.sum, there.case.number, others)
        case = next(cases_of(warehouse, Filter()))
        exports.note_look(warehouse, audited.by, case.number, case.dossier)
        found = evidence_of(audited.desk, audited.demo.store, warehouse, case.case_id)
        assert found.dossier.digest == case.dossier
        assert exports.export_list(warehouse, audited.by, tmp_path / "list.csv", Filter()) == 2
        out = tmp_path / "sample"
        drawn = exports.export_sample(
            audited.desk, audited.demo.store, warehouse, audited.by, out, seed="october", count=2, which=Filter()
        )
        assert drawn == 2
        assert (out / sampling.LIST).stat().st_size > 0
        assert len(list(out.rglob("*.pdf"))) >= 2, "with the whole evidence"
    with Warehouse(audited.owner, reading=True) as warehouse:
        log = exports_made(warehouse)
    assert {one.kind for one in log} == {"look", "list", "sample"}
    assert len(log) == 3
    assert {(one.person, one.asked["why"]) for one in log} == {("周审计", "三季度检查")}


def test_whatever_an_auditor_writes_the_database_refuses_by_any_program(audited: Audited) -> None:
    """Not through our program: with the plain driver, in a session that says of itself that it may write."""
    url = _plain(audited.role("qian"))
    asked = {
        f'{what} "{table.name}"{how}'
        for table in METADATA.sorted_tables
        for what, how in (
            ("DELETE FROM", ""),
            ("UPDATE", f' SET "{next(iter(table.columns)).name}" = NULL'),
            ("TRUNCATE", ""),
            ("INSERT INTO", " DEFAULT VALUES"),
            ("DROP TABLE", ""),
        )
        if not (table is EXPORTS and what == "INSERT INTO")
    } | {"CREATE TABLE mine (a int)", "UPDATE alembic_version SET version_num = 'x'"}
    assert len(asked) > 50
    with psycopg.connect(url, autocommit=True) as connection:
        for line in sorted(asked):
            with pytest.raises(psycopg.Error, match="read-only"):
                connection.execute(line)  # type: ignore[call-overload]  # made of our own names
        connection.execute("SET default_transaction_read_only = off")
        for line in sorted(asked):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(line)  # type: ignore[call-overload]


def test_even_the_owner_writes_nothing_where_it_is_read(audited: Audited) -> None:
    row = {"id": "a", "at": audited.by.made_at, "person": "x", "kind": "list", "asked": {}, "file": "", "sha256": ""}
    with Warehouse(audited.owner, reading=True) as warehouse:
        assert warehouse.may_write(), "and it is told that this role could"
        with pytest.raises(DBAPIError, match="read-only transaction"), warehouse.transaction() as connection:
            connection.execute(insert(EXPORTS).values(rows=0, **row))
        for table in METADATA.sorted_tables:
            with pytest.raises(DBAPIError, match="read-only transaction"), warehouse.transaction() as connection:
                connection.execute(table.delete())


def test_what_cannot_be_logged_is_not_taken_out(audited: Audited, tmp_path: Path) -> None:
    url = audited.role("sun", without="export_log")
    with Warehouse(url, reading=True) as warehouse:
        case = next(cases_of(warehouse, Filter()))
        for take in (
            lambda: exports.note_look(warehouse, audited.by, case.number, case.dossier),
            lambda: exports.export_list(warehouse, audited.by, tmp_path / "list.csv", Filter()),
        ):
            with pytest.raises(Fault) as refused:
                take()
            assert refused.value.code is Code.EXPORT_UNLOGGED
    assert list(tmp_path.iterdir()) == []


def test_a_role_that_may_not_read_is_told_so(audited: Audited) -> None:
    with pytest.raises(Fault) as refused:
        Warehouse(audited.role("li", without="GRANT SELECT"), reading=True)
    assert refused.value.code is Code.WAREHOUSE_RIGHTS
