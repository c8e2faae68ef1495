"""What an expression is evaluated in: the document, its instances, the clock."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Final, TypeAlias

from officer_app.base.clock import CHINA, Clock
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.values import Value


@dataclass(slots=True)
class Surroundings:
    """What functions may ask for beside the nodes."""

    clock: Clock
    random: random.Random
    zone: tzinfo = CHINA
    instances: Mapping[str, Node] = field(default_factory=dict)
    language: str = "en"
    translate: Callable[[str], list[Node]] | None = None
    choice_label: Callable[[Node, str, str], str] | None = None

    def now(self) -> datetime:
        """The time now where the form is filled."""
        return self.clock.now().astimezone(self.zone)


class Context:
    """The moving part: the bind's node and the place in a predicate."""

    __slots__ = ("around", "current", "kept", "position", "root", "size", "zone")

    def __init__(self, root: Node, current: Node, around: Surroundings) -> None:
        """`root` answers absolute paths, `current` the function current()."""
        self.root = root
        self.current = current
        self.around = around
        self.zone = around.zone
        self.position = 1
        self.size = 1
        # While one rule is evaluated for many instances: results that are the same for all of them.
        self.kept: dict[Evaluator, Value] | None = None


Evaluator: TypeAlias = Callable[[Node, Context], Value]
NO_NAMESPACES: Final[Mapping[str, str]] = {}
