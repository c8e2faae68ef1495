"""Days that matter for a pledge: the end of the loan, the next valuation. Source: DOMAIN, row 80."""

from __future__ import annotations

import calendar
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.application import Application
from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import Missing, absent, absorbed, invalid
from officer_app.credit.keys import whole_key
from officer_app.credit.policy import Policy

REVALUE_AFTER: Final = replace(whole_key("security.revalue_after_months", "months"), optional=True)
_YEAR: Final = 12
_LAST_YEAR: Final = 9999


def months_after(day: date, months: Decimal) -> date | None:
    """The same day so many months later, or the last of that month; None beyond the calendar."""
    year, month = divmod(day.year * _YEAR + day.month - 1 + int(months), _YEAR)
    if not 1 <= year <= _LAST_YEAR:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def end_of_loan(application: Application) -> date | Missing:
    """Payout, or the first month of the cash flow, plus the term."""
    begin = application.payout_date or application.first_month_of_cash_flow
    term = application.term_months
    if begin is None:
        return absorbed(absent(application.at("payout_date")), term)
    if isinstance(term, Missing):
        return term
    return months_after(begin, term) or invalid(application.at("payout_date"))


def revalue_by(item: Collateral, policy: Policy) -> date | None:
    """The day on which the valuation is as old as the policy allows; None where one of the two is not known."""
    months = policy.get(REVALUE_AFTER, None)
    return None if months is None or item.valued_on is None else months_after(item.valued_on, months)
