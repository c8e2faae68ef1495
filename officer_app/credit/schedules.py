"""Repayment of the tested loan: the instalment and what is paid each month.

Source: cases/README, section 6; `schedules.md` for the rows of `equal_instalment`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from itertools import accumulate
from typing import Final

from officer_app.credit.facts.application import Application
from officer_app.credit.figures import HUNDRED, ONE, YEAR, Figure, Missing, absent, absorbed, invalid, lift, total

_SUM_OF_SHARES: Final = ONE


@dataclass(frozen=True)
class Terms:
    """Term and rate, and for a principal schedule the share of each month; amounts round to `places`.

    `carried_months`: over how many months the income carries a principal schedule, None for its own term.
    """

    months: int
    monthly_rate: Decimal
    shares: tuple[Decimal, ...] | None
    places: int
    carried_months: Decimal | None = None

    def carried_over(self, months: Decimal) -> Terms:
        """The same terms, their monthly equivalent spread over so many months."""
        return replace(self, carried_months=months)

    @property
    def _spread(self) -> Decimal:
        return Decimal(self.months) if self.carried_months is None else self.carried_months

    @cached_property
    def annuity(self) -> Decimal:
        """What a loan may be for one yuan of equal instalment: (1 − (1+i)^−n) / i, n when i is 0."""
        if not self.monthly_rate:
            return Decimal(self.months)
        return (ONE - (ONE + self.monthly_rate) ** -self.months) / self.monthly_rate

    @cached_property
    def balances(self) -> tuple[Decimal, ...]:
        """Balance before each payment of a principal schedule, per unit of loan."""
        paid = accumulate(self.shares or (), initial=Decimal(0))
        return tuple(ONE - so_far for so_far in paid)[: self.months]

    @cached_property
    def interest_per_unit(self) -> Decimal:
        """t: all interest of a principal schedule per unit of loan."""
        return sum(self.balances, Decimal(0)) * self.monthly_rate

    def loan_for(self, monthly: Decimal) -> Decimal:
        """The loan that `monthly` carries, in equal instalments or on average over a principal schedule."""
        if self.shares is None:
            return monthly * self.annuity
        return monthly * self._spread / (ONE + self.interest_per_unit)

    def instalment(self, loan: Decimal) -> Decimal:
        """The instalment, or the monthly equivalent of a principal schedule, rounded half up."""
        if self.shares is None:
            return self._rounded(loan / self.annuity)
        return self._rounded(loan * (ONE + self.interest_per_unit) / self._spread)

    def due(self, loan: Decimal, instalment: Decimal) -> tuple[Decimal, ...]:
        """What the cash flow sets aside in each month of the term."""
        if self.shares is None:
            return (instalment,) * self.months
        return self._by_shares(loan)

    def payments(self, loan: Decimal, instalment: Decimal) -> tuple[Decimal, ...]:
        """What is really paid, row by row: for the all-in rate."""
        return self._equal_rows(loan, instalment) if self.shares is None else self._by_shares(loan)

    def _by_shares(self, loan: Decimal) -> tuple[Decimal, ...]:
        rate = self.monthly_rate
        return tuple(
            loan * balance * rate + loan * share
            for balance, share in zip(self.balances, self.shares or (), strict=True)
        )

    def _equal_rows(self, loan: Decimal, instalment: Decimal) -> tuple[Decimal, ...]:
        """Interest of each row rounded half up, the rest of the instalment principal, the last row takes the rest."""
        rows, balance = [], loan
        for _ in range(self.months - 1):
            balance -= instalment - self._rounded(balance * self.monthly_rate)
            rows.append(instalment)
        rows.append(balance + self._rounded(balance * self.monthly_rate))
        return tuple(rows)

    def _rounded(self, amount: Decimal) -> Decimal:
        return amount.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_UP)


def terms_of(application: Application, places: int) -> Terms | Missing:
    """The terms asked for; missing while they are not complete or do not fit together."""
    months, rate = application.term_months, application.annual_rate_percent
    method = application.repayment_method
    if isinstance(months, Missing) or isinstance(rate, Missing) or isinstance(method, Missing):
        return absorbed(months, rate, method)
    shares = None if method == "equal_instalment" else _shares(application, int(months))
    if isinstance(shares, Missing):
        return shares
    return Terms(int(months), rate / HUNDRED / YEAR, shares, places)


def _shares(application: Application, months: int) -> tuple[Decimal, ...] | Missing:
    """One share for each month, together exactly the whole."""
    path = application.at("principal_share_by_month")
    given = application.principal_share_by_month
    if given is None:
        return absent(path)
    shares = tuple(share for share in given if isinstance(share, Decimal))
    if len(shares) < len(given):
        return absorbed(*given)
    return shares if len(shares) == months and total(shares) == _SUM_OF_SHARES else invalid(path)


def instalment_asked(application: Application, places: int) -> Figure:
    """The instalment at the amount asked for."""
    terms = terms_of(application, places)
    return terms if isinstance(terms, Missing) else lift(terms.instalment, application.requested_amount)
