"""A part of a long campaign for the usual run; the whole of it is run by `--full`."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TypeVar

T = TypeVar("T")

ONE_IN = 8
ONE_IN_MANY = 20


def sampled(items: Iterable[T], name: str, *, full: bool, one_in: int = ONE_IN) -> list[T]:
    """One in so many, from a place that the name gives; all of them when `full`. Says what it took."""
    whole = list(items)
    begin = 0 if full else sha256(name.encode()).digest()[0] % one_in
    some = whole if full else whole[begin::one_in]
    print(f"{name}: {len(some)} of {len(whole)}")
    return some
