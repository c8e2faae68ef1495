"""What stands after a case has been opened is not looked at again; what went is cleared away."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from officer_app.desktop.kit.memory import Sweeper, settle


class _Ring:
    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def _thawed() -> Iterator[None]:
    yield
    gc.unfreeze()


def test_what_stands_is_set_aside() -> None:
    kept = [_Ring() for _ in range(1000)]
    settle()
    assert gc.get_freeze_count() >= len(kept)
    assert len(gc.get_objects()) < 1000


def test_what_the_last_case_left_is_cleared_away() -> None:
    ring = _Ring()
    gone = weakref.ref(ring)
    settle()
    del ring
    assert gone() is not None
    settle()
    assert gone() is None


def test_garbage_is_cleared_in_the_windows_thread_alone(qtbot: QtBot) -> None:
    """A circle that holds a widget must not be cleared by whoever allocates in another thread."""
    owner = QObject()
    sweeper = Sweeper(owner)
    cleared: list[str] = []

    class Circle:
        def __init__(self) -> None:
            self.itself = self

        def __del__(self) -> None:
            cleared.append(threading.current_thread().name)

    def allocate() -> None:
        for _ in range(3):
            Circle()
        kept = [[number] for number in range(50_000)]
        assert kept

    other = threading.Thread(target=allocate, name="lane")  # noqa: TID251  any thread will do
    other.start()
    other.join()
    assert cleared == []
    qtbot.waitUntil(lambda: len(cleared) == 3)
    assert set(cleared) == {threading.main_thread().name}
    sweeper.stop()
    assert gc.isenabled()
