"""Brings a database to the form this version needs: a copy first, then one transaction, all or nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from sqlalchemy.exc import DBAPIError

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import migrations_folder
from officer_app.vault.copying import copy_whole
from officer_app.vault.database import Database, sorted_faults
from officer_app.vault.layout import Layout

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Connection

# The newest step of migrations/vault. Said here so that an up-to-date vault opens without loading Alembic (1.4 s
# from a cold disk); a test holds it to the scripts.
HEAD: Final = "0013"


def scripts_folder() -> Path:
    """Where the steps lie."""
    return migrations_folder() / "vault"


def newest(scripts: Path) -> str:
    """The newest step of a folder of steps."""
    if scripts == scripts_folder():
        return HEAD
    from alembic.script import ScriptDirectory

    return str(ScriptDirectory(str(scripts)).get_current_head())


def revision(database: Database) -> str:
    """The step a database is at. Errors: VAULT_BROKEN when it is no vault."""
    name = database.path.name
    with database.transaction(writing=False) as connection:
        try:
            found = connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar()
        except DBAPIError as error:
            raise Fault(Code.VAULT_BROKEN, where=name, file=name) from error
    if found is None:
        raise Fault(Code.VAULT_BROKEN, where=name, file=name)
    return str(found)


def open_newest(layout: Layout, key: bytes, scripts: Path) -> tuple[Database, str | None]:
    """The database at the newest step, and the step it was at if that was another."""
    name = layout.database.name
    # SQLite takes an empty or missing file for a new database: that would show an empty vault.
    if not layout.database.is_file() or not layout.database.stat().st_size:
        raise Fault(Code.VAULT_BROKEN, where=name, file=name)
    database = Database(layout.database, key)
    try:
        at = revision(database)
        if at == newest(scripts):
            return database, None
    except BaseException:
        database.close()
        raise
    database.close()
    upgrade(layout, key, at, scripts)
    return Database(layout.database, key), at


def build(path: Path, key: bytes) -> None:
    """A new database at HEAD."""
    _run_steps(path, key, scripts_folder())


def upgrade(layout: Layout, key: bytes, at: str, scripts: Path) -> None:
    """Bring the closed database from `at` to the newest step; the copy stays until the next upgrade.

    Errors: VAULT_NEWER for a step that this version does not know, VAULT_UPGRADE_FAILED, DISK_FULL.
    """
    from alembic.script import ScriptDirectory

    if at not in {step.revision for step in ScriptDirectory(str(scripts)).walk_revisions()}:
        raise Fault(Code.VAULT_NEWER)
    copy = layout.before_upgrade(at)
    copy_whole(layout.database, copy)
    _run_steps(layout.database, key, scripts)
    for older in layout.folder.glob(layout.before_upgrade("*").name):
        if older != copy:
            older.unlink(missing_ok=True)


def _run_steps(path: Path, key: bytes, scripts: Path) -> None:
    # Tables are rebuilt on the way, so keys are checked at the end, inside the transaction.
    database = Database(path, key, foreign_keys=False)
    try:
        with database.transaction(writing=True) as connection:
            _steps(connection, scripts)
    finally:
        database.close()


def _steps(connection: Connection, scripts: Path) -> None:
    from alembic import command

    try:
        with sorted_faults("vault.db"):
            command.upgrade(config(connection, scripts), "head")
            hanging = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
    except Fault:
        raise
    except Exception as error:  # whatever a step does wrong, the transaction is rolled back
        raise Fault(Code.VAULT_UPGRADE_FAILED, step=type(error).__name__) from error
    if hanging is not None:
        raise Fault(Code.VAULT_UPGRADE_FAILED, step=str(hanging[0]))


def config(connection: Connection, scripts: Path) -> Config:
    """What Alembic needs to know; `env.py` takes the connection from it."""
    from alembic.config import Config

    found = Config()
    found.set_main_option("script_location", str(scripts).replace("%", "%%"))
    found.attributes["connection"] = connection
    return found
