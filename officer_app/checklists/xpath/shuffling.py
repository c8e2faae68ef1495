"""Shuffling by a seed, the same order on every engine: Park-Miller numbers, Fisher-Yates from the inside out."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

_MODULUS: Final = 2_147_483_647
_MULTIPLIER: Final = 16_807
T = TypeVar("T")


def shuffled(items: Sequence[T], seed: float) -> list[T]:
    """The items in the order that a seed gives. Source: ODK XForms, randomize()."""
    mixed: list[T] = []
    fractions = _fractions(seed)
    for place, item in enumerate(items):
        other = int(next(fractions) * (place + 1))
        mixed.append(item)
        mixed[place], mixed[other] = mixed[other], item
    return mixed


def _fractions(seed: float) -> Iterator[float]:
    whole = math.trunc(seed) if math.isfinite(seed) else 0
    state = int(math.fmod(whole, _MODULUS))
    if state <= 0:
        state += _MODULUS - 1
    while True:
        state = state * _MULTIPLIER % _MODULUS
        yield (state - 1) / (_MODULUS - 1)
