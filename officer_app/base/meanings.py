"""What an error says: whose fault it is, one sentence, one remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Kind(Enum):
    """Whose fault it is: the surroundings, what was asked, or ours."""

    ENVIRONMENT = "environment"
    REFUSAL = "refusal"
    BUG = "bug"


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an error code says to a person: one sentence and one remedy, both message ids."""

    kind: Kind
    sentence: str
    remedy: str


def environment(sentence: str, remedy: str) -> Meaning:
    """The surroundings failed: a disk, a stick, a network."""
    return Meaning(Kind.ENVIRONMENT, sentence, remedy)


def refusal(sentence: str, remedy: str) -> Meaning:
    """What was asked for cannot be done, and why."""
    return Meaning(Kind.REFUSAL, sentence, remedy)
