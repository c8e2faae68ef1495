"""The thirteen axes: from one node to others, nearest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType
from typing import Final

from officer_app.checklists.xpath.nodes import Node, NodeKind

XML_URI: Final = "http://www.w3.org/XML/1998/namespace"
REVERSE: Final = frozenset({"ancestor", "ancestor-or-self", "preceding", "preceding-sibling"})
Axis = Callable[[Node], Iterator[Node]]


def _self(node: Node) -> Iterator[Node]:
    yield node


def _child(node: Node) -> Iterator[Node]:
    yield from node.child_nodes()


def _parent(node: Node) -> Iterator[Node]:
    if node.parent is not None:
        yield node.parent


def _descendant(node: Node) -> Iterator[Node]:
    waiting = list(reversed(node.child_nodes()))
    while waiting:
        below = waiting.pop()
        yield below
        waiting.extend(reversed(below.child_nodes()))


def _descendant_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _descendant(node)


def _ancestor(node: Node) -> Iterator[Node]:
    above = node.parent
    while above is not None:
        yield above
        above = above.parent


def _ancestor_or_self(node: Node) -> Iterator[Node]:
    yield node
    yield from _ancestor(node)


def _siblings(node: Node) -> tuple[list[Node], int]:
    """The children of the parent and this node's place among them; none for attributes and namespaces."""
    if node.parent is None or node.kind in (NodeKind.ATTRIBUTE, NodeKind.NAMESPACE):
        return [], 0
    family = list(node.parent.child_nodes())
    return family, next((place for place, member in enumerate(family) if member is node), 0)


def _following_sibling(node: Node) -> Iterator[Node]:
    family, place = _siblings(node)
    yield from family[place + 1 :]


def _preceding_sibling(node: Node) -> Iterator[Node]:
    family, place = _siblings(node)
    yield from reversed(family[:place])


def _following(node: Node) -> Iterator[Node]:
    if node.kind in (NodeKind.ATTRIBUTE, NodeKind.NAMESPACE) and node.parent is not None:
        yield from _descendant(node.parent)
        node = node.parent
    for start in _ancestor_or_self(node):
        for sibling in _following_sibling(start):
            yield from _descendant_or_self(sibling)


def _preceding(node: Node) -> Iterator[Node]:
    if node.kind in (NodeKind.ATTRIBUTE, NodeKind.NAMESPACE) and node.parent is not None:
        node = node.parent
    for start in _ancestor_or_self(node):
        for sibling in _preceding_sibling(start):
            yield from reversed(list(_descendant_or_self(sibling)))


def _attribute(node: Node) -> Iterator[Node]:
    yield from (found for found in node.attributes if found.kind is NodeKind.ATTRIBUTE)


def _namespace(node: Node) -> Iterator[Node]:
    """Every prefix in scope, the nearest declaration winning; the default namespace first, `xml` last."""
    if node.kind is not NodeKind.ELEMENT:
        return
    seen: dict[str, Node] = {}
    for element in _ancestor_or_self(node):
        for found in element.attributes:
            if found.kind is NodeKind.NAMESPACE:
                seen.setdefault(found.local, found)
    for prefix in sorted(seen):
        if seen[prefix].value:
            yield _namespace_node(prefix, seen[prefix].value or "", node)
    yield _namespace_node("xml", XML_URI, node)


def _namespace_node(prefix: str, uri: str, owner: Node) -> Node:
    return Node(NodeKind.NAMESPACE, prefix, uri, owner)


AXES: Final[Mapping[str, Axis]] = MappingProxyType(
    {
        "ancestor": _ancestor,
        "ancestor-or-self": _ancestor_or_self,
        "attribute": _attribute,
        "child": _child,
        "descendant": _descendant,
        "descendant-or-self": _descendant_or_self,
        "following": _following,
        "following-sibling": _following_sibling,
        "namespace": _namespace,
        "parent": _parent,
        "preceding": _preceding,
        "preceding-sibling": _preceding_sibling,
        "self": _self,
    }
)
