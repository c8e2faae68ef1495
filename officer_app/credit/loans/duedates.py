"""Due dates that fall on days off: moved by a rule, by weekends and by what is known of public holidays.

The five-day week is built in; days off and days worked instead (调休) come from whoever knows them, such as the
published calendar of the State Council.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final, TypeAlias

_SATURDAY: Final = 5
_ONE: Final = timedelta(days=1)

# Whether a day is officially off; None where nobody has published that year yet.
Published: TypeAlias = Callable[[date], bool | None]


class Rule(StrEnum):
    """Where a due date goes that falls on a day off."""

    NONE = "none"
    FOLLOWING = "following"
    PRECEDING = "preceding"
    MODIFIED = "modified_following"  # the next working day, unless that is in another month: then the one before


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Days off: those named, then those published, then Saturdays and Sundays; `workdays` are worked all the same."""

    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    published: Published | None = None

    def is_off(self, day: date) -> bool:
        """Whether nobody works on that day."""
        if day in self.workdays or day in self.holidays:
            return day not in self.workdays
        known = self.published(day) if self.published is not None else None
        return day.weekday() >= _SATURDAY if known is None else known


def moved(day: date, rule: Rule, calendar: WorkCalendar) -> date:
    """The day on which is really due. Errors: OverflowError beyond the calendar's ends."""
    if rule is Rule.NONE:
        return day
    if rule is Rule.PRECEDING:
        return _working(day, -_ONE, calendar)
    later = _working(day, _ONE, calendar)
    if rule is Rule.MODIFIED and (later.year, later.month) != (day.year, day.month):
        return _working(day, -_ONE, calendar)
    return later


def _working(day: date, step: timedelta, calendar: WorkCalendar) -> date:
    while calendar.is_off(day):
        day += step
    return day
