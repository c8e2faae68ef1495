"""Numbers that may be missing: what is not known yet is absorbed by arithmetic and names the facts it waits for.

An officer is half-way through a visit most of the time, so every formula here is total: with all facts it gives a
Decimal, without some it gives `Missing` with their paths, and it never raises.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal, DivisionByZero, InvalidOperation, Overflow
from enum import Enum
from typing import Final, TypeAlias, TypeVar

T = TypeVar("T")
R = TypeVar("R")

ZERO: Final = Decimal(0)
ONE: Final = Decimal(1)
HUNDRED: Final = Decimal(100)
YEAR: Final = Decimal(12)
MONTH_DAYS: Final = Decimal(30)

# Source: cases/README, head: "compute in decimals (about 34 digits), round nothing on the way". Six more keep
# a result that is exact in 34 digits exact after a few divisions.
DIGITS: Final = 40


def arithmetic() -> Context:
    """The context of every computation here; use it with `decimal.localcontext`, never globally."""
    return Context(prec=DIGITS, rounding=ROUND_HALF_EVEN, traps=[InvalidOperation, DivisionByZero, Overflow])


class Why(Enum):
    """Why a number is not there."""

    ABSENT = "absent"  # nobody has said it yet
    INVALID = "invalid"  # it was said, and it cannot be (a negative rent, a term of no months)
    UNDEFINED = "undefined"  # it makes a ratio without meaning (a price of 0 under a margin)


@dataclass(frozen=True, slots=True)
class Lack:
    """One fact that stands in the way."""

    path: str
    why: Why


@dataclass(frozen=True, slots=True)
class Missing:
    """A number that cannot be told, and the facts it waits for. Arithmetic with it gives it back, widened."""

    lacks: tuple[Lack, ...]

    @property
    def paths(self) -> tuple[str, ...]:
        """The facts that stand in the way, in the order they were met."""
        return tuple(dict.fromkeys(lack.path for lack in self.lacks))

    @property
    def absent(self) -> bool:
        """Nobody has said it yet; nothing is wrong with it."""
        return all(lack.why is Why.ABSENT for lack in self.lacks)

    def __add__(self, other: Figure | int) -> Missing:
        """Give the union of what both wait for."""
        return absorbed(self, other)

    __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = __add__


class NotDefined(Enum):
    """A ratio that has no meaning by rule, and is said so: debt to an equity of nothing."""

    NOT_DEFINED = "not_defined"


Figure: TypeAlias = Decimal | Missing
Truth: TypeAlias = bool | Missing
Ratio: TypeAlias = Decimal | Missing | NotDefined
NOT_DEFINED: Final = NotDefined.NOT_DEFINED


def absent(*paths: str) -> Missing:
    """Facts that nobody has said yet."""
    return Missing(tuple([Lack(path, Why.ABSENT) for path in paths]))


def invalid(*paths: str) -> Missing:
    """Facts that were said and cannot be."""
    return Missing(tuple(Lack(path, Why.INVALID) for path in paths))


def undefined(*paths: str) -> Missing:
    """Facts that leave a ratio without meaning."""
    return Missing(tuple(Lack(path, Why.UNDEFINED) for path in paths))


def absorbed(*things: object) -> Missing:
    """What all the missing ones among these wait for, each fact once."""
    lacks = (lack for thing in things if isinstance(thing, Missing) for lack in thing.lacks)
    return Missing(tuple(dict.fromkeys(lacks)))


def known(figure: Ratio) -> Decimal | None:
    """The number, or None where there is none."""
    return figure if isinstance(figure, Decimal) else None


def total(figures: Iterable[Figure]) -> Figure:
    """Sum; 0 of nothing."""
    found: Figure = ZERO
    for figure in figures:
        found = found + figure
    return found


def summed(items: Sequence[T] | Missing, amount: Callable[[T], Figure]) -> Figure:
    """Sum of one figure over a list that may itself be missing."""
    return items if isinstance(items, Missing) else total(amount(item) for item in items)


def least(figures: Iterable[Figure], of_nothing: Missing) -> Figure:
    """The lowest; missing when one of them is, since it might be the lowest."""
    return _extreme(tuple(figures), min, of_nothing)


def greatest(figures: Iterable[Figure], of_nothing: Missing) -> Figure:
    """The highest; missing when one of them is."""
    return _extreme(tuple(figures), max, of_nothing)


def _extreme(figures: tuple[Figure, ...], choose: Callable[[list[Decimal]], Decimal], of_nothing: Missing) -> Figure:
    numbers = [figure for figure in figures if isinstance(figure, Decimal)]
    if len(numbers) < len(figures):
        return absorbed(*figures)
    return choose(numbers) if numbers else of_nothing


def magnitude(figure: Figure) -> Figure:
    """The figure without its sign."""
    return abs(figure) if isinstance(figure, Decimal) else figure


def not_below_zero(figure: Figure) -> Figure:
    """The figure, or 0 where it is negative."""
    return max(ZERO, figure) if isinstance(figure, Decimal) else figure


def ratio(top: Figure, bottom: Figure, *culprits: str) -> Figure:
    """`top` / `bottom`; over 0 it is missing, with the facts that made it so."""
    if isinstance(top, Missing) or isinstance(bottom, Missing):
        return absorbed(top, bottom)
    return top / bottom if bottom else undefined(*culprits)


def deviation(found: Figure, told: Figure, *culprits: str) -> Figure:
    """(found − told) / told, as a fraction."""
    return ratio(found - told, told, *culprits)


def at_most(value: Figure, limit: Figure) -> Truth:
    """Whether value ≤ limit."""
    if isinstance(value, Missing) or isinstance(limit, Missing):
        return absorbed(value, limit)
    return value <= limit


def all_true(truths: Iterable[Truth]) -> Truth:
    """False as soon as one is false, then missing when one is missing, else true."""
    found = tuple(truths)
    if any(truth is False for truth in found):
        return False
    return True if all(truth is True for truth in found) else absorbed(*found)


def any_true(truths: Iterable[Truth]) -> Truth:
    """True as soon as one is true, then missing when one is missing, else false."""
    return denied(all_true(denied(truth) for truth in truths))


def denied(truth: Truth) -> Truth:
    """Not."""
    return truth if isinstance(truth, Missing) else not truth


def lift(compute: Callable[..., R], *figures: Figure) -> R | Missing:
    """`compute(*figures)` when all are known; what they wait for otherwise."""
    if any(isinstance(figure, Missing) for figure in figures):
        return absorbed(*figures)
    return compute(*figures)
