"""Migrations: head equals the tables, up and down leave no trace, a failing step leaves nothing behind."""

from __future__ import annotations

import ast
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from officer_app.base.errors import Code, Fault
from officer_app.vault import cases, migrate
from officer_app.vault.database import Database
from officer_app.vault.store import Vault
from officer_app.vault.tables import CASE_SEARCH, METADATA
from officer_app.vault.verify import verify
from tests.support.vaults import LOGIN, PASSPHRASE, StillClock, a_case, opened

KEY = bytes(range(32))
STEPS = sorted((migrate.scripts_folder() / "versions").glob("*.py"))


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    migrate.build(tmp_path / "vault.db", KEY)
    found = Database(tmp_path / "vault.db", KEY, foreign_keys=False)
    yield found
    found.close()


def _steps(database: Database, *, down: str = "", up: str = "") -> None:
    with database.transaction(writing=True) as connection:
        config = migrate.config(connection, migrate.scripts_folder())
        if down:
            command.downgrade(config, down)
        if up:
            command.upgrade(config, up)


def _ours(_found: object, name: str | None, kind: str, _reflected: bool, _compared: object) -> bool:
    return not (kind == "table" and name and (name.startswith(CASE_SEARCH) or name == "alembic_version"))


def _differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True, "include_object": _ours})
    return list(compare_metadata(context, METADATA))


def _schema(database: Database) -> set[tuple[str, str, str]]:
    rows = database.run("SELECT type, name, coalesce(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'")
    return {(str(a), str(b), str(c)) for a, b, c in rows}


def test_head_equals_the_tables(database: Database) -> None:
    with database.transaction(writing=False) as connection:
        assert _differences(connection) == []


def test_a_missing_column_would_be_seen(database: Database) -> None:
    with database.transaction(writing=True) as connection:
        connection.exec_driver_sql("ALTER TABLE note DROP COLUMN verdict")
        connection.exec_driver_sql("DROP INDEX ix_note_case")
        assert len(_differences(connection)) == 2


def test_the_guards_and_the_search_index_are_there(database: Database) -> None:
    names = {(kind, name) for kind, name, _ in _schema(database)}
    for table in ("answer_event", "audit_event"):
        assert {("trigger", f"{table}_no_update"), ("trigger", f"{table}_no_delete")} <= names
    assert ("table", CASE_SEARCH) in names


def test_head_is_the_newest_step() -> None:
    assert ScriptDirectory(str(migrate.scripts_folder())).get_heads() == [migrate.HEAD]


def test_down_leaves_no_trace_and_up_brings_all_back(database: Database) -> None:
    before = _schema(database)
    _steps(database, down="base")
    assert {name for _, name, _ in _schema(database)} <= {"alembic_version"}
    _steps(database, up="head")
    assert _schema(database) == before


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step.stem)
def test_each_step_goes_up_and_down(database: Database, step: Path) -> None:
    revision = step.stem.split("_")[0]
    _steps(database, down="base", up=revision)
    at = _schema(database)
    _steps(database, down="-1", up=revision)
    assert _schema(database) == at


@pytest.mark.parametrize("step", [*STEPS, migrate.scripts_folder() / "env.py"], ids=lambda step: step.stem)
def test_a_migration_imports_nothing_from_the_app(step: Path) -> None:
    tree = ast.walk(ast.parse(step.read_text(encoding="utf-8")))
    names = {alias.name for node in tree if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(ast.parse(step.read_text())) if isinstance(node, ast.ImportFrom)}
    foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names
    assert foreign <= {"alembic", "sqlalchemy"}


def test_explanations_of_an_older_vault_are_found_by_their_letters(database: Database) -> None:
    """0002 fills the letters of what was explained before it, and takes them away again."""
    _steps(database, down="0001")
    with database.transaction(writing=True) as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
        connection.exec_driver_sql(
            'INSERT INTO contradiction (id, "case", code, opened, severity, sentence, explanation, photos)'
            " VALUES ('1', 'c', 'RENT', '2026-01-01T00:00:00.000Z', '', 'null', '年关 ２ 周的数，Ok!', '[]'),"
            " ('2', 'c', 'SALES', '2026-01-01T00:00:00.000Z', '', 'null', '', '[]')"
        )
    _steps(database, up="0002")
    rows = database.run("SELECT id, alike, lie_said, lie_found FROM contradiction ORDER BY id")
    assert [tuple(row) for row in rows] == [("1", "年关周的数ok", "", ""), ("2", "", "", "")]
    _steps(database, down="0001")
    rows = database.run("SELECT id, explanation FROM contradiction ORDER BY id")
    assert [tuple(row) for row in rows] == [("1", "年关 ２ 周的数，Ok!"), ("2", "")]


# --- opening an older, newer or failing database -----------------------------------------------------


