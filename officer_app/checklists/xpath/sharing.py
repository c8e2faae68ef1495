"""What has one value for all instances of a repeat, and so is reckoned once for all of them.

`${price} div sum(/data/asset/price)` in 200 instances would sum 200 prices 200 times.
"""

from __future__ import annotations

from typing import Final

from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.steps import simple_child
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Negation, Number, Path, Text
from officer_app.checklists.xpath.values import Value

# Functions of their arguments alone.
_PURE: Final = frozenset(
    {"abs", "ceiling", "count", "count-non-empty", "floor", "int", "max", "min", "number", "round", "sum"}
)


def shareable(tree: Expression) -> bool:
    """Whether an expression looks at nothing but whole lists of answers, by their full names."""
    return _looks_at_lists(tree) and not isinstance(tree, Number | Text)


def _looks_at_lists(tree: Expression) -> bool:
    match tree:
        case Number() | Text():
            return True
        case Path():
            return tree.absolute and all(simple_child(step) and not step.predicates for step in tree.steps)
        case Call():
            return tree.name in _PURE and bool(tree.arguments) and all(map(_looks_at_lists, tree.arguments))
        case Binary():
            return tree.operator != "|" and _looks_at_lists(tree.left) and _looks_at_lists(tree.right)
        case Negation():
            return _looks_at_lists(tree.operand)
        case _:
            return False


def shared(run: Evaluator) -> Evaluator:
    """The same, but while the context keeps results, run only once."""

    def kept(node: Node, context: Context) -> Value:
        results = context.kept
        if results is None:
            return run(node, context)
        found = results.get(run)
        if found is None:
            found = results[run] = run(node, context)
        return found

    return kept
