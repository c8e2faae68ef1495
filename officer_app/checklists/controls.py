"""What the person sees of a form: its body."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias

from officer_app.checklists.definitions import Definition, Formula
from officer_app.checklists.wordings import Wording
from officer_app.checklists.xpath.nodes import Node


class QuestionType(Enum):
    """How a question is asked."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TIME = "time"
    DATE_TIME = "date_time"
    SELECT_ONE = "select_one"
    SELECT_MULTIPLE = "select_multiple"
    RANK = "rank"
    RANGE = "range"
    NOTE = "note"
    IMAGE = "image"
    AUDIO = "audio"
    VIDEO = "video"
    FILE = "file"
    GEOPOINT = "geopoint"
    GEOTRACE = "geotrace"
    GEOSHAPE = "geoshape"
    BARCODE = "barcode"
    ACKNOWLEDGE = "acknowledge"


CHOOSING = frozenset({QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE, QuestionType.RANK})


@dataclass(frozen=True, slots=True)
class StaticChoice:
    """A choice written into the control itself."""

    name: str
    label: Wording


@dataclass(frozen=True, slots=True)
class ItemSet:
    """Choices taken from a list: which items, and which of an item's children are name and label."""

    nodes: Formula
    everything: Formula
    name: str
    label: str
    label_is_identifier: bool
    filtered: bool


@dataclass(slots=True)
class Control:
    """One question of the body."""

    definition: Definition
    type: QuestionType
    label: Wording
    hint: Wording
    appearance: tuple[str, ...] = ()
    choices: tuple[StaticChoice, ...] = ()
    itemset: ItemSet | None = None
    parameters: Mapping[str, str] = field(default_factory=dict)
    # Every item of the list behind the choices, filtered or not, where the form itself carries the list.
    listed: tuple[Node, ...] = ()


@dataclass(slots=True)
class GroupPart:
    """A group of the body; one without a node of its own has the definition of its parent."""

    definition: Definition
    label: Wording
    appearance: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)


@dataclass(slots=True)
class RepeatPart:
    """A repeat of the body.

    Its label stands outside of it, so its expressions ask for the first instance; `inside` has them by their text
    as each instance reads them.
    """

    definition: Definition
    label: Wording
    appearance: tuple[str, ...]
    parts: list[Part] = field(default_factory=list)
    inside: dict[str, Formula] = field(default_factory=dict)


Part: TypeAlias = "Control | GroupPart | RepeatPart"
