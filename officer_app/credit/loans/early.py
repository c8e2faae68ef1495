"""Paying back before the day: the whole loan at once, or a part of it with a new schedule for the rest.

Source: Civil Code 670 (no interest in advance) and 677 (interest for the days really used); DOMAIN, row 41.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal, localcontext
from enum import StrEnum

from officer_app.base.errors import Fault
from officer_app.base.words import N_, Message, message
from officer_app.credit.figures import HUNDRED, ZERO, arithmetic
from officer_app.credit.loans.daycounts import DAY_COUNTS
from officer_app.credit.loans.repayment import ScheduleRow, factors_of, schedule_of
from officer_app.credit.loans.terms import LoanTerms, Method
from officer_app.credit.loans.told import refused


@dataclass(frozen=True, slots=True)
class Settlement:
    """What closes a loan on a day, every row up to that day being paid; `saved` is interest that is not paid then."""

    day: date
    rows_paid: int
    principal: Decimal
    interest: Decimal
    fee: Decimal
    saved: Decimal

    @property
    def whole(self) -> Decimal:
        """What is paid on that day, beside the rows that fell due before."""
        return self.principal + self.interest + self.fee


class Keep(StrEnum):
    """What stays as it was when a part is paid back early."""

    TERM = "term"  # the instalment becomes lower
    INSTALMENT = "instalment"  # the term becomes shorter


@dataclass(frozen=True, slots=True)
class Prepayment:
    """A part paid back early: with its interest for the days used, and what is still to come."""

    day: date
    principal: Decimal
    interest: Decimal
    fee: Decimal
    paid: tuple[ScheduleRow, ...]
    rows: tuple[ScheduleRow, ...]
    terms: LoanTerms

    @property
    def whole(self) -> Decimal:
        """What is paid on that day."""
        return self.principal + self.interest + self.fee


def settlement(
    terms: LoanTerms, day: date, fee_percent: Decimal = ZERO, fee_cap_percent: Decimal = ZERO
) -> Settlement:
    """Balance + interest for the days since the last due date + fee.

    Interest: balance × R × share of the year of these days; of a `periodic` schedule the period's interest × days
    used / days of the period; of `flat` the whole interest × days used / days of the loan, less what was paid. What
    was deferred is paid with it. Fee: balance × the lesser of fee and cap of the policy. Errors: LOAN_TERMS.
    """
    rows, paid = _paid(terms, day)
    with localcontext(arithmetic()):
        balance = paid[-1].balance_after if paid else terms.principal
        interest = _flat_interest(terms, rows, paid, day) if terms.method is Method.FLAT else ZERO
        if terms.method is not Method.FLAT:
            interest = _accrued(terms, balance, len(paid), day) + _deferred(terms, paid)
        saved = sum((row.interest for row in rows[len(paid) :]), ZERO) - interest
        return Settlement(
            day, len(paid), balance, interest, _fee(terms, balance, fee_percent, fee_cap_percent), saved
        )


def prepayment(
    terms: LoanTerms,
    day: date,
    amount: Decimal,
    keep: Keep,
    fee_percent: Decimal = ZERO,
    fee_cap_percent: Decimal = ZERO,
) -> Prepayment:
    """`amount` of principal is paid back on `day`; its interest for the days used goes with it (利随本清).

    The rest goes on from the last due date over the dates that remain: all of them (`Keep.TERM`), or as many as it
    takes at the old instalment, or the old principal of a row (`Keep.INSTALMENT`). Errors: LOAN_TERMS when the amount
    is not less than the balance, while interest is deferred, or where the method does not allow it.
    """
    rows, paid = _paid(terms, day)
    with localcontext(arithmetic()):
        balance = paid[-1].balance_after if paid else terms.principal
        _check_amount(terms, amount, balance, len(paid))
        rest = _rest(terms, balance - amount, rows, len(paid))
        if keep is Keep.INSTALMENT:
            rest = _shorter(terms, rest, rows, len(paid))
        interest = _accrued(terms, amount, len(paid), day)
        fee = _fee(terms, amount, fee_percent, fee_cap_percent)
    later = (replace(row, number=row.number + len(paid)) for row in schedule_of(rest))
    return Prepayment(day, amount, interest, fee, paid, tuple(later), rest)


def _paid(terms: LoanTerms, day: date) -> tuple[tuple[ScheduleRow, ...], tuple[ScheduleRow, ...]]:
    """All rows, and those that fell due up to a day inside the term."""
    if not terms.dates or terms.dates[0] == terms.dates[1]:
        raise refused("disbursement_date", message(N_("an early payment needs dates")))
    if not terms.dates[0] <= day < terms.dates[-1]:
        raise refused("day", message(N_("the day is not inside the term")))
    rows = schedule_of(terms)
    return rows, rows[: sum(1 for due in terms.dates[1:] if due <= day)]


def _accrued(terms: LoanTerms, balance: Decimal, paid: int, day: date) -> Decimal:
    """Interest on a balance from the last due date to a day."""
    start, end = terms.dates[paid], terms.dates[paid + 1]
    if terms.day_count in DAY_COUNTS:
        return terms.exactness.amount(balance * terms.rate * DAY_COUNTS[terms.day_count](start, day))
    return terms.exactness.amount(balance * factors_of(terms)[paid] * (day - start).days / (end - start).days)


def _deferred(terms: LoanTerms, paid: tuple[ScheduleRow, ...]) -> Decimal:
    """Interest of rows that were let off and whose turn has not come."""
    if not 0 < len(paid) <= terms.interest_deferral_periods:
        return ZERO
    factors, balance, waiting = factors_of(terms), terms.principal, ZERO
    for row in paid:
        if row.capitalised is None:
            waiting += terms.exactness.multiple(balance * factors[row.number - 1], terms.interest_multiple_of)
        balance = row.balance_after
    return waiting


def _flat_interest(
    terms: LoanTerms, rows: tuple[ScheduleRow, ...], paid: tuple[ScheduleRow, ...], day: date
) -> Decimal:
    whole = sum((row.interest for row in rows), ZERO)
    used = terms.exactness.amount(whole * (day - terms.dates[0]).days / (terms.dates[-1] - terms.dates[0]).days)
    return max(ZERO, used - sum((row.interest for row in paid), ZERO))


def _fee(terms: LoanTerms, of: Decimal, percent: Decimal, cap: Decimal) -> Decimal:
    return terms.exactness.amount(of * min(percent, cap) / HUNDRED)


def _check_amount(terms: LoanTerms, amount: Decimal, balance: Decimal, paid: int) -> None:
    if not 0 < amount < balance:
        raise refused(
            "amount",
            message(N_("it must be above nothing and below the balance of {balance:money}"), balance=balance),
        )
    if 0 < paid <= terms.interest_deferral_periods:
        raise refused("interest_deferral_periods", message(N_("interest is still deferred")))


def _rest(terms: LoanTerms, balance: Decimal, rows: tuple[ScheduleRow, ...], paid: int) -> LoanTerms:
    """The terms of what remains, over all dates that remain."""
    return replace(
        terms,
        principal=balance,
        periods=terms.periods - paid,
        dates=terms.dates[paid:],
        payment_dates=terms.payment_dates[paid:],
        instalment_override=None,
        principal_grace_periods=max(0, terms.principal_grace_periods - paid),
        interest_deferral_periods=max(0, terms.interest_deferral_periods - paid),
        moratorium_periods=max(0, terms.moratorium_periods - paid),
        fixed_principal=_scaled(terms, balance, rows, paid),
        principal_schedule=_custom(terms, balance, paid),
        balloon=min(terms.balloon, balance),
    )


def _scaled(terms: LoanTerms, balance: Decimal, rows: tuple[ScheduleRow, ...], paid: int) -> Decimal | None:
    """The agreed principal of a row, in proportion to what remains."""
    if terms.fixed_principal is None:
        return None
    before = rows[paid - 1].balance_after if paid else terms.principal
    return terms.exactness.amount(terms.fixed_principal * balance / before)


def _custom(terms: LoanTerms, balance: Decimal, paid: int) -> tuple[Decimal, ...]:
    """The agreed principal of each row that remains, in proportion; the last that pays takes the rest."""
    planned = terms.principal_schedule[paid:]
    whole = sum(planned, ZERO)
    if not whole:
        return planned
    rows = [terms.exactness.amount(one * balance / whole) for one in planned]
    last = max(place for place, one in enumerate(planned) if one)
    rows[last] = balance - sum(rows[:last], ZERO)
    return tuple(rows)


def _shorter(terms: LoanTerms, rest: LoanTerms, rows: tuple[ScheduleRow, ...], paid: int) -> LoanTerms:
    """The terms of what remains at the old burden, over no more dates than that takes."""
    first = max(terms.principal_grace_periods, terms.moratorium_periods, paid)
    old = rows[first]
    match terms.method:
        case Method.EQUAL_INSTALMENT:
            return _until_paid(replace(rest, instalment_override=_own_instalment(terms, old)), old)
        case Method.EQUAL_PRINCIPAL | Method.FIXED_PRINCIPAL:
            grace = max(rest.principal_grace_periods, rest.moratorium_periods)
            spread = rest.principal - rest.balloon
            needed = int((spread / old.principal).to_integral_value(rounding=ROUND_CEILING)) if old.principal else 1
            fixed = replace(rest, method=Method.FIXED_PRINCIPAL, fixed_principal=old.principal)
            return _cut(fixed, min(rest.periods, max(1, grace + needed)))
        case Method.CUSTOM:
            return _from_the_end(rest, terms.principal_schedule[paid:])
        case _:
            raise _cannot_shorten()


def _own_instalment(terms: LoanTerms, row: ScheduleRow) -> Decimal:
    """The instalment without interest that was deferred into the row."""
    if terms.instalment_override is not None:
        return terms.instalment_override
    deferred = terms.interest_deferral_periods
    return (
        row.payment
        if not deferred
        else schedule_of(replace(terms, interest_deferral_periods=0))[row.number - 1].payment
    )


def _until_paid(rest: LoanTerms, old: ScheduleRow) -> LoanTerms:
    """The fewest rows of which the last is no greater than the instalment, by halves."""
    instalment = rest.instalment_override or old.payment
    low, high = max(rest.principal_grace_periods, rest.moratorium_periods) + 1, rest.periods
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if _is_enough(_cut(rest, middle), instalment) else (middle + 1, high)
    return _cut(rest, low)


def _is_enough(terms: LoanTerms, instalment: Decimal) -> bool:
    try:
        return schedule_of(terms)[-1].payment <= instalment + terms.balloon
    except Fault:  # the balance would fall below nothing before the last row: fewer rows are enough
        return True


def _cut(terms: LoanTerms, periods: int) -> LoanTerms:
    return replace(
        terms, periods=periods, dates=terms.dates[: periods + 1], payment_dates=terms.payment_dates[:periods]
    )


def _from_the_end(rest: LoanTerms, planned: tuple[Decimal, ...]) -> LoanTerms:
    """What was paid early is taken from the last rows."""
    left, rows = rest.principal, []
    for one in planned:
        rows.append(min(one, left))
        left -= rows[-1]
    last = max(place for place, one in enumerate(rows) if one) + 1
    return replace(_cut(rest, last), principal_schedule=tuple(rows[:last]))


def _cannot_shorten() -> Fault:
    why: Message = message(N_("this method keeps its last day: only the instalment can become lower"))
    return refused("method", why)
