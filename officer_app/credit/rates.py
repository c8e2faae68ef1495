"""The all-in rate: what the money costs with the fee kept back, as the internal rate of return of the flows."""

from __future__ import annotations

from decimal import Context, Decimal
from typing import Final

from officer_app.credit.figures import HUNDRED, ONE, YEAR, Figure, undefined

_STEPS: Final = 1000
_CLOSE: Final = Decimal(10) ** -34
# The solver is good to more digits than these; without its noise a rate that is exactly the cap does not pass it.
_TRUSTED: Final = Context(prec=24)


def all_in_rate_percent(payout: Decimal, payments: tuple[Decimal, ...], near: Decimal, *culprits: str) -> Figure:
    """12 × monthly internal rate, in percent a year; `near` is a monthly rate to start from.

    Missing, with the culprits, when nothing is paid out or nothing is paid back: there is no rate then.
    Source: cases/README, section 6.
    """
    if payout <= 0 or sum(payments) <= 0:
        return undefined(*culprits)
    discount = _discount(payout, payments, ONE / (ONE + near))
    return undefined(*culprits) if discount is None else _TRUSTED.plus((ONE / discount - ONE) * YEAR * HUNDRED)


def _discount(payout: Decimal, payments: tuple[Decimal, ...], start: Decimal) -> Decimal | None:
    """The v with Σ payment_k × v^k = payout, by Newton's steps; the polynomial is convex and rises for v > 0."""
    discount = start
    for _ in range(_STEPS):
        value, slope = _polynomial(payments, discount)
        if slope <= 0:
            return None
        step = (value - payout) / slope
        discount -= step
        if discount <= 0:
            return None
        if abs(step) <= _CLOSE * discount:
            return discount
    return None


def _polynomial(payments: tuple[Decimal, ...], v: Decimal) -> tuple[Decimal, Decimal]:
    """Value and slope of Σ payment_k × v^k at v, by Horner's scheme."""
    value = slope = Decimal(0)
    for payment in reversed(payments):
        slope = slope * v + value
        value = value * v + payment
    return value * v, slope * v + value
