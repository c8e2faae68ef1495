"""Sums counted while the rows go by, set beside what the program says."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.workbooks.columns import Row
from officer_app.workbooks.rows import AppTotals, CheckRow, DecisionRow, ExceptionRow, LoanRow, PhotoRow

_FAILED: Final = "failed"


@dataclass(frozen=True, slots=True)
class Total:
    """One sum: as the program says, as the rows of this workbook add up."""

    what: Message
    app: Decimal
    workbook: Decimal
    money: bool

    @property
    def agrees(self) -> bool:
        """Whether both are the same."""
        return self.app == self.workbook


class Counter:
    """Adds up rows as they pass."""

    def __init__(self) -> None:
        self._cases = self._checks = self._failed = self._photos = self._decisions = self._exceptions = 0
        self._requested = self._recommended = self._approved = Decimal(0)

    def count(self, row: Row) -> None:
        """One row more."""
        match row:
            case LoanRow():
                self._cases += 1
                self._requested += row.requested or 0
                self._recommended += row.recommended or 0
                self._approved += row.approved or 0
            case CheckRow():
                self._checks += 1
                self._failed += row.verdict == _FAILED
            case PhotoRow():
                self._photos += 1
            case DecisionRow():
                self._decisions += 1
            case ExceptionRow():
                self._exceptions += 1
            case _:
                pass

    def beside(self, app: AppTotals) -> tuple[Total, ...]:
        """Every sum beside the program's."""
        return (
            _count(N_("Number of cases"), app.cases, self._cases),
            Total(message(N_("Requested amount")), app.requested, self._requested, money=True),
            Total(message(N_("Recommended amount")), app.recommended, self._recommended, money=True),
            Total(message(N_("Approved amount")), app.approved, self._approved, money=True),
            _count(N_("Checks made"), app.checks, self._checks),
            _count(N_("Checks failed"), app.checks_failed, self._failed),
            _count(N_("Number of photos"), app.photos, self._photos),
            _count(N_("Number of decisions"), app.decisions, self._decisions),
            _count(N_("Number of exceptions"), app.exceptions, self._exceptions),
        )


def _count(text: str, app: int, workbook: int) -> Total:
    return Total(message(text), Decimal(app), Decimal(workbook), money=False)
