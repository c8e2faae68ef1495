"""How sure a count makes us: the exact 95 % bounds of a share (Clopper and Pearson, one-sided)."""

from __future__ import annotations

from collections.abc import Callable
from math import exp, lgamma, log
from typing import Final, TypeAlias

_DOUBT: Final = 0.05
_Falling: TypeAlias = Callable[[float], float]


def at_most(hits: int, tries: int) -> float:
    """The largest share that would still give so few hits one time in twenty; 3/n for none."""
    return 1.0 if hits >= tries else _solved(lambda share: _tail(hits, tries, share) - _DOUBT)


def at_least(hits: int, tries: int) -> float:
    """The smallest share that would still give so many hits one time in twenty."""
    return 1 - at_most(tries - hits, tries)


def _tail(hits: int, tries: int, share: float) -> float:
    """The chance of at most `hits`."""
    return sum(
        exp(lgamma(tries + 1) - lgamma(k + 1) - lgamma(tries - k + 1) + k * log(share) + (tries - k) * log(1 - share))
        for k in range(hits + 1)
    )


def _solved(falling: _Falling) -> float:
    low, high = 1e-9, 1 - 1e-9
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if falling(middle) > 0 else (low, middle)
    return high
