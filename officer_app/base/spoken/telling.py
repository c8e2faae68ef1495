"""What was read, said back: nobody has to trust a number that a program took out of a sentence."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from officer_app.base.numerals import trimmed
from officer_app.base.spoken.counting import Sureness
from officer_app.base.spoken.measures import Kind, Span
from officer_app.base.spoken.reading import Amount, Period
from officer_app.base.words import N_, Message, Sayable, Verbatim, message

_SURENESS: Final = {
    Sureness.EXACT: "{value}",
    Sureness.ABOUT: N_("about {value}"),
    Sureness.OVER: N_("at least {value}"),
    Sureness.UNDER: N_("at most {value}"),
}
_UNITS: Final = {
    Kind.MONEY: N_("{amount} yuan"),
    Kind.WEIGHT: N_("{amount} kg"),
    Kind.AREA: N_("{amount} m²"),
    Kind.LENGTH: N_("{amount} km"),
    Kind.VOLUME: N_("{amount} litres"),
    Kind.ENERGY: N_("{amount} kWh"),
    Kind.SHARE: N_("{amount} per cent"),
    Kind.RATE: N_("{amount} per cent"),
}
_SPANS: Final = {
    Span.MINUTE: N_("{amount} minutes"),
    Span.HOUR: N_("{amount} hours"),
    Span.DAY: N_("{amount} days"),
    Span.WEEK: N_("{amount} weeks"),
    Span.MONTH: N_("{amount} months"),
    Span.QUARTER: N_("{amount} quarters"),
    Span.TERM: N_("{amount} school terms"),
    Span.YEAR: N_("{amount} years"),
}
_PERIODS: Final = {
    Span.MINUTE: N_("{amount} a minute"),
    Span.HOUR: N_("{amount} an hour"),
    Span.DAY: N_("{amount} a day"),
    Span.WEEK: N_("{amount} a week"),
    Span.MONTH: N_("{amount} a month"),
    Span.QUARTER: N_("{amount} a quarter"),
    Span.TERM: N_("{amount} a school term"),
    Span.YEAR: N_("{amount} a year"),
}
_HALVES: Final = {
    Span.DAY: N_("{amount} every half day"),
    Span.MONTH: N_("{amount} every half month"),
    Span.YEAR: N_("{amount} every half year"),
}
_PER: Final = N_("{amount} for each {thing}")


def told(amount: Amount) -> Sayable:
    """An amount in words: 一天两万多 is "at least 20,000 a day"."""
    said = _period(_unit(amount), amount.period)
    return message(_PER, amount=said, thing=amount.per.word or "1") if amount.per is not None else said


def _unit(amount: Amount) -> Message:
    number = _number(amount.low, amount.high, amount.sureness)
    measure = amount.measure
    if measure is None:
        return number
    if measure.kind is Kind.TIME and measure.span is not None:
        return message(_SPANS[measure.span], amount=number)
    if measure.kind is Kind.PIECE:
        return message("{amount} {word}", amount=number, word=Verbatim(measure.word))
    return message(_UNITS[measure.kind], amount=number)


def _number(low: Decimal, high: Decimal, sureness: Sureness) -> Message:
    if low != high:
        return message(N_("{low} to {high}"), low=shown(low), high=shown(high))
    return message(_SURENESS[sureness], value=shown(low))


def _period(said: Message, period: Period | None) -> Message:
    if period is None:
        return said
    texts = _PERIODS if period.times == 1 else _HALVES
    return message(texts[period.span], amount=said)


def shown(value: Decimal) -> str:
    """Grouped, at most four decimals, no trailing zeros."""
    return trimmed(value, 4)
