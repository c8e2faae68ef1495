"""The watermark that a camera app burns into a corner: day, hour, coordinates and the name of the place.

It is a claim like any tag: whoever chooses the app's clock or types its place writes what he likes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from decimal import Decimal
from typing import Final

from officer_app.evidence.reading.days import coordinates_in, days_in, hour_in
from officer_app.evidence.reading.lines import Line, Page, Placed, as_it_is

_GAP: Final = 1.6  # line heights between two rows of one watermark; the hour is printed larger than the rest
_LARGER: Final = 3.2  # the hour against the rest
_ASIDE: Final = 0.8  # line heights by which rows may begin or end apart
_EDGE: Final = 0.12  # share of the picture's side within which a watermark begins or ends
_LEAST: Final = 2  # kinds of claims: a day alone stands on any calendar on a wall
# Apps print a small sign before each row, which is read as some character or other.
_PLACE_LABEL: Final = re.compile(r"^(?:.{0,2}?(?:拍摄)?(?:地点|地址|位置|定位):|(?:地点|地址|位置|定位))")
_OTHER_LABEL: Final = re.compile(
    r"^.{0,2}?(?:拍摄)?(?:时间|日期|天气|经纬度|经度|纬度|海拔|备注|拍摄人|施工|工程|项目|防伪|水印|今日)"
)
_PLACE: Final = re.compile(r"[㐀-鿿]{2,}.*?(?:省|市|区|县|旗|镇|乡|街道|街|路|巷|村|号|大厦|广场|市场|店)")
_LEAST_PLACE: Final = 4
_LABELLED_COORDINATES: Final = ("经度", "纬度", "经纬", "°", "N", "E")


@dataclass(frozen=True, slots=True)
class Watermark:
    """What a watermark claims; None or "" for what was not read. The clock is local, the map datum unknown."""

    day: date | None = None
    hour: time | None = None
    lat: Decimal | None = None
    lon: Decimal | None = None
    place: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def claims(self) -> int:
        """How many kinds of things it claims."""
        return sum(one is not None for one in (self.day, self.hour, self.lat)) + bool(self.place)


def watermark_in(page: Page) -> Watermark | None:
    """The watermark of a picture; None where no corner holds a time with something beside it."""
    found = [_told(block) for block in _blocks(as_it_is(page)) if _is_in_a_corner(block, page)]
    timed = [one for one in found if one.claims >= _LEAST and (one.day is not None or one.lat is not None)]
    return max(timed, key=lambda one: one.claims, default=None)


def _blocks(placed: Sequence[Placed]) -> list[list[Placed]]:
    """Lines that stand close together, row by row."""
    blocks: list[list[Placed]] = []
    for one in sorted(placed, key=lambda line: line.top):
        near = [block for block in blocks if any(_close(one, other) for other in block)]
        joined = [line for block in near for line in block] + [one]
        blocks = [block for block in blocks if block not in near] + [joined]
    return blocks


def _close(one: Placed, other: Placed) -> bool:
    """Rows of one watermark begin or end together; pieces of one row stand side by side."""
    high, low = max(one.height, other.height), min(one.height, other.height)
    if high > _LARGER * low:
        return False
    down = max(one.top, other.top) - min(one.bottom, other.bottom)
    across = max(one.left, other.left) - min(one.right, other.right)
    if one.is_level_with(other):
        return across < _GAP * high
    aligned = min(abs(one.left - other.left), abs(one.right - other.right)) < _ASIDE * high
    return down < _GAP * low and aligned


def _is_in_a_corner(block: Sequence[Placed], page: Page) -> bool:
    left, right = min(one.left for one in block), max(one.right for one in block)
    top, bottom = min(one.top for one in block), max(one.bottom for one in block)
    aside = left <= _EDGE * page.width or right >= (1 - _EDGE) * page.width
    at_end = top <= _EDGE * page.height or bottom >= (1 - _EDGE) * page.height
    return aside and at_end


def _told(block: Sequence[Placed]) -> Watermark:
    rows = sorted(block, key=lambda one: (round(one.top), one.left))
    told = Watermark(lines=tuple(one.line for one in rows))
    for row in rows:
        days = days_in(row.text)
        told = replace(told, day=told.day or (days[0] if days else None), hour=told.hour or hour_in(row.line.text))
    there = next((found for row in rows if (found := coordinates_in(row.text)) is not None), None)
    if there is None:  # each of the two may stand in a row of its own, after its label
        there = coordinates_in(" ".join(row.text for row in rows if _names_a_coordinate(row.text)))
    lat, lon = there or (None, None)
    return replace(told, lat=lat, lon=lon, place=next(_places(rows), ""))


def _names_a_coordinate(text: str) -> bool:
    return any(word in text for word in _LABELLED_COORDINATES)


def _places(rows: Sequence[Placed]) -> Iterator[str]:
    """Names of places: those behind a label first."""
    for row in rows:
        bare = _PLACE_LABEL.sub("", row.text)
        if bare != row.text and len(bare) >= _LEAST_PLACE:
            yield bare
    for row in rows:
        claims_else = days_in(row.text) or coordinates_in(row.text) or _OTHER_LABEL.match(row.text)
        if not claims_else and len(row.text) >= _LEAST_PLACE and _PLACE.search(row.text):
            yield row.text
