"""How much can be lent: the lowest of its caps, with the binding one named.

Source: cases/README, section 6, for the seven caps; DOMAIN b for the working-capital need, a cap where the policy
makes it one; seed row 38 for the unsecured limit by dossier grade.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_FLOOR, Decimal
from types import MappingProxyType
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.assessment import Sizing
from officer_app.credit.collateral import UNSECURED_ALLOWANCE
from officer_app.credit.crosschecks.purpose import OWN_CONTRIBUTION_MIN, purpose_total
from officer_app.credit.dossiergrade import dossier_grade
from officer_app.credit.figures import (
    HUNDRED,
    ONE,
    ZERO,
    Figure,
    Missing,
    absorbed,
    least,
    lift,
    not_below_zero,
)
from officer_app.credit.ground import Ground
from officer_app.credit.keys import Key, Wrong, decimal_key, numbers_key, read_number, read_table
from officer_app.credit.leverage import leverage_cap
from officer_app.credit.ourloans import owed_to_us
from officer_app.credit.policy import Policy
from officer_app.credit.products import product_of
from officer_app.credit.schedules import Terms
from officer_app.credit.workingcapital import working_capital_cap

INSTALMENT_MAX: Final = decimal_key("instalment_to_disposable_max_percent", "percent")
UNSECURED_BY_GRADE: Final = replace(
    numbers_key("unsecured_limit_by_grade", "money", ("A", "B", "C", "D")), optional=True
)
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
        "working_capital": N_("Working capital that nobody pays for yet"),
    }
)


def affordable(ground: Ground) -> Figure:
    """The largest instalment: max ratio × disposable income, never below 0."""
    return not_below_zero(ground.household.disposable_income) * ground.policy[INSTALMENT_MAX] / HUNDRED


def caps_of(ground: Ground, terms: Terms | Missing, lendable: Figure) -> Mapping[str, Figure]:
    """All caps in the order that decides a tie, unrounded: seven, and the working-capital need where it is one."""
    application = ground.facts.application
    carried = affordable(ground)
    seven: dict[str, Figure] = {
        "requested": application.requested_amount,
        "repayment_capacity": _carried(terms, carried),
        "leverage": leverage_cap(ground),
        "security": lendable + unsecured_limit(ground),
        "purpose": _purpose(ground),
        "product": _product_most(ground),
        "single_borrower_limit": _for_one_borrower(ground),
    }
    need = working_capital_cap(ground)
    return seven if need is None else seven | {"working_capital": need}


def unsecured_limit(ground: Ground) -> Figure:
    """What is lent on standing alone: one allowance for all, or by dossier grade where the policy says so.

    What is owed to us already is off it: 50 000 with 30 000 of a running loan leave 20 000.
    """
    by_grade = ground.policy.get(UNSECURED_BY_GRADE, None)
    limit = (
        ground.policy[UNSECURED_ALLOWANCE]
        if by_grade is None
        else by_grade[dossier_grade(ground.facts, ground.policy)]
    )
    return not_below_zero(limit - owed_to_us(ground.facts, ground.policy))


def _for_one_borrower(ground: Ground) -> Figure:
    """The share of our net assets that one borrower may owe, less what is owed already."""
    most = ground.policy[NET_ASSETS] * ground.policy[SINGLE_LIMIT] / HUNDRED
    return not_below_zero(most - owed_to_us(ground.facts, ground.policy))


def _product_most(ground: Ground) -> Decimal:
    """The most that the product asked for lends, and never above the most of all products."""
    product = product_of(ground.policy, ground.facts.application.product)
    most = ground.policy[PRODUCT_MAX]
    return most if product is None else min(most, product.amount.most)


def _carried(terms: Terms | Missing, monthly: Figure) -> Figure:
    if isinstance(terms, Missing) or isinstance(monthly, Missing):
        return absorbed(terms, monthly)
    return terms.loan_for(monthly)


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
    rounded = lift(lambda cap: rounded_down(cap, policy[LOAN_ROUNDING]), lowest)
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


def rounded_down(amount: Decimal, step: Decimal) -> Decimal:
    """The largest multiple of the step that is not above the amount."""
    return (amount / step).to_integral_value(rounding=ROUND_FLOOR) * step
