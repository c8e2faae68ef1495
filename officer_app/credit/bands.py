"""Bands of the policy: a ratio falls into the first step that it satisfies, and each step has a score.

Source: cases/README, section 8; comparisons are inclusive and unrounded.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from officer_app.base.words import N_, Message
from officer_app.credit.keys import Key, Wrong, read_number, read_table

LIMIT: Final = "max"  # stands for the policy's own limit in a step


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a band; `bound` None stands for the policy's own limit."""

    bound: Decimal | None
    score: Decimal


@dataclass(frozen=True, slots=True)
class Bands:
    """Steps in order, and the score of what satisfies none."""

    steps: tuple[Step, ...]
    otherwise: Decimal

    def rising(self, value: Decimal) -> Decimal:
        """The score of the first step with value ≥ bound."""
        return next(
            (step.score for step in self.steps if step.bound is not None and value >= step.bound), self.otherwise
        )

    def falling(self, value: Decimal, limit: Decimal) -> Decimal:
        """The score of the first step with value ≤ bound."""
        return next(
            (step.score for step in self.steps if value <= (limit if step.bound is None else step.bound)),
            self.otherwise,
        )


def bands_key(path: str, unit: str, bound: str) -> Key[Bands]:
    """Bands in the policy: `steps` of {`bound`, score} and `otherwise`; `bound` is "at_least" or "at_most"."""
    return Key(path, "bands", unit, lambda value: read_bands(value, bound))


def read_bands(value: object, bound: str) -> Bands:
    """Bands from their table. Errors: Wrong."""
    table = read_table(value, ("steps", "otherwise"))
    return Bands(read_steps(table["steps"], bound), read_number(table["otherwise"]))


def read_steps(value: object, bound: str) -> tuple[Step, ...]:
    """The steps of a band. Errors: Wrong."""
    if isinstance(value, str) or not isinstance(value, Sequence) or not value:
        raise Wrong(Message(N_("a list of steps")), ".steps")
    return tuple(_read_step(step, bound, f".steps[{place}]") for place, step in enumerate(value))


def _read_step(value: object, bound: str, place: str) -> Step:
    try:
        table = read_table(value, (bound, "score"))
        return Step(_read_bound(table, bound), read_number(table["score"]))
    except Wrong as wrong:
        raise Wrong(wrong.needed, place + wrong.place) from None


def _read_bound(table: Mapping[str, object], bound: str) -> Decimal | None:
    if bound == "at_most" and table[bound] == LIMIT:
        return None
    return read_number(table[bound])
