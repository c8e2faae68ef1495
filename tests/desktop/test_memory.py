"""What stands after a case has been opened is not looked at again; what went is cleared away."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator

import pytest

from officer_app.desktop.kit.memory import settle


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
