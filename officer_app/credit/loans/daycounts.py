"""How much of a year a period counts. Source: `schedules.md`, section 2.

Days are counted with the first and without the last: 27 February to 1 March 2024 is 3.
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

PERIODIC: Final = "periodic"


def _actual(basis: int) -> Callable[[date, date], Decimal]:
    def share(start: date, end: date) -> Decimal:
        return Decimal((end - start).days) / basis

    return share


def actual_actual(start: date, end: date) -> Decimal:
    """Days in leap years / 366 + other days / 365, split at 1 January."""
    leap = other = 0
    at = start
    while at < end:
        until = min(end, date(at.year + 1, 1, 1)) if at.year < date.max.year else end
        days = (until - at).days
        leap, other = (leap + days, other) if isleap(at.year) else (leap, other + days)
        at = until
    return Decimal(leap) / 366 + Decimal(other) / 365


def thirty_360(start: date, end: date) -> Decimal:
    """(360Δy + 30Δm + d₂ − d₁) / 360; a 31st counts as the 30th, at the end only after a start on the 30th."""
    first = min(start.day, 30)
    last = 30 if end.day == 31 and first == 30 else end.day
    return Decimal(360 * (end.year - start.year) + 30 * (end.month - start.month) + last - first) / 360


DAY_COUNTS: Final[Mapping[str, Callable[[date, date], Decimal]]] = MappingProxyType(
    {
        "actual/360": _actual(360),
        "actual/364": _actual(364),
        "actual/365": _actual(365),
        "actual/actual": actual_actual,
        "30/360": thirty_360,
    }
)


def months_later(start: date, months: int) -> date:
    """So many months on, clamped to the end of the month: 31 January and one is 28 or 29 February.

    Errors: ValueError beyond the calendar's last year.
    """
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    if year > date.max.year:
        raise ValueError("beyond the calendar")
    return date(year, month, min(start.day, monthrange(year, month)[1]))
