"""Truth, choice and laziness."""

from __future__ import annotations

from collections.abc import Sequence
from math import inf

from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.functions.registry import eager, lazy
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.syntax import Call
from officer_app.checklists.xpath.values import Value, to_boolean, to_number, to_text


@eager("true", 0)
def _true(_context: Context) -> bool:
    return True


@eager("false", 0)
def _false(_context: Context) -> bool:
    return False


@eager("not", 1)
def _not(_context: Context, value: Value) -> bool:
    return not to_boolean(value)


@eager("boolean", 1)
def _boolean(_context: Context, value: Value) -> bool:
    return to_boolean(value)


@eager("boolean-from-string", 1)
def _boolean_from_string(_context: Context, value: Value) -> bool:
    return to_text(value) in ("true", "1")


@lazy("if", 3)
def _if(_call: Call, arguments: Sequence[Evaluator]) -> Evaluator:
    """Only the branch that is taken is evaluated."""
    condition, yes, no = arguments
    return lambda node, context: (yes if to_boolean(condition(node, context)) else no)(node, context)


@lazy("coalesce", 1, inf)
def _coalesce(_call: Call, arguments: Sequence[Evaluator]) -> Evaluator:
    """The first argument that is not blank; the others are not looked at."""

    def run(node: Node, context: Context) -> Value:
        for argument in arguments:
            text = to_text(argument(node, context))
            if text:
                return text
        return ""

    return run


@lazy("once", 1)
def _once(_call: Call, arguments: Sequence[Evaluator]) -> Evaluator:
    """The question's own value while it has one."""
    (argument,) = arguments

    def run(node: Node, context: Context) -> Value:
        return context.current.text() or argument(node, context)

    return run


def _truths(values: Sequence[Value]) -> list[bool]:
    """One truth a value, a node-set giving one for each of its nodes."""
    truths: list[bool] = []
    for value in values:
        truths.extend([node.text() != "" for node in value] if isinstance(value, list) else [to_boolean(value)])
    return truths


def _between(count: float, least: float, most: float) -> bool:
    return (least < 0 or count >= least) and (most < 0 or count <= most)


@eager("checklist", 2, inf)
def _checklist(context: Context, least: Value, most: Value, *values: Value) -> bool:
    zone = context.zone
    return _between(sum(_truths(values)), to_number(least, zone), to_number(most, zone))


@eager("weighted-checklist", 4, inf, step=2)
def _weighted_checklist(context: Context, least: Value, most: Value, *pairs: Value) -> bool:
    zone = context.zone
    total = 0.0
    for values, weights in zip(pairs[::2], pairs[1::2], strict=True):
        each = [Node.text(node) for node in weights] if isinstance(weights, list) else [to_text(weights)]
        total += sum(to_number(weight, zone) for truth, weight in zip(_truths([values]), each, strict=False) if truth)
    return _between(total, to_number(least, zone), to_number(most, zone))
