"""Every cap of the loan as a bar, the lowest one named: it decides."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import Figure, known
from officer_app.credit.offers import Offer
from officer_app.credit.sizing import CAP_LABELS
from officer_app.plots.layout import ROW, Scale, amount
from officer_app.plots.primitives import Anchor, Bar, Drawing, Line, Primitive, Role, Text

_LABEL_SHARE: Final = 0.36
_END_SHARE: Final = 0.2
_HIGHEST: Final = 3  # a bar ends at so many times the request: a huge cap would make the others invisible

_ROOM: Final = 2  # the same for an amount that is tried out: where it lies is what matters

_NARROW: Final = 28  # in text sizes: below it the longer names take two lines, and rows that are as high
_TALLER: Final = 1.3

_TITLE: Final = N_("Caps of the loan: the lowest one decides")
_BINDS: Final = N_("{amount:money} · binds")
_UNKNOWN: Final = N_("not known yet")
_SUMMARY: Final = N_("The binding cap is “{cap}” with {amount:money}.")
_SUMMARY_OPEN: Final = N_("Which cap binds is not known yet.")


def caps(assessment: Assessment, *, width: float, em: float) -> Drawing | None:
    """A bar for each cap, shortest wins. None while no cap is known."""
    sizing = assessment.sizing
    binding = sizing.binding_cap if isinstance(sizing.binding_cap, str) else ""
    return _bars(sizing.caps, binding, None, width, em)


def offer_caps(offer: Offer, *, width: float, em: float) -> Drawing | None:
    """The caps of a loan that is tried out, and a line where its amount lies."""
    return _bars(offer.caps, offer.binding or "", offer.amount, width, em)


def _bars(
    caps_there: Mapping[str, Figure], binding: str, tried: Decimal | None, width: float, em: float
) -> Drawing | None:
    figures = {name: known(figure) for name, figure in caps_there.items()}
    values = {name: value for name, value in figures.items() if value is not None}
    if not values:
        return None
    top = _top(values, tried)
    scale = Scale(0, top, width * _LABEL_SHARE, width * (1 - _END_SHARE))
    row = ROW * em * (_TALLER if width < _NARROW * em else 1)
    items: list[Primitive] = []
    for number, (name, value) in enumerate(figures.items()):
        y = (number + 0.5) * row
        items.extend(_row(name, value, scale, y, em, binding=name == binding))
    height = row * len(figures)
    if binding in values:
        x = scale.at(min(float(values[binding]), top))
        items.append(Line(x, 0, x, height, Role.ACCENT, 0.8, dashed=True, source=binding))
    if tried is not None:
        x = scale.at(min(float(tried), top))
        over = binding in values and tried > values[binding]
        items.append(Line(x, 0, x, height, Role.STOP if over else Role.INK, 1.6))
    return Drawing(width, height, em, tuple(items), message(_TITLE), _summary(binding, values))


def _top(values: dict[str, Decimal], tried: Decimal | None) -> float:
    lowest = min(values.values())
    ceiling = max(tried or values.get("requested", lowest), lowest) * (_HIGHEST if tried is None else _ROOM)
    return float(min(max(values.values()), ceiling) or 1)


def _row(name: str, value: Decimal | None, scale: Scale, y: float, em: float, *, binding: bool) -> list[Primitive]:
    label = Text(0, y, em, message(CAP_LABELS[name]), bold=binding, width=scale.start - em * 0.6, source=name)
    if value is None:
        return [label, Text(scale.start, y, em * 0.9, message(_UNKNOWN), Role.UNKNOWN, source=name)]
    end = scale.at(min(float(value), scale.high))
    thick = em * 1.15
    role = Role.ACCENT if binding else Role.NEUTRAL
    items: list[Primitive] = [label, Bar(scale.start, y - thick / 2, max(end - scale.start, 0.6), thick, role, name)]
    if float(value) > scale.high:
        items.extend(_broken(end, y, thick))
    text = message(_BINDS, amount=value.quantize(Decimal(1))) if binding else amount(value)
    words_role = Role.ACCENT if binding else Role.MUTED
    items.append(Text(end + em * 0.5, y, em * 0.9, text, words_role, Anchor.START, bold=binding, source=name))
    return items


def _broken(end: float, y: float, thick: float) -> list[Primitive]:
    """Two slashes: the bar is longer than drawn."""
    return [
        Line(x - thick * 0.2, y + thick * 0.75, x + thick * 0.2, y - thick * 0.75, Role.SURFACE, 1.4)
        for x in (end - thick * 0.9, end - thick * 0.5)
    ]


def _summary(binding: str, values: dict[str, Decimal]) -> Message:
    if binding not in values:
        return message(_SUMMARY_OPEN)
    return message(_SUMMARY, cap=message(CAP_LABELS[binding]), amount=values[binding].quantize(Decimal(1)))
