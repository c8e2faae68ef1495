"""Time is passed in. A claimed time (camera, device) and our received time are different fields."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, Protocol

from officer_app.base.boots import boot_name

# Linux's monotonic clock leaves sleep out, and so does the one that Python takes on macOS; Windows counts it in.
_SLEEP_COUNTED_IN: Final = {"linux": "CLOCK_BOOTTIME", "darwin": "CLOCK_MONOTONIC"}.get(sys.platform, "")
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

    def boot(self) -> str:
        """Which start of the machine `elapsed` counts from; the same name means the same count. "" = nobody knows."""
        ...


class SystemClock:
    """The real clock."""

    def now(self) -> datetime:
        """The system's time in UTC, to the millisecond that records keep."""
        now = datetime.now(UTC)  # noqa: TID251  the one home of the real clock
        return now.replace(microsecond=now.microsecond // 1000 * 1000)

    def elapsed(self) -> float:
        """Seconds since the machine was started, its sleep counted in: a closed lid is no clock set forward."""
        counted = getattr(time, _SLEEP_COUNTED_IN, None)
        return time.monotonic() if counted is None else time.clock_gettime(counted)

    def boot(self) -> str:
        """A name for this start of the machine that tells nothing about the machine."""
        return boot_name()


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
