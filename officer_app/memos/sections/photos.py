"""Photos, six to a page, each with time, distance, what its checks say, and the explanation given."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from reportlab.platypus import Flowable, Spacer

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.memos.blocks import SMALL, Pen
from officer_app.memos.inputs import MemoInputs, Photo, Standing
from officer_app.memos.pictures import Picture
from officer_app.memos.plotted import Plot
from officer_app.memos.quantities import metres
from officer_app.memos.sections import Section
from officer_app.memos.sections.parts import gap, heading, nothing
from officer_app.memos.sheet import WIDTH
from officer_app.memos.tables import half, side_by_side
from officer_app.memos.terms import standing_span
from officer_app.plots.ground import Ground
from officer_app.plots.primitives import Role
from officer_app.plots.sketch import sketch

_PER_ROW: Final = 2
_RATIO: Final = 0.66
_LINE: Final = replace(SMALL, role=Role.INK, size=7.6)
_DIGEST: Final = 16
_MAP_RATIO: Final = 0.74
_MAP_EM: Final = 6.6

_HONEST: Final = N_(
    "Times and places are the camera's claims and can be forged. The checks say whether things match, do not match, "
    "or cannot be told; they never say that a photo is genuine."
)
_TAKEN: Final = N_("{at:moment} · {distance} from the address")
_TAKEN_ONLY: Final = N_("{at:moment} · no place in the photo")
_PLACE_ONLY: Final = N_("no time in the photo · {distance} from the address")
_NEITHER: Final = N_("no time and no place in the photo")
_NOT_TAKEN: Final = N_("Not photographed: {shot}. Reason: {why}")
_CODE: Final = N_("Visit code: {seen}")
_CAME: Final = N_("Came by: {way}")
_EXPLAINED: Final = N_("Explanation: {words}")
_UNEXPLAINED: Final = N_("No explanation was given.")


def photos(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The grid."""
    yield heading(pen, Section.PHOTOS)
    yield pen.block(message(_HONEST), replace(SMALL, after=5, keep=True))
    yield from _listed(pen, inputs)
    if not inputs.photos:
        yield nothing(pen)
    cells = [partial(_cell, pen, photo) for photo in inputs.photos]
    if inputs.ground is not None and len(inputs.ground.placed) > 1:
        cells.append(partial(_map, pen, inputs.ground))
    for start in range(0, len(cells), _PER_ROW):
        yield from _row(pen, cells[start : start + _PER_ROW])


def _listed(pen: Pen, inputs: MemoInputs) -> Iterator[Flowable]:
    """The visit code place by place, and what was not photographed, with the reason."""
    for found in inputs.shots.codes:
        yield pen.spans([standing_span(pen, found.standing, found.words)], replace(_LINE, after=2))
    for shot, why in inputs.shots.excused:
        yield pen.block(message(_NOT_TAKEN, shot=shot, why=why), replace(_LINE, after=2))
    if inputs.shots.codes or inputs.shots.excused:
        yield gap(4)


def _row(pen: Pen, some: Sequence[Callable[[float], list[Flowable]]]) -> Iterator[Flowable]:
    wide = half(WIDTH)
    cells = [cell(wide) for cell in some]
    cells += [[] for _ in range(_PER_ROW - len(cells))]
    yield side_by_side(pen, cells, WIDTH)
    yield gap(9)


def _map(pen: Pen, ground: Ground, wide: float) -> list[Flowable]:
    """The sketch, as high as a picture with its lines; it takes the place of one."""
    drawn = sketch(ground, width=wide, em=_MAP_EM, height=wide * _MAP_RATIO)
    if drawn is None:
        return []
    return [
        Plot(drawn, pen),
        Spacer(1, 2),
        pen.block(drawn.title, replace(_LINE, bold=True)),
        pen.block(drawn.summary, _LINE),
    ]


def _cell(pen: Pen, photo: Photo, wide: float) -> list[Flowable]:
    title = f"{photo.code} · {pen.say(photo.shot)}"
    lines: list[Flowable] = [
        Picture(photo.jpeg, wide, wide * _RATIO, photo.code),
        Spacer(1, 2),
        pen.block(Verbatim(title), replace(_LINE, bold=True)),
        pen.block(_when_and_where(pen, photo), _LINE),
    ]
    told = [message(_CODE, seen=photo.code_seen)] if photo.code_seen is not None else []
    told += [message(_CAME, way=photo.came_by)] if photo.came_by is not None else []
    lines += [pen.block(words, _LINE) for words in told]
    lines += [pen.spans([standing_span(pen, found.standing, found.words)], _LINE) for found in photo.findings]
    if any(found.standing in (Standing.LOOK, Standing.STOP) for found in photo.findings):
        why = message(_EXPLAINED, words=photo.explanation) if photo.explanation else message(_UNEXPLAINED)
        lines.append(pen.block(why, _LINE))
    lines.append(pen.block(Verbatim(f"SHA-256 {photo.sha256[:_DIGEST]}…"), replace(SMALL, size=6.8)))
    return lines


def _when_and_where(pen: Pen, photo: Photo) -> Sayable:
    distance = pen.say(metres(photo.distance_m))
    if photo.taken_at is None:
        return message(_NEITHER) if photo.distance_m is None else message(_PLACE_ONLY, distance=distance)
    at = local_time(photo.taken_at)
    return message(_TAKEN_ONLY, at=at) if photo.distance_m is None else message(_TAKEN, at=at, distance=distance)
