"""Reads a loan's terms, or a loan's payments, from a stranger's JSON: strict in name, type and size.

Source: `schedules.md`, sections 1 and 5. A missing key and null are the same; numbers and decimal texts are accepted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Final

from officer_app.base.words import N_, message
from officer_app.credit.figures import HUNDRED
from officer_app.credit.loans.daycounts import DAY_COUNTS, PERIODIC, months_later
from officer_app.credit.loans.duedates import Published, Rule, WorkCalendar, moved
from officer_app.credit.loans.fees import Fee, FeeKind
from officer_app.credit.loans.returns import Flow
from officer_app.credit.loans.revolving import CreditLine, Movement
from officer_app.credit.loans.seasonal import seasonal_principal
from officer_app.credit.loans.terms import ROUNDINGS, Exactness, LoanTerms, Method
from officer_app.credit.loans.told import MOST, MOST_ROWS, Told, one_of, refused, told_object

_PLACES_MOST: Final = 8
_YEAR_MONTHS: Final = 12
_REVOLVING: Final = "revolving"
_SEASONAL: Final = "seasonal"

_KEYS: Final = frozenset(
    {
        *("principal", "annual_rate_percent", "method", "day_count", "periods_per_year", "disbursement_date"),
        *("due_dates", "periods", "rounding", "decimal_places", "instalment_basis", "instalment_multiple_of"),
        *("interest_multiple_of", "instalment_override", "principal_grace_periods", "interest_deferral_periods"),
        *("fixed_principal", "principal_schedule", "full_moratorium_periods", "moratorium_interest", "balloon"),
        # Beyond the reference; without them nothing changes.
        *("harvest_months", "month_shares", "business_day_rule", "holidays", "workdays", "interest_on", "fees"),
        *("limit", "movements", "minimum_principal", "minimum_principal_percent"),
    }
)
# Names of the trade for what the methods above already are.
_ALIASES: Final = {
    "single_repayment": Method.BULLET,
    "interest_bullet": Method.BULLET,
    "grace_then_equal": Method.EQUAL_INSTALMENT,
    _SEASONAL: Method.CUSTOM,
}
_FEE: Final = frozenset({"name", "kind", "amount", "percent"})


@dataclass(frozen=True, slots=True)
class Plan:
    """What a schedule is made of: a loan or a credit line, and the fees beside it."""

    terms: LoanTerms | CreditLine
    fees: tuple[Fee, ...] = ()


def read_plan(data: bytes, published: Published | None = None) -> Plan:
    """A loan or a credit line with its fees. `published` knows official days off. Errors: LOAN_TERMS."""
    told = Told(told_object(data), _KEYS)
    terms = _line(told) if told.text("method", "") == _REVOLVING else _terms(told, published)
    return Plan(terms, _fees(told))


def read_terms(data: bytes) -> LoanTerms:
    """The terms in one JSON object. Errors: LOAN_TERMS (where: the key)."""
    return _terms(Told(told_object(data), _KEYS), None)


def read_flows(data: bytes) -> tuple[tuple[Flow, ...], int | None]:
    """Dated payments (received by the borrower positive) and the periods a year, if told. Errors: LOAN_TERMS."""
    told = Told(told_object(data), frozenset({"flows", "periods_per_year"}))
    if told.some("flows") is None:
        raise refused("flows", message(N_("it is missing")))
    entries = told.inside("flows", frozenset({"date", "amount"}))
    flows = tuple(Flow(entry.needed_day("date"), entry.needed_amount("amount", -MOST)) for entry in entries)
    return flows, told.count("periods_per_year", 1, 366)


def _terms(told: Told, published: Published | None) -> LoanTerms:
    method = _method(told)
    exactness, day_count = _exactness(told), _day_count(told)
    yearly = told.count_or("periods_per_year", 12, 1, 366)
    planned, periods = _dates(told, yearly)
    dates, payments = _moved(told, planned, published)
    if day_count != PERIODIC and not dates:
        raise refused("disbursement_date", message(N_("this day count needs dates")))
    basis = told.text("instalment_basis", "periodic_rate")
    if basis not in {"periodic_rate", "exact_day_factors"}:
        raise refused("instalment_basis", one_of(("periodic_rate", "exact_day_factors")))
    principal = told.needed_amount("principal", Decimal(0))
    terms = LoanTerms(
        principal=principal,
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
        principal_grace_periods=told.count_or("principal_grace_periods", 0, 0, MOST_ROWS),
        interest_deferral_periods=told.count_or("interest_deferral_periods", 0, 0, MOST_ROWS),
        fixed_principal=told.amount("fixed_principal"),
        principal_schedule=_planned(told, principal, planned, exactness),
        moratorium_periods=told.count_or("full_moratorium_periods", 0, 0, MOST_ROWS),
        balloon=told.amount("balloon") or Decimal(0),
        payment_dates=payments,
    )
    _check_moratorium(told.text("moratorium_interest", ""), terms)
    _check_together(terms)
    return terms


def _exactness(told: Told) -> Exactness:
    places = told.count_or("decimal_places", 2, 0, _PLACES_MOST)
    return Exactness(ROUNDINGS.get(told.text("rounding", "half_up")), places)


def _day_count(told: Told) -> str:
    found = told.text("day_count", PERIODIC)
    if found != PERIODIC and found not in DAY_COUNTS:
        raise refused("day_count", one_of((PERIODIC, *DAY_COUNTS)))
    return found


def _planned(told: Told, principal: Decimal, dates: tuple[date, ...], exactness: Exactness) -> tuple[Decimal, ...]:
    """The principal of each row as agreed, or by the months in which money comes in."""
    if told.text("method", "") != _SEASONAL:
        return told.amounts("principal_schedule")
    shares = told.shares("month_shares") or dict.fromkeys(_months(told), Decimal(1))
    if not shares:
        raise refused("harvest_months", message(N_("it is missing")))
    if not dates:
        raise refused("disbursement_date", message(N_("seasons need dates")))
    grace = told.count_or("principal_grace_periods", 0, 0, MOST_ROWS)
    found = seasonal_principal(principal, dates[1:], shares, exactness, grace)
    if not found:
        raise refused("harvest_months", message(N_("no due date falls in these months")))
    return found


def _months(told: Told) -> tuple[int, ...]:
    months = told.amounts("harvest_months")
    for place, month in enumerate(months):
        if month != month.to_integral_value() or not 1 <= month <= _YEAR_MONTHS:
            raise refused(f"harvest_months[{place}]", message(N_("a month from 1 to 12 is expected")))
    return tuple(int(month) for month in months)


def _moved(
    told: Told, planned: tuple[date, ...], published: Published | None
) -> tuple[tuple[date, ...], tuple[date, ...]]:
    """Dates that interest counts to, and dates on which is paid where they differ from these."""
    rule = told.text("business_day_rule", Rule.NONE)
    if rule not in set(Rule):
        raise refused("business_day_rule", one_of(tuple(Rule)))
    counted = told.text("interest_on", "planned")
    if counted not in {"planned", "moved"}:
        raise refused("interest_on", one_of(("planned", "moved")))
    calendar = WorkCalendar(frozenset(told.days("holidays")), frozenset(told.days("workdays")), published)
    if rule == Rule.NONE or not planned:
        return planned, ()
    try:
        dates = (planned[0], *(moved(day, Rule(rule), calendar) for day in planned[1:]))
    except OverflowError:
        raise refused("periods", message(N_("the calendar ends before the loan does"))) from None
    if any(early > late if place == 0 else early >= late for place, (early, late) in enumerate(pairwise(dates))):
        raise refused("business_day_rule", message(N_("the dates do not rise")))
    return (dates, ()) if counted == "moved" else (planned, dates[1:])


def _fees(told: Told) -> tuple[Fee, ...]:
    found = []
    for place, entry in enumerate(told.inside("fees", _FEE)):
        kind, amount, percent = entry.text("kind", ""), entry.amount("amount"), entry.amount("percent")
        if kind not in set(FeeKind):
            raise refused(f"fees[{place}].kind", one_of(tuple(FeeKind)))
        if (amount is None) == (percent is None):
            raise refused(f"fees[{place}].amount", message(N_("an amount or a percentage, one of them, is expected")))
        found.append(Fee(entry.text("name", kind), FeeKind(kind), amount, percent))
    return tuple(found)


def _line(told: Told) -> CreditLine:
    """A credit line; `principal` is what is drawn at the payout, `limit` what may be owed at once."""
    first, day_count = told.needed_amount("principal", Decimal(0)), _day_count(told)
    if day_count == PERIODIC:
        raise refused("day_count", one_of(tuple(DAY_COUNTS)))
    start = told.needed_day("disbursement_date")
    dates, _ = _dates(told, told.count_or("periods_per_year", 12, 1, 366))
    entries = told.inside("movements", frozenset({"date", "amount"}))
    later = [Movement(entry.needed_day("date"), entry.needed_amount("amount", -MOST)) for entry in entries]
    return CreditLine(
        limit=told.amount("limit") or first,
        rate=told.needed_amount("annual_rate_percent", Decimal(0)) / HUNDRED,
        day_count=day_count,
        dates=dates,
        movements=(Movement(start, first), *later),
        least_principal=told.amount("minimum_principal") or Decimal(0),
        least_share=(told.amount("minimum_principal_percent") or Decimal(0)) / HUNDRED,
        exactness=_exactness(told),
    )


def _method(told: Told) -> Method:
    name = told.text("method", "")
    if name in _ALIASES:
        return _ALIASES[name]
    if name not in set(Method):
        raise refused("method", one_of((*Method, *_ALIASES)))
    return Method(name)


def _dates(told: Told, yearly: int) -> tuple[tuple[date, ...], int]:
    """Payout and due dates (none for a schedule without dates), and how many rows there are."""
    start, periods, listed = (
        told.day("disbursement_date"),
        told.count("periods", 1, MOST_ROWS),
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
        raise refused("moratorium_interest", one_of(("capitalised",)))
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
