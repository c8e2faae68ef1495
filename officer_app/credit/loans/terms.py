"""What a loan contract fixes: everything a schedule follows from. Source: `schedules.md`, section 1."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Final

from officer_app.credit.loans.daycounts import PERIODIC

_WIDE: Final = Context(prec=120)


class Method(StrEnum):
    """How the principal comes back."""

    EQUAL_INSTALMENT = "equal_instalment"
    EQUAL_PRINCIPAL = "equal_principal"
    FLAT = "flat"
    BULLET = "bullet"
    FIXED_PRINCIPAL = "fixed_principal"
    CUSTOM = "custom"


@dataclass(frozen=True, slots=True)
class Exactness:
    """How amounts are rounded: half up, half even, or (`mode` None) not at all; `places` decimals."""

    mode: str | None = ROUND_HALF_UP
    places: int = 2

    def amount(self, value: Decimal) -> Decimal:
        """A value to the places of all amounts."""
        return value if self.mode is None else self._to(value, self.mode)

    def multiple(self, value: Decimal, of: Decimal | None) -> Decimal:
        """A value to the nearest multiple, or, without one, as every amount."""
        if of is None:
            return self.amount(value)
        return (value / of).quantize(Decimal(1), rounding=self.mode or ROUND_HALF_UP, context=_WIDE) * of

    def printed(self, value: Decimal) -> str:
        """An amount as it is shown; what was not rounded on the way is rounded half up here."""
        shown = self._to(value, self.mode or ROUND_HALF_UP)
        return f"{abs(shown) if shown.is_zero() else shown:f}"

    def _to(self, value: Decimal, mode: str) -> Decimal:
        return value.quantize(Decimal(1).scaleb(-self.places), rounding=mode, context=_WIDE)


ROUNDINGS: Final = {"half_up": ROUND_HALF_UP, "half_even": ROUND_HALF_EVEN}


@dataclass(frozen=True, slots=True)
class LoanTerms:
    """A contract's terms; `read_terms` makes them whole and consistent.

    Amounts in the currency's unit, `rate` a year as a fraction. `dates` are the payout and every due date, or nothing
    for a periodic schedule without dates. `payment_dates` are given where is paid on other days than interest counts
    to: one for each row.
    """

    principal: Decimal
    rate: Decimal
    method: Method
    periods: int
    dates: tuple[date, ...] = ()
    day_count: str = PERIODIC
    periods_per_year: int = 12
    exactness: Exactness = Exactness()
    exact_day_factors: bool = False
    instalment_multiple_of: Decimal | None = None
    interest_multiple_of: Decimal | None = None
    instalment_override: Decimal | None = None
    principal_grace_periods: int = 0
    interest_deferral_periods: int = 0
    fixed_principal: Decimal | None = None
    principal_schedule: tuple[Decimal, ...] = ()
    moratorium_periods: int = 0
    balloon: Decimal = Decimal(0)
    payment_dates: tuple[date, ...] = ()
