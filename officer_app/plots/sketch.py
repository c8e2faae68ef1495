"""The sketch of a visit or of an officer's day: a map without tiles, and the hours beneath it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil, hypot
from typing import Final

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.plots.ground import Flat, Ground, Leg, Spot, flat, grid_step
from officer_app.plots.hours import HOURS_HIGH, hours
from officer_app.plots.primitives import Anchor, Bar, Circle, Dot, Drawing, Line, Marker, Primitive, Role, Text

_TITLE: Final = N_("Where the pictures were taken")
_NORTH: Final = N_("N")
_WAY: Final = N_("{far:metres} · {speed:count} km/h")
_BAR: Final = N_("{far:metres}")
_NEAR: Final = N_("within {far:metres} of the address")
_NOWHERE: Final = N_("No picture tells where it was taken.")
_SUMMARY: Final = N_("{count:count} pictures, {placed:count} with a place; {odd:count} do not match.")
_WAY_WIDE: Final = 10.5  # text sizes that the words on a way take
_NEAR_WIDE: Final = 14  # text sizes that the words on the circle take
_FAST: Final = 99_999  # km/h; what is beyond is no speed any more


@dataclass(frozen=True, slots=True)
class _Mark:
    """Pictures that fall together in the drawing, shown as one."""

    x: float
    y: float
    spots: tuple[Spot, ...]


def sketch(ground: Ground, *, width: float, em: float, height: float | None = None) -> Drawing | None:
    """The map above, the hours below. None without pictures; `height` is that of the whole."""
    if not ground.spots:
        return None
    below = HOURS_HIGH * em
    high = max((height - below) if height is not None else width * 0.5, 9 * em)
    margin = 2.2 * em
    laid = flat(ground, margin, margin, width - 2 * margin, high - 2 * margin)
    items: list[Primitive] = [Bar(0, 0, width, high, Role.SURFACE), *_frame(width, high)]
    if laid is None:
        items.append(
            Text(width / 2, high / 2, em, message(_NOWHERE), Role.MUTED, Anchor.MIDDLE, width=width - 2 * em)
        )
    else:
        items += _map(ground, laid, width, high, em)
    items += hours(ground, width=width, top=high, em=em)
    odd = sum(spot.odd for spot in ground.spots)
    summary = message(_SUMMARY, count=len(ground.spots), placed=len(ground.placed), odd=odd)
    return Drawing(width, high + below, em, tuple(items), message(_TITLE), summary)


def _map(ground: Ground, laid: Flat, width: float, high: float, em: float) -> Iterator[Primitive]:
    marks = _marks(ground.placed, laid, em)
    yield from _grid(laid, width, high, em)
    yield from _doubts(ground, laid, width, high, em)
    yield from _legs(ground.legs, marks, width, em)
    yield from _addresses(ground, laid, em)
    for mark in marks:
        yield from _mark(mark, width, em)
    yield from _north(width, em)


def _frame(width: float, high: float) -> Iterator[Primitive]:
    for x1, y1, x2, y2 in ((0, 0, width, 0), (0, high, width, high), (0, 0, 0, high), (width, 0, width, high)):
        yield Line(x1, y1, x2, y2, Role.LINE, 0.8)


# --- the ground ----------------------------------------------------------------------------------------------------


def _grid(laid: Flat, width: float, high: float, em: float) -> Iterator[Primitive]:
    """Lines a round number of metres apart, and a bar as long as from one to the next."""
    step = grid_step(laid.per_metre, 5.5 * em)
    apart = step * laid.per_metre
    for place in range(-ceil(laid.x / apart), ceil((width - laid.x) / apart) + 1):
        x = laid.x + place * apart
        if 0 < x < width:
            yield Line(x, 0, x, high, Role.LINE, 0.5)
    for place in range(-ceil(laid.y / apart), ceil((high - laid.y) / apart) + 1):
        y = laid.y + place * apart
        if 0 < y < high:
            yield Line(0, y, width, y, Role.LINE, 0.5)
    left, y = em * 0.8, high - em * 0.8
    yield Line(left, y, left + apart, y, Role.INK, 1.6)
    yield Line(left, y - em * 0.3, left, y + em * 0.3, Role.INK, 1.2)
    yield Line(left + apart, y - em * 0.3, left + apart, y + em * 0.3, Role.INK, 1.2)
    words = message(_BAR, far=Decimal(round(step)))
    yield Text(left + apart + em * 0.6, y, em * 0.9, words, Role.INK, width=6 * em)


def _north(width: float, em: float) -> Iterator[Primitive]:
    x, top, foot = width - em * 1.2, em * 1.9, em * 3.9
    yield Text(x, em * 1.0, em * 0.9, message(_NORTH), Role.INK, Anchor.MIDDLE, bold=True, width=2 * em)
    yield Line(x, top, x, foot, Role.INK, 1.4)
    yield Line(x, top, x - em * 0.4, top + em * 0.7, Role.INK, 1.4)
    yield Line(x, top, x + em * 0.4, top + em * 0.7, Role.INK, 1.4)


def _doubts(ground: Ground, laid: Flat, width: float, high: float, em: float) -> Iterator[Primitive]:
    """How far each phone doubts its own place, and how near to an address is near enough, where both can be seen."""
    for spot in ground.placed:
        radius = spot.accuracy_m * laid.per_metre
        if spot.lat is not None and spot.lon is not None and radius > em * 0.8:
            x, y = laid.at(spot.lat, spot.lon)
            yield Circle(x, y, radius, Role.UNKNOWN, 0.7)
    radius = ground.near_m * laid.per_metre
    for one in ground.addresses:
        x, y = laid.at(one.lat, one.lon)
        inside = min(x, width - x, y, high - y)
        if em * 1.5 < radius <= inside:
            yield Circle(x, y, radius, Role.PASSED, 0.9, dashed=True)
            if len(ground.addresses) == 1:
                words, wide = message(_NEAR, far=Decimal(round(ground.near_m))), min(_NEAR_WIDE * em, width)
                middle = min(max(x, wide / 2), width - wide / 2)
                above = max(y - radius - em * 0.7, em)
                yield Text(middle, above, em * 0.8, words, Role.PASSED, Anchor.MIDDLE, width=wide)


def _addresses(ground: Ground, laid: Flat, em: float) -> Iterator[Primitive]:
    """A small house at each address, with room for a mark in it."""
    half = em * 0.95
    for one in ground.addresses:
        x, y = laid.at(one.lat, one.lon)
        roof = y - half * 1.7
        corners = (
            (x - half, y + half),
            (x - half, y - half * 0.4),
            (x, roof),
            (x + half, y - half * 0.4),
            (x + half, y + half),
        )
        for (x1, y1), (x2, y2) in zip(corners, (*corners[1:], corners[0]), strict=True):
            yield Line(x1, y1, x2, y2, Role.INK, 1.4)
        if len(ground.addresses) > 1:
            yield Text(x, y + em * 1.7, em * 0.8, one.words, Role.MUTED, Anchor.MIDDLE, width=2 * min(x, 7 * em))


# --- the pictures ---------------------------------------------------------------------------------------------


def _marks(spots: Sequence[Spot], laid: Flat, em: float) -> tuple[_Mark, ...]:
    """Pictures nearer than a mark is wide stand as one; those that are named and those that are not stay apart."""
    found: list[_Mark] = []
    for spot in spots:
        if spot.lat is None or spot.lon is None:
            continue
        x, y = laid.at(spot.lat, spot.lon)
        near = next(
            (
                place
                for place, mark in enumerate(found)
                if mark.spots[0].named == spot.named and hypot(mark.x - x, mark.y - y) < em * 1.5
            ),
            None,
        )
        if near is None:
            found.append(_Mark(x, y, (spot,)))
        else:
            found[near] = _Mark(found[near].x, found[near].y, (*found[near].spots, spot))
    return tuple(found)


def _mark(mark: _Mark, width: float, em: float) -> Iterator[Primitive]:
    named, odd = mark.spots[0].named, any(spot.odd for spot in mark.spots)
    source = next((spot.source for spot in mark.spots if spot.odd), mark.spots[0].source)
    if not named:
        yield Dot(mark.x, mark.y, em * 0.9, Role.STOP if odd else Role.UNKNOWN, Marker.SQUARE if odd else Marker.RING)
        return
    single = len(mark.spots) == 1
    yield Dot(
        mark.x, mark.y, em * 1.5, Role.STOP if odd else Role.ACCENT, Marker.SQUARE if odd else Marker.DOT, source
    )
    if single:
        number = Verbatim(str(mark.spots[0].number))
        yield Text(mark.x, mark.y, em * 0.8, number, Role.SURFACE, Anchor.MIDDLE, bold=True, width=em * 1.5)
        return
    end = mark.x > width - 8 * em
    x = mark.x + (-em if end else em)
    ink = Role.STOP if odd else Role.ACCENT
    words = Verbatim(_runs([spot.number for spot in mark.spots]))
    anchor = Anchor.END if end else Anchor.START
    yield Text(x, mark.y, em * 0.9, words, ink, anchor, bold=True, width=7 * em, source=source)


def _runs(numbers: Sequence[int]) -> str:
    """1–4, 7, 9–12."""
    runs: list[list[int]] = []
    for number in sorted(numbers):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)


# --- the way between them -------------------------------------------------------------------------------------


def _legs(legs: Sequence[Leg], marks: Sequence[_Mark], width: float, em: float) -> Iterator[Primitive]:
    """All lines first, the odd ones on top; then words where there is room, and always on what is odd."""
    where = {spot.number: mark for mark in marks for spot in mark.spots}
    shown = [
        (leg, where[leg.start], where[leg.end])
        for leg in sorted(legs, key=lambda one: one.odd)
        if leg.start in where and leg.end in where and where[leg.start] is not where[leg.end]
    ]
    for leg, start, end in shown:
        role = Role.STOP if leg.odd else Role.NEUTRAL
        yield Line(start.x, start.y, end.x, end.y, role, 2.0 if leg.odd else 1.1)
    taken: list[tuple[float, float]] = [(mark.x, mark.y) for mark in marks]
    for leg, start, end in reversed(shown):
        if hypot(end.x - start.x, end.y - start.y) >= (3 if leg.odd else 11) * em:
            yield from _words(leg, start, end, taken, width, em)


def _words(
    leg: Leg, start: _Mark, end: _Mark, taken: list[tuple[float, float]], width: float, em: float
) -> Iterator[Primitive]:
    for share in (0.5, 0.35, 0.65, 0.22, 0.78):
        x, y = start.x + (end.x - start.x) * share, start.y + (end.y - start.y) * share
        x = min(max(x, _WAY_WIDE / 2 * em), width - _WAY_WIDE / 2 * em)
        y = max(y, em * 0.7)
        free = all(abs(x - a) > _WAY_WIDE * 0.7 * em or abs(y - b) > em * 1.1 for a, b in taken)
        if free or (leg.odd and share == 0.78):  # the last place tried: red words stand somewhere
            taken.append((x, y))
            role = Role.STOP if leg.odd else Role.MUTED
            wide = _WAY_WIDE * em
            yield Bar(x - wide / 2, y - em * 0.6, wide, em * 1.2, Role.SURFACE)
            yield Text(x, y, em * 0.85, _far_and_fast(leg), role, Anchor.MIDDLE, bold=leg.odd, width=_WAY_WIDE * em)
            return


def _far_and_fast(leg: Leg) -> Message:
    return message(_WAY, far=Decimal(round(leg.metres)), speed=min(round(leg.kmh), _FAST))
