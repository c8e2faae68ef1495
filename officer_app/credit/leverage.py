"""Debts against assets after the loan: for the business alone, or with the home.

Source: cases/README, section 6; DOMAIN e.6.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from officer_app.credit.assessment import BalanceSheet, Sphere
from officer_app.credit.figures import HUNDRED, ONE, Figure, not_below_zero, ratio
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key, decimal_key
from officer_app.credit.policy import Policy

DEBT_TO_ASSETS_MAX: Final = decimal_key("debt_to_assets_after_loan_max_percent", "percent", below=HUNDRED)
LEVERAGE_BASIS: Final = replace(choice_key("leverage_basis", "combined", "business_alone"), optional=True)


def alone(policy: Policy) -> bool:
    """Whether limit, cap and score look at the business alone; an old policy looks at all together."""
    return policy.get(LEVERAGE_BASIS, "") == "business_alone"


def leverage_of(sheet: BalanceSheet | Sphere, ground: Ground, loan: Figure) -> Figure:
    """(L + K + Z) / (A + Z). Guarantees given weigh on the business as on the whole."""
    owed = sheet.total_liabilities_adjusted + ground.balance.contingent + loan
    return ratio(owed, sheet.total_assets_adjusted + loan, "assets")


def leverage_cap(ground: Ground) -> Figure:
    """max(0, (m·A − L − K) / (1 − m)): debts after the loan stay within m of the assets after it."""
    most = ground.policy[DEBT_TO_ASSETS_MAX] / HUNDRED
    sheet: BalanceSheet | Sphere = ground.balance.business if alone(ground.policy) else ground.balance
    room = sheet.total_assets_adjusted * most - sheet.total_liabilities_adjusted - ground.balance.contingent
    return not_below_zero(room / (ONE - most))
