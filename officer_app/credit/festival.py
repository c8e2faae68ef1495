"""The Spring Festival: the first day of the Chinese year moves, and the strongest season moves with it.

Source: the Chinese calendar after GB/T 33661-2017 (first new moon month after the month of the winter solstice, at
120° east). Two independent calendar tables agree on every date below.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

_DATES: Final = (
    "2020-01-25 2021-02-12 2022-02-01 2023-01-22 2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13",
    "2030-02-03 2031-01-23 2032-02-11 2033-01-31 2034-02-19 2035-02-08 2036-01-28 2037-02-15 2038-02-04 2039-01-24",
    "2040-02-12 2041-02-01 2042-01-22 2043-02-10 2044-01-30 2045-02-17 2046-02-06 2047-01-26 2048-02-14 2049-02-02",
    "2050-01-23 2051-02-11 2052-02-01 2053-02-19 2054-02-08 2055-01-28 2056-02-15 2057-02-04 2058-01-24 2059-02-12",
    "2060-02-02 2061-01-21 2062-02-09 2063-01-29 2064-02-17 2065-02-05 2066-01-26 2067-02-14 2068-02-03 2069-01-23",
    "2070-02-11 2071-01-31 2072-02-19 2073-02-07 2074-01-27 2075-02-15 2076-02-05 2077-01-24 2078-02-12 2079-02-02",
    "2080-01-22 2081-02-09 2082-01-29 2083-02-17 2084-02-06 2085-01-26 2086-02-14 2087-02-03 2088-01-24 2089-02-10",
    "2090-01-30 2091-02-18 2092-02-07 2093-01-27 2094-02-15 2095-02-05 2096-01-25 2097-02-12 2098-02-01 2099-01-21",
)


def _by_year() -> Mapping[int, date]:
    days = tuple(date.fromisoformat(text) for row in _DATES for text in row.split())
    return MappingProxyType({day.year: day for day in days})


FESTIVALS: Final = _by_year()
"""First day of the Spring Festival by calendar year, 2020 to 2099."""


def is_festival_month(month: date) -> bool:
    """Whether the festival's first day lies in the calendar month of this day; never outside the table."""
    day = FESTIVALS.get(month.year)
    return day is not None and day.month == month.month


def next_festival(month: date) -> date | None:
    """The first festival in the month of this day or later; None outside the table."""
    this_year = FESTIVALS.get(month.year)
    if this_year is not None and this_year.month >= month.month:
        return this_year
    return FESTIVALS.get(month.year + 1)
