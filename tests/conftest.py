"""Shared by all tests: noise, leaked threads and leaked windows fail; no network beyond loopback."""

from __future__ import annotations

import gc
import logging
import os
import shutil
import socket
import threading
from collections.abc import Generator, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from officer_app.training.institution import Demo
    from tests.support.demo import HandClock
    from tests.support.postgres import Postgres

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Campaigns sample a few of their cases unless told to run them all."""
    parser.addoption("--full", action="store_true", help="run whole campaigns, not samples of them")
    parser.addoption("--soak", type=int, default=0, metavar="MINUTES", help="work at a simulated month for so long")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Thousands of tests stand in memory to the end: what clears garbage away need not look at them each time.

    A round through all of them takes 0.4 s, and every form that is read asks for one.
    """
    gc.disable()
    try:
        return (yield)
    finally:
        gc.enable()
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def full(request: pytest.FixtureRequest) -> bool:
    """Whole campaigns are asked for; a test that samples prints what it sampled."""
    return bool(request.config.getoption("--full"))


@pytest.fixture(scope="session")
def soak(request: pytest.FixtureRequest) -> int:
    """How many minutes the simulated month may take; 0 for the sample of every run."""
    return int(request.config.getoption("--soak"))


SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of worked cases and real photos beside the project; skips by name where it is absent."""
    if not (SHARED / "data").is_dir():
        pytest.skip("the shared folder is not beside this checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _no_surviving_threads() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    for thread in set(threading.enumerate()) - before:
        thread.join(timeout=5)
    left = [thread.name for thread in set(threading.enumerate()) - before if thread.is_alive()]
    assert not left, f"threads survive the test: {left}"


@pytest.fixture(autouse=True)
def _no_unexpected_warnings_in_the_log(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    yield
    noise = [
        record.getMessage()
        for record in caplog.get_records("call")
        if record.levelno >= logging.WARNING and record.name.startswith("officer_app")
    ]
    assert not noise, f"unexpected in the log: {noise}"


@pytest.fixture(autouse=True)
def _loopback_only(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "unix"
        assert host in {"unix", "127.0.0.1", "::1", "localhost"}, f"a test reached for {host}"
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session", autouse=True)
def _quick_passphrases() -> Iterator[None]:
    """Thousands of sign-ins, at the least settings that are accepted; the standard ones have tests of their own."""
    from officer_app.trust import passphrases

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrases, "STANDARD", passphrases.FLOOR)
        yield


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A real PostgreSQL server on loopback; skips by name where none is installed."""
    from tests.support.postgres import running

    with running() as server:
        yield server


@pytest.fixture(scope="session", autouse=True)
def _shelf(tmp_path_factory: pytest.TempPathFactory) -> None:
    """What is made once in a run stands where every worker finds it."""
    from tests.support.once import shelve_in

    own = tmp_path_factory.getbasetemp()
    shelve_in((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "once")


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    """One founded institution for the whole run, copied for each test: founding costs seconds."""
    from tests.support.demo import HandClock, founded

    clock = HandClock()
    folder = tmp_path_factory.mktemp("founded")
    founded(folder, clock)
    return folder / "demo", clock


@pytest.fixture
def clock(founded_once: tuple[Path, HandClock]) -> HandClock:
    """The demo's clock, from where its founding left it."""
    from tests.support.demo import HandClock

    return HandClock(founded_once[1].time)


@pytest.fixture
def demo(founded_once: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    """The demo institution without cases, in a folder of the test's own."""
    from officer_app.training.institution import Demo

    shutil.copytree(founded_once[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")
