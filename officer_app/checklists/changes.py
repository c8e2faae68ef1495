"""What a change did, so that each screen refreshes only what it shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

_NONE: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Dropped:
    """A selected value that is no longer offered, and so was taken away."""

    ref: str
    text: str


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a list before and after a change, in their order, by what each is known by for life."""

    repeat: str
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """Refs as they are after the change."""

    values: frozenset[str] = _NONE
    relevance: frozenset[str] = _NONE
    readonly: frozenset[str] = _NONE
    required: frozenset[str] = _NONE
    violations: frozenset[str] = _NONE
    choices: frozenset[str] = _NONE
    labels: frozenset[str] = _NONE
    # repeat ref -> how many instances before and after
    repeats: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    # the same lists row by row, outer lists before those in their rows
    rows: tuple[Rows, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    # what to write down: ref -> text, None where the ref is to be forgotten; same keys as FormSession.answers()
    stored: Mapping[str, str | None] = field(default_factory=dict)

    @classmethod
    def empty(cls) -> Changes:
        """Nothing changed."""
        return cls()

    def touched(self) -> frozenset[str]:
        """Every ref to look at again."""
        return (
            self.values
            | self.relevance
            | self.readonly
            | self.required
            | self.violations
            | self.choices
            | self.labels
        )

    def __bool__(self) -> bool:
        """Whether anything changed at all."""
        return bool(self.touched() or self.repeats or self.stored)
