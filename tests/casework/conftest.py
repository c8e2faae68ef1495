"""The turning points of one case, each reached once in a run."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from officer_app.training.institution import Demo
from tests.support import stages
from tests.support.demo import HandClock
from tests.support.stages import Stage


@pytest.fixture(scope="session")
def begun_once(founded_once: tuple[Path, HandClock], tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("begun") / "demo"
    shutil.copytree(founded_once[0], folder)
    return stages.begun(Demo(folder), HandClock(founded_once[1].time))


@pytest.fixture(scope="session")
def ready_once(founded_once: tuple[Path, HandClock], tmp_path_factory: pytest.TempPathFactory) -> Stage:
    folder = tmp_path_factory.mktemp("ready") / "demo"
    shutil.copytree(founded_once[0], folder)
    return stages.ready(Demo(folder), HandClock(founded_once[1].time))


@pytest.fixture(scope="session")
def submitted_once(ready_once: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    """A case handed over that no store has seen."""
    return stages.submitted(ready_once.copy(tmp_path_factory.mktemp("submitted") / "demo"))


@pytest.fixture(scope="session")
def fetched_once(ready_once: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stages.fetched(ready_once.copy(tmp_path_factory.mktemp("fetched") / "demo"))


@pytest.fixture(scope="session")
def decided_once(fetched_once: Stage, tmp_path_factory: pytest.TempPathFactory) -> Stage:
    return stages.decided(fetched_once.copy(tmp_path_factory.mktemp("decided") / "demo"))


@pytest.fixture
def decided(decided_once: Stage, tmp_path: Path) -> Stage:
    """A decided case with its bundle, in a folder of the test's own."""
    return decided_once.copy(tmp_path / "demo")
