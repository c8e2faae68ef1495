"""What was said, in the unit that is asked for: 350 a day is 10,500 a month of 30 days.

Source of the spans: 12 months, 52 weeks and 365 days make a year. A month has 30 days for a business that is open
every day; who rests on Sundays has 26. Which one was used is said with the result, and the officer may choose.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from typing import Final

from officer_app.base.spoken.measures import MONTHS, Kind, Measure, Span
from officer_app.base.spoken.reading import Amount, Period

# Open every day, as most of the shops that are visited are; the second choice is a month without its Sundays.
DAYS_PER_MONTH: Final = 30
DAY_CHOICES: Final = (30, 26)
_WEEKS_PER_MONTH: Final = Decimal(52) / Decimal(12)
_FEN: Final = Decimal("0.01")
_FINE: Final = Decimal("0.0001")


class Side(Enum):
    """Which end of a range is the careful one: the lower for what comes in, the higher for what goes out."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in the unit asked for; `days` of a month when they were used, `moved` when anything was reckoned."""

    low: Decimal
    high: Decimal
    days: int | None = None
    moved: bool = False

    def proposed(self, side: Side) -> Decimal:
        """The careful end."""
        return self.low if side is Side.LOWER else self.high


@dataclass(frozen=True, slots=True)
class Target:
    """A unit as facts declare it: `money/month`, `kg`, `percent/year`; `span` is what stands behind the stroke."""

    kind: Kind | None
    factor: Decimal = Decimal(1)
    span: Span | None = None
    time: Span | None = None


_SPANS: Final = {"day": Span.DAY, "month": Span.MONTH, "year": Span.YEAR}
_TIMES: Final = {
    "months": Span.MONTH,
    "years": Span.YEAR,
    "days": Span.DAY,
    "hours": Span.HOUR,
    "minutes": Span.MINUTE,
}
_KINDS: Final[Mapping[str, tuple[Kind, str]]] = {
    "money": (Kind.MONEY, "1"),
    "kg": (Kind.WEIGHT, "1"),
    "tonnes": (Kind.WEIGHT, "1000"),
    "km": (Kind.LENGTH, "1"),
    "litre": (Kind.VOLUME, "1"),
    "m2": (Kind.AREA, "1"),
    "mu": (Kind.AREA, "666.666667"),
}
_COUNTED: Final = frozenset({"persons", "count", "units", "times", "head", "seats", "number", "rank", "day", ""})


def target_of(unit: str, *, monthly: bool = False) -> Target:
    """What a fact's unit asks for; `monthly` for counts that the fact's own name puts into a month."""
    head, _, tail = unit.partition("/")
    span = _SPANS.get(tail) or (Span.MONTH if monthly else None)
    if unit in _TIMES:
        return Target(Kind.TIME, time=_TIMES[unit])
    if head == "percent":
        return Target(Kind.RATE if span else Kind.SHARE, span=span)
    if head in _KINDS:
        kind, factor = _KINDS[head]
        return Target(kind, Decimal(factor), span)
    return Target(Kind.PIECE if unit in _COUNTED else None, span=span)


def into(amount: Amount, target: Target, days: int = DAYS_PER_MONTH) -> Converted | None:
    """The amount as the unit asks for it, or None where it measures something else."""
    if target.kind is Kind.TIME:
        return _time(amount, target, days)
    if not _same_kind(amount.measure, target):
        return None
    factor, used = _times(amount.period, target.span, days)
    if factor is None:
        return None
    # A bare number is in the unit that is asked for.
    factor = factor / target.factor if amount.measure is not None else factor
    if target.kind is Kind.WEIGHT and amount.per is not None and amount.per.kind is Kind.MONEY:
        return None
    low, high = amount.low * factor, amount.high * factor
    if target.kind is Kind.MONEY and amount.per is not None:
        low, high = low / amount.per.factor, high / amount.per.factor
    fine = _FEN if target.kind is Kind.MONEY and target.span is not None else _FINE
    moved = factor != 1 or low != amount.low
    return Converted(_cut(low, fine), _cut(high, fine), used, moved)


def _same_kind(measure: Measure | None, target: Target) -> bool:
    if measure is None or measure.kind is target.kind:
        return True
    if target.kind is Kind.PIECE:
        return measure.kind in (Kind.WEIGHT, Kind.VOLUME, Kind.ENERGY, Kind.AREA, Kind.LENGTH)
    if {measure.kind, target.kind} == {Kind.SHARE, Kind.RATE}:
        return True
    return target.kind is None


def _times(period: Period | None, span: Span | None, days: int) -> tuple[Decimal | None, int | None]:
    """By what an amount of one period is multiplied for the span asked for, and the days of a month if they count."""
    if period is None or period == Period(span or Span.YEAR):
        # Without a span a sum is asked for, and the sum of a year is one (去年存下五万八); what is shorter flows.
        return Decimal(1), None
    month, used = _per_month(period, days) if span is not None else (None, None)
    if month is None:
        return None, None
    by_span = {Span.MONTH: month, Span.YEAR: month * 12, Span.DAY: month / days}
    return by_span.get(span or Span.WEEK), days if span is Span.DAY else used


def _per_month(period: Period, days: int) -> tuple[Decimal | None, int | None]:
    if period.span in MONTHS:
        return 1 / (MONTHS[period.span] * period.times), None
    if period.span is Span.WEEK:
        return _WEEKS_PER_MONTH / period.times, None
    if period.span is Span.DAY:
        return days / period.times, days
    return None, None


def _time(amount: Amount, target: Target, days: int) -> Converted | None:
    """两年 as 24 months, 四十分钟 as 0.67 hours."""
    if amount.measure is None:
        return Converted(amount.low, amount.high)
    said = amount.measure.span
    if amount.measure.kind is not Kind.TIME or said is None or target.time is None:
        return None
    factor = _ratio(said, target.time, days)
    if factor is None:
        return None
    used = days if factor != 1 and Span.DAY in (said, target.time) and Span.YEAR not in (said, target.time) else None
    low, high = _cut(amount.low * factor, _FEN), _cut(amount.high * factor, _FEN)
    return Converted(low, high, used, moved=factor != 1)


def _ratio(said: Span, asked: Span, days: int) -> Decimal | None:
    if said is asked:
        return Decimal(1)
    if said in MONTHS and asked in MONTHS:
        return MONTHS[said] / MONTHS[asked]
    minutes = {Span.MINUTE: Decimal(1), Span.HOUR: Decimal(60), Span.DAY: Decimal(1440), Span.WEEK: Decimal(10080)}
    if said in minutes and asked in minutes:
        return minutes[said] / minutes[asked]
    in_days = {Span.DAY: Decimal(1), Span.WEEK: Decimal(7), Span.YEAR: Decimal(365)}
    in_days |= {span: months * days for span, months in MONTHS.items() if span is not Span.YEAR}
    if said in in_days and asked in in_days:
        return in_days[said] / in_days[asked]
    return None


def _cut(value: Decimal, fine: Decimal) -> Decimal:
    exact = value.normalize()
    exponent = exact.as_tuple().exponent
    if isinstance(exponent, int) and exponent > 0:
        return exact.quantize(Decimal(1))
    shorter = exact.quantize(fine, rounding=ROUND_HALF_UP)
    return exact if shorter == exact else shorter
