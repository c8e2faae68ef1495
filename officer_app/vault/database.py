"""The encrypted database: one keyed connection, transactions that begin when we say so, errors sorted by number."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.exc import DBAPIError

from officer_app.base.errors import Code, Fault

_WRITING: Final = "writing"
_CACHE_KIB: Final = 32_768
# What SQLite needs to go on for a while: its log grows in steps of this order.
_ROOM_MB: Final = 20
_PRIMARY: Final = 0xFF


class Database:
    """One connection to one database file. Not for two threads at a time."""

    def __init__(self, path: Path, key: bytes, *, foreign_keys: bool = True) -> None:
        """Open with the raw key; the file is made when it is not there. Errors: VAULT_BROKEN and its kin."""
        self.path = path
        self._engine = _engine(path, key, foreign_keys=foreign_keys)
        with sorted_faults(path.name), self._engine.connect() as probe:
            probe.exec_driver_sql("SELECT count(*) FROM sqlite_master")

    @contextmanager
    def transaction(self, *, writing: bool) -> Iterator[Connection]:
        """A transaction: committed and durable when the block is left, rolled back when it raises."""
        with sorted_faults(self.path.name), self._engine.connect() as connection:
            begun = connection.execution_options(**{_WRITING: writing})
            with begun.begin():
                yield begun

    def run(self, statement: str, *values: str) -> list[Any]:
        """One statement outside of any transaction (PRAGMA, VACUUM), with its rows."""
        with sorted_faults(self.path.name):
            raw = self._engine.raw_connection()
            try:
                return list(raw.cursor().execute(statement, values))
            finally:
                raw.close()

    def close(self) -> None:
        """Let go of the file; SQLite folds its log into it where it can, and else finds it at the next open."""
        self._engine.dispose()


def _engine(path: Path, key: bytes, *, foreign_keys: bool) -> Engine:
    from sqlcipher3 import dbapi2

    engine = create_engine(
        "sqlite://",
        module=dbapi2,  # whose errors are to be sorted
        creator=lambda: _connect(path, key, foreign_keys=foreign_keys),
        poolclass=StaticPool,
    )

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        # The driver begins late and commits before DDL; left to us, every step is in one transaction.
        writing = connection.get_execution_options().get(_WRITING, False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    return engine


def _connect(path: Path, key: bytes, *, foreign_keys: bool) -> Any:
    from sqlcipher3 import dbapi2

    connection = dbapi2.connect(str(path), isolation_level=None, check_same_thread=False, timeout=1)
    try:
        # Silent before the key is tried: SQLCipher else writes to stderr by itself.
        connection.execute("PRAGMA cipher_log_level = NONE")
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        # One process, one connection: no shared-memory file is needed, so that a full disk can still be opened.
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA temp_store = MEMORY")
        # What is deleted is overwritten in its page, and does not stay there until the page is used again.
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")
        connection.execute(f"PRAGMA foreign_keys = {'ON' if foreign_keys else 'OFF'}")
    except dbapi2.Error as error:
        connection.close()
        with sorted_faults(path.name):
            raise error from None
    return connection


@contextmanager
def sorted_faults(name: str) -> Iterator[None]:
    """Turn the database's errors into ours by their number; what is not known goes on as it is."""
    try:
        yield
    except Exception as error:
        fault = _fault(error.orig if isinstance(error, DBAPIError) else error, name)
        if isinstance(fault, Fault) and fault is not error:
            raise fault from error
        raise


def _fault(error: BaseException | None, name: str) -> BaseException | None:
    number = getattr(error, "sqlite_errorcode", None)
    if not isinstance(number, int):
        return error
    match number & _PRIMARY:
        case sqlite3.SQLITE_FULL:
            return Fault(Code.DISK_FULL, where=name, needed_mb=_ROOM_MB)
        case sqlite3.SQLITE_NOTADB | sqlite3.SQLITE_CORRUPT:
            return Fault(Code.VAULT_BROKEN, where=name, file=name)
        case sqlite3.SQLITE_READONLY | sqlite3.SQLITE_CANTOPEN:
            return Fault(Code.FOLDER_READ_ONLY, folder=name)
        case other:
            return {
                sqlite3.SQLITE_IOERR: Fault(Code.DISK_ERROR, where=name),
                sqlite3.SQLITE_BUSY: Fault(Code.VAULT_IN_USE),
                sqlite3.SQLITE_LOCKED: Fault(Code.VAULT_IN_USE),
            }.get(other, error)
