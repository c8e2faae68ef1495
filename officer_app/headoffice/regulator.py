"""A report as supervisors ask for it: applications by month, the book by size, and by the five classes of risk.

Classes by days past due: normal 0, special mention 1-90, substandard 91-270, doubtful 271-360, loss above.
Source: 商业银行金融资产风险分类办法 (2023), articles 10-13; a supervisor's own table may draw other lines, and a
person may classify a loan worse than its days say.
"""

from __future__ import annotations

from collections import defaultdict
from decimal import Decimal
from typing import Final

from sqlalchemy import Connection, select

from officer_app.base.words import N_
from officer_app.headoffice.portfolio import newest_days
from officer_app.headoffice.tables import CASES
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.columns import Column, Kind
from officer_app.workbooks.tables import Table

CLASSES: Final = (("normal", 0), ("special_mention", 90), ("substandard", 270), ("doubtful", 360), ("loss", None))
SIZES: Final = (50_000, 100_000, 300_000, 500_000, 1_000_000)  # yuan, the upper end of each band
_APPROVED: Final = frozenset({"approved", "approved_with_conditions"})


def risk_class(days_past_due: int) -> str:
    """The class that the days alone give."""
    return next(name for name, most in CLASSES if most is None or days_past_due <= most)


def size_band(amount: Decimal) -> str:
    """The band of an amount: "≤50000", "50000-100000" … ">1000000"."""
    below = 0
    for most in SIZES:
        if amount <= most:
            return f"≤{most}" if not below else f"{below}-{most}"
        below = most
    return f">{below}"


def regulator(warehouse: Warehouse) -> tuple[Table, ...]:
    """The three tables."""
    with warehouse.transaction() as connection:
        return _months(connection), *_book(connection)


def _months(connection: Connection) -> Table:
    lines: dict[str, list[int | Decimal]] = defaultdict(lambda: [0, Decimal(0), 0, Decimal(0), 0])
    asked = select(CASES.c.received_at, CASES.c.state, CASES.c.requested, CASES.c.approved)
    for received, state, requested, approved in connection.execute(asked):
        line = lines[received.strftime("%Y-%m")]
        line[0] += 1
        line[1] += requested
        line[2] += state in _APPROVED
        line[3] += approved or 0
        line[4] += state == "refused"
    columns = (
        Column("month", N_("Month received"), Kind.ID, 14),
        Column("cases", N_("Applications"), Kind.COUNT, 10),
        Column("requested", N_("Requested amount"), Kind.MONEY, 15),
        Column("approved_cases", N_("Number approved"), Kind.COUNT, 10),
        Column("approved", N_("Approved amount"), Kind.MONEY, 15),
        Column("refused_cases", N_("Number refused"), Kind.COUNT, 10),
    )
    return Table("months", N_("Applications by month"), columns, [(name, *lines[name]) for name in sorted(lines)])


def _book(connection: Connection) -> tuple[Table, Table]:
    classes: dict[str, list[int | Decimal]] = {name: [0, Decimal(0), Decimal(0)] for name, _ in CLASSES}
    bands = [f"≤{SIZES[0]}", *(size_band(Decimal(most + 1)) for most in SIZES)]
    sizes: dict[str, list[int | Decimal]] = {band: [0, Decimal(0), Decimal(0)] for band in bands}
    for loan in newest_days(connection):
        for line in (classes[risk_class(loan.days_past_due)], sizes[size_band(loan.amount)]):
            line[0] += 1
            line[1] += loan.balance
            line[2] += loan.overdue
    sums = (
        Column("loans", N_("Loans in the book"), Kind.COUNT, 10),
        Column("balance", N_("Balance"), Kind.MONEY, 15),
        Column("overdue", N_("Overdue amount"), Kind.MONEY, 15),
    )
    by_class = (Column("class", N_("Class of risk"), Kind.CODE, 18), *sums)
    by_size = (Column("size", N_("Loan amount in yuan"), Kind.ID, 20), *sums)
    return (
        Table("classes", N_("Classes of risk"), by_class, [(name, *line) for name, line in classes.items()]),
        Table("sizes", N_("Book by size"), by_size, [(name, *line) for name, line in sizes.items()]),
    )
