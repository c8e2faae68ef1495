"""The form as a screen shows it: sections, blocks, repeats and questions in a language, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple, TypeAlias

from officer_app.base.words import N_, Message
from officer_app.checklists.controls import QuestionType
from officer_app.checklists.journal import Violation as ViolationKind

__all__ = [
    "Block",
    "Choice",
    "Counts",
    "Instance",
    "Item",
    "Problem",
    "Question",
    "QuestionType",
    "RepeatBlock",
    "Section",
    "Violation",
    "ViolationKind",
]


class Choice(NamedTuple):
    """One thing to choose. A tuple, since lists of thousands are made while somebody waits: half the time."""

    name: str
    label: str
    image: str | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """What is wrong with an answer: the form's own words ("" when it has none) and ours."""

    kind: ViolationKind
    text: str

    @property
    def message(self) -> Message:
        """Our sentence, for forms that say nothing."""
        return Message(OUR_WORDS[self.kind])


OUR_WORDS: Final[Mapping[ViolationKind, str]] = {
    ViolationKind.REQUIRED: N_("This answer is required."),
    ViolationKind.CONSTRAINT: N_("This answer is outside what the form allows."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question as it stands now."""

    ref: str
    name: str
    type: QuestionType
    label: str
    hint: str
    guidance: str
    image: str | None
    value: str
    choices: tuple[Choice, ...]
    relevant: bool
    readonly: bool
    required: bool
    violation: Violation | None
    appearance: tuple[str, ...]
    fact: str | None
    parameters: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unworded:
    """One question as it stands now, without its words and choices."""

    ref: str
    name: str
    fact: str | None
    value: str
    relevant: bool


@dataclass(frozen=True, slots=True)
class Block:
    """Questions that stand together: a group with its heading, or one question without."""

    ref: str
    label: str
    relevant: bool
    field_list: bool
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a repeat."""

    ref: str
    index: int
    label: str
    relevant: bool
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class RepeatBlock:
    """A repeat; `fixed` when the form sets how often, `fact` the list that it fills."""

    ref: str
    label: str
    relevant: bool
    fixed: bool
    appearance: tuple[str, ...]
    instances: tuple[Instance, ...]
    fact: str | None = None


Item: TypeAlias = "Block | RepeatBlock"


@dataclass(frozen=True, slots=True)
class Counts:
    """How far a section is: relevant questions, notes not counted."""

    answered: int
    required: int
    missing: int
    total: int
    violations: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the form with its own entry in the list of sections."""

    ref: str
    label: str
    relevant: bool
    items: tuple[Item, ...]
    counts: Counts


@dataclass(frozen=True, slots=True)
class Problem:
    """An answer that is missing or not accepted, and where to find it."""

    ref: str
    section_ref: str
    label: str
    violation: Violation
