"""The warehouse: head office's database, in SQLite or PostgreSQL, always at the newest form."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from typing import Any, Final, Self, TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.pool import NullPool, QueuePool

from officer_app.base.errors import Code, Fault
from officer_app.base.paths import migrations_folder

T = TypeVar("T")
_BACKENDS: Final = frozenset({"sqlite", "postgresql"})
# SQLSTATE classes of PostgreSQL that speak of the surroundings: connection, resources, intervention, system.
_SURROUNDINGS: Final = ("08", "53", "57", "58")
_SQLITE_WAIT: Final = 60.0  # seconds one writer waits for another's transaction
# Deadlock and failed serialisation: the server has undone one of the two, who may simply begin again.
_STOOD_IN_THE_WAY: Final = frozenset({"40001", "40P01"})
_TRIES: Final = 20
# PostgreSQL: no right to it; written in a transaction, or on a copy, that is only read.
_NO_RIGHT: Final = "42501"
_ONLY_READ: Final = frozenset({_NO_RIGHT, "25006", "0A000"})
_LOG: Final = "export_log"
_UPGRADE: Final = 0x0F1257  # the number of the lock under which a warehouse is brought to its newest form


class Warehouse:
    """An open warehouse. Not for two threads at a time."""

    def __init__(self, url: str, *, reading: bool = False) -> None:
        """Open a database and bring it to the newest form; for `reading` the database itself lets nothing be written.

        Only the log of exports still gets its lines, by `logging`. Errors: WAREHOUSE_ADDRESS, _GONE, _NEWER, _RIGHTS;
        for reading WAREHOUSE_OLDER, since nothing is brought to anything.
        """
        self._reading = reading
        self._engine = _engine(url, reading=reading)
        try:
            with self.transaction() as connection:
                if reading:
                    _check_form(connection)
                else:
                    _upgrade(connection)
        except BaseException:
            self.close()
            raise

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Committed when the block is left, rolled back when it raises. Errors: WAREHOUSE_GONE, WAREHOUSE_RIGHTS."""
        try:
            with self._engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) == _NO_RIGHT:
                raise Fault(Code.WAREHOUSE_RIGHTS) from error
            if not _is_surroundings(error):
                raise
            raise Fault(Code.WAREHOUSE_GONE) from error

    @contextmanager
    def logging(self) -> Iterator[Connection]:
        """A transaction for one more line in the log of exports; opened for reading, for that and nothing else.

        Whoever only reads needs one right besides in PostgreSQL: to add to that table. Errors: EXPORT_UNLOGGED when
        the database does not grant it, WAREHOUSE_GONE.
        """
        if not self._reading:
            with self.transaction() as connection:
                yield connection
            return
        try:
            with self._engine.connect() as connection:
                _let_log(connection)
                with connection.begin():
                    if connection.dialect.name == "postgresql":
                        connection.exec_driver_sql("SET TRANSACTION READ WRITE")
                    yield connection
        except DBAPIError as error:
            if _is_only_read(error):
                raise Fault(Code.EXPORT_UNLOGGED) from error
            if not _is_surroundings(error):
                raise
            raise Fault(Code.WAREHOUSE_GONE) from error

    def may_write(self) -> bool:
        """Whether this role of PostgreSQL could do more than read and add to the log.

        A file of SQLite knows no roles, and gives False. Errors: WAREHOUSE_GONE.
        """
        with self.transaction() as connection:
            if connection.dialect.name != "postgresql":
                return False
            return bool(connection.execute(text(_RIGHTS), {"log": _LOG}).scalar())

    def settle(self, work: Callable[[Connection], T]) -> T:
        """What `work` gives in a transaction of its own; begun again when others stood in each other's way.

        Errors: WAREHOUSE_GONE.
        """
        for _ in range(_TRIES):
            try:
                with self.transaction() as connection:
                    return work(connection)
            except DBAPIError as error:
                if getattr(error.orig, "sqlstate", None) not in _STOOD_IN_THE_WAY:
                    raise
        raise Fault(Code.WAREHOUSE_GONE)

    def rewrite(self, tables: Iterable[str]) -> None:
        """Write these tables anew, so that nothing of a deleted row stays in their files. Errors: WAREHOUSE_GONE.

        SQLite knows only the whole file. It is no transaction: run it again after any fault.
        """
        try:
            if self._engine.dialect.name == "sqlite":
                with closing(self._engine.raw_connection()) as raw:
                    raw.cursor().execute("VACUUM")
                return
            with self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                for name in tables:
                    connection.exec_driver_sql(f'VACUUM (FULL, ANALYZE) "{name}"')
                # What the planner noted of the columns quotes values out of rows.
                connection.exec_driver_sql("VACUUM (FULL) pg_catalog.pg_statistic")
        except (sqlite3.OperationalError, DBAPIError) as error:
            raise Fault(Code.WAREHOUSE_GONE) from error

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close."""
        self.close()


_RIGHTS: Final = """
    SELECT coalesce(bool_or(
        has_table_privilege(c.oid, 'UPDATE, DELETE, TRUNCATE')
        OR (has_table_privilege(c.oid, 'INSERT') AND c.relname <> :log)
    ), false)
    FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
