"""How much can be lent: the lowest of seven caps, with the binding one named. Source: cases/README, section 6."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_FLOOR, Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Sizing
from officer_app.credit.crosschecks.purpose import purpose_total
from officer_app.credit.figures import (
    HUNDRED,
    ONE,
    ZERO,
    Figure,
    Missing,
    absorbed,
    least,
    not_below_zero,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import Key, Wrong, decimal_key, read_number, read_table
from officer_app.credit.policy import Policy
from officer_app.credit.products import product_of
from officer_app.credit.schedules import Terms

INSTALMENT_MAX: Final = decimal_key("instalment_to_disposable_max_percent", "percent")
DEBT_TO_ASSETS_MAX: Final = decimal_key("debt_to_assets_after_loan_max_percent", "percent", below=HUNDRED)
OWN_CONTRIBUTION_MIN: Final = decimal_key("own_contribution_min_percent", "percent")
UNSECURED_ALLOWANCE: Final = decimal_key("unsecured_allowance", "money")
PRODUCT_MAX: Final = decimal_key("product_max_amount", "money")
NET_ASSETS: Final = decimal_key("lender_net_assets_prior_year_end", "money")
SINGLE_LIMIT: Final = decimal_key("single_borrower_limit_percent", "percent")
# Kept with the single limit; a case has no fact for the related group yet.
RELATED_LIMIT: Final = decimal_key("related_group_limit_percent", "percent")


def _read_rounding(value: object) -> Decimal:
    table = read_table(value, ("direction", "step"))
    step = read_number(table["step"])
    if table["direction"] != "down" or step <= 0:
        raise Wrong(Message(N_("direction down, to a step above 0")))
    return step


LOAN_ROUNDING: Final[Key[Decimal]] = Key("loan_rounding", "rounding", "money", _read_rounding)

CAP_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "requested": N_("Amount asked for"),
        "repayment_capacity": N_("Repayment capacity"),
        "leverage": N_("Debt against assets"),
        "security": N_("Pledges and unsecured allowance"),
        "purpose": N_("Purpose less own contribution"),
        "product": N_("Largest amount of the product"),
        "single_borrower_limit": N_("Limit for one borrower"),
    }
)


def affordable(ground: Ground) -> Figure:
    """The largest instalment: max ratio × disposable income, never below 0."""
    return not_below_zero(ground.household.disposable_income) * ground.policy[INSTALMENT_MAX] / HUNDRED


def caps_of(ground: Ground, terms: Terms | Missing, lendable: Figure) -> Mapping[str, Figure]:
    """All seven caps in the order that decides a tie, unrounded."""
    policy, application = ground.policy, ground.facts.application
    carried = affordable(ground)
    return {
        "requested": application.requested_amount,
        "repayment_capacity": _carried(terms, carried),
        "leverage": _leverage(ground),
        "security": lendable + policy[UNSECURED_ALLOWANCE],
        "purpose": _purpose(ground),
        "product": _product_most(ground),
        "single_borrower_limit": policy[NET_ASSETS] * policy[SINGLE_LIMIT] / HUNDRED,
    }


def _product_most(ground: Ground) -> Decimal:
    """The most that the product asked for lends, and never above the most of all products."""
    product = product_of(ground.policy, ground.facts.application.product)
    most = ground.policy[PRODUCT_MAX]
    return most if product is None else min(most, product.amount.most)


def _carried(terms: Terms | Missing, monthly: Figure) -> Figure:
    if isinstance(terms, Missing) or isinstance(monthly, Missing):
        return absorbed(terms, monthly)
    return terms.loan_for(monthly)


def _leverage(ground: Ground) -> Figure:
    """max(0, (m·A − L − K) / (1 − m)): debts after the loan stay within m of the assets after it."""
    most = ground.policy[DEBT_TO_ASSETS_MAX] / HUNDRED
    sheet = ground.balance
    room = sheet.total_assets_adjusted * most - sheet.total_liabilities_adjusted - sheet.contingent
    return not_below_zero(room / (ONE - most))


def _purpose(ground: Ground) -> Figure:
    """Purpose × (1 − own share), and not above what the business can use."""
    own = ground.policy[OWN_CONTRIBUTION_MIN] / HUNDRED
    needed = purpose_total(ground.facts.application) * (ONE - own)
    plausible = ground.facts.purpose_plausible_max
    if plausible is None:
        return needed
    return least((needed, plausible.amount), absorbed(needed))


def sized(
    caps: Mapping[str, Figure], policy: Policy, refused_by: tuple[str, ...], hard_undecided: Missing | None
) -> Sizing:
    """The lowest cap rounded down, and 0 in its place when a hard flag of the first stage is raised.

    While a hard flag cannot be judged yet, nothing is recommended: the recommendation waits for its facts.
    """
    lowest = least(caps.values(), absorbed())
    rounded = _rounded_down(lowest, policy[LOAN_ROUNDING])
    recommended: Figure = rounded if hard_undecided is None else absorbed(rounded, hard_undecided)
    return Sizing(
        caps=MappingProxyType(dict(caps)),
        binding_cap=_binding(caps, lowest),
        lowest_cap=lowest,
        lowest_cap_rounded_down=rounded,
        recommended_max_loan=ZERO if refused_by else recommended,
        refused_by=refused_by,
    )


def _binding(caps: Mapping[str, Figure], lowest: Figure) -> str | Missing:
    """The first of the lowest caps, in the order of the rules."""
    if isinstance(lowest, Missing):
        return lowest
    return next(name for name, cap in caps.items() if cap == lowest)


def _rounded_down(amount: Figure, step: Decimal) -> Figure:
    if isinstance(amount, Missing):
        return amount
    return (amount / step).to_integral_value(rounding=ROUND_FLOOR) * step
