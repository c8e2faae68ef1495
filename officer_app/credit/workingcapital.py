"""Working capital: what turning the planned sales binds, and what of it nobody pays for yet. Source: DOMAIN b."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from officer_app.credit.assessment import WorkingCapitalNeed
from officer_app.credit.facts.purpose import WorkingCapital
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, Missing, not_below_zero
from officer_app.credit.ground import Ground
from officer_app.credit.keys import choice_key

SIZING: Final = replace(choice_key("working_capital_sizing", "shown", "cap"), optional=True)

_DAYS: Final = Decimal(360)


def working_capital_need(told: WorkingCapital | None) -> WorkingCapitalNeed | None:
    """Sales × (1 − margin) × (1 + growth) / turns; turns = 360 / days bound.

    Days bound: stock + receivable − payable + prepaid − advance days, on the accounts of last year. The gap is the
    need less own working capital and that of other lenders. Suppliers and advances that pay for all of it leave no
    need. Prepaid and advance days, growth and other funds that nobody told count as none; the rest must be known.
    None where nobody gave any of it.
    """
    if told is None:
        return None
    days = (
        told.stock_days
        + told.receivable_days
        - told.payable_days
        + _or_nothing(told.prepaid_days)
        - _or_nothing(told.advance_days)
    )
    spent = told.last_year_sales * (ONE - told.net_margin_percent / HUNDRED)
    grown = spent * (ONE + _or_nothing(told.growth_percent) / HUNDRED)
    need = not_below_zero(grown * days / _DAYS)
    paid = _or_nothing(told.own_funds) + _or_nothing(told.other_loans)
    return WorkingCapitalNeed(days, need, not_below_zero(need - paid))


def working_capital_cap(ground: Ground) -> Figure | None:
    """The gap as a cap, for a loan of working capital under a policy that says so; None otherwise."""
    if ground.policy.get(SIZING, "") != "cap" or ground.facts.application.purpose_class != "working_capital":
        return None
    found = working_capital_need(ground.facts.working_capital)
    return None if found is None else found.gap


def _or_nothing(figure: Figure) -> Figure:
    return ZERO if isinstance(figure, Missing) and figure.absent else figure
