"""Steps of a path as closures: axis, node test, predicates, order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.axes import AXES, REVERSE
from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node, NodeKind, in_document_order
from officer_app.checklists.xpath.syntax import Step, Test
from officer_app.checklists.xpath.values import to_boolean

Stepper: TypeAlias = Callable[[list[Node], Context], list[Node]]
NodeTest: TypeAlias = Callable[[Node], bool]
XFORMS: Final = "http://www.w3.org/2002/xforms"
_EMPTY: Final[list[Node]] = []
_FORWARD_DISJOINT: Final = frozenset({"child", "attribute", "self", "namespace"})
_TYPES: Final = {
    "text": NodeKind.TEXT,
    "comment": NodeKind.COMMENT,
    "processing-instruction": NodeKind.INSTRUCTION,
}


def key_of(name: str, namespaces: Mapping[str, str]) -> str:
    """What a name test compares with `Node.key`. Errors: XPathError for a prefix that is not declared."""
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return local
    if prefix not in namespaces:
        raise XPathError(message(N_("The prefix {prefix} is not declared."), prefix=prefix))
    return qualified_key(namespaces[prefix], local)


def qualified_key(uri: str, local: str) -> str:
    """Names of the XForms namespace are plain names: an instance inherits it from the form around it."""
    return local if uri in ("", XFORMS) else f"{{{uri}}}{local}"


def node_test(step_axis: str, test: Test, namespaces: Mapping[str, str]) -> NodeTest:
    """Whether a node passes a test on an axis."""
    if test.kind == "node":
        return lambda _node: True
    if test.kind != "name":
        kind, name = _TYPES[test.kind], test.name
        return lambda node: node.kind is kind and (not name or node.local == name)
    principal = {"attribute": NodeKind.ATTRIBUTE, "namespace": NodeKind.NAMESPACE}.get(step_axis, NodeKind.ELEMENT)
    if test.name == "*":
        return lambda node: node.kind is principal
    key = key_of(test.name, namespaces)
    if key.endswith("*"):
        uri = key[:-1].strip("{}")
        return lambda node: node.kind is principal and node.uri == uri
    return lambda node: node.key == key and node.kind is principal


def simple_child(step: Step) -> bool:
    """A child by its plain name, the step that nearly all are."""
    return step.axis == "child" and step.test.kind == "name" and step.test.name != "*" and ":*" not in step.test.name


def stepper(step: Step, predicates: Sequence[Evaluator], namespaces: Mapping[str, str]) -> Stepper:
    """One step over all nodes so far; predicates count along the axis."""
    if simple_child(step) and not predicates:
        return _children_named(key_of(step.test.name, namespaces))
    one = _from_one(step, predicates, namespaces)
    disjoint, reverse = step.axis in _FORWARD_DISJOINT, step.axis in REVERSE

    def run(nodes: list[Node], context: Context) -> list[Node]:
        if len(nodes) == 1:
            found = one(nodes[0], context)
            return found[::-1] if reverse else found
        every = [node for start in nodes for node in one(start, context)]
        return every if disjoint else in_document_order(every)

    return run


def named_below(start: Node, keys: Sequence[str]) -> list[Node]:
    """The nodes at the end of a way by names: those of the last node's own list where no repeat lies on the way."""
    nodes = [start]
    for key in keys:
        if len(nodes) == 1:
            nodes = nodes[0].named.get(key, _EMPTY)
        else:
            nodes = [child for node in nodes for child in node.named.get(key, _EMPTY)]
    return nodes


def _children_named(key: str) -> Stepper:
    def run(nodes: list[Node], _context: Context) -> list[Node]:
        if len(nodes) == 1:
            return nodes[0].named.get(key, _EMPTY)
        return [child for node in nodes for child in node.named.get(key, _EMPTY)]

    return run


def _from_one(
    step: Step, predicates: Sequence[Evaluator], namespaces: Mapping[str, str]
) -> Callable[[Node, Context], list[Node]]:
    axis, passes = AXES[step.axis], node_test(step.axis, step.test, namespaces)
    if simple_child(step):
        key = key_of(step.test.name, namespaces)
        return lambda node, context: narrowed(node.named.get(key, _EMPTY), predicates, context)
    return lambda node, context: narrowed([found for found in axis(node) if passes(found)], predicates, context)


def narrowed(nodes: list[Node], predicates: Sequence[Evaluator], context: Context) -> list[Node]:
    """What each predicate in turn lets through; a number means the place."""
    for predicate in predicates:
        if not nodes:
            break
        nodes = _filtered(nodes, predicate, context)
    return nodes


def _filtered(nodes: list[Node], predicate: Evaluator, context: Context) -> list[Node]:
    position, size = context.position, context.size
    context.size = len(nodes)
    kept: list[Node] = []
    try:
        for place, node in enumerate(nodes, start=1):
            context.position = place
            result = predicate(node, context)
            if result == place if result.__class__ is float else to_boolean(result):
                kept.append(node)
    finally:
        context.position, context.size = position, size
    return kept
