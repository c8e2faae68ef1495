"""The balance as two stacked bars, as told and as found: assets on one side, debts and own funds on the other."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import known
from officer_app.plots.layout import ROW, Scale, amount
from officer_app.plots.primitives import Anchor, Bar, Drawing, Primitive, Role, Text

_LABEL_SHARE: Final = 0.2

_TITLE: Final = N_("Balance as told and as found")
_TOLD: Final = N_("as told")
_FOUND: Final = N_("as found")
_DEBTS: Final = N_("debts {amount}")
_OWN: Final = N_("own funds {amount}")
_SUMMARY: Final = N_("Own funds are {told:money} as told and {found:money} as found.")


def balance(assessment: Assessment, *, width: float, em: float) -> Drawing | None:
    """Debts and own funds beside each other, once as told and once as found. None while either is not known."""
    sheet = assessment.balance_sheet
    told = known(sheet.total_liabilities_declared), known(sheet.equity_declared)
    found = known(sheet.total_liabilities_adjusted), known(sheet.equity_adjusted)
    if told[0] is None or told[1] is None or found[0] is None or found[1] is None:
        return None
    rows = ((_TOLD, told[0], told[1]), (_FOUND, found[0], found[1]))
    widest = max(float(debts + abs(own)) for _, debts, own in rows) or 1.0
    scale = Scale(0, widest, width * _LABEL_SHARE, width)
    items: list[Primitive] = []
    for number, (label, debts, own) in enumerate(rows):
        y = (number * 2 + 1) * ROW * em * 0.8
        items.append(Text(0, y, em, message(label), source=label))
        items.extend(_bars(debts, own, scale, y, em))
    summary = message(_SUMMARY, told=told[1], found=found[1])
    return Drawing(width, ROW * em * 3.4, em, tuple(items), message(_TITLE), summary)


def _bars(debts: Decimal, own: Decimal, scale: Scale, y: float, em: float) -> list[Primitive]:
    thick = em * 1.2
    middle = scale.at(debts)
    end = scale.at(debts + abs(own))
    own_role = Role.STOP if own < 0 else Role.ACCENT_SOFT
    under = y + thick / 2 + em * 0.7
    return [
        Bar(scale.start, y - thick / 2, middle - scale.start, thick, Role.NEUTRAL, "debts"),
        Bar(middle, y - thick / 2, end - middle, thick, own_role, "own"),
        Text(scale.start, under, em * 0.9, message(_DEBTS, amount=amount(debts)), Role.MUTED, source="debts"),
        Text(scale.end, under, em * 0.9, message(_OWN, amount=amount(own)), Role.MUTED, Anchor.END, source="own"),
    ]
