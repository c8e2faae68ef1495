"""From the syntax tree to closures; what can be settled once is settled here."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from math import fmod, inf, isinf, isnan, nan
from typing import Final, TypeAlias, cast

from officer_app.base.words import N_, message
from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.functions.registry import function_named
from officer_app.checklists.xpath.lookup import Key, key_in, looked_up
from officer_app.checklists.xpath.nodes import NO_CHILDREN, Node, in_document_order
from officer_app.checklists.xpath.parser import parse
from officer_app.checklists.xpath.sharing import shareable, shared
from officer_app.checklists.xpath.steps import Stepper, key_of, named_below, narrowed, simple_child, stepper
from officer_app.checklists.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Negation,
    Number,
    Path,
    Step,
    Text,
)
from officer_app.checklists.xpath.values import (
    Value,
    equal,
    number_in,
    ordered,
    plain_number,
    to_boolean,
    to_number,
    unequal,
)

Reckoner: TypeAlias = Callable[[Node, Context], float]
_ORDERS: Final[Mapping[str, Callable[[float, float], bool]]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


def compile_text(expression: str, namespaces: Mapping[str, str]) -> Evaluator:
    """An expression ready to run. Errors: XPathError."""
    return compile_tree(parse(expression), namespaces)


def compile_tree(tree: Expression, namespaces: Mapping[str, str]) -> Evaluator:
    """A syntax tree ready to run. Errors: XPathError for unknown functions, wrong counts, undeclared prefixes."""
    try:
        return _Compiler(namespaces).compiled(tree)
    except RecursionError:
        raise XPathError(message(N_("The expression is nested too deeply."))) from None


class _Compiler:
    def __init__(self, namespaces: Mapping[str, str]) -> None:
        self._namespaces = namespaces

    def compiled(self, tree: Expression) -> Evaluator:
        match tree:
            case Number() | Text():
                constant: Value = tree.value
                return lambda _node, _context: constant
            case Call():
                return shared(self._call(tree)) if shareable(tree) else self._call(tree)
            case Binary():
                return self._binary(tree)
            case Negation():
                return self.reckoned(tree)
            case Filter():
                return self._filter(tree)
            case Path():
                return self._path(tree)

    def _call(self, call: Call) -> Evaluator:
        made = function_named(call.name, len(call.arguments), self._namespaces, call.offset)
        return made(call, [self.compiled(argument) for argument in call.arguments])

    def _binary(self, tree: Binary) -> Evaluator:
        if tree.operator in ("and", "or"):
            return self._logic(tree)
        if tree.operator in _ARITHMETIC:
            return self.reckoned(tree)
        left, right = self.compiled(tree.left), self.compiled(tree.right)
        match tree.operator:
            case "=":
                return lambda node, context: equal(left(node, context), right(node, context), context.zone)
            case "!=":
                return lambda node, context: unequal(left(node, context), right(node, context), context.zone)
            case "|":
                return _union(left, right)
            case _:
                order = _ORDERS[tree.operator]
                return lambda node, context: ordered(left(node, context), right(node, context), order, context.zone)

    def reckoned(self, tree: Expression) -> Reckoner:
        """The same as `compiled`, cast to a number: sums of sums pass numbers on, and nothing asks for their type."""
        match tree:
            case Number():
                constant = tree.value
                return lambda _node, _context: constant
            case Binary() if tree.operator in _ARITHMETIC:
                return self._arithmetic(tree)
            case Negation():
                operand = self.reckoned(tree.operand)
                return lambda node, context: -operand(node, context)
            case Path() if shareable(tree):
                return cast("Reckoner", shared(_as_number(self.compiled(tree))))
            case Path() if (key := self._beside(tree)) is not None:
                return _number_beside(key)
            case _:
                return _as_number(self.compiled(tree))

    def _arithmetic(self, tree: Binary) -> Reckoner:
        left, right = self.reckoned(tree.left), self.reckoned(tree.right)
        if tree.operator == "div":
            return _quotient(left, right)
        compute = _ARITHMETIC[tree.operator]
        if isinstance(tree.right, Number):
            by = tree.right.value
            return lambda node, context: compute(left(node, context), by)
        return lambda node, context: compute(left(node, context), right(node, context))

    def _logic(self, tree: Binary) -> Evaluator:
        """`and` and `or` stop at the first operand that decides; a long chain is one loop."""
        operands = [self.compiled(part) for part in _chain(tree, tree.operator)]
        decides = tree.operator == "or"

        def run(node: Node, context: Context) -> Value:
            for operand in operands:
                if to_boolean(operand(node, context)) is decides:
                    return decides
            return not decides

        return run

    def _filter(self, tree: Filter) -> Evaluator:
        base, predicates = self.compiled(tree.base), [self.compiled(each) for each in tree.predicates]
        return lambda node, context: narrowed(nodes_of(base(node, context)), predicates, context)

    def _path(self, tree: Path) -> Evaluator:
        start = None if tree.start is None else self.compiled(tree.start)
        climbs, steps = (0, tree.steps) if tree.absolute or start else _climbs(tree.steps)
        if start is None and all(simple_child(step) and not step.predicates for step in steps):
            return _plain_way(None if tree.absolute else climbs, self._keys(steps))
        run = [self._step(step) for step in steps]
        if tree.absolute:
            return _from_root(run)
        if start is not None:
            return _from_expression(start, run)
        return _from_context(climbs, run)

    def _beside(self, tree: Path) -> str | None:
        """The name that `../name` asks for, None for any other path."""
        climbs, steps = (0, ()) if tree.absolute or tree.start else _climbs(tree.steps)
        plain = climbs == 1 and len(steps) == 1 and simple_child(steps[0]) and not steps[0].predicates
        return key_of(steps[0].test.name, self._namespaces) if plain else None

    def _keys(self, steps: tuple[Step, ...]) -> tuple[str, ...]:
        return tuple(key_of(step.test.name, self._namespaces) for step in steps)

    def _step(self, step: Step) -> Stepper:
        if step.predicates and simple_child(step):
            key = key_in(step.predicates[0], self._namespaces)
            if key is not None:
                return self._looked_up(step, key)
        return stepper(step, [self.compiled(each) for each in step.predicates], self._namespaces)

    def _looked_up(self, step: Step, key: Key) -> Stepper:
        item = key_of(step.test.name, self._namespaces)
        wanted = self.compiled(key.value)
        predicates = [self.compiled(each) for each in step.predicates]
        rest = predicates[1:] if key.whole else predicates
        scan = stepper(step, predicates, self._namespaces)

        def run(nodes: list[Node], context: Context) -> list[Node]:
            if len(nodes) == 1:
                found = looked_up(nodes[0], item, key, wanted, context)
                if found is not None:
                    return narrowed(found, rest, context)
            return scan(nodes, context)

        return run


def _chain(tree: Expression, operator_name: str) -> list[Expression]:
    """The operands of a chain of one operator, from left to right, without recursion down the left side."""
    operands: list[Expression] = []
    while isinstance(tree, Binary) and tree.operator == operator_name:
        operands.append(tree.right)
        tree = tree.left
    operands.append(tree)
    operands.reverse()
    return operands


def _climbs(steps: tuple[Step, ...]) -> tuple[int, tuple[Step, ...]]:
    """Leading `..` as a number, `.` dropped, and the steps behind them."""
    count = 0
    for place, step in enumerate(steps):
        if step.test.kind != "node" or step.predicates or step.axis not in ("parent", "self"):
            return count, steps[place:]
        count += step.axis == "parent"
    return count, ()


def _as_number(value: Evaluator) -> Reckoner:
    def reckon(node: Node, context: Context) -> float:
        found = value(node, context)
        if found.__class__ is list and found:
            text = found[0].value
            if text is not None:
                return number_in(text, context.zone)
        return to_number(found, context.zone)

    return reckon


def _sibling(key: str) -> Evaluator:
    """The question beside: most of all paths, and read once for each row of a list."""

    def beside(node: Node, _context: Context) -> Value:
        start = node.parent
        return [] if start is None else start.named.get(key, NO_CHILDREN)

    return beside


def _number_beside(key: str) -> Reckoner:
    """The number beside: what each row of a list is reckoned from."""

    def beside(node: Node, context: Context) -> float:
        start = node.parent
        found = NO_CHILDREN if start is None else start.named.get(key, NO_CHILDREN)
        text = found[0].value if found else None
        if text is None:
            return to_number(found, context.zone)
        number = plain_number(text)
        return number if number == number else number_in(text, context.zone)  # noqa: PLR0124  NaN: perhaps a date

    return beside


def _quotient(left: Reckoner, right: Reckoner) -> Reckoner:
    def quotient(node: Node, context: Context) -> float:
        above, by = left(node, context), right(node, context)
        return above / by if by else divided(above, by)

    return quotient


def _plain_way(climbs: int | None, keys: tuple[str, ...]) -> Evaluator:
    """Children by their names, from so many levels up or (None) from the root: what nearly every path is."""
    if climbs is None:
        return lambda _node, context: named_below(context.root, keys)
    if climbs == 1 and len(keys) == 1:
        return _sibling(keys[0])
    above = range(climbs)

    def way(node: Node, _context: Context) -> Value:
        start: Node | None = node
        for _ in above:
            start = start.parent if start is not None else None
        return [] if start is None else named_below(start, keys)

    return way


def _from_root(run: list[Stepper]) -> Evaluator:
    def absolute(_node: Node, context: Context) -> Value:
        nodes = [context.root]
        for step in run:
            nodes = step(nodes, context)
        return nodes

    return absolute


def _from_expression(start: Evaluator, run: list[Stepper]) -> Evaluator:
    def started(node: Node, context: Context) -> Value:
        nodes = nodes_of(start(node, context))
        for step in run:
            nodes = step(nodes, context)
        return nodes

    return started


def _from_context(climbs: int, run: list[Stepper]) -> Evaluator:
    def relative(node: Node, context: Context) -> Value:
        above: Node | None = node
        for _ in range(climbs):
            above = above.parent if above is not None else None
        if above is None:
            return []
        nodes = [above]
        for step in run:
            nodes = step(nodes, context)
        return nodes

    return relative


def nodes_of(value: Value) -> list[Node]:
    """A node-set, or XPathError: nothing becomes one."""
    if isinstance(value, list):
        return value
    raise XPathError(message(N_("A path cannot start from a number or a text.")))


def _union(left: Evaluator, right: Evaluator) -> Evaluator:
    return lambda node, context: in_document_order([*nodes_of(left(node, context)), *nodes_of(right(node, context))])


def divided(left: float, right: float) -> float:
    """IEEE 754 division: by zero it is infinite, or NaN for 0 div 0."""
    if right != 0:
        return left / right
    if left == 0 or isnan(left):
        return nan
    negative = (left < 0) != (str(right)[0] == "-")
    return -inf if negative else inf


def remainder(left: float, right: float) -> float:
    """The remainder with the sign of the dividend: -5 mod 3 is -2."""
    if right == 0 or isnan(right) or isnan(left) or isinf(left):
        return nan
    return fmod(left, right)


_ARITHMETIC: Final[Mapping[str, Callable[[float, float], float]]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": divided,
    "mod": remainder,
}
