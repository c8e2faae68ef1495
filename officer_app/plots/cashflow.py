"""Cash at the end of each month with the loan as bars, without it as a line; the lowest month is marked."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import Assessment, CashFlow, CashFlowMonth
from officer_app.plots.layout import Scale, spread
from officer_app.plots.primitives import Anchor, Bar, Drawing, Line, Primitive, Role, Text

_NEAR: Final = 5  # months of the line that its label reaches back over

_TITLE: Final = N_("Cash at the end of each month")
_LOWEST: Final = N_("{month}: lowest, {amount:money}")
_NUMBERED: Final = N_("month {number:count}")
_WITHOUT: Final = N_("without the loan")
_NAMED: Final = N_("{month:month}")
_BELOW: Final = N_("Cash is lowest in {month} with {amount:money}, below zero: the plan does not carry itself.")
_ABOVE: Final = N_("Cash is lowest in {month} with {amount:money} and never below zero.")


def cash_flow(assessment: Assessment, *, width: float, em: float, height: float | None = None) -> Drawing | None:
    """A bar for each month's closing cash. None while nothing is recommended or inputs lack."""
    flow = assessment.cash_flow
    return draw_flow(flow, width=width, em=em, height=height) if isinstance(flow, CashFlow) else None


def draw_flow(flow: CashFlow, *, width: float, em: float, height: float | None = None) -> Drawing:
    """The cash of one plan, whether it is the recommended one or another that is tried out."""
    tall = height or em * 12
    closings = [closing for month in flow.months for closing in (month.closing, month.closing_without)]
    low, high = spread(closings, zero=True)
    scale = Scale(low, high, tall - em * 3.2, em * 1.5)
    zero, step = scale.at(0), width / len(flow.months)
    items: list[Primitive] = []
    for number, month in enumerate(flow.months):
        items.extend(_bar(month, flow.lowest, scale, number * step, step))
    items.append(Line(0, zero, width, zero, Role.MUTED, 0.6))
    items.extend(_without(flow, scale, step, em))
    items.extend(_labels(flow, scale, step, width, tall, em))
    return Drawing(width, tall, em, tuple(items), message(_TITLE), _summary(flow.lowest))


def _bar(month: CashFlowMonth, lowest: CashFlowMonth, scale: Scale, x: float, step: float) -> list[Primitive]:
    zero, end = scale.at(0), scale.at(month.closing)
    role = Role.ACCENT_SOFT
    if month.closing < 0:
        role = Role.STOP
    elif month.number == lowest.number:
        role = Role.LOOK
    top, tall = min(zero, end), max(abs(zero - end), 0.5)
    return [Bar(x + step * 0.17, top, step * 0.66, tall, role, f"month:{month.number}")]


def _without(flow: CashFlow, scale: Scale, step: float, em: float) -> list[Primitive]:
    """A dashed line from month to month, named at its end."""
    heights = [scale.at(month.closing_without) for month in flow.months]
    lines: list[Primitive] = [
        Line((place + 0.5) * step, one, (place + 1.5) * step, other, Role.INK, 0.9, dashed=True)
        for place, (one, other) in enumerate(pairwise(heights))
    ]
    x, room = (len(heights) - 0.5) * step, em * 0.8
    # Beside the line's end, on the side from which it does not come.
    rises = heights[-1] <= heights[-_NEAR:][0]
    y = heights[-1] - room if rises else heights[-1] + room
    return [*lines, Text(x, y, em * 0.85, message(_WITHOUT), Role.INK, Anchor.END)]


def _labels(flow: CashFlow, scale: Scale, step: float, width: float, tall: float, em: float) -> list[Primitive]:
    lowest = flow.lowest
    x = (lowest.number - 0.5) * step
    anchor = Anchor.START if x < width * 0.3 else Anchor.END if x > width * 0.7 else Anchor.MIDDLE
    x += {Anchor.START: -step * 0.33, Anchor.MIDDLE: 0, Anchor.END: step * 0.33}[anchor]
    below = lowest.closing < 0
    y = max(scale.at(lowest.closing), scale.at(0)) + em * 0.8
    text = message(_LOWEST, month=month_name(lowest), amount=lowest.closing.quantize(Decimal(1)))
    source = f"month:{lowest.number}"
    first, last = flow.months[0], flow.months[-1]
    under = tall - em * 0.7
    return [
        Text(x, y, em * 0.9, text, Role.STOP if below else Role.LOOK, anchor, bold=True, source=source),
        Text(step * 0.17, under, em * 0.9, month_name(first), Role.MUTED),
        Text(width - step * 0.17, under, em * 0.9, month_name(last), Role.MUTED, Anchor.END),
    ]


def month_name(month: CashFlowMonth) -> Sayable:
    """The calendar month, or its number while the first month is not known."""
    if month.label is None:
        return message(_NUMBERED, number=month.number)
    return message(_NAMED, month=month.label)


def _summary(lowest: CashFlowMonth) -> Message:
    text = _BELOW if lowest.closing < 0 else _ABOVE
    return message(text, month=month_name(lowest), amount=lowest.closing.quantize(Decimal(1)))
