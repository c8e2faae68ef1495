"""Figures as words: money, shares, ratios; what is missing says so, and for which facts it waits."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Final

from officer_app.base.clock import local_time
from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.credit.assessment import Unit
from officer_app.credit.figures import Missing, NotDefined
from officer_app.credit.vocabulary import label_of

_NAMED: Final = 3  # missing facts named in one line

NOTHING: Final = Verbatim("—")
NOT_KNOWN: Final = N_("not known yet")
_WAITS: Final = N_("not known yet: {facts}")
_WAITS_MORE: Final = N_("not known yet: {facts} and {more:count} more")
_NO_RATIO: Final = N_("no ratio: nothing to divide by")

_AS: Final = {
    Unit.MONEY: N_("{value:money}"),
    Unit.PERCENT: N_("{value:percent}"),
    Unit.POINTS: N_("{value:points} points"),
    Unit.RATIO: N_("{value:ratio}"),
    Unit.COUNT: N_("{value:count}"),
    Unit.DAYS: N_("{value:points} days"),
    Unit.KM: N_("{value:metres}"),
    Unit.MONTHS: N_("{value:points} months"),
}


def quantity(value: Decimal | Missing | NotDefined | None, unit: Unit, *, short: bool = True) -> Sayable:
    """A figure in its unit, percents as percents; kilometres are shown as metres where they are few."""
    match value:
        case None:
            return NOTHING
        case NotDefined():
            return message(_NO_RATIO)
        case Missing():
            return message(NOT_KNOWN) if short else waits_for(value.paths)
        case _:
            return message(_AS[unit], value=value * _FACTOR.get(unit, Decimal(1)))


_FACTOR: Final = {Unit.KM: Decimal(1000)}


def money(value: Decimal | Missing | None, *, short: bool = True) -> Sayable:
    """An amount, without its currency: the paper names that once."""
    return quantity(value, Unit.MONEY, short=short)


def share(value: Decimal | Missing | NotDefined | None) -> Sayable:
    """A fraction as a percent."""
    return percent(value * 100 if isinstance(value, Decimal) else value)


def ratio(value: Decimal | Missing | NotDefined | None) -> Sayable:
    """A plain ratio."""
    return quantity(value, Unit.RATIO)


def percent(value: Decimal | Missing | NotDefined | None) -> Sayable:
    """A percent that is one already."""
    return quantity(value, Unit.PERCENT)


def count(value: Decimal | Missing | int | None) -> Sayable:
    """A whole number."""
    return quantity(Decimal(value) if isinstance(value, int) else value, Unit.COUNT)


def waits_for(paths: tuple[str, ...]) -> Message:
    """Which facts stand in the way, by their labels, the first few by name."""
    labels = tuple(dict.fromkeys(_label(path) for path in paths))
    if len(labels) <= _NAMED:
        return message(_WAITS, facts=labels)
    return message(_WAITS_MORE, facts=labels[:_NAMED], more=len(labels) - _NAMED)


def _label(path: str) -> Message:
    try:
        return label_of(path)
    except KeyError:  # a policy key or a derived name: the path itself is the best name there is
        return Message("{path}", {"path": path})


def day(value: date | None) -> Sayable:
    """A date, or a dash."""
    return NOTHING if value is None else message(N_("{on:date}"), on=value)


def moment(value: datetime | None) -> Sayable:
    """A date and time on the institution's wall clock, or a dash."""
    return NOTHING if value is None else message(N_("{at:moment}"), at=local_time(value))


def clock_time(value: datetime | None) -> Sayable:
    """Hours and minutes alone."""
    return NOTHING if value is None else message(N_("{at:time}"), at=local_time(value))


def metres(value: Decimal | None) -> Sayable:
    """A distance, or a dash."""
    return NOTHING if value is None else message(N_("{value:metres}"), value=value)
