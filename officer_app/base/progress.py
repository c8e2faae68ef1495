"""Progress and cancel are plain arguments: a use case says how far it is and asks whether to stop."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from officer_app.base.errors import Code, Fault

# done, total: any unit, growing; total may be refined on the way.
Progress: TypeAlias = Callable[[int, int], None]
Cancelled: TypeAlias = Callable[[], bool]


def silent(_done: int, _total: int) -> None:
    """Tell nobody."""


def never() -> bool:
    """Nobody cancels."""
    return False


def check(cancelled: Cancelled) -> None:
    """Leave between two items when asked to. Errors: CANCELLED."""
    if cancelled():
        raise Fault(Code.CANCELLED)