PLANTED = """
import sqlalchemy as sa
from alembic import op

revision = "9001"
down_revision = "{head}"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("note", sa.Column("weight", sa.Integer(), nullable=False, server_default="7"))
    with op.batch_alter_table("case_file") as batch:
        batch.alter_column("trade", new_column_name="branch_of_trade")
    op.execute("UPDATE case_file SET note = 'carried over'")
    {then}


def downgrade() -> None:
    pass
"""


def _planted(tmp_path: Path, then: str) -> Path:
    scripts = tmp_path / "scripts"
    shutil.copytree(migrate.scripts_folder(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    step = PLANTED.format(head=migrate.HEAD, then=then)
    (scripts / "versions" / "9001_planted.py").write_text(step)
    return scripts


def _filled(folder: Path) -> None:
    with opened(folder) as vault, vault.writing() as tx:
        cases.add(tx, a_case(vault.user.id, note="as typed"))


def _copies(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.glob("vault.db.before-upgrade*"))


@pytest.mark.parametrize(
    "then",
    [
        "raise RuntimeError('half-way')",
        "op.execute('INSERT INTO no_such_table VALUES (1)')",
        "op.execute('DELETE FROM user')",  # leaves answers and visits without their person
    ],
)
def test_a_step_that_fails_half_way_leaves_nothing_behind(
    folder: Path, tmp_path: Path, clock: StillClock, then: str
) -> None:
    _filled(folder)
    with opened(folder) as vault, vault.writing() as tx:
        tx.sql.exec_driver_sql(
            "INSERT INTO user_secret SELECT id, 'key', x'00' FROM user"  # something that hangs on a user
        )
    with pytest.raises(Fault) as found:
        Vault.open(folder, LOGIN, PASSPHRASE, clock, scripts=_planted(tmp_path, then))
    assert found.value.code is Code.VAULT_UPGRADE_FAILED
    assert _copies(folder) == [f"vault.db.before-upgrade-from-{migrate.HEAD}"]
    with opened(folder, clock) as vault:
        assert verify(vault).ok
        with vault.reading() as tx:
            case = cases.of_number(tx, "2026-0001", vault.user.id)
            columns = {row[1] for row in tx.sql.exec_driver_sql("PRAGMA table_info(note)")}
    assert case is not None
    assert case.note == "as typed"
    assert "weight" not in columns


def test_a_step_that_succeeds_carries_the_data_and_older_programs_refuse(
    folder: Path, tmp_path: Path, clock: StillClock
) -> None:
    _filled(folder)
    (folder / "vault.db.before-upgrade-from-0000").write_bytes(b"an older copy")
    scripts = _planted(tmp_path, "pass")
    with Vault.open(folder, LOGIN, PASSPHRASE, clock, scripts=scripts) as vault:
        assert vault.upgraded_from == migrate.HEAD
        with vault.reading() as tx:
            carried = tx.sql.exec_driver_sql("SELECT note, branch_of_trade FROM case_file").all()
    assert carried == [("carried over", "")]
    assert _copies(folder) == [f"vault.db.before-upgrade-from-{migrate.HEAD}"]
    before = (folder / "vault.db").read_bytes()
    with pytest.raises(Fault) as found:
        opened(folder, clock)
    assert found.value.code is Code.VAULT_NEWER
    assert (folder / "vault.db").read_bytes() == before


def test_the_copy_before_an_upgrade_is_a_whole_database(folder: Path, tmp_path: Path, clock: StillClock) -> None:
    _filled(folder)
    Vault.open(folder, LOGIN, PASSPHRASE, clock, scripts=_planted(tmp_path, "pass")).close()
    (folder / _copies(folder)[0]).replace(folder / "vault.db")
    with opened(folder, clock) as vault:
        assert verify(vault).ok
        with vault.reading() as tx:
            assert cases.of_number(tx, "2026-0001", vault.user.id) is not None


def test_a_current_vault_opens_without_alembic(folder: Path) -> None:
    """It takes more than a second to load from a cold disk."""
    import subprocess

    script = (
        "import sys; from pathlib import Path; from officer_app.base.clock import SystemClock\n"
        "from officer_app.vault.store import Vault\n"
        f"Vault.open(Path({str(folder)!r}), {LOGIN!r}, {PASSPHRASE!r}, SystemClock()).close()\n"
        "print([name for name in sys.modules if name.split('.')[0] == 'alembic'])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "[]"


def test_a_database_that_names_no_step_is_broken(folder: Path, clock: StillClock) -> None:
    with opened(folder) as vault, vault.writing() as tx:
        tx.sql.exec_driver_sql("DELETE FROM alembic_version")
    with pytest.raises(Fault) as found:
        opened(folder, clock)
    assert found.value.code is Code.VAULT_BROKEN
