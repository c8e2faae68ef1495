"""How quickly a pledge turns into money, and what a sale in haste brings. Source: DOMAIN, rows 79 and 80."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.credit.facts.security import Collateral
from officer_app.credit.figures import HUNDRED, Figure, Missing, absorbed
from officer_app.credit.keys import numbers_key
from officer_app.credit.policy import Policy

GRADES: Final = ("weeks", "months", "half_year", "year", "hard")

# Days to sell up to which a grade holds; longer than the last is "hard".
GRADE_DAYS: Final = replace(numbers_key("security.grade_days", "days", GRADES[:-1]), optional=True)
# Cut of a sale in haste, by grade.
FORCED_SALE_CUT: Final = replace(
    numbers_key("security.forced_sale_cut_percent", "percent", GRADES, most=HUNDRED), optional=True
)


def liquidity_grade(item: Collateral, policy: Policy) -> str | Missing:
    """The grade as told or by the days to sell; the slower of the two where both are given."""
    limits = policy.get(GRADE_DAYS, None)
    days = item.days_to_sell
    found = [] if isinstance(item.liquidity, Missing) else [item.liquidity]
    if limits is not None and not isinstance(days, Missing):
        found.append(next((grade for grade in GRADES[:-1] if days <= limits[grade]), GRADES[-1]))
    if not found:
        return absorbed(item.liquidity)
    return max(found, key=GRADES.index)


def forced_sale_value(adopted: Figure, grade: str | Missing, policy: Policy) -> Figure | None:
    """Adopted value × (1 − cut of the grade); None under a policy without cuts."""
    cuts = policy.get(FORCED_SALE_CUT, None)
    if cuts is None:
        return None
    if isinstance(grade, Missing):
        return absorbed(adopted, grade)
    return adopted * (HUNDRED - cuts[grade]) / HUNDRED
