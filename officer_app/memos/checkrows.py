"""Cross-checks as rows: told, found, how far apart, how far is allowed, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import CheckResult, Unit, Verdict
from officer_app.memos.blocks import Pen
from officer_app.memos.quantities import NOTHING, quantity
from officer_app.memos.tables import Cell, Column
from officer_app.memos.terms import verdict_span

_ORDER: Final = (Verdict.FAILED, Verdict.MISSING, Verdict.PASSED, Verdict.NOT_DONE)
_SIGNED: Final = (Unit.PERCENT, Unit.POINTS)
_WITHIN: Final = N_("±{limit}")
_UP: Final = N_("+{deviation}")

CHECK_COLUMNS: Final = (
    Column(message(N_("Check")), 0.34),
    Column(message(N_("Told")), 0.13, number=True),
    Column(message(N_("Found")), 0.13, number=True),
    Column(message(N_("Deviation")), 0.12, number=True),
    Column(message(N_("Tolerance")), 0.11, number=True),
    Column(message(N_("Verdict")), 0.17),
)


def failed_first(checks: Iterable[CheckResult]) -> list[CheckResult]:
    """What fails, what lacks inputs, what passes; checks that were not done are left out here."""
    ordered = sorted(checks, key=lambda check: _ORDER.index(check.verdict))
    return [check for check in ordered if check.verdict is not Verdict.NOT_DONE]


def check_row(pen: Pen, check: CheckResult) -> list[Cell]:
    """One check as cells."""
    return [
        check.title,
        quantity(check.told, check.unit),
        quantity(check.found, check.unit),
        _signed(check.deviation, check.deviation_unit),
        _limit(check.tolerance, check),
        verdict_span(pen, check.verdict),
    ]


def _signed(deviation: Decimal | None, unit: Unit) -> Sayable:
    """A deviation with its sign: an amount above what was told reads +."""
    if deviation is None:
        return NOTHING
    shown = quantity(_rounded(deviation, unit), unit)
    if unit not in _SIGNED:
        return shown
    return message(_UP, deviation=_as_message(shown)) if deviation > 0 else shown


def _rounded(value: Decimal, unit: Unit) -> Decimal:
    return value.quantize(Decimal("0.1")) if unit is Unit.PERCENT else value


def _limit(tolerance: Decimal | None, check: CheckResult) -> Sayable:
    if tolerance is None:
        return NOTHING
    shown = quantity(tolerance, check.deviation_unit)
    both_ways = check.deviation is not None and check.deviation_unit in _SIGNED
    return message(_WITHIN, limit=_as_message(shown)) if both_ways else shown


def _as_message(words: Sayable) -> Message:
    return words if isinstance(words, Message) else message("—")
