"""What stands after a case has been opened is not looked at again; what went is cleared away."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

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
    for _case in range(8):
        settle()
    assert gone() is None


def test_no_other_thread_collects_garbage_while_the_window_is_at_work() -> None:
    """A circle that holds a widget must not be cleared by whoever allocates in another thread."""
    owner = QObject()
    sweeper = Sweeper(owner)
    where: list[str] = []

    def note(phase: str, _info: dict[str, int]) -> None:
        if phase == "start":
            where.append(threading.current_thread().name)

    kept: list[list[int]] = []

    def allocate() -> None:
        kept.extend([number] for number in range(50_000))

    gc.callbacks.append(note)
    try:
        other = threading.Thread(target=allocate, name="lane")  # noqa: TID251  any thread will do
        other.start()
        other.join()
        assert where == []
        allocate()
        sweeper.sweep()
        assert where == [threading.main_thread().name]
    finally:
        gc.callbacks.remove(note)
        sweeper.stop()
    assert gc.isenabled()
