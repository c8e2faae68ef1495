"""Sales adopted and the income statement, from the facts alone. Source: cases/README, section 4."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.credit.assessment import IncomeColumn, IncomeStatement
from officer_app.credit.facts.case import CaseFacts
from officer_app.credit.facts.debts import Outflow
from officer_app.credit.facts.routes import Coverage
from officer_app.credit.facts.sales import OperatingCost, Product, Sales
from officer_app.credit.figures import (
    HUNDRED,
    MONTH_DAYS,
    ONE,
    YEAR,
    ZERO,
    Figure,
    Missing,
    absent,
    absorbed,
    deviation,
    greatest,
    invalid,
    least,
    ratio,
    summed,
    total,
)
from officer_app.credit.keys import choice_key
from officer_app.credit.policy import Policy
from officer_app.credit.routes import SalesRoute, sales_route, with_facts
from officer_app.credit.seasons import average_month_factor

SALES_ADOPTED: Final = choice_key("sales_adopted", "lowest_of_all", "lowest_full_route")


def weighted_gross_margin(products: tuple[Product, ...] | Missing) -> Figure:
    """Σ share × (sale price − unit cost) / sale price, as a fraction; the shares must be the whole of the sales."""
    if isinstance(products, Missing):
        return products
    shares = total(product.share_percent for product in products)
    if isinstance(shares, Decimal) and shares != HUNDRED:
        return invalid(*(tuple(product.at("share_percent") for product in products) or ("products",)))
    return total(_margin_part(product) for product in products)


def _margin_part(product: Product) -> Figure:
    gained = product.share_percent * (product.sale_price - product.unit_cost)
    return ratio(gained, product.sale_price * HUNDRED, product.at("sale_price"))


def sales_routes(facts: CaseFacts, margin: Figure, policy: Policy) -> tuple[SalesRoute, ...]:
    """Every route computed, in the order given."""
    routes = facts.sales.routes if isinstance(facts.sales.routes, tuple) else ()
    return tuple(sales_route(with_facts(route, facts), place, margin, policy) for place, route in enumerate(routes))


def income_statement(
    facts: CaseFacts, routes: tuple[SalesRoute, ...], margin: Figure, policy: Policy
) -> IncomeStatement:
    """The base month at the lowest of declared and shown sales (a failed route too), and the average month.

    Spread: (highest − lowest route) / lowest, declared not included.
    """
    sales, spread = _adopted(facts.sales, adoptable(routes, policy))
    cost = sales * (1 - margin)
    fixed, variable = _costs(facts, "fixed"), _costs(facts, "variable")
    profit = sales - cost - fixed - variable
    factor = average_month_factor(facts.sales, facts.application)
    average = month_profit(facts.sales, sales, margin, fixed, variable, factor)
    # What is bought and what moves with sales runs on evenly where the facts say so.
    pace = ONE if facts.sales.cogs_timing == "even" else factor
    month = IncomeColumn(sales * factor, cost * pace, sales * factor - cost * pace, fixed, variable * pace, average)
    return IncomeStatement(
        adopted_monthly_sales=sales,
        spread_between_routes=spread,
        weighted_gross_margin=margin,
        cost_of_sales=cost,
        gross_profit=sales - cost,
        fixed_costs=fixed,
        variable_costs=variable,
        net_business_profit_base_month=profit,
        net_margin=ratio(profit, sales, "sales"),
        average_month_factor=factor,
        net_business_profit_average_month=average,
        average_month=month,
        year=IncomeColumn(*(figure * YEAR for figure in month.figures)),
    )


def adoptable(routes: tuple[SalesRoute, ...], policy: Policy) -> tuple[SalesRoute, ...]:
    """The routes whose lowest may be adopted, by the rule that the policy names.

    `lowest_of_all`: every route. `lowest_full_route`: those that show all sales, so that a floor (one QR code of
    several) or a ceiling (seats) asks questions and moves nothing; where no route shows all sales, every route, since
    then nothing bears out more than the lowest of them. Source: DOMAIN e.3.
    """
    if policy[SALES_ADOPTED] == "lowest_of_all":
        return routes
    return tuple(route for route in routes if route.coverage is Coverage.FULL) or routes


def _adopted(sales: Sales, routes: tuple[SalesRoute, ...]) -> tuple[Figure, Figure]:
    shown = tuple(route.value for route in routes)
    if not shown:
        nothing = sales.routes if isinstance(sales.routes, Missing) else absent(sales.at("routes"))
        return absorbed(sales.declared_monthly_sales, nothing), nothing
    nothing = absent(sales.at("routes"))
    lowest = least(shown, nothing)
    spread = deviation(greatest(shown, nothing), lowest, sales.at("routes"))
    return least((sales.declared_monthly_sales, *shown), nothing), spread


def _costs(facts: CaseFacts, behaviour: str) -> Figure:
    def counted(cost: OperatingCost) -> Figure:
        if isinstance(cost.behaviour, Missing):
            return cost.behaviour
        return cost.monthly_amount if cost.behaviour == behaviour else ZERO

    return summed(facts.operating_costs, counted)


def month_profit(
    sales: Sales, adopted: Figure, margin: Figure, fixed: Figure, variable: Figure, factor: Figure
) -> Figure:
    """Profit of a month with `factor` of the base month's sales.

    `with_sales`: S·f·GM − F − V·f. `even`: S·f − C − F − V, since cost of sales and variable costs run on evenly.
    """
    if sales.cogs_timing == "even":
        return adopted * factor - adopted * (1 - margin) - fixed - variable
    return adopted * factor * margin - fixed - variable * factor


def debt_behind(outflow: Outflow) -> Figure:
    """The debt that a regular payment tells of: amount / monthly rate (the rate wins), or amount × months left."""
    rate, months = outflow.assumed_monthly_rate_percent, outflow.remaining_months
    if isinstance(rate, Decimal):
        return ratio(outflow.monthly_amount * HUNDRED, rate, outflow.at("assumed_monthly_rate_percent"))
    if not rate.absent:
        return absorbed(outflow.monthly_amount, rate)
    return (
        outflow.monthly_amount * months
        if isinstance(months, Decimal)
        else absorbed(outflow.monthly_amount, rate, months)
    )


def per_day(monthly: Figure) -> Figure:
    """A monthly figure by day, months of thirty days."""
    return monthly / MONTH_DAYS
