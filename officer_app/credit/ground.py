"""What the cross-checks stand on: facts, policy and the statements made of them, computed once."""

from __future__ import annotations

from dataclasses import dataclass

from officer_app.credit.assessment import BalanceSheet, Household, IncomeStatement
from officer_app.credit.balance import balance_sheet
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.household import household_month
from officer_app.credit.policy import Policy
from officer_app.credit.routes import SalesRoute
from officer_app.credit.statements import income_statement, sales_routes, weighted_gross_margin


@dataclass(frozen=True, slots=True)
class Ground:
    """Facts, policy and statements of one case."""

    facts: CaseFacts
    policy: Policy
    routes: tuple[SalesRoute, ...]
    income: IncomeStatement
    household: Household
    balance: BalanceSheet


def ground_of(facts: CaseFacts, policy: Policy) -> Ground:
    """The statements of a case, from its facts."""
    margin = weighted_gross_margin(facts.products)
    routes = sales_routes(facts, margin, policy)
    income = income_statement(facts, routes, margin, policy)
    family = household_month(facts, policy, income.net_business_profit_average_month)
    return Ground(facts, policy, routes, income, family, balance_sheet(facts, policy))
