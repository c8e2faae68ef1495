"""Whether a borrower can carry a loan, as it is shown to the borrower: what comes in, what goes out, what is left.

Source: DOMAIN, row 124, and e.9: stress by the policy's share, and always by how much sales may fall.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from officer_app.credit.assessment import Assessment
from officer_app.credit.figures import HUNDRED, Figure, Missing, absorbed, ratio


@dataclass(frozen=True, slots=True)
class Affordability:
    """A month of the borrower, with the loan in it. `may_fall` in per cent; below 0 it is not carried even now."""

    profit: Figure
    other_income: Figure
    household: Figure
    debts: Figure
    disposable: Figure
    instalment: Decimal
    left: Figure
    drop_percent: Decimal
    left_after_drop: Figure
    may_fall: Figure


def affordability(assessment: Assessment, instalment: Decimal) -> Affordability:
    """What a payment of so much a month leaves, now and with fewer sales.

    What is left falls evenly with sales, so two points of the line give the third: the fall at which nothing is left
    = drop × (disposable − instalment) / (disposable − disposable under stress).
    """
    family, stress = assessment.household, assessment.stress
    now, then = family.disposable_income, stress.disposable_income
    return Affordability(
        profit=assessment.income.net_business_profit_average_month,
        other_income=family.other_income_counted,
        household=family.expenses_adopted,
        debts=family.existing_debt_service,
        disposable=now,
        instalment=instalment,
        left=now - instalment,
        drop_percent=stress.drop_percent,
        left_after_drop=then - instalment,
        may_fall=_may_fall(now, then, instalment, stress.drop_percent),
    )


def _may_fall(now: Figure, then: Figure, instalment: Decimal, drop: Decimal) -> Figure:
    if isinstance(now, Missing) or isinstance(then, Missing):
        return absorbed(now, then)
    fall = ratio((now - instalment) * drop, now - then, "sales")
    # More than all sales cannot fall away.
    return min(fall, HUNDRED) if isinstance(fall, Decimal) else fall
