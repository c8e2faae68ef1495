"""What the money costs: internal rates of return of dated flows. Source: `schedules.md`, section 5.

Flows are the borrower's: received positive, paid negative, the payout first.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, localcontext
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, message
from officer_app.credit.figures import HUNDRED, ONE, ZERO, arithmetic

_YEAR_DAYS: Final = Decimal(365)
_LEAST: Final = Decimal("-0.5")
_MOST_A_YEAR: Final = Decimal(10)
_MOST_A_PERIOD: Final = Decimal(5)
_CLOSE: Final = Decimal(10) ** -14
_PIECES: Final = 210  # the interval is searched outward from nought in steps of 0.05


@dataclass(frozen=True, slots=True)
class Flow:
    """A payment on a day."""

    day: date
    amount: Decimal


def effective_annual(flows: tuple[Flow, ...]) -> Decimal:
    """The x with Σ amount / (1+x)^((date − first date) / 365) = 0, as a fraction. Errors: LOAN_TERMS."""
    first = flows[0].day if flows else date.min
    ages = [Decimal((flow.day - first).days) / _YEAR_DAYS for flow in flows]
    return _root(flows, ages, _MOST_A_YEAR)


def per_period(flows: tuple[Flow, ...]) -> Decimal:
    """The i with Σ amountₖ / (1+i)^k = 0, k the place from 0, dates not used. Errors: LOAN_TERMS."""
    return _root(flows, [Decimal(place) for place in range(len(flows))], _MOST_A_PERIOD)


def nominal_percent(a_period: Decimal, periods_per_year: int) -> Decimal:
    """I × periods a year × 100."""
    with localcontext(arithmetic()):
        return a_period * periods_per_year * HUNDRED


def effective_percent(a_period: Decimal, periods_per_year: int) -> Decimal:
    """((1+i)^periods a year − 1) × 100."""
    with localcontext(arithmetic()):
        return ((ONE + a_period) ** periods_per_year - ONE) * HUNDRED


def _root(flows: tuple[Flow, ...], ages: list[Decimal], most: Decimal) -> Decimal:
    if not any(flow.amount > 0 for flow in flows) or not any(flow.amount < 0 for flow in flows):
        raise _refused(message(N_("money must go both ways")))
    with localcontext(arithmetic()) as context:
        context.prec = 24

        def worth(rate: Decimal) -> Decimal:
            discount = -(ONE + rate).ln()
            pairs = zip(flows, ages, strict=True)
            return sum((flow.amount * (discount * age).exp() for flow, age in pairs), ZERO)

        return _between(worth, *_bracket(worth, most))


def _bracket(worth: Callable[[Decimal], Decimal], most: Decimal) -> tuple[Decimal, Decimal]:
    """The two rates nearest to nought between which the sign changes."""
    step = (most - _LEAST) / _PIECES
    up = down = ZERO
    above = below = worth(ZERO)
    while up < most or down > _LEAST:
        if up < most:
            further = min(up + step, most)
            found = worth(further)
            if above * found <= 0:
                return up, further
            up, above = further, found
        if down > _LEAST:
            further = max(down - step, _LEAST)
            found = worth(further)
            if below * found <= 0:
                return further, down
            down, below = further, found
    raise _refused(message(N_("no rate between {least} and {most} balances them"), least=_LEAST, most=most))


def _between(worth: Callable[[Decimal], Decimal], low: Decimal, high: Decimal) -> Decimal:
    """The root between two rates, by halves and secants in turn."""
    at_low, at_high = worth(low), worth(high)
    turn = 0
    while high - low > _CLOSE:
        middle = (low + high) / 2
        if turn % 3 and at_high != at_low:
            guess = low - at_low * (high - low) / (at_high - at_low)
            middle = min(max(guess, low + _CLOSE / 4), high - _CLOSE / 4)
        turn += 1
        found = worth(middle)
        if at_low * found <= 0:
            high, at_high = middle, found
        else:
            low, at_low = middle, found
    return (low + high) / 2


def _refused(why: Message) -> Fault:
    return Fault(Code.LOAN_TERMS, where="flows", field="flows", why=why)
