"""Reads a loan's terms, or a loan's payments, from a stranger's JSON: strict in name, type and size.

Source: `schedules.md`, sections 1 and 5. A missing key and null are the same; numbers and decimal texts are accepted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import pairwise
from typing import Final

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, message
from officer_app.credit.figures import HUNDRED
from officer_app.credit.loans.daycounts import DAY_COUNTS, PERIODIC, months_later
from officer_app.credit.loans.returns import Flow
from officer_app.credit.loans.terms import ROUNDINGS, Exactness, LoanTerms, Method

SIZE_LIMIT: Final = 1_000_000  # bytes
_MOST_ROWS: Final = 1_200
_MOST: Final = Decimal(10) ** 15
_PLACES_MOST: Final = 8
_DIGITS_MOST: Final = 40
_YEAR_MONTHS: Final = 12

_KEYS: Final = frozenset(
    {
        *("principal", "annual_rate_percent", "method", "day_count", "periods_per_year", "disbursement_date"),
        *("due_dates", "periods", "rounding", "decimal_places", "instalment_basis", "instalment_multiple_of"),
        *("interest_multiple_of", "instalment_override", "principal_grace_periods", "interest_deferral_periods"),
        *("fixed_principal", "principal_schedule", "full_moratorium_periods", "moratorium_interest", "balloon"),
    }
)
# Names of the trade for what the methods above already are.
_ALIASES: Final = {"single_repayment": Method.BULLET, "grace_then_equal": Method.EQUAL_INSTALMENT}


def read_terms(data: bytes) -> LoanTerms:
    """The terms in one JSON object. Errors: LOAN_TERMS (where: the key)."""
    return _terms(_Told(_object(data), _KEYS))


def read_flows(data: bytes) -> tuple[tuple[Flow, ...], int | None]:
    """Dated payments (received by the borrower positive) and the periods a year, if told. Errors: LOAN_TERMS."""
    told = _Told(_object(data), frozenset({"flows", "periods_per_year"}))
    entries = told.some("flows")
    if entries is None:
        raise refused("flows", message(N_("it is missing")))
    flows = []
    for place, entry in enumerate(entries):
        if not isinstance(entry, Mapping):
            raise refused(f"flows[{place}]", message(N_("a date and an amount are expected")))
        inside = _Told(entry, frozenset({"date", "amount"}), f"flows[{place}].")
        flows.append(Flow(inside.needed_day("date"), inside.needed_amount("amount", -_MOST)))
    return tuple(flows), told.count("periods_per_year", 1, 366)


def refused(field: str, why: Message) -> Fault:
    """The terms do not hold, here and for this reason."""
    return Fault(Code.LOAN_TERMS, where=field, field=field, why=why)


def _terms(told: _Told) -> LoanTerms:
    method = _method(told)
    exactness = Exactness(
        ROUNDINGS.get(told.text("rounding", "half_up")), told.count_or("decimal_places", 2, 0, _PLACES_MOST)
    )
    day_count = told.text("day_count", PERIODIC)
    if day_count != PERIODIC and day_count not in DAY_COUNTS:
        raise refused("day_count", _one_of((PERIODIC, *DAY_COUNTS)))
    yearly = told.count_or("periods_per_year", 12, 1, 366)
    dates, periods = _dates(told, yearly)
    if day_count != PERIODIC and not dates:
        raise refused("disbursement_date", message(N_("this day count needs dates")))
    basis = told.text("instalment_basis", "periodic_rate")
    if basis not in {"periodic_rate", "exact_day_factors"}:
        raise refused("instalment_basis", _one_of(("periodic_rate", "exact_day_factors")))
    terms = LoanTerms(
        principal=told.needed_amount("principal", Decimal(0)),
        rate=told.needed_amount("annual_rate_percent", Decimal(0)) / HUNDRED,
        method=method,
        periods=periods,
        dates=dates,
        day_count=day_count,
        periods_per_year=yearly,
        exactness=exactness,
        exact_day_factors=basis == "exact_day_factors",
        instalment_multiple_of=told.multiple("instalment_multiple_of"),
        interest_multiple_of=told.multiple("interest_multiple_of"),
        instalment_override=told.amount("instalment_override"),
        principal_grace_periods=told.count_or("principal_grace_periods", 0, 0, _MOST_ROWS),
        interest_deferral_periods=told.count_or("interest_deferral_periods", 0, 0, _MOST_ROWS),
        fixed_principal=told.amount("fixed_principal"),
        principal_schedule=told.amounts("principal_schedule"),
        moratorium_periods=told.count_or("full_moratorium_periods", 0, 0, _MOST_ROWS),
        balloon=told.amount("balloon") or Decimal(0),
    )
    _check_moratorium(told.text("moratorium_interest", ""), terms)
    _check_together(terms)
    return terms


def _method(told: _Told) -> Method:
    name = told.text("method", "")
    if name in _ALIASES:
        return _ALIASES[name]
    if name not in set(Method):
        raise refused("method", _one_of((*Method, *_ALIASES)))
    return Method(name)


def _dates(told: _Told, yearly: int) -> tuple[tuple[date, ...], int]:
    """Payout and due dates (none for a schedule without dates), and how many rows there are."""
    start, periods, listed = (
        told.day("disbursement_date"),
        told.count("periods", 1, _MOST_ROWS),
        told.days("due_dates"),
    )
    if listed:
        if periods is not None and periods != len(listed):
            raise refused("periods", message(N_("it is not the number of due dates")))
        dates = (start, *listed) if start is not None else listed
        if any(early >= late for early, late in pairwise(dates)):
            raise refused("due_dates", message(N_("the dates do not rise")))
        # Without a payout the first period has no beginning: only a periodic schedule can do without it.
        return ((start, *listed) if start is not None else (listed[0], *listed)), len(listed)
    if periods is None:
        raise refused("periods", message(N_("it is missing")))
    if start is None:
        return (), periods
    if _YEAR_MONTHS % yearly:
        raise refused("due_dates", message(N_("periods that are no whole months need their dates")))
    step = _YEAR_MONTHS // yearly
    try:
        return (start, *(months_later(start, step * place) for place in range(1, periods + 1))), periods
    except ValueError:
        raise refused("periods", message(N_("the calendar ends before the loan does"))) from None


def _check_moratorium(interest: str, terms: LoanTerms) -> None:
    if not terms.moratorium_periods:
        return
    if interest != "capitalised":
        raise refused("moratorium_interest", _one_of(("capitalised",)))
    if terms.method is Method.FLAT or terms.moratorium_periods >= terms.periods:
        raise refused("full_moratorium_periods", message(N_("no row is left to pay in")))


def _check_together(terms: LoanTerms) -> None:
    if terms.principal <= 0:
        raise refused("principal", message(N_("it must be more than nothing")))
    if terms.principal_grace_periods >= terms.periods:
        raise refused("principal_grace_periods", message(N_("no row is left to pay in")))
    if terms.interest_deferral_periods >= terms.periods:
        raise refused("interest_deferral_periods", message(N_("no row is left to pay in")))
    if terms.balloon > terms.principal:
        raise refused("balloon", message(N_("it is more than the loan")))
    if terms.day_count != PERIODIC and len(terms.dates) != len(set(terms.dates)):
        raise refused("disbursement_date", message(N_("this day count needs dates")))
    if terms.method is Method.FIXED_PRINCIPAL and terms.fixed_principal is None:
        raise refused("fixed_principal", message(N_("it is missing")))
    if terms.method is Method.CUSTOM:
        _check_custom(terms)


def _check_custom(terms: LoanTerms) -> None:
    planned = terms.principal_schedule
    if len(planned) != terms.periods:
        raise refused("principal_schedule", message(N_("one amount for each row is expected")))
    if sum(planned, Decimal(0)) != terms.principal:
        raise refused("principal_schedule", message(N_("together it is not the loan")))
    if any(planned[: terms.principal_grace_periods]):
        raise refused("principal_schedule", message(N_("it pays principal in the grace")))


def _one_of(choices: tuple[str, ...]) -> Message:
    return message(N_("one of: {choices}"), choices=", ".join(choices))


def _object(data: bytes) -> Mapping[str, object]:
    if len(data) > SIZE_LIMIT:
        raise refused("{}", message(N_("it is larger than {most} bytes"), most=SIZE_LIMIT))
    try:
        told = json.loads(data, parse_float=_number, parse_int=_number, parse_constant=_number)
    except (ValueError, RecursionError):
        raise refused("{}", message(N_("it is not JSON"))) from None
    if not isinstance(told, dict):
        raise refused("{}", message(N_("one JSON object is expected")))
    return told


def _number(text: str) -> Decimal:
    """A number with as many digits as an amount can have. Errors: ValueError."""
    if len(text) > _DIGITS_MOST:
        raise ValueError(text[:_DIGITS_MOST])
    try:
        value = Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None
    if not value.is_finite() or abs(value.adjusted()) > _DIGITS_MOST:
        raise ValueError(text)
    return value


class _Told:
    """One JSON object, its keys known."""

    def __init__(self, told: Mapping[str, object], known: frozenset[str], before: str = "") -> None:
        odd = sorted(key for key in told if key not in known)
        if odd:
            raise refused(f"{before}{odd[0]}"[:80], message(N_("nobody knows this key")))
        self._told = told
        self._before = before

    def text(self, key: str, otherwise: str) -> str:
        value = self._told.get(key)
        if value is None:
            return otherwise
        if not isinstance(value, str):
            raise self._refused(key, message(N_("a text is expected")))
        return value

    def some(self, key: str) -> list[object] | None:
        value = self._told.get(key)
        if value is None:
            return None
        if not isinstance(value, list) or not 0 < len(value) <= _MOST_ROWS:
            raise self._refused(key, message(N_("a list of at most {most} entries is expected"), most=_MOST_ROWS))
        return value

    def amount(self, key: str, least: Decimal = Decimal(0)) -> Decimal | None:
        value = self._told.get(key)
        return None if value is None else self._amount(key, value, least)

    def needed_amount(self, key: str, least: Decimal) -> Decimal:
        value = self.amount(key, least)
        if value is None:
            raise self._refused(key, message(N_("it is missing")))
        return value

    def multiple(self, key: str) -> Decimal | None:
        value = self.amount(key)
        if value is not None and not value:
            raise self._refused(key, message(N_("it must be more than nothing")))
        return value

    def amounts(self, key: str) -> tuple[Decimal, ...]:
        return tuple(self._amount(f"{key}[{n}]", one, Decimal(0)) for n, one in enumerate(self.some(key) or ()))

    def count(self, key: str, least: int, most: int) -> int | None:
        value = self.amount(key)
        if value is None:
            return None
        if value != value.to_integral_value() or not least <= value <= most:
            raise self._refused(key, message(N_("a whole number from {least} to {most}"), least=least, most=most))
        return int(value)

    def count_or(self, key: str, otherwise: int, least: int, most: int) -> int:
        value = self.count(key, least, most)
        return otherwise if value is None else value

    def day(self, key: str) -> date | None:
        value = self._told.get(key)
        return None if value is None else self._day(key, value)

    def needed_day(self, key: str) -> date:
        value = self.day(key)
        if value is None:
            raise self._refused(key, message(N_("it is missing")))
        return value

    def days(self, key: str) -> tuple[date, ...]:
        return tuple(self._day(f"{key}[{n}]", one) for n, one in enumerate(self.some(key) or ()))

    def _day(self, key: str, value: object) -> date:
        try:
            if isinstance(value, str) and len(value) == len("2026-01-31"):
                return date.fromisoformat(value)
        except ValueError:
            pass
        raise self._refused(key, message(N_("a date such as 2026-01-31 is expected")))

    def _amount(self, key: str, value: object, least: Decimal) -> Decimal:
        try:
            number = value if isinstance(value, Decimal) else _number(value) if isinstance(value, str) else None
        except ValueError:
            number = None
        if number is None:
            raise self._refused(key, message(N_("a number is expected")))
        if not least <= number <= _MOST:
            raise self._refused(key, message(N_("it is out of bounds")))
        return number

    def _refused(self, key: str, why: Message) -> Fault:
        return refused(f"{self._before}{key}", why)
