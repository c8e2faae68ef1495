"""Checks as rows of a table: what fails first, then what lacks its inputs; nothing is left out."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, Sayable, message
from officer_app.credit.assessment import CheckResult, Unit, Verdict
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row
from officer_app.memos.quantities import quantity, waits_for

ORDER: Final = (Verdict.FAILED, Verdict.MISSING, Verdict.PASSED, Verdict.NOT_DONE)
VERDICTS: Final = {
    Verdict.FAILED: (State.STOP, N_("disagrees")),
    Verdict.MISSING: (State.CANNOT_TELL, N_("inputs missing")),
    Verdict.PASSED: (State.PASSED, N_("agrees")),
    Verdict.NOT_DONE: (State.NEUTRAL, N_("not done")),
}
COLUMNS: Final = (
    Column("check", message(N_("Check")), stretch=True),
    Column("told", message(N_("Told")), ColumnKind.MONEY, 88),
    Column("found", message(N_("Found")), ColumnKind.MONEY, 88),
    Column("deviation", message(N_("Deviation")), ColumnKind.MONEY, 92),
    Column("tolerance", message(N_("Tolerance")), ColumnKind.MONEY, 92),
    Column("verdict", message(N_("Verdict")), width=128),
)
_TENTH: Final = Decimal("0.1")
_SIGNED: Final = (Unit.PERCENT, Unit.POINTS)


def ordered(checks: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """What fails, what lacks inputs, what passes, what was not done."""
    return tuple(sorted(checks, key=lambda check: ORDER.index(check.verdict)))


def row_of(check: CheckResult) -> Row:
    """One check; every cell tells how the figure is made, the verdict says it in a sentence."""
    state, word = VERDICTS[check.verdict]
    failed = check.verdict is Verdict.FAILED
    formula = check.formula
    return Row(
        check.id,
        (
            Cell(check.title, strong=failed, tip=formula),
            Cell(_shown(check.told, check.unit), check.told, tip=formula),
            Cell(_shown(check.found, check.unit), check.found, strong=failed, tip=formula),
            Cell(_deviation(check), check.deviation, strong=failed, tip=formula),
            Cell(tolerance_of(check), check.tolerance, muted=True, tip=formula),
            Cell(message(word), state=state, tip=sentence_of(check)),
        ),
    )


def sentence_of(check: CheckResult) -> Sayable:
    """What a check says, or which facts it waits for."""
    if check.verdict in (Verdict.MISSING, Verdict.NOT_DONE) and check.missing:
        return waits_for(check.missing)
    return check.sentence


def _shown(value: Decimal | None, unit: Unit) -> Sayable | None:
    if value is None:
        return None
    return quantity(value.quantize(Decimal(1)) if unit is Unit.MONEY else value, unit)


def _deviation(check: CheckResult) -> Sayable | None:
    if check.deviation is None:
        return None
    value = check.deviation.quantize(_TENTH) if check.deviation_unit is Unit.PERCENT else check.deviation
    shown = quantity(value, check.deviation_unit)
    if check.deviation_unit not in _SIGNED or value <= 0 or not isinstance(shown, Message):
        return shown
    return message(N_("+{deviation}"), deviation=shown)


def tolerance_of(check: CheckResult) -> Sayable | None:
    """How far apart the two may be."""
    if check.tolerance is None:
        return None
    shown = quantity(check.tolerance, check.deviation_unit)
    if check.deviation is None or check.deviation_unit not in _SIGNED or not isinstance(shown, Message):
        return shown
    return message(N_("±{limit}"), limit=shown)
