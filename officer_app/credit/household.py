"""The family's month, the debts it already serves, and what is left. Source: cases/README, section 4."""

from __future__ import annotations

from typing import Final

from officer_app.credit.assessment import Household
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.household import OtherIncome
from officer_app.credit.figures import HUNDRED, Figure, Missing, absorbed, greatest, summed
from officer_app.credit.imputed import monthly_cost, principal_in_term
from officer_app.credit.keys import choice_key, decimal_key
from officer_app.credit.policy import Policy

FLOOR_PER_PERSON: Final = decimal_key("household_expense_floor_per_person", "money/month")
UNVERIFIED_COUNTED: Final = decimal_key("unverified_income_counted_percent", "percent")
EXPENSE_ADOPTED: Final = choice_key("household_expense_adopted", "higher_of_reported_and_floor")
BULLETS: Final = choice_key("bullet_principal_of_other_debts", "spread_over_term")


def household_month(facts: CaseFacts, policy: Policy, business_profit: Figure) -> Household:
    """Disposable income = average business profit + counted other income − adopted expenses − existing debt service.

    Other income counts whole when seen on paper, else by the policy's share; expenses are the higher of those told
    and the local floor × persons.
    """
    family = facts.household
    reported = summed(family.monthly_expenses, lambda expense: expense.monthly_amount)
    floor = family.persons * policy[FLOOR_PER_PERSON]
    adopted = greatest((reported, floor), absorbed(reported, floor))
    income = summed(family.other_income, lambda other: _counted(other, policy))
    service = existing_debt_service(facts, policy)
    return Household(income, reported, floor, adopted, service, business_profit + income - adopted - service)


def _counted(income: OtherIncome, policy: Policy) -> Figure:
    if isinstance(income.verified, Missing):
        return income.verified
    # A tick for "seen" beside a proof that was only told is a slip, or worse.
    if income.verified and income.proof != "told":
        return income.monthly_amount
    return income.monthly_amount * policy[UNVERIFIED_COUNTED] / HUNDRED


def existing_debt_service(facts: CaseFacts, policy: Policy) -> Figure:
    """Payments on all debts, told or not, bullets spread over the new term, and the unexplained outflows.

    A debt without a payment plan costs what the policy imputes, where it has such a rule.
    """
    term = facts.application.term_months
    paid = summed(facts.liabilities, lambda debt: monthly_cost(debt, policy))
    bullets = summed(facts.liabilities, lambda debt: principal_in_term(debt, facts.application, policy))
    outflows = summed(facts.unexplained_regular_outflows, lambda outflow: outflow.monthly_amount)
    return paid + (bullets / term if bullets else bullets) + outflows