"""


def _let_log(connection: Connection) -> None:
    """SQLite: a connection of its own that may write after all, but is let add to the log alone."""
    if connection.dialect.name != "sqlite":
        return
    file = connection.connection.driver_connection
    if not isinstance(file, sqlite3.Connection):
        raise TypeError(type(file))
    file.execute("PRAGMA query_only = OFF")
    file.set_authorizer(_adds_to_the_log)


def _adds_to_the_log(action: int, first: str | None, *_more: str | None) -> int:
    reads = {sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_TRANSACTION, sqlite3.SQLITE_FUNCTION}
    adds = action == sqlite3.SQLITE_INSERT and first == _LOG
    return sqlite3.SQLITE_OK if adds or action in reads else sqlite3.SQLITE_DENY


def _is_only_read(error: DBAPIError) -> bool:
    """Whether a line could not be added because the right to it is missing."""
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return (number & 0xFF) in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_AUTH, sqlite3.SQLITE_PERM}
    return getattr(error.orig, "sqlstate", None) in _ONLY_READ


def _engine(url: str, *, reading: bool) -> Engine:
    try:
        address = make_url(url)
        if address.get_backend_name() not in _BACKENDS:
            raise Fault(Code.WAREHOUSE_ADDRESS)
        engine = _of(address, reading=reading)
    except (ArgumentError, NoSuchModuleError, ImportError, ValueError) as error:
        raise Fault(Code.WAREHOUSE_ADDRESS) from error
    return engine


def lock(connection: Connection, key: str) -> None:
    """Let nobody else into what this key names until the transaction ends.

    SQLite lets one writer in at a time, so there is nothing to do. PostgreSQL lets two in side by side: a dossier
    and its decision that come in by two hands would each not see the other.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})


def _of(address: URL, *, reading: bool) -> Engine:
    if address.get_backend_name() == "sqlite":
        engine = create_engine(address, poolclass=NullPool, connect_args={"timeout": _SQLITE_WAIT})
        _make_sqlite_strict(engine, reading=reading)
        return engine
    # A new connection costs as much as a dossier: one is kept, and asked whether it still lives before each use.
    options = {"options": "-c default_transaction_read_only=on"} if reading else {}
    return create_engine(
        address, poolclass=QueuePool, pool_size=1, max_overflow=1, pool_pre_ping=True, connect_args=options
    )


def _make_sqlite_strict(engine: Engine, *, reading: bool) -> None:
    """One transaction for all, schema changes too: the driver's own habit is to commit before them."""

    @event.listens_for(engine, "connect")
    def connect(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA secure_delete = ON")
        if reading:
            connection.execute("PRAGMA query_only = ON")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


def _is_surroundings(error: DBAPIError) -> bool:
    """Whose fault: told by the database's own number, never by its words."""
    number = getattr(error.orig, "sqlite_errorcode", None)
    if number is not None:
        return (number & 0xFF) in {
            sqlite3.SQLITE_FULL,
            sqlite3.SQLITE_IOERR,
            sqlite3.SQLITE_CANTOPEN,
            sqlite3.SQLITE_READONLY,
            sqlite3.SQLITE_BUSY,
            sqlite3.SQLITE_LOCKED,
            sqlite3.SQLITE_NOTADB,
            sqlite3.SQLITE_CORRUPT,
        }
    state = getattr(error.orig, "sqlstate", None)
    return error.connection_invalidated or state is None or str(state).startswith(_SURROUNDINGS)


def _check_form(connection: Connection) -> None:
    """Errors: WAREHOUSE_OLDER, WAREHOUSE_NEWER."""
    if not _is_newest(connection):
        raise Fault(Code.WAREHOUSE_OLDER)


def _is_newest(connection: Connection) -> bool:
    """Whether every step was taken. Errors: WAREHOUSE_NEWER."""
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    known = ScriptDirectory(_scripts())
    at = MigrationContext.configure(connection).get_current_revision()
    if at is not None and at not in {step.revision for step in known.walk_revisions()}:
        raise Fault(Code.WAREHOUSE_NEWER)
    return at == known.get_current_head()


def _scripts() -> str:
    return str(migrations_folder() / "warehouse")


def _upgrade(connection: Connection) -> None:
    """Run the missing steps inside the caller's transaction: all of them or none."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":  # two that open it at once must not both make its tables
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _UPGRADE})
    if _is_newest(connection):
        return
    config = Config()
    config.set_main_option("script_location", _scripts().replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
