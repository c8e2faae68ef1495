"""Shared measures of plots: scales, and texts that several of them use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message, message

ROW: Final = 2.05  # height of a row, in text sizes

_MONEY: Final = N_("{amount:money}")
_PERCENT: Final = N_("{share:percent}")
_SIGNED: Final = N_("+{share:percent}")


@dataclass(frozen=True, slots=True)
class Scale:
    """From an amount to a place: `low` lies at `start`, `high` at `end`."""

    low: float
    high: float
    start: float
    end: float

    def at(self, value: Decimal | float) -> float:
        """The place of a value."""
        span = self.high - self.low
        share = (float(value) - self.low) / span if span else 0.5
        return self.start + share * (self.end - self.start)


def spread(values: Iterable[Decimal | float], *, margin: float = 0.0, zero: bool = False) -> tuple[float, float]:
    """The range of some values, with a margin on both sides; with `zero` it begins or ends there at least."""
    known = [float(value) for value in values] + ([0.0] if zero else [])
    low, high = min(known), max(known)
    gap = (high - low or abs(high) or 1.0) * margin
    return low - gap, high + gap


def amount(value: Decimal) -> Message:
    """A sum of money as a label: whole yuan, since a plot is read, not added up."""
    return message(_MONEY, amount=value.quantize(Decimal(1)))


def signed_percent(percent: Decimal) -> Message:
    """A deviation with its sign, one decimal: −32.5 %."""
    share = percent.quantize(Decimal("0.1"))
    return message(_SIGNED if share > 0 else _PERCENT, share=share)
