"""A cross-check written short: its words once, its numbers for each result; and comparisons that are total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeAlias

from officer_app.base.words import Message, Sayable
from officer_app.credit.assessment import CheckResult, Field, FlagKind, Unit
from officer_app.credit.crosschecks.check import Check, Finding, failing, judged, not_done
from officer_app.credit.figures import (
    HUNDRED,
    Figure,
    Missing,
    Truth,
    absent,
    at_most,
    deviation,
    magnitude,
)
from officer_app.credit.ground import Ground

Results: TypeAlias = tuple[CheckResult, ...]


@dataclass(frozen=True, slots=True)
class Numbers:
    """What a result shows beside its sentence; None stands for a number that the check does not have."""

    told: Figure | None = None
    found: Figure | None = None
    apart: Figure | None = None
    limit: Figure | None = None
    unit: Unit = Unit.MONEY
    apart_unit: Unit = Unit.PERCENT

    @property
    def limit_unit(self) -> Unit:
        """A limit is one of the deviation where there is one, else of the figure found."""
        return self.unit if self.apart is None else self.apart_unit


NO_NUMBERS = Numbers()


@dataclass(frozen=True, slots=True)
class Rule:
    """One check's words: `begin` asks for its facts, `pursue` is asked when it fails."""

    id: str
    flag: FlagKind
    title: Message
    formula: Message
    begin: Message
    pursue: Message

    def check(self, examine: Callable[[Ground], Results]) -> Check:
        """The check that raises this rule's flag alone."""
        return Check(self.flag.order, (self.flag,), examine)

    def not_begun(self, *paths: str) -> Results:
        """Nobody gave its facts: listed with what to ask, not counted."""
        return (not_done(self.id, self.title, self.formula, self.begin, *paths),)

    def result(
        self,
        passes: Truth,
        sentence: Message,
        paths: tuple[str, ...],
        numbers: Numbers = NO_NUMBERS,
        *,
        part: str = "",
        title: Sayable | None = None,
        formula: Message | None = None,
    ) -> Results:
        """One result; `part` tells several results of one rule apart, with a title and a formula of their own."""
        identity = f"{self.id}_{part}" if part else self.id
        return (
            judged(
                Finding(
                    identity,
                    self.title if title is None else title,
                    self.formula if formula is None else formula,
                    sentence,
                    passes,
                    self.pursue,
                    paths,
                    numbers.told,
                    numbers.found,
                    numbers.apart,
                    numbers.limit,
                    numbers.unit,
                    numbers.limit_unit,
                    _fields(numbers),
                    failing(self.flag, identity, sentence, paths),
                )
            ),
        )


def _fields(numbers: Numbers) -> tuple[Field, ...]:
    shown = (("told", numbers.told), ("value", numbers.found), ("deviation", numbers.apart))
    limit = () if numbers.limit is None else (Field("limit", numbers.limit),)
    return (*(Field(name, figure, 2) for name, figure in shown if figure is not None), *limit)


def compared(told: Figure, found: Figure, tolerance: Decimal, *culprits: str) -> Numbers:
    """Two amounts, how far the second is from the first in per cent, and how far it may be."""
    return Numbers(told, found, deviation(found, told, *culprits) * HUNDRED, tolerance)


def near(found: Figure, told: Figure, percent: Decimal) -> Truth:
    """Whether |found − told| ≤ percent of |told|; without a division, so that nothing against nothing agrees."""
    return at_most(magnitude(found - told) * HUNDRED, magnitude(told) * percent)


def unsaid(*facts: object) -> bool:
    """Nobody has said any of these facts: no number, no day, no text, an empty list."""
    return all(fact.absent if isinstance(fact, Missing) else fact in (None, "", ()) for fact in facts)


def day_of(day: date | None, path: str) -> Figure:
    """A day as a number of days, so that two days can be compared like other figures."""
    return absent(path) if day is None else Decimal(day.toordinal())


def is_one_of(choice: str | Missing, *choices: str) -> Truth:
    """Whether a chosen word is one of these."""
    return choice if isinstance(choice, Missing) else choice in choices


def either(one: Truth, other: Truth) -> Truth:
    """True as soon as one is true, then missing when one is missing, else false."""
    if one is True or other is True:
        return True
    return one if isinstance(one, Missing) else other
