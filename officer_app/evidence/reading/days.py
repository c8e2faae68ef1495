"""Days, hours and coordinates as papers and camera apps print them."""

from __future__ import annotations

import re
from datetime import date, time
from decimal import Decimal
from typing import Final

# A reader may lose the space before the hour: "2026.03.1210:32" is the twelfth.
_DAY: Final = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s?(?:年|[.\-/·])\s?(\d{1,2})\s?(?:月|[.\-/·])\s?"
    r"(0[1-9]|[12]\d|3[01]|[1-9])\s?(?:日|(?=\D|$|[0-2]\d:))"
)
_HOUR: Final = re.compile(r"(?<![\d.])([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?(?![\d:])")
_DEGREES: Final = re.compile(r"(\d{1,3})°(\d{1,2})['′](\d{1,2}(?:\.\d+)?)(?:[\"″]|'')?")
_NUMBER: Final = re.compile(r"(?<![\d.])(\d{1,3}\.\d{3,10})(?![\d.])")
_LATITUDES: Final = (Decimal(3), Decimal(54))  # of China: outside of it two bare numbers are no place for us
_LONGITUDES: Final = (Decimal(73), Decimal(136))
ENDLESS: Final = "长期"


def days_in(text: str) -> tuple[date, ...]:
    """The days in a text, in their order; what is no day of the calendar is none."""
    found = []
    for hit in _DAY.finditer(text):
        try:
            found.append(date(int(hit[1]), int(hit[2]), int(hit[3])))
        except ValueError:
            continue
    return tuple(found)


def without_days(text: str) -> str:
    """The text with a blank in place of each day."""
    return _DAY.sub(" ", text)


def hour_in(text: str) -> time | None:
    """The first time of day in a text; a day beside it is no hour."""
    hit = _HOUR.search(without_days(text).replace("：", ":"))
    return time(int(hit[1]), int(hit[2]), int(hit[3] or 0)) if hit else None


def coordinates_in(text: str) -> tuple[Decimal, Decimal] | None:
    """Latitude and longitude in a text, in degrees; told apart by where China lies, not by their order."""
    plain = text.replace("’", "′").replace("：", ":").replace("º", "°")
    numbers = [_of_degrees(hit) for hit in _DEGREES.finditer(plain)]
    numbers = numbers or [Decimal(hit) for hit in _NUMBER.findall(plain)]
    lats = [one for one in numbers if _LATITUDES[0] <= one <= _LATITUDES[1]]
    lons = [one for one in numbers if _LONGITUDES[0] <= one <= _LONGITUDES[1]]
    return (lats[0], lons[0]) if len(lats) == len(lons) == 1 else None


def _of_degrees(hit: re.Match[str]) -> Decimal:
    return (Decimal(hit[1]) + Decimal(hit[2]) / 60 + Decimal(hit[3]) / 3600).quantize(Decimal("0.000001"))
