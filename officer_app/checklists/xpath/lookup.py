"""Equality predicates on lists that never change: `item[county = …]` by an index instead of a scan.

A choice list of 5,000 villages is asked at every change of the county; a scan takes 50 ms, the index a few
microseconds. Only documents that are not the form's own answers are indexed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.steps import key_of, simple_child
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Filter, Number, Path, Text

_FREE: Final = frozenset({"current", "today", "true", "false"})
_NEEDS_CONTEXT: Final = frozenset({"position", "last", "random", "uuid", "now", "once", "lang"})


@dataclass(frozen=True, slots=True)
class Key:
    """A predicate `child = value` where the value does not depend on the item."""

    child: str
    value: Expression
    whole: bool  # nothing else stands in the predicate


def key_in(predicate: Expression, namespaces: Mapping[str, str]) -> Key | None:
    """The part of a predicate that an index can answer; with `and`, the first such part."""
    conjuncts = _conjuncts(predicate)
    for conjunct in conjuncts:
        found = _equality(conjunct, namespaces)
        if found is not None:
            return Key(found[0], found[1], whole=len(conjuncts) == 1)
    return None


def _conjuncts(predicate: Expression) -> list[Expression]:
    if isinstance(predicate, Binary) and predicate.operator == "and":
        return [*_conjuncts(predicate.left), *_conjuncts(predicate.right)]
    return [predicate]


def _equality(part: Expression, namespaces: Mapping[str, str]) -> tuple[str, Expression] | None:
    if not isinstance(part, Binary) or part.operator != "=":
        return None
    for mine, other in ((part.left, part.right), (part.right, part.left)):
        child = _own_child(mine)
        if child is not None and independent(other):
            return key_of(child, namespaces), other
    return None


def _own_child(part: Expression) -> str | None:
    if not isinstance(part, Path) or part.absolute or part.start is not None or len(part.steps) != 1:
        return None
    step = part.steps[0]
    return step.test.name if simple_child(step) and not step.predicates else None


def independent(part: Expression) -> bool:  # noqa: PLR0911  one answer a kind of expression
    """Whether an expression has the same value for every item of a list."""
    match part:
        case Text() | Number():
            return True
        case Path():
            if not part.absolute and part.start is None:
                return False
            return part.start is None or independent(part.start)
        case Call():
            if part.name in _NEEDS_CONTEXT:
                return False
            return (bool(part.arguments) or part.name in _FREE) and all(independent(a) for a in part.arguments)
        case Binary():
            return independent(part.left) and independent(part.right)
        case Filter():
            return independent(part.base)
        case _:
            return False


def children_by(parent: Node, item: str, child: str) -> dict[str, list[Node]]:
    """The parent's items by the text of one of their children, made on first use."""
    if parent.index is None:
        parent.index = {}
    found = parent.index.get((item, child))
    if found is None:
        found = {}
        for node in parent.named.get(item, ()):
            for text in {leaf.text() for leaf in node.named.get(child, ())}:
                found.setdefault(text, []).append(node)
        parent.index[(item, child)] = found
    return found


def looked_up(parent: Node, item: str, key: Key, wanted: Evaluator, context: Context) -> list[Node] | None:
    """The items whose child has the wanted text; None where only a scan gives the right answer."""
    if type(parent) is not Node:
        return None
    value = wanted(parent, context)
    by_text = children_by(parent, item, key.child)
    if isinstance(value, str):
        return by_text.get(value, [])
    if isinstance(value, list):
        return by_text.get(value[0].text(), []) if len(value) == 1 else None
    return None
