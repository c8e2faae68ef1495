"""What the law reads into a guarantee where its words are silent. Source: Civil Code 686, 687, 692."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.credit.facts.security import Guarantor
from officer_app.credit.figures import Figure, Missing
from officer_app.credit.keys import whole_key

# Months after the due date for which a guarantee must bind at least.
PERIOD_MIN: Final = whole_key("security.guarantee_period_min_months", "months", optional=True)

_SILENT: Final = Decimal(6)


def effective_kind(item: Guarantor) -> str | Missing:
    """`joint` or `ordinary`; without words it is an ordinary guarantee (686)."""
    return "ordinary" if item.guarantee_kind == "unspecified" else item.guarantee_kind


def effective_period(item: Guarantor) -> Figure:
    """Months after the due date; without words, or with none after the due date, six (692)."""
    period = item.guarantee_period_months
    if isinstance(period, Missing):
        return _SILENT if period.absent else period
    return period or _SILENT


def by_law(item: Guarantor) -> Message:
    """Why a guarantee that is not joint is weaker."""
    if item.guarantee_kind == "unspecified":
        return message(
            N_("no kind was written, so it is an ordinary one: the borrower must be sued first (Civil Code 686, 687)")
        )
    return message(N_("an ordinary guarantee: the borrower must be sued first (Civil Code 687)"))
