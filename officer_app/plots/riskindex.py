"""The risk index as a waterfall: what each score adds, and what it could have added."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import Assessment, Part
from officer_app.credit.figures import known
from officer_app.plots.layout import ROW, Scale
from officer_app.plots.primitives import Anchor, Bar, Drawing, Line, Primitive, Role, Text

_LABEL_SHARE: Final = 0.27
_END_SHARE: Final = 0.2

_TITLE: Final = N_("Risk index: points of each part")
_POINTS: Final = N_("{points:points} of {weight:points}")
_OPEN: Final = N_("not known yet, of {weight:points}")
_SUM: Final = N_("Risk index")
_TOTAL: Final = N_("{index:points} · grade {grade}")
_SUMMARY: Final = N_("The risk index is {index:points} of 100, grade {grade}.")
_SUMMARY_OPEN: Final = N_("The risk index is not known yet: parts are missing.")


def risk_index(assessment: Assessment, *, width: float, em: float) -> Drawing | None:
    """A step for each part, a bar for the sum. None while no part is known."""
    index = assessment.risk_index
    if all(known(part.points) is None for part in index.parts):
        return None
    scale = Scale(0, 100, width * _LABEL_SHARE, width * (1 - _END_SHARE))
    items: list[Primitive] = []
    reached = 0.0
    for number, part in enumerate(index.parts):
        y = (number + 0.5) * ROW * em
        items.extend(_step(part, scale, reached, y, em, width))
        reached += float(known(part.points) or 0)
    rows = len(index.parts)
    total = known(index.index)
    if total is not None:
        items.extend(_sum(total, str(index.grade), scale, (rows + 0.5) * ROW * em, em, width))
    return Drawing(width, (rows + 1) * ROW * em, em, tuple(items), message(_TITLE), _summary(total, index.grade))


def _step(part: Part, scale: Scale, reached: float, y: float, em: float, width: float) -> list[Primitive]:
    points = known(part.points)
    thick = em * 1.15
    start, room = scale.at(reached), scale.at(reached + float(part.weight))
    items: list[Primitive] = [
        Text(0, y, em, part.label, width=scale.start - em * 0.6, source=part.name),
        Bar(start, y - thick / 2, room - start, thick, Role.LINE, part.name),
    ]
    if points is None:
        text = message(_OPEN, weight=part.weight)
        return [*items, Text(width, y, em * 0.9, text, Role.UNKNOWN, Anchor.END, source=part.name)]
    end = scale.at(reached + float(points))
    weak = points * 2 < part.weight
    role = Role.LOOK if weak else Role.ACCENT_SOFT
    text = message(_POINTS, points=points, weight=part.weight)
    return [
        *items,
        Bar(start, y - thick / 2, end - start, thick, role, part.name),
        Line(end, y + thick / 2, end, y + ROW * em - thick / 2, Role.MUTED, 0.5),
        Text(width, y, em * 0.9, text, Role.LOOK if weak else Role.MUTED, Anchor.END, source=part.name),
    ]


def _sum(total: Decimal, grade: str, scale: Scale, y: float, em: float, width: float) -> list[Primitive]:
    thick = em * 1.15
    text = message(_TOTAL, index=total, grade=grade)
    return [
        Text(0, y, em, message(_SUM), bold=True, source="index"),
        Bar(scale.start, y - thick / 2, scale.at(total) - scale.start, thick, Role.ACCENT, "index"),
        Text(width, y, em * 0.9, text, Role.ACCENT, Anchor.END, bold=True, source="index"),
    ]


def _summary(total: Decimal | None, grade: object) -> Message:
    if total is None or not isinstance(grade, str):
        return message(_SUMMARY_OPEN)
    return message(_SUMMARY, index=total, grade=grade)
