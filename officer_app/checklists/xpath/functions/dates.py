"""Dates: today, now, their numbers and their texts."""

from __future__ import annotations

from datetime import datetime
from math import nan
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.dates import (
    day_fraction,
    day_text,
    formatted,
    moment_at,
    moment_of,
    moment_text,
)
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import eager
from officer_app.checklists.xpath.values import Value, plain_number, to_number, to_text

_NONE: Final = ""


@eager("today", 0)
def _today(context: Context) -> str:
    return day_text(context.around.now())


@eager("now", 0)
def _now(context: Context) -> str:
    return moment_text(context.around.now())


def _moment(context: Context, value: Value) -> datetime | None:
    """The moment of a date's text or of a number of days; None when it is blank. Errors: XPathError."""
    if isinstance(value, bool):
        raise _no_date("true" if value else "false")
    if isinstance(value, float):
        return moment_at(value, context.zone)
    text = to_text(value).strip()
    if not text:
        return None
    number = plain_number(text)
    moment = moment_of(text, context.zone) if number != number else moment_at(number, context.zone)  # noqa: PLR0124  NaN
    if moment is None:
        raise _no_date(text)
    return moment.astimezone(context.zone)


def _no_date(text: str) -> XPathError:
    return XPathError(message(N_("{found} is not a date."), found=text))


@eager("date", 1)
def _date(context: Context, value: Value) -> str:
    moment = _moment(context, value)
    return _NONE if moment is None else day_text(moment)


@eager("date-time", 1)
def _date_time(context: Context, value: Value) -> str:
    moment = _moment(context, value)
    return _NONE if moment is None else moment_text(moment)


@eager("decimal-date-time", 1)
def _decimal_date_time(context: Context, value: Value) -> float:
    return to_number(value, context.zone)


@eager("decimal-date", 1)
def _decimal_date(context: Context, value: Value) -> float:
    return to_number(value, context.zone)


@eager("decimal-time", 1)
def _decimal_time(context: Context, value: Value) -> float:
    fraction = day_fraction(to_text(value), context.zone)
    return nan if fraction is None else fraction


@eager("format-date", 2)
def _format_date(context: Context, value: Value, pattern: Value) -> str:
    return _formatted(context, value, pattern)


@eager("format-date-time", 2)
def _format_date_time(context: Context, value: Value, pattern: Value) -> str:
    return _formatted(context, value, pattern)


def _formatted(context: Context, value: Value, pattern: Value) -> str:
    moment = _moment(context, value)
    if moment is None:
        return _NONE
    try:
        return formatted(moment, to_text(pattern), context.around.language)
    except ValueError as error:
        raise XPathError(message(N_("A date has no part %{letter}."), letter=str(error))) from None


@eager("difference-in-months", 2)
def _difference_in_months(context: Context, first: Value, second: Value) -> float:
    """Whole calendar months from the first date to the second."""
    start, end = _moment(context, first), _moment(context, second)
    if start is None or end is None:
        return nan
    months = (end.year - start.year) * 12 + end.month - start.month
    return float(months - (end.day < start.day))
