"""What can be lent on each pledge. Source: cases/README, section 6."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from officer_app.credit.assessment import CollateralItem
from officer_app.credit.eligibility import is_proven, may_be_pledged, standing_in_law
from officer_app.credit.facts.security import COLLATERAL_TYPES, Collateral, Valuation
from officer_app.credit.figures import (
    HUNDRED,
    YEAR,
    ZERO,
    Figure,
    Missing,
    Truth,
    absent,
    greatest,
    least,
    not_below_zero,
    ratio,
    total,
)
from officer_app.credit.keys import choice_key, decimal_key, numbers_key
from officer_app.credit.liquidity import forced_sale_value, liquidity_grade
from officer_app.credit.policy import Policy

LTV: Final = numbers_key("collateral_ltv_percent", "percent", COLLATERAL_TYPES)
# Lent on top of what the pledges carry.
UNSECURED_ALLOWANCE: Final = decimal_key("unsecured_allowance", "money")
VALUE_ADOPTED: Final = choice_key("collateral_value_adopted", "lowest_method")
# By the second rule a sale in haste bounds it too; under a policy that names no cuts the LTV alone does.
LENDABLE: Final = choice_key("collateral_lendable", "after_ltv_and_prior_lien", "lower_of_ltv_and_forced_sale")

_TWO: Final = 2


def pledge(item: Collateral, policy: Policy) -> CollateralItem:
    """Lendable = max(0, lowest valuation × LTV − prior lien), 0 when it may not be pledged or is not proven.

    Under `lower_of_ltv_and_forced_sale` a sale in haste bounds value × LTV where it brings less.
    """
    found = valuations(item.valuation)
    adopted = least(found.values(), absent(item.at("valuation")))
    ltv = item.type if isinstance(item.type, Missing) else policy[LTV][item.type]
    standing = standing_in_law(item)
    eligible = may_be_pledged(item, standing, policy)
    grade = liquidity_grade(item, policy)
    forced = forced_sale_value(adopted, grade, policy)
    carried = adopted * ltv / HUNDRED
    if forced is not None and policy[LENDABLE] == "lower_of_ltv_and_forced_sale":
        carried = least((carried, forced), absent(item.path))
    return CollateralItem(
        id=item.id,
        type="" if isinstance(item.type, Missing) else item.type,
        values=found,
        adopted_value=adopted,
        ltv_percent=ltv,
        eligible=eligible,
        prior_lien=item.prior_lien,
        lendable=_lendable(eligible, carried, item.prior_lien) if is_proven(item, standing, policy) else ZERO,
        path=item.path,
        standing=standing,
        liquidity=grade,
        forced_sale_value=forced,
    )


def _lendable(eligible: Truth, carried: Figure, prior_lien: Figure) -> Figure:
    if isinstance(eligible, Missing):
        return eligible
    return not_below_zero(carried - prior_lien) if eligible else ZERO


def spread_of(values: Mapping[str, Figure], path: str) -> Figure | None:
    """(highest − lowest) / lowest of the methods used, as a fraction; None with fewer than two of them."""
    if len(values) < _TWO:
        return None
    lowest = least(values.values(), absent(path))
    return ratio(greatest(values.values(), absent(path)) - lowest, lowest, path)


def valuations(valuation: Valuation) -> Mapping[str, Figure]:
    """The value by each method whose figures were given; a method that was only begun is missing."""
    found = {
        "market": _market(valuation),
        "income": _income(valuation),
        "cost": _cost(valuation),
        "count": None if _untouched(valuation.counted_value) else valuation.counted_value,
    }
    return {method: value for method, value in found.items() if value is not None}


def _untouched(figure: Figure) -> bool:
    return isinstance(figure, Missing) and figure.absent


def _market(valuation: Valuation) -> Figure | None:
    """Mean of comparables, or mean price per square metre × area; plain comparables win."""
    if valuation.comparables:
        return total(valuation.comparables) / Decimal(len(valuation.comparables))
    if valuation.comparables_price_per_m2:
        prices = valuation.comparables_price_per_m2
        return total(prices) * valuation.area_m2 / Decimal(len(prices))
    return None


def _income(valuation: Valuation) -> Figure | None:
    """Net rent a year over the capitalisation rate."""
    if _untouched(valuation.monthly_net_rent):
        return None
    path = valuation.at("capitalisation_rate_percent")
    return ratio(valuation.monthly_net_rent * YEAR * HUNDRED, valuation.capitalisation_rate_percent, path)


def _cost(valuation: Valuation) -> Figure | None:
    """Replacement cost less wear."""
    if _untouched(valuation.replacement_cost):
        return None
    return valuation.replacement_cost * (HUNDRED - valuation.depreciation_percent) / HUNDRED
