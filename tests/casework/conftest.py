"""One founded institution for the whole run, copied for each test: founding costs seconds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from officer_app.training.institution import Demo
from tests.support.demo import HandClock, founded


@pytest.fixture(scope="session")
def founded_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, HandClock]:
    clock = HandClock()
    folder = tmp_path_factory.mktemp("founded")
    founded(folder, clock)
    return folder / "demo", clock


@pytest.fixture
def clock(founded_once: tuple[Path, HandClock]) -> HandClock:
    return HandClock(founded_once[1].time)


@pytest.fixture
def demo(founded_once: tuple[Path, HandClock], tmp_path: Path) -> Demo:
    shutil.copytree(founded_once[0], tmp_path / "demo")
    return Demo(tmp_path / "demo")
