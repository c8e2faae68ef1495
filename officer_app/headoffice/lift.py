"""What each cross-check is worth: how much more often loans went bad where it had failed.

Counted are loans of the book with a case of ours behind them and a day told for them. A loan is bad when it was ever
told 30 days late or more. Lift is the share of bad ones among the loans whose check failed, over the share among all
loans that had the check; 1 says that the check tells nothing. With few loans it says little: the counts stand beside
it, and the interval is Wilson's at 95 %.
Source: E. B. Wilson, J. Am. Stat. Assoc. 22 (1927), 209-212.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, func, select

from officer_app.base.words import CHINESE, N_, Language
from officer_app.headoffice.portfolio import LATE
from officer_app.headoffice.tables import BOOK, CASES, CHECKS, LOAN_DAYS
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.columns import Column, Kind
from officer_app.workbooks.tables import Table

_Z: Final = Decimal("1.959964")  # 97.5 % of the normal distribution lies below
_COLUMNS: Final = (
    Column("check", N_("Check"), Kind.ID, 26),
    Column("title", N_("Title"), Kind.TEXT, 34),
    Column("loans", N_("Loans with the check"), Kind.COUNT, 12),
    Column("bad", N_("Of them bad"), Kind.COUNT, 10),
    Column("failed", N_("Check failed"), Kind.COUNT, 10),
    Column("failed_bad", N_("Failed and bad"), Kind.COUNT, 12),
    Column("bad_percent", N_("Bad % of all"), Kind.NUMBER, 12),
    Column("failed_bad_percent", N_("Bad % where failed"), Kind.NUMBER, 14),
    Column("least_percent", N_("At least %"), Kind.NUMBER, 10),
    Column("most_percent", N_("At most %"), Kind.NUMBER, 10),
    Column("lift", N_("Lift"), Kind.NUMBER, 10),
)


@dataclass(frozen=True, slots=True)
class CheckLift:
    """One check's counts."""

    check: str
    title: str
    loans: int
    bad: int
    failed: int
    failed_bad: int

    @property
    def lift(self) -> Decimal | None:
        """None where no loan is bad or no check failed: there is nothing to compare."""
        if not self.bad or not self.failed:
            return None
        return (Decimal(self.failed_bad) / self.failed) / (Decimal(self.bad) / self.loans)

    @property
    def interval(self) -> tuple[Decimal, Decimal] | None:
        """Between which shares the bad ones among failed lie, with 95 %."""
        return wilson(self.failed_bad, self.failed) if self.failed else None


def wilson(hits: int, of: int) -> tuple[Decimal, Decimal]:
    """Wilson's interval of a share, two fractions between 0 and 1."""
    n, share, square = Decimal(of), Decimal(hits) / of, _Z * _Z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = _Z * ((share * (1 - share) + square / (4 * n)) / n).sqrt() / (1 + square / n)
    return max(Decimal(0), middle - half), min(Decimal(1), middle + half)


def lifts(warehouse: Warehouse, language: Language = CHINESE) -> tuple[CheckLift, ...]:
    """Every check that a loan of the book had, the strongest first; those that tell nothing come last."""
    with warehouse.transaction() as connection:
        bad = _bad(connection)
        asked = select(BOOK.c.contract, CHECKS.c.id, CHECKS.c.title, CHECKS.c.title_zh, CHECKS.c.verdict).select_from(
            BOOK.join(CASES, CASES.c.number == BOOK.c.case_number).join(CHECKS, CHECKS.c.dossier == CASES.c.dossier)
        )
        judged = asked.where(CHECKS.c.verdict.in_(("passed", "failed")))
        rows = [
            (row.id, row.title_zh if language == CHINESE else row.title, row.verdict == "failed", bad[row.contract])
            for row in connection.execute(judged)
            if row.contract in bad
        ]
    return tuple(sorted(_counted(rows), key=lambda one: (one.lift is None, -(one.lift or 0), one.check)))


def lift_table(warehouse: Warehouse, language: Language) -> Table:
    """The lifts as a table."""
    return Table("lift", N_("Lift of checks"), _COLUMNS, [_cells(one) for one in lifts(warehouse, language)])


def _bad(connection: Connection) -> Mapping[str, bool]:
    """Every loan with a day told for it, and whether it was ever late."""
    worst = select(LOAN_DAYS.c.contract, func.max(LOAN_DAYS.c.days_past_due)).group_by(LOAN_DAYS.c.contract)
    return {contract: days >= LATE for contract, days in connection.execute(worst)}


def _counted(rows: Iterable[tuple[str, str, bool, bool]]) -> Iterable[CheckLift]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    titles: dict[str, str] = {}
    for check, title, failed, bad in rows:
        titles[check] = title
        for place, hit in enumerate((True, bad, failed, failed and bad)):
            counts[check][place] += hit
    return [CheckLift(check, titles[check], *found) for check, found in counts.items()]


def _cells(one: CheckLift) -> tuple[str | int | Decimal | None, ...]:
    low, high = one.interval or (None, None)
    of_failed = Decimal(one.failed_bad) / one.failed if one.failed else None
    shares = [_percent(Decimal(one.bad) / one.loans), _percent(of_failed), _percent(low), _percent(high)]
    lift = one.lift
    told = None if lift is None else lift.quantize(Decimal("0.01"))
    return (one.check, one.title, one.loans, one.bad, one.failed, one.failed_bad, *shares, told)


def _percent(share: Decimal | None) -> Decimal | None:
    return None if share is None else (100 * share).quantize(Decimal("0.01"))
