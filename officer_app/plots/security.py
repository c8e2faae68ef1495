"""What stands behind the loan against the amount asked for: too little, enough, or more than is fair."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import HUNDRED, known
from officer_app.credit.securitycover import SecurityCover, security_cover
from officer_app.plots.layout import ROW, Scale, amount
from officer_app.plots.primitives import Anchor, Bar, Drawing, Line, Primitive, Role, Text

_LABEL_SHARE: Final = 0.34
_END_SHARE: Final = 0.2
_WHOLE: Final = Decimal(1)

_TITLE: Final = N_("Pledges against the amount asked for")
_ASKED: Final = N_("Amount asked for")
_LENDABLE: Final = N_("Lendable on pledges")
_WITH: Final = N_("and unsecured allowance")
_FORCED: Final = N_("Sale in haste, after liens")
_FREE: Final = N_("Value after prior liens")
_UNKNOWN: Final = N_("not known yet")
_TOO_LITTLE: Final = N_("{amount:money} · too little")
_TOO_MUCH: Final = N_("{amount:money} · too much")
_MOST: Final = N_("{percent:percent} of the amount")
_SUMMARY: Final = N_("Pledges carry {lendable:money} of {loan:money}; they are worth {free:money} after prior liens.")


def cover_plot(assessment: Assessment, *, width: float, em: float) -> Drawing | None:
    """A bar for each measure of the pledges, the amount asked for as a line. None without pledges or an amount."""
    cover = security_cover(assessment.collateral, assessment.facts.application.requested_amount, assessment.policy)
    loan = known(cover.loan)
    if not assessment.collateral or not loan:
        return None
    rows = _rows(cover)
    most = None if cover.most_percent is None else loan * cover.most_percent / HUNDRED
    top = max(loan, *(value for _, value, _, _ in rows if value is not None))
    scale = Scale(0, float(top), width * _LABEL_SHARE, width * (1 - _END_SHARE))
    items: list[Primitive] = []
    for number, (label, value, role, words) in enumerate(rows):
        source = _PLEDGES_PATH if number else _ASKED_PATH
        items += _row(label, value, role, words, scale, (number + 0.5) * ROW * em, em, source)
    height = ROW * em * len(rows)
    x = scale.at(float(loan))
    items.append(Line(x, 0, x, height, Role.ACCENT, 0.8, dashed=True))
    if most is not None and most <= top:
        x = scale.at(float(most))
        items.append(Line(x, 0, x, height, Role.LOOK, 0.8, dashed=True))
        height += em * 1.4
        text = message(_MOST, percent=cover.most_percent)
        items.append(Text(x, height - em * 0.7, em * 0.85, text, Role.LOOK, Anchor.MIDDLE))
    summary = message(_SUMMARY, lendable=known(cover.lendable), loan=loan.quantize(_WHOLE), free=known(cover.free))
    return Drawing(width, height, em, tuple(items), message(_TITLE), summary)


_ASKED_PATH: Final = "application.requested_amount"
_PLEDGES_PATH: Final = "collateral"
_Row = tuple[Message, Decimal | None, Role, str | None]


def _rows(cover: SecurityCover) -> tuple[_Row, ...]:
    short = cover.enough is False
    forced: tuple[_Row, ...] = ()
    if cover.forced is not None:
        forced = ((message(_FORCED), known(cover.forced), Role.NEUTRAL, None),)
    too_much = _TOO_MUCH if cover.fair is False else None
    return (
        (message(_ASKED), known(cover.loan), Role.NEUTRAL, None),
        (message(_LENDABLE), known(cover.lendable), Role.ACCENT, None),
        (
            message(_WITH),
            known(cover.with_allowance),
            Role.LOOK if short else Role.ACCENT_SOFT,
            _TOO_LITTLE if short else None,
        ),
        *forced,
        (message(_FREE), known(cover.free), Role.LOOK if too_much else Role.NEUTRAL, too_much),
    )


def _row(
    label: Message,
    value: Decimal | None,
    role: Role,
    words: str | None,
    scale: Scale,
    y: float,
    em: float,
    source: str,
) -> list[Primitive]:
    name = Text(0, y, em, label, width=scale.start - em * 0.6, source=source)
    if value is None:
        return [name, Text(scale.start, y, em * 0.9, message(_UNKNOWN), Role.UNKNOWN, source=source)]
    end, thick = scale.at(float(value)), em * 1.15
    text = amount(value) if words is None else message(words, amount=value.quantize(_WHOLE))
    ink = Role.MUTED if words is None else Role.LOOK
    return [
        name,
        Bar(scale.start, y - thick / 2, max(end - scale.start, 0.6), thick, role, source),
        Text(end + em * 0.5, y, em * 0.9, text, ink, Anchor.START, bold=words is not None, source=source),
    ]
