"""Time is passed in. A claimed time (camera, device) and our received time are different fields."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

# One zone for every date-only rule of an institution; China keeps a single one.
CHINA: Final = timezone(timedelta(hours=8), "UTC+8")


class Clock(Protocol):
    """The laptop's claim of the time, and a count that no clock change can bend."""

    def now(self) -> datetime:
        """The time now, aware, in UTC."""
        ...

    def elapsed(self) -> float:
        """Seconds since some fixed moment of this run; only ever grows."""
        ...


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        """The system's time in UTC, to the millisecond that records keep."""
        now = datetime.now(UTC)  # noqa: TID251  the one home of the real clock
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def elapsed(self) -> float:
        """Seconds since the machine was started, its sleep counted in: a closed lid is no clock set forward."""
        awake_or_not = getattr(time, "CLOCK_BOOTTIME", None)  # Linux alone leaves sleep out of its monotonic clock
        return time.monotonic() if awake_or_not is None else time.clock_gettime(awake_or_not)


def local_date(moment: datetime) -> date:
    """The calendar day of a moment where the institution works."""
    return moment.astimezone(CHINA).date()


def local_time(moment: datetime) -> datetime:
    """The moment on the wall clock where the institution works."""
    return moment.astimezone(CHINA)


def begin_of_day(day: date) -> datetime:
    """Midnight where the institution works."""
    return datetime(day.year, day.month, day.day, tzinfo=CHINA)


def to_text(moment: datetime) -> str:
    """A moment as stored and signed: UTC, milliseconds, 2026-10-08T02:40:00.000Z."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def from_text(text: str) -> datetime:
    """The moment that `to_text` wrote. Errors: ValueError."""
    return datetime.fromisoformat(text).astimezone(UTC)
