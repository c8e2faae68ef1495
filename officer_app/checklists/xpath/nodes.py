"""Light nodes: what expressions walk on.

A document from a stranger and a form's own answers are the same kind of tree. Children are also kept by name,
since nearly every step of a real form asks for a child by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum
from typing import Final


class NodeKind(IntEnum):
    """The seven kinds of XPath 1.0."""

    DOCUMENT = 0
    ELEMENT = 1
    ATTRIBUTE = 2
    TEXT = 3
    COMMENT = 4
    INSTRUCTION = 5
    NAMESPACE = 6


NO_CHILDREN: Final[list[Node]] = []
NO_NAMES: Final[dict[str, list[Node]]] = {}


class Node:
    """One node. `key` is what a name test compares: the local name, in Clark notation when it has a namespace.

    `value` is the text of a leaf; an element with children has None and its text is that of its descendants.
    """

    __slots__ = (
        "attributes",
        "children",
        "index",
        "key",
        "kind",
        "local",
        "named",
        "number",
        "parent",
        "prefix",
        "uri",
        "value",
    )

    def __init__(self, kind: NodeKind, key: str = "", value: str | None = None, parent: Node | None = None) -> None:
        """A node without children; `attach` gives it some."""
        self.kind = kind
        self.key = key
        self.local = key
        self.prefix = ""
        self.number = 0  # the place of a repeat instance, kept up to date by the form; 0 elsewhere
        self.uri = ""
        self.value = value
        self.parent = parent
        self.children: list[Node] = NO_CHILDREN
        self.named: dict[str, list[Node]] = NO_NAMES
        self.attributes: list[Node] = NO_CHILDREN
        self.index: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def attach(self, child: Node) -> None:
        """Put a child behind the others."""
        if self.children is NO_CHILDREN:
            self.children, self.named = [], {}
        self.children.append(child)
        child.parent = self
        if child.kind is NodeKind.ELEMENT:
            self.named.setdefault(child.key, []).append(child)

    def add_attribute(self, attribute: Node) -> None:
        """Give this element one more attribute."""
        if self.attributes is NO_CHILDREN:
            self.attributes = []
        self.attributes.append(attribute)
        attribute.parent = self

    @property
    def qualified(self) -> str:
        """The name with its prefix, as written."""
        return f"{self.prefix}:{self.local}" if self.prefix else self.local

    def text(self) -> str:
        """The string-value of XPath 1.0."""
        if self.value is not None:
            return self.value
        return "".join(_texts(self))

    def child_nodes(self) -> Sequence[Node]:
        """Children with the text of a leaf as a node of its own."""
        if self.children or not self.value or self.kind is not NodeKind.ELEMENT:
            return self.children
        return [Node(NodeKind.TEXT, "", self.value, self)]


def _texts(node: Node) -> Iterator[str]:
    for child in node.children:
        if child.kind is NodeKind.ELEMENT:
            yield child.text()
        elif child.kind is NodeKind.TEXT:
            yield child.value or ""


def in_document_order(nodes: Sequence[Node]) -> list[Node]:
    """Each node once, in document order."""
    unique = list({id(node): node for node in nodes}.values())
    if len(unique) < 2:
        return unique
    return sorted(unique, key=_place)


def _place(node: Node) -> tuple[tuple[int, int], ...]:
    """Where a node stands: its ancestors' places among their siblings; attributes before children."""
    places: list[tuple[int, int]] = []
    parent = node.parent
    while parent is not None:
        places.append(_among(node, parent))
        node, parent = parent, parent.parent
    places.reverse()
    return tuple(places)


def _among(node: Node, parent: Node) -> tuple[int, int]:
    if node.kind is NodeKind.NAMESPACE:
        return (0, 0)
    if node.kind is NodeKind.ATTRIBUTE:
        return (1, _position(node, parent.attributes))
    return (2, _position(node, parent.children))


def _position(node: Node, siblings: Sequence[Node]) -> int:
    for place, sibling in enumerate(siblings):
        if sibling is node:
            return place
    return -1
