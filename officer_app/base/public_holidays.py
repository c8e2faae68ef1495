"""Official days off in China, where the optional package `chinese-calendar` is installed; else nobody knows."""

from __future__ import annotations

from datetime import date
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from types import ModuleType
from typing import Final

PACKAGE: Final = "chinese_calendar"


def day_off(day: date) -> bool | None:
    """Whether a day is officially off, weekends worked instead (调休) with it.

    None without the package, and for years that the State Council has not published or the package does not hold.
    """
    calendar = _calendar()
    if calendar is None:
        return None
    try:
        return bool(calendar.is_holiday(day))
    except NotImplementedError:  # how the package says that it does not know a year
        return None


@cache
def _calendar() -> ModuleType | None:
    return import_module(PACKAGE) if find_spec(PACKAGE) is not None else None
