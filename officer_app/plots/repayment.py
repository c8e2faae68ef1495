"""What is paid on each due date: principal and interest one upon the other."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.loans.repayment import ScheduleRow
from officer_app.plots.layout import Scale
from officer_app.plots.primitives import Anchor, Bar, Drawing, Line, Primitive, Role, Text

_TITLE: Final = N_("Payments by due date")
_PRINCIPAL: Final = N_("principal")
_INTEREST: Final = N_("interest")
_DUE: Final = N_("{due:date}")
_NUMBERED: Final = N_("payment {number:count}")
_LARGEST: Final = N_("largest payment {amount:money}")
_SUMMARY: Final = N_("{count:count} payments, the largest of {amount:money}.")


def repayment(rows: Sequence[ScheduleRow], *, width: float, em: float, height: float | None = None) -> Drawing | None:
    """A bar for each due date, interest below, principal upon it. None without rows."""
    if not rows:
        return None
    tall = height or em * 11
    most = max(row.payment for row in rows) or Decimal(1)
    scale = Scale(0, float(most), tall - em * 1.6, em * 1.9)
    step = width / len(rows)
    items: list[Primitive] = []
    for place, row in enumerate(rows):
        items.extend(_bars(row, scale, place * step, step))
    items.append(Line(0, scale.at(0), width, scale.at(0), Role.MUTED, 0.6))
    items.extend(_labels(rows, width, tall, em, most))
    summary = message(_SUMMARY, count=len(rows), amount=most)
    return Drawing(width, tall, em, tuple(items), message(_TITLE), summary)


def _bars(row: ScheduleRow, scale: Scale, x: float, step: float) -> list[Primitive]:
    ground, middle, top = scale.at(0), scale.at(row.interest), scale.at(row.payment)
    left, wide, source = x + step * 0.15, step * 0.7, f"row:{row.number}"
    return [
        Bar(left, middle, wide, ground - middle, Role.LOOK, source),
        Bar(left, top, wide, middle - top, Role.ACCENT, source),
    ]


def _labels(rows: Sequence[ScheduleRow], width: float, tall: float, em: float, most: Decimal) -> list[Primitive]:
    """The key and the largest payment above, the first and the last day below."""
    size, under, above = em * 0.9, tall - em * 0.7, em * 0.7
    return [
        Bar(0, above - em * 0.4, em * 0.8, em * 0.8, Role.ACCENT),
        Text(em * 1.2, above, size, message(_PRINCIPAL), Role.MUTED, width=width * 0.2),
        Bar(width * 0.22, above - em * 0.4, em * 0.8, em * 0.8, Role.LOOK),
        Text(width * 0.22 + em * 1.2, above, size, message(_INTEREST), Role.MUTED, width=width * 0.2),
        Text(width, above, size, message(_LARGEST, amount=most), Role.MUTED, Anchor.END, width=width * 0.5),
        Text(0, under, size, _day(rows[0]), Role.MUTED, width=width * 0.45),
        Text(width, under, size, _day(rows[-1]), Role.MUTED, Anchor.END, width=width * 0.45),
    ]


def _day(row: ScheduleRow) -> Message:
    return message(_NUMBERED, number=row.number) if row.due is None else message(_DUE, due=row.due)
