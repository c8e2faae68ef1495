"""A real PostgreSQL for tests: its own cluster in a temporary folder, on loopback, ended with the tests.

PostgreSQL refuses to run as root, so a test that does hands it to the system's user `postgres`.
"""

from __future__ import annotations

import contextlib
import os
import pwd
import secrets
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

_WORDS = ["--encoding=UTF8", "--locale=C.UTF-8", "--auth=scram-sha-256", "--username=keeper", "--no-sync"]
# Nothing here outlives the tests, so nothing needs to reach the disk.
_SETTINGS = [
    "fsync=off",
    "full_page_writes=off",
    "shared_buffers=32MB",
    "max_connections=20",
    "unix_socket_directories=",
]


class Postgres:
    """A running server; `new` gives the address of a fresh, empty database."""

    def __init__(self, port: int, password: str) -> None:
        self._port = port
        self._password = password
        self._made = 0

    def new(self) -> str:
        self._made += 1
        name = f"warehouse_{self._made}"
        with psycopg.connect(self._line("postgres"), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')  # type: ignore[arg-type]  # the name is ours
        return f"postgresql+psycopg://keeper:{self._password}@127.0.0.1:{self._port}/{name}"

    def _line(self, database: str) -> str:
        return f"host=127.0.0.1 port={self._port} user=keeper password={self._password} dbname={database}"

    def wait(self) -> None:
        last: Exception | None = None
        for _ in range(200):
            try:
                psycopg.connect(self._line("postgres"), connect_timeout=2).close()
            except psycopg.OperationalError as error:
                last = error
                time.sleep(0.05)  # a server that starts gives no signal
            else:
                return
        raise RuntimeError("PostgreSQL did not start") from last


def programs() -> Path | None:
    """Where `initdb` and `postgres` are; Debian keeps them off the path."""
    found = shutil.which("initdb")
    if found is not None:
        return Path(found).resolve().parent
    kept = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return kept[-1].parent if kept else None


def _as_user() -> list[str] | None:
    """The words before a command; None when there is nobody to run it."""
    if os.geteuid() != 0:
        return []
    try:
        pwd.getpwnam("postgres")
    except KeyError:
        return None
    keeper = shutil.which("setpriv")
    return [keeper, "--reuid=postgres", "--regid=postgres", "--clear-groups"] if keeper else None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@contextlib.contextmanager
def running() -> Iterator[Postgres]:
    """A server for as long as the block lasts; the test is skipped by name where there is none to run."""
    where, user = programs(), _as_user()
    if where is None or user is None:
        pytest.skip("PostgreSQL is not installed here")
    folder = Path(tempfile.mkdtemp(prefix="warehouse-"))
    try:
        password, port = secrets.token_hex(16), _free_port()
        secret = folder / "password"
        secret.write_text(password)
        if user:
            shutil.chown(folder, "postgres", "postgres")
            shutil.chown(secret, "postgres", "postgres")
        data = folder / "data"
        made = [*user, str(where / "initdb"), "-D", str(data), *_WORDS, f"--pwfile={secret}"]
        subprocess.run(made, check=True, capture_output=True, cwd=folder)
        told = [word for setting in _SETTINGS for word in ("-c", setting)]
        command = [*user, str(where / "postgres"), "-D", str(data), "-h", "127.0.0.1", "-p", str(port), *told]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, cwd=folder)
        try:
            postgres = Postgres(port, password)
            postgres.wait()
            yield postgres
        finally:
            server.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                server.wait(10)
            server.kill()
            server.wait()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
