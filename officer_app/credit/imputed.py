"""What a debt without a plan costs a month: it is imputed, or a deferral is signed. Source: DOMAIN e.5."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.application import Application
from officer_app.credit.facts.debts import Liability
from officer_app.credit.figures import HUNDRED, ONE, ZERO, Figure, Missing, absorbed, at_most, greatest
from officer_app.credit.keys import choice_key, decimal_key, whole_key
from officer_app.credit.pledgedates import end_of_loan
from officer_app.credit.policy import Policy

METHOD: Final = replace(choice_key("debts_without_plan", "as_told", "imputed"), optional=True)
RATE: Final = decimal_key("imputed_debt_rate_percent_month", "percent/month", below=HUNDRED, optional=True)
# Whether a debt that pays nothing and of whose plan nobody asked has none; older policies wait for the answer.
UNSAID: Final = replace(choice_key("debts_plan_unsaid", "waits", "counts_as_none"), optional=True)
MONTHS: Final = whole_key("imputed_debt_months", "months", optional=True)

# Plans that pay the principal in one sum.
_AT_ONCE: Final = ("at_maturity", "interest_only")
_DEFAULT_RATE: Final = ONE
_DEFAULT_MONTHS: Final = Decimal(24)


def monthly_cost(debt: Liability, policy: Policy) -> Figure:
    """What the debt takes each month: its payment, or what is imputed where that is more."""
    if not is_imputed(debt, policy):
        return debt.monthly_payment
    imputed = imputed_payment(debt, policy)
    return greatest((debt.monthly_payment, imputed), absorbed(debt.monthly_payment, imputed))


def is_imputed(debt: Liability, policy: Policy) -> bool:
    """The policy imputes, nobody agreed a plan for the debt, and no deferral is signed."""
    without = has_no_plan(debt) or plan_is_silent(debt, policy)
    return policy.get(METHOD, "as_told") == "imputed" and without and debt.deferral_signed is not True


def has_no_plan(debt: Liability) -> bool:
    """Said to have no plan, instalments of nothing, or one sum at a day that nobody named.

    A debt whose whole balance is counted inside the new term costs that already; goods on credit and money paid ahead
    turn round with the trade.
    """
    if is_trade(debt) or at_most(debt.balance, debt.bullet_principal_due_in_term) is True:
        return False
    undated = debt.plan in _AT_ONCE and debt.due_date is None
    return debt.plan == "none" or undated or (debt.plan == "instalments" and debt.monthly_payment == ZERO)


def plan_is_silent(debt: Liability, policy: Policy) -> bool:
    """Pays nothing, falls due nowhere inside the term, and nobody said how it is paid back; where that counts."""
    if policy.get(UNSAID, "waits") == "waits" or is_trade(debt):
        return False
    unsaid = isinstance(debt.plan, Missing) and debt.plan.absent
    return unsaid and debt.monthly_payment == ZERO and debt.bullet_principal_due_in_term == ZERO


def is_trade(debt: Liability) -> bool:
    """Goods on credit or money paid ahead that the borrower told of; a hidden one is a debt like any other."""
    return debt.kind in ("supplier", "customer") and debt.disclosed is not False


def principal_in_term(debt: Liability, application: Application, policy: Policy) -> Figure:
    """The principal falling due inside the new term: as told, or the balance of a debt that is due then at once."""
    told = debt.bullet_principal_due_in_term
    if policy.get(METHOD, "as_told") != "imputed" or told != ZERO or debt.plan not in _AT_ONCE:
        return told
    end = end_of_loan(application)
    due = debt.due_date is not None and isinstance(end, date) and debt.due_date <= end
    return debt.balance if due and debt.deferral_signed is not True else told


def imputed_payment(debt: Liability, policy: Policy) -> Figure:
    """The equal instalment of the balance: balance × i ÷ (1 − (1 + i)^−n); balance ÷ n where i is 0."""
    rate, months = policy.get(RATE, _DEFAULT_RATE) / HUNDRED, max(policy.get(MONTHS, _DEFAULT_MONTHS), ONE)
    if not rate:
        return debt.balance / months
    return debt.balance * rate / (ONE - (ONE + rate) ** -months)
