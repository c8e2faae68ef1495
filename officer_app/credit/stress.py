"""The month with fewer sales. Source: cases/README, section 6."""

from __future__ import annotations

from typing import Final

from officer_app.credit.assessment import Stress
from officer_app.credit.figures import HUNDRED, ONE, Figure, at_most
from officer_app.credit.ground import Ground
from officer_app.credit.keys import decimal_key
from officer_app.credit.statements import month_profit

SALES_DROP: Final = decimal_key("stress_sales_drop_percent", "percent")


def stressed(ground: Ground, instalment: Figure) -> Stress:
    """Disposable income when sales fall by the policy's share, and whether it still covers the instalment."""
    drop, income, family = ground.policy[SALES_DROP], ground.income, ground.household
    profit = month_profit(
        ground.facts.sales,
        income.adopted_monthly_sales,
        income.weighted_gross_margin,
        income.fixed_costs,
        income.variable_costs,
        income.average_month_factor * (ONE - drop / HUNDRED),
    )
    left = profit + family.other_income_counted - family.expenses_adopted - family.existing_debt_service
    return Stress(drop, left, at_most(instalment, left))
