"""What each way to the sales says, against what was told, with the range that would still be right."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Assessment, CheckResult, Verdict
from officer_app.plots.layout import ROW, Scale, amount, signed_percent, spread
from officer_app.plots.primitives import Anchor, Band, Dot, Drawing, Line, Marker, Primitive, Role, Text

_PREFIX: Final = "SALES_"
_LABEL_SHARE: Final = 0.25
_END_SHARE: Final = 0.15  # room for the figures right of the last dot

_TITLE: Final = N_("Monthly sales by each route, beside the declared {told:money}")
_DECLARED: Final = N_("declared {told:money} ±{tolerance:percent}")
_SUMMARY: Final = N_(
    "{outside:count} of {all:count} routes lie outside the tolerance around the declared {told:money}."
)


def sales_deviations(assessment: Assessment, *, width: float, em: float) -> Drawing | None:
    """A dot for each route, the tolerance band behind. None until a route and the declared sales are known."""
    checks = [check for check in assessment.checks if check.id.startswith(_PREFIX) and check.found is not None]
    told = next((check.told for check in checks if check.told is not None), None)
    if told is None:
        return None
    tolerance = (checks[0].tolerance or Decimal(0)) / 100
    scale = _scale(checks, told, tolerance, width)
    height = ROW * em * (len(checks) + 1)
    items: list[Primitive] = _band(scale, told, tolerance, height - ROW * em, em)
    for number, check in enumerate(checks):
        items.extend(_row(check, scale, (number + 0.5) * ROW * em, em, width))
    outside = sum(check.verdict is Verdict.FAILED for check in checks)
    return Drawing(
        width,
        height,
        em,
        tuple(items),
        message(_TITLE, told=told),
        message(_SUMMARY, outside=outside, all=len(checks), told=told),
    )


def _scale(checks: list[CheckResult], told: Decimal, tolerance: Decimal, width: float) -> Scale:
    edges = [told * (1 - tolerance), told * (1 + tolerance)]
    low, high = spread([check.found for check in checks if check.found is not None] + edges, margin=0.06)
    return Scale(low, high, width * _LABEL_SHARE, width * (1 - _END_SHARE))


def _band(scale: Scale, told: Decimal, tolerance: Decimal, height: float, em: float) -> list[Primitive]:
    left, middle, right = (scale.at(told * (1 + tolerance * sign)) for sign in (-1, 0, 1))
    label = message(_DECLARED, told=told, tolerance=tolerance * 100)
    return [
        Band(left, 0, right - left, height, Role.PASSED_SOFT, "declared"),
        Line(middle, 0, middle, height, Role.PASSED, source="declared"),
        Text(middle, height + em, em * 0.9, label, Role.PASSED, Anchor.MIDDLE, source="declared"),
    ]


def _row(check: CheckResult, scale: Scale, y: float, em: float, width: float) -> list[Primitive]:
    found = check.found or Decimal(0)
    failed = check.verdict is Verdict.FAILED
    role, marker = (Role.STOP, Marker.SQUARE) if failed else (Role.PASSED, Marker.DOT)
    x = scale.at(found)
    label_room = scale.start - em
    items: list[Primitive] = [
        Text(0, y, em, check.title, width=label_room, source=check.id),
        Line(scale.start, y + ROW * em / 2, width, y + ROW * em / 2, Role.LINE, 0.5),
        Dot(x, y, em * 0.8, role, marker, check.id),
        Text(x + em, y, em * 0.9, amount(found), Role.INK, source=check.id),
    ]
    if check.deviation is not None:
        text = signed_percent(check.deviation)
        items.append(Text(width, y, em * 0.9, text, role, Anchor.END, bold=failed, source=check.id))
    return items
