"""The ratios at the tested loan. Source: cases/README, section 6."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.credit.assessment import Capacity
from officer_app.credit.cashflow import fee_kept
from officer_app.credit.crosschecks.purpose import purpose_total
from officer_app.credit.figures import (
    HUNDRED,
    NOT_DEFINED,
    ONE,
    Figure,
    Missing,
    Ratio,
    absorbed,
    lift,
    not_below_zero,
    ratio,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key, decimal_key
from officer_app.credit.leverage import alone, leverage_of
from officer_app.credit.rates import all_in_rate_percent
from officer_app.credit.schedules import Terms

DSCR_MIN: Final = decimal_key("dscr_min", "ratio")
RESERVE_MIN: Final = decimal_key("reserve_months_min", "months")
RATE_CAP: Final = decimal_key("all_in_rate_cap_percent", "percent/year")
RESERVE_BASIS: Final = replace(choice_key("reserve_basis", "before_payout", "after_payout"), optional=True)

_ASKED: Final = "application.requested_amount"
_FEE: Final = "application.upfront_fee_percent"


def tested_loan(recommended: Figure, requested: Figure) -> Figure:
    """Z: the recommended loan, or the amount asked for when nothing is recommended."""
    if isinstance(recommended, Missing):
        return recommended
    return recommended or requested


def instalment_of(terms: Terms | Missing, loan: Figure) -> Figure:
    """I: the rounded instalment, used rounded from here on."""
    return terms if isinstance(terms, Missing) else lift(terms.instalment, loan)


def capacity_at(ground: Ground, terms: Terms | Missing, loan: Figure, instalment: Figure) -> Capacity:
    """All ratios at the tested loan Z with its instalment I."""
    requested = ground.facts.application.requested_amount
    business, combined = leverage_of(ground.balance.business, ground, loan), leverage_of(ground.balance, ground, loan)
    before, after = _reserve_before(ground), _reserve_after(ground, loan, instalment)
    return Capacity(
        tested_loan=loan,
        instalment=instalment,
        instalment_at_requested_amount=instalment_of(terms, requested),
        instalment_to_disposable=share_if_positive(instalment, ground.household.disposable_income),
        dscr=_dscr(ground, instalment),
        debt_to_assets_after_loan=business if alone(ground.policy) else combined,
        debt_to_equity_before_loan=share_if_positive(
            ground.balance.total_liabilities_adjusted, ground.balance.equity_adjusted
        ),
        reserve_months=after if ground.policy.get(RESERVE_BASIS, "") == "after_payout" else before,
        all_in_rate_percent=_all_in_rate(ground, terms, loan, instalment),
        debt_to_assets_business=business,
        debt_to_assets_combined=combined,
        reserve_before_payout=before,
        reserve_after_payout=after,
    )


def share_if_positive(part: Figure, whole: Figure) -> Ratio:
    """Part / whole, named "not defined" by rule when the whole is 0 or below."""
    if isinstance(part, Missing) or isinstance(whole, Missing):
        return absorbed(part, whole)
    return part / whole if whole > 0 else NOT_DEFINED


def _dscr(ground: Ground, instalment: Figure) -> Figure:
    """(Average profit + other income − household) / (existing debt service + instalment)."""
    family = ground.household
    funds = ground.income.net_business_profit_average_month + family.other_income_counted - family.expenses_adopted
    return dscr_of(funds, family.existing_debt_service, instalment)


def dscr_of(before_debts: Figure, service: Figure, instalment: Figure) -> Figure:
    """What is left before debts over all debt service, the new instalment with it."""
    return ratio(before_debts, service + instalment, _ASKED)


def _reserve_before(ground: Ground) -> Figure:
    """(Cash + deposits) / (household + fixed costs + existing debt service)."""
    assets, family = ground.facts.assets, ground.household
    outgo = family.expenses_adopted + ground.income.fixed_costs + family.existing_debt_service
    return ratio(assets.cash_on_hand + assets.deposits, outgo, "household", "operating_costs", "liabilities")


def _reserve_after(ground: Ground, loan: Figure, instalment: Figure) -> Figure:
    """(Cash + deposits − own contribution − fee kept) / (the same + new instalment); never below 0.

    Source: DOMAIN e.6: what lies there before the payout is half spent on the purpose the day after.
    """
    assets, family = ground.facts.assets, ground.household
    outgo = family.expenses_adopted + ground.income.fixed_costs + family.existing_debt_service + instalment
    own = not_below_zero(purpose_total(ground.facts.application) - loan)
    left = assets.cash_on_hand + assets.deposits - own - fee_kept(ground, loan)
    return ratio(not_below_zero(left), outgo, "household", "operating_costs", "liabilities")


def _all_in_rate(ground: Ground, terms: Terms | Missing, loan: Figure, instalment: Figure) -> Figure:
    """12 × monthly internal rate of: Z less the fee kept back, then the payments of Z's own schedule."""
    fee = ground.facts.application.upfront_fee_percent
    if isinstance(terms, Missing):
        return absorbed(terms, loan, instalment, fee)

    def rate(amount: Decimal, paid: Decimal, kept: Decimal) -> Figure:
        payout = amount * (ONE - kept / HUNDRED)
        return all_in_rate_percent(payout, terms.payments(amount, paid), terms.monthly_rate, _ASKED, _FEE)

    return lift(rate, loan, instalment, fee)
