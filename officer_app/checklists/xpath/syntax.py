"""The syntax tree of an expression."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Number:
    """A number as written."""

    value: float


@dataclass(frozen=True, slots=True)
class Text:
    """A text between quotation marks."""

    value: str


@dataclass(frozen=True, slots=True)
class Call:
    """A function with its arguments."""

    name: str
    arguments: tuple[Expression, ...]
    offset: int


@dataclass(frozen=True, slots=True)
class Binary:
    """Two operands; the operator as written (`and`, `=`, `div`, `|` …)."""

    operator: str
    left: Expression
    right: Expression


@dataclass(frozen=True, slots=True)
class Negation:
    """A minus in front."""

    operand: Expression


@dataclass(frozen=True, slots=True)
class Test:
    """A node test: `kind` is `name`, or a node type (`node`, `text`, `comment`, `processing-instruction`)."""

    kind: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path."""

    axis: str
    test: Test
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps from the root (`absolute`), from another expression (`start`), or from the context node."""

    absolute: bool
    start: Expression | None
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """An expression with predicates behind it."""

    base: Expression
    predicates: tuple[Expression, ...]


Expression: TypeAlias = Number | Text | Call | Binary | Negation | Path | Filter


def parts(expression: Expression) -> Iterator[Expression]:
    """The expression and everything inside it, from the outside in."""
    waiting: list[Expression] = [expression]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(_inside(part))


def relocated(tree: Expression, names: tuple[str, ...]) -> Expression:
    """The same expression with every absolute path below `names` made relative to the node that they lead to."""
    match tree:
        case Path(absolute=True) if _leads_below(tree.steps, names):
            return Path(absolute=False, start=None, steps=tree.steps[len(names) :] or (_ITSELF,))
        case Call():
            return Call(tree.name, tuple(relocated(each, names) for each in tree.arguments), tree.offset)
        case Binary():
            return Binary(tree.operator, relocated(tree.left, names), relocated(tree.right, names))
        case Negation():
            return Negation(relocated(tree.operand, names))
        case _:
            return tree


_ITSELF = Step("self", Test("node"))


def _leads_below(steps: tuple[Step, ...], names: tuple[str, ...]) -> bool:
    head = steps[: len(names)]
    plain = all(step.axis == "child" and step.test.kind == "name" and not step.predicates for step in head)
    return plain and tuple(step.test.name for step in head) == names


def _inside(part: Expression) -> list[Expression]:
    match part:
        case Call():
            return list(part.arguments)
        case Binary():
            return [part.left, part.right]
        case Negation():
            return [part.operand]
        case Path():
            inner = [predicate for step in part.steps for predicate in step.predicates]
            return [part.start, *inner] if part.start is not None else inner
        case Filter():
            return [part.base, *part.predicates]
        case _:
            return []
