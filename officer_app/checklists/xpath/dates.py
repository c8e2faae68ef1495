"""Dates as text and as numbers: days since 1970-01-01T00:00Z, a text without a zone meaning local time."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from math import isfinite
from typing import Final

_DATE: Final = re.compile(r"(-?\d{4,6})-(\d{1,2})-(\d{1,2})")
_TIME: Final = re.compile(r"(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}(?::?\d{2})?)?")
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_DAY: Final = timedelta(days=1)
# What a datetime can hold; beyond it there is no date.
_FIRST_DAY, _LAST_DAY = -719_000, 2_900_000


@lru_cache(maxsize=4096)
def moment_of(text: str, zone: tzinfo) -> datetime | None:
    """The moment that an ISO date, or date and time, names; None when it names none (2023-02-30, 'abc')."""
    day, _, clock = text.strip().partition("T")
    found = _DATE.fullmatch(day)
    if found is None:
        return None
    try:
        start = datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=zone)
        return _with_clock(start, clock) if clock else start
    except (ValueError, OverflowError):
        return None


def _with_clock(start: datetime, clock: str) -> datetime | None:
    found = _TIME.fullmatch(clock)
    if found is None:
        return None
    zone = _zone_of(found[5]) if found[5] else start.tzinfo
    micro = int((found[4] or "0").ljust(6, "0")[:6])
    return start.replace(
        hour=int(found[1]), minute=int(found[2]), second=int(found[3] or 0), microsecond=micro, tzinfo=zone
    )


def _zone_of(text: str) -> timezone:
    if text == "Z":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    hours, minutes = int(digits[:2]), int(digits[2:])
    if minutes > 59:
        raise ValueError(text)
    offset = timedelta(hours=hours, minutes=minutes)
    return timezone(-offset if text[0] == "-" else offset)


def days_of(moment: datetime) -> float:
    """Days since the epoch, with the fraction of the day."""
    return (moment - _EPOCH) / _DAY


def moment_at(days: float, zone: tzinfo) -> datetime | None:
    """The moment so many days after the epoch, in a zone; None when there is no such date."""
    if not isfinite(days) or not _FIRST_DAY < days < _LAST_DAY:
        return None
    return (_EPOCH + timedelta(milliseconds=round(days * 86_400_000))).astimezone(zone)


def day_fraction(text: str, zone: tzinfo) -> float | None:
    """How much of the local day has passed at a time such as 06:00:00.000-07:00; None when it is none."""
    if _TIME.fullmatch(text.strip()) is None:
        return None
    try:
        moment = _with_clock(datetime(1970, 1, 1, tzinfo=zone), text.strip())
    except ValueError:
        return None
    if moment is None:
        return None
    local = moment.astimezone(zone)
    return (local.hour * 3600 + local.minute * 60 + local.second + local.microsecond / 1e6) / 86_400


def day_text(moment: datetime) -> str:
    """2026-10-08."""
    return f"{moment.year:04}-{moment.month:02}-{moment.day:02}"


def moment_text(moment: datetime) -> str:
    """2026-10-08T10:42:00.000+08:00."""
    return moment.isoformat(timespec="milliseconds")


def looks_like_date(text: str) -> bool:
    """Cheap first look, so that numbers and words never reach the calendar."""
    return len(text) >= 8 and "-" in text[1:]


_MONTHS: Final = {
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
    "zh": tuple(f"{month}月" for month in range(1, 13)),
}
_DAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "zh": ("周一", "周二", "周三", "周四", "周五", "周六", "周日"),
}


def formatted(moment: datetime, pattern: str, language: str) -> str:
    """A moment by ODK's pattern: %Y %y %m %n %b %d %e %H %h %M %S %3 %a. Errors: ValueError for other letters."""
    tongue = "zh" if language.startswith("zh") else "en"
    signs = iter(pattern)
    return "".join(_piece(moment, next(signs, ""), tongue) if sign == "%" else sign for sign in signs)


def _piece(moment: datetime, letter: str, tongue: str) -> str:
    pieces = {
        "%": "%",
        "Y": f"{moment.year:04}",
        "y": f"{moment.year:04}"[-2:],
        "m": f"{moment.month:02}",
        "n": str(moment.month),
        "b": _MONTHS[tongue][moment.month - 1],
        "d": f"{moment.day:02}",
        "e": str(moment.day),
        "H": f"{moment.hour:02}",
        "h": str(moment.hour),
        "M": f"{moment.minute:02}",
        "S": f"{moment.second:02}",
        "3": f"{moment.microsecond // 1000:03}",
        "a": _DAYS[tongue][moment.weekday()],
    }
    if letter not in pieces:
        raise ValueError(letter)
    return pieces[letter]
