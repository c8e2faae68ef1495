"""What a form declares: its questions, groups and repeats with their rules, shared by all sessions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final

from officer_app.checklists.xpath.context import Evaluator
from officer_app.checklists.xpath.syntax import Expression

if TYPE_CHECKING:
    from officer_app.checklists.controls import Control
    from officer_app.checklists.graph import Reader, Vertex
    from officer_app.checklists.wordings import Wording

# A bound, so that a slip of the finger (2000000 in a count) cannot hang the laptop.
MAX_INSTANCES: Final = 2_000
# The words of `bind::place`, in the order in which one goes there.
ASKED_AT: Final = ("shop", "home", "desk")


class Sort(Enum):
    """What a node of the form is."""

    QUESTION = "question"
    GROUP = "group"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Formula:
    """An expression: as written, as a tree, ready to run."""

    source: str
    tree: Expression
    run: Evaluator


@dataclass(slots=True)
class Bind:
    """The rules of one node, as its `<bind>` says."""

    type: str = "string"
    relevant: Formula | None = None
    calculate: Formula | None = None
    readonly: Formula | None = None
    required: Formula | None = None
    constraint: Formula | None = None
    constraint_message: Wording | None = None
    required_message: Wording | None = None
    preload: str = ""
    preload_parameters: str = ""
    fact: str = ""
    place: str = ""
    # Where it holds, the answer of an earlier case may stand when the officer takes it so.
    again: Formula | None = None
    # The property of an entity that the answer becomes.
    save_to: str = ""
    always_readonly: bool = False
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Action:
    """A `<setvalue>`: what it writes where, and at which event."""

    target: Definition
    formula: Formula | None
    text: str
    events: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seed:
    """How a node begins: its text, or its children."""

    definition: Definition
    text: str = ""
    children: tuple[Seed, ...] = ()


class Definition:
    """One node of the form, whatever the number of its instances. `path` is generic: /data/asset/qty."""

    __slots__ = (
        "bind",
        "children",
        "control",
        "count",
        "default",
        "depth",
        "fact_path",
        "holds_facts",
        "key",
        "listeners",
        "name",
        "new_instance",
        "parent",
        "path",
        "readers",
        "sort",
        "structure_readers",
        "tag",
        "template",
        "vertices",
    )

    def __init__(self, key: str, tag: str, parent: Definition | None) -> None:
        """A node below `parent`; the loader fills in the rest."""
        self.key = key
        self.tag = tag
        self.name = tag.rpartition("}")[2]
        self.parent = parent
        self.path: str = "" if parent is None else f"{parent.path}/{self.name}"
        self.depth: int = 0 if parent is None else parent.depth + 1
        self.sort = Sort.QUESTION
        self.children: dict[str, Definition] = {}
        self.bind = Bind()
        self.control: Control | None = None
        self.template: Seed | None = None
        self.count: Formula | None = None
        self.fact_path = ""
        self.holds_facts = False  # itself or something below it is bound to a fact
        self.default = ""
        # Filled by the graph: who reads this value, who reads how often this repeats, what is reckoned here.
        self.readers: list[Reader] = []
        self.structure_readers: list[Reader] = []
        self.vertices: list[Vertex] = []
        self.listeners: list[Action] = []
        self.new_instance: list[Action] = []

    def __repr__(self) -> str:
        """The path, for whoever debugs."""
        return f"<{self.sort.value} {self.path}>"

    def child_named(self, name: str) -> Definition | None:
        """The child of a local name."""
        found = self.children.get(name)
        if found is not None:
            return found
        return next((child for child in self.children.values() if child.name == name), None)

    @property
    def is_leaf(self) -> bool:
        """Whether it holds a value."""
        return self.sort is Sort.QUESTION

    def up(self) -> Iterator[Definition]:
        """The node and all above it."""
        node: Definition | None = self
        while node is not None:
            yield node
            node = node.parent

    @property
    def place(self) -> str:
        """Where it must be asked or seen (`bind::place`: shop, home, desk): its own word, else that of its group."""
        return next((node.bind.place for node in self.up() if node.bind.place), "")

    def down(self) -> Iterator[Definition]:
        """The node and all below it, in document order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield node
            waiting.extend(reversed(node.children.values()))

    def repeats(self) -> tuple[Definition, ...]:
        """The repeats around this node, outermost first, itself included."""
        return tuple(reversed([node for node in self.up() if node.sort is Sort.REPEAT]))
