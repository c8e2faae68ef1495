"""What is paid late or used for another thing costs more, but never more in sum than the price cap.

Source: DOMAIN b, "Methods of repayment" (banks: contract rate +30–50 %, misuse +50–100 %) and "Price cap" (penalties
count into the sum); the formula is that of `schedules.md`, section 2.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, localcontext

from officer_app.credit.figures import HUNDRED, ONE, ZERO, arithmetic
from officer_app.credit.loans.daycounts import DAY_COUNTS
from officer_app.credit.loans.terms import Exactness


@dataclass(frozen=True, slots=True)
class Late:
    """Principal that should have been there since one day and came, or is counted, on another."""

    overdue: Decimal
    since: date
    until: date
    day_count: str = "actual/360"
    exactness: Exactness = field(default_factory=Exactness)

    @property
    def share(self) -> Decimal:
        """Of a year; nothing when it is not late."""
        return DAY_COUNTS[self.day_count](self.since, self.until) if self.until > self.since else ZERO


def penalty_interest(late: Late, rate: Decimal, uplift_percent: Decimal) -> Decimal:
    """Overdue × R × (1 + uplift / 100) × share of the year, rounded once.

    `rate` is the contract's, a year, as a fraction. It takes the place of the contract's interest for these days.
    """
    with localcontext(arithmetic()):
        return late.exactness.amount(late.overdue * rate * (ONE + uplift_percent / HUNDRED) * late.share)


def capped_penalty(late: Late, penalty: Decimal, charged: Decimal, cap_percent: Decimal) -> Decimal:
    """The penalty, but with all else `charged` for the same days at most overdue × cap × share of the year.

    The room is cut down to what is printed, so that rounding never passes the cap.
    """
    with localcontext(arithmetic()):
        most = late.overdue * cap_percent / HUNDRED * late.share
        room = late.exactness.amount(most)
        if room > most:
            room -= Decimal(1).scaleb(-late.exactness.places)
        return max(ZERO, min(penalty, room - charged))
