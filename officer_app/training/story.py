"""A clock for told stories: every look moves it on, so that a visit played in seconds takes an hour."""

from __future__ import annotations

from datetime import datetime, timedelta


class StoryClock:
    """Starts where the story starts and steps on with each look at it."""

    def __init__(self, start: datetime, step: timedelta = timedelta(seconds=5)) -> None:
        """Take the first moment (aware) and how far each look moves on."""
        self._start = start
        self._now = start
        self._step = step

    def now(self) -> datetime:
        """A little later than before."""
        self._now += self._step
        return self._now

    def elapsed(self) -> float:
        """Seconds of the story so far."""
        return (self._now - self._start).total_seconds()

    def boot(self) -> str:
        """Nobody starts a machine in a story."""
        return ""

    def skip(self, by: timedelta) -> None:
        """Let time pass between two scenes."""
        self._now += by
