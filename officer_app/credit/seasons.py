"""Season factors: how each month sells against the base month, by place in the cash flow or by calendar month.

Calendar factors come January first; the month in which the Spring Festival begins takes the festival's own factor
instead of its calendar one, so the season moves with the festival. Where nobody gave calendar factors, the twelve
factors of the cash-flow months hold and repeat after a year. Source: DOMAIN e.8; cases/README, section 4.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Final

from officer_app.credit.facts.application import Application
from officer_app.credit.facts.sales import Sales
from officer_app.credit.festival import FESTIVALS, is_festival_month, next_festival
from officer_app.credit.figures import ONE, YEAR, Figure, Missing, absent, invalid, summed

_MONTHS: Final = 12
_FIRST: Final = "first_month_of_cash_flow"


def factors(sales: Sales, application: Application, months: int) -> tuple[Figure, ...] | Missing:
    """The factor of each of so many cash-flow months on the base month."""
    if sales.calendar_factors is None:
        return _repeated(month_factors(sales), months)
    given, first = _calendar(sales), application.first_month_of_cash_flow
    if isinstance(given, Missing):
        return given
    if first is None:
        return absent(application.at(_FIRST))
    festival = _festival_factor(sales)
    if festival is None:
        return tuple(given[(first.month - 1 + place) % _MONTHS] for place in range(months))
    labels = tuple(month_after(first, place) for place in range(months))
    if any(label is None or label.year not in FESTIVALS for label in labels):
        return invalid(application.at(_FIRST))
    return tuple(
        festival if is_festival_month(label) else given[label.month - 1] for label in labels if label is not None
    )


def year_of_factors(sales: Sales, application: Application) -> tuple[Figure, ...] | Missing:
    """Twelve factors that stand for a usual year: by the calendar it has one festival, the next one."""
    if sales.calendar_factors is None:
        return month_factors(sales)
    given, festival = _calendar(sales), _festival_factor(sales)
    if festival is None or isinstance(given, Missing):
        return given
    first = application.first_month_of_cash_flow
    if first is None:
        return absent(application.at(_FIRST))
    day = next_festival(first)
    if day is None:
        return invalid(application.at(_FIRST))
    return tuple(festival if place + 1 == day.month else factor for place, factor in enumerate(given))


def average_month_factor(sales: Sales, application: Application) -> Figure:
    """Mean of the twelve factors of a usual year."""
    return summed(year_of_factors(sales, application), lambda factor: factor) / YEAR


def month_factors(sales: Sales) -> tuple[Figure, ...] | Missing:
    """The factor of each of the first twelve cash-flow months; twelve times 1 when nobody gave any."""
    if sales.month_factors is None:
        return (ONE,) * _MONTHS
    return sales.month_factors if len(sales.month_factors) == _MONTHS else invalid(sales.at("month_factors"))


def month_after(first: date, months: int) -> date | None:
    """The first day of the month so many months after the month of `first`; None beyond the calendar's last year."""
    count = first.year * _MONTHS + first.month - 1 + months
    return date(count // _MONTHS, count % _MONTHS + 1, 1) if count // _MONTHS <= date.max.year else None


def _calendar(sales: Sales) -> tuple[Figure, ...] | Missing:
    given = sales.calendar_factors or ()
    return given if len(given) == _MONTHS else invalid(sales.at("calendar_factors"))


def _festival_factor(sales: Sales) -> Figure | None:
    """The festival's own factor; None where nobody gave one, and the calendar alone holds."""
    factor = sales.spring_festival_factor
    return None if isinstance(factor, Missing) and factor.absent else factor


def _repeated(year: tuple[Figure, ...] | Missing, months: int) -> tuple[Figure, ...] | Missing:
    if isinstance(year, Missing):
        return year
    return tuple(year[place % len(year)] for place in range(months))


def weakest_mean(year: tuple[Decimal, ...], months: int) -> Decimal:
    """Mean of the so many weakest factors of a year."""
    weakest = sorted(year)[: max(months, 1)]
    return sum(weakest, Decimal(0)) / len(weakest)
