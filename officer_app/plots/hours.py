"""The hours beneath a sketch: when the visits were, when each picture claims to be taken, where a clock jumps."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Final

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Verbatim, message
from officer_app.plots.ground import Ground, Spot
from officer_app.plots.layout import Scale
from officer_app.plots.primitives import Anchor, Band, Dot, Line, Marker, Primitive, Role, Text

HOURS_HIGH: Final = 6.9  # in text sizes
_HOUR: Final = N_("{at:time}")
_JUMP: Final = N_("clock +{minutes:count} min")
_JUMP_BACK: Final = N_("clock −{minutes:count} min")
_ANOTHER_DAY: Final = N_("{on:date}")
_LEAST: Final = timedelta(minutes=20)
_FURTHEST: Final = timedelta(hours=18)  # beyond it a picture stands at the edge, with its day
_TICKS: Final = tuple(timedelta(minutes=each) for each in (5, 10, 15, 30, 60, 120, 180, 360, 720, 1440))


def hours(ground: Ground, *, width: float, top: float, em: float) -> Iterator[Primitive]:
    """The line with its bands and marks, `HOURS_HIGH` text sizes high."""
    start, end = _range(ground)
    scale = Scale(start.timestamp(), end.timestamp(), em * 1.2, width - em * 1.2)
    axis = top + em * 4.0
    windows = sorted(ground.windows, key=lambda one: one.start)
    begins = [_at(scale, one.start) for one in windows]
    follows = [*begins[1:], scale.end][: len(begins)]
    for window, left, following in zip(windows, begins, follows, strict=True):
        right, room = _at(scale, window.end), following - left - em * 0.6
        if right > left:
            role = Role.ACCENT_SOFT if window.named else Role.LINE
            yield Band(left, axis - em * 1.1, right - left, em * 1.1, role)
        if room > em * 3:
            yield Text(left, top + em * 0.9, em * 0.8, window.words, Role.MUTED, width=room)
    yield Line(scale.start, axis, scale.end, axis, Role.MUTED, 1.0)
    yield from _ticks(scale, start, end, axis, em)
    yield from _shots(ground.spots, scale, axis, start, end, em, width)
    yield from _jumps(ground, scale, axis, em, width)


def _range(ground: Ground) -> tuple[datetime, datetime]:
    """All visits with the pictures about them; without a visit the day of most pictures about the middle one."""
    told = [window.start for window in ground.windows] + [window.end for window in ground.windows]
    taken = sorted(spot.at for spot in ground.spots)
    core = told or [taken[len(taken) // 2]]
    low, high = min(core), max(core)
    near = [at for at in taken if low - _FURTHEST <= at <= high + _FURTHEST]
    low, high = min([low, *near]), max([high, *near])
    spare = max((high - low) * 0.03, (_LEAST - (high - low)) / 2)
    return low - spare, high + spare


def _ticks(scale: Scale, start: datetime, end: datetime, axis: float, em: float) -> Iterator[Primitive]:
    most = max(int((scale.end - scale.start) / (em * 5)), 1)
    step = next((each for each in _TICKS if (end - start) / each <= most), _TICKS[-1])
    local = local_time(start)
    at = local.replace(hour=0, minute=0, second=0, microsecond=0)
    while at <= end:
        if at >= start:
            x = _at(scale, at)
            yield Line(x, axis, x, axis + em * 0.4, Role.MUTED, 0.8)
            if scale.start + em <= x <= scale.end - em:
                words = message(_HOUR, at=local_time(at))
                yield Text(x, axis + em * 1.2, em * 0.85, words, Role.MUTED, Anchor.MIDDLE, width=em * 4)
        at += step


def _shots(
    spots: Sequence[Spot], scale: Scale, axis: float, start: datetime, end: datetime, em: float, width: float
) -> Iterator[Primitive]:
    last = -1e9
    for spot in sorted(spots, key=lambda one: one.at):
        x, y = _at(scale, spot.at), axis - em * 0.55
        outside = not start <= spot.at <= end
        odd = spot.odd or outside
        if spot.named:
            role, marker = (Role.STOP, Marker.SQUARE) if odd else (Role.ACCENT, Marker.DOT)
        else:
            role, marker = (Role.STOP, Marker.SQUARE) if odd else (Role.UNKNOWN, Marker.RING)
        yield Dot(x, y, em * 0.7, role, marker, spot.source)
        if x - last < em * 1.6:
            continue
        last = x
        if outside:
            side = Anchor.START if x < width / 2 else Anchor.END
            words = message(_ANOTHER_DAY, on=local_time(spot.at).date())
            yield Text(x, axis - em * 1.75, em * 0.8, words, Role.STOP, side, width=em * 8)
        elif spot.named:
            number = Verbatim(str(spot.number))
            yield Text(x, axis - em * 1.75, em * 0.8, number, role, Anchor.MIDDLE, width=em * 2)


def _jumps(ground: Ground, scale: Scale, axis: float, em: float, width: float) -> Iterator[Primitive]:
    """Each jump is a stroke; its words stand where the one before leaves room."""
    last = -1e9
    for jump in sorted(ground.jumps, key=lambda one: one.at):
        x = _at(scale, jump.at)
        yield Line(x, axis - em * 1.3, x, axis + em * 1.9, Role.STOP, 1.6, dashed=True)
        if x - last < em * 9:
            continue
        last = x
        side = Anchor.START if x < width / 2 else Anchor.END
        text = _JUMP if jump.minutes >= 0 else _JUMP_BACK
        words = message(text, minutes=abs(jump.minutes))
        yield Text(x, axis + em * 2.35, em * 0.8, words, Role.STOP, side, bold=True, width=em * 9)


def _at(scale: Scale, moment: datetime) -> float:
    return min(max(scale.at(moment.timestamp()), scale.start), scale.end)
