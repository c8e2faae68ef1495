"""What all pledges together carry of a loan: too little, enough, or more than is fair.

Source: DOMAIN, b "Pledge" (cover by value at most 200 %); the limits are the institution's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.credit.assessment import CollateralItem
from officer_app.credit.collateral import UNSECURED_ALLOWANCE
from officer_app.credit.figures import (
    HUNDRED,
    ZERO,
    Figure,
    Truth,
    absorbed,
    any_true,
    at_most,
    denied,
    least,
    not_below_zero,
    ratio,
    total,
)
from officer_app.credit.keys import decimal_key
from officer_app.credit.policy import Policy

LEAST: Final = decimal_key("security.cover_min_percent", "percent", optional=True)
MOST: Final = decimal_key("security.cover_max_percent", "percent", optional=True)

_LOAN: Final = "application.requested_amount"


@dataclass(frozen=True, slots=True)
class SecurityCover:
    """Amounts in money; `cover_percent` and `pledged_percent` are of the loan.

    `free` is the adopted value beyond prior liens, `forced` the same in a sale in haste (None under a policy without
    cuts). `enough` and `fair` are None under a policy without the limit.
    """

    loan: Figure
    lendable: Figure
    with_allowance: Figure
    free: Figure
    forced: Figure | None
    cover_percent: Figure
    pledged_percent: Figure
    most_percent: Decimal | None
    enough: Truth | None
    fair: Truth | None


def security_cover(items: Sequence[CollateralItem], loan: Figure, policy: Policy) -> SecurityCover:
    """Pledges against a loan. Too much is no fault while no pledge can be given back: a home is one thing."""
    lendable = total(item.lendable for item in items)
    free = total(_beyond_liens(item, item.adopted_value) for item in items)
    forced = [_beyond_liens(item, item.forced_sale_value) for item in items if item.forced_sale_value is not None]
    cover = ratio((lendable + policy[UNSECURED_ALLOWANCE]) * HUNDRED, loan, _LOAN)
    pledged = ratio(free * HUNDRED, loan, _LOAN)
    lowest, most = policy.get(LEAST, None), policy.get(MOST, None)
    spare = denied(at_most(loan, _without_one(items)))
    return SecurityCover(
        loan=loan,
        lendable=lendable,
        with_allowance=lendable + policy[UNSECURED_ALLOWANCE],
        free=free,
        forced=total(forced) if len(forced) == len(items) else None,
        cover_percent=cover,
        pledged_percent=pledged,
        most_percent=most,
        enough=None if lowest is None else at_most(lowest, cover),
        fair=None if most is None else any_true((at_most(pledged, most), spare)),
    )


def _beyond_liens(item: CollateralItem, value: Figure) -> Figure:
    """What a value leaves beyond prior liens; nothing where the thing may not be pledged."""
    return ZERO if item.eligible is False else not_below_zero(value - item.prior_lien)


def _without_one(items: Sequence[CollateralItem]) -> Figure:
    """What the others carry when the one that carries least is given back; nothing of a single one."""
    carrying = [item.lendable for item in items if item.eligible is not False]
    return total(carrying) - least(carrying, absorbed()) if carrying else ZERO
