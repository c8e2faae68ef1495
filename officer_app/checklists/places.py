"""Places as XForms writes them: latitude, longitude, altitude, accuracy as decimals, points between semicolons."""

from __future__ import annotations

from math import isfinite
from typing import Final

PLACES: Final = frozenset({"geopoint", "geotrace", "geoshape"})


def located(text: str) -> str:
    """The text of a place in the one form that all engines store; what is no place stays as it is.

    31.23 121.47 gives 31.23 121.47 0.0 0.0.
    """
    points = [point.split() for point in text.split(";") if point.strip()]
    try:
        numbers = [[float(word) for word in point] for point in points]
    except ValueError:
        return text
    if not numbers or not all(2 <= len(each) <= 4 and all(map(isfinite, each)) for each in numbers):
        return text
    return "; ".join(" ".join(map(repr, [*each, 0.0, 0.0][: max(4, len(each))])) for each in numbers)
