"""Which functions there are, with how many arguments each; a new one is one decorated function."""

from __future__ import annotations

import difflib
import importlib
import pkgutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import inf
from typing import Final, TypeAlias

from officer_app.base.words import N_, Message, message
from officer_app.checklists.xpath.context import Context, Evaluator
from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.nodes import Node
from officer_app.checklists.xpath.syntax import Call
from officer_app.checklists.xpath.values import Value

# What a compiled call is made of: the call as written and its compiled arguments.
Maker: TypeAlias = Callable[[Call, Sequence[Evaluator]], Evaluator]
Plain: TypeAlias = Callable[..., Value]
JAVAROSA: Final = "http://openrosa.org/javarosa"


@dataclass(frozen=True, slots=True)
class Function:
    """A function and the counts of arguments that it takes; `step` is 2 where they come in pairs."""

    name: str
    least: int
    most: float
    make: Maker
    step: int = 1

    def takes(self, count: int) -> bool:
        """Whether it can be called with so many arguments."""
        return self.least <= count <= self.most and (count - self.least) % self.step == 0


_FUNCTIONS: Final[dict[str, Function]] = {}


def lazy(name: str, least: int, most: float | None = None, *, step: int = 1) -> Callable[[Maker], Maker]:
    """Register a function that gets its arguments unevaluated."""

    def register(make: Maker) -> Maker:
        _FUNCTIONS[name] = Function(name, least, least if most is None else most, make, step)
        return make

    return register


def eager(name: str, least: int, most: float | None = None, *, step: int = 1) -> Callable[[Plain], Plain]:
    """Register a function `f(context, *values)`."""

    def register(plain: Plain) -> Plain:
        lazy(name, least, most, step=step)(lambda _call, arguments: _called(plain, arguments))
        return plain

    return register


def on_node(name: str, least: int, most: float | None = None) -> Callable[[Plain], Plain]:
    """Register a function `f(context, node, *values)` that looks at the context node."""

    def register(plain: Plain) -> Plain:
        lazy(name, least, most)(lambda _call, arguments: _called_on_node(plain, arguments))
        return plain

    return register


def _called(plain: Plain, arguments: Sequence[Evaluator]) -> Evaluator:
    if len(arguments) == 1:
        only = arguments[0]
        return lambda node, context: plain(context, only(node, context))
    if len(arguments) == 2:
        first, second = arguments
        return lambda node, context: plain(context, first(node, context), second(node, context))
    return lambda node, context: plain(context, *[argument(node, context) for argument in arguments])


def _called_on_node(plain: Plain, arguments: Sequence[Evaluator]) -> Evaluator:
    def run(node: Node, context: Context) -> Value:
        return plain(context, node, *[argument(node, context) for argument in arguments])

    return run


@cache
def functions() -> Mapping[str, Function]:
    """All functions by name."""
    package = __package__ or ""
    for module in pkgutil.iter_modules(importlib.import_module(package).__path__):
        importlib.import_module(f"{package}.{module.name}")
    return _FUNCTIONS


def function_named(name: str, count: int, namespaces: Mapping[str, str], offset: int) -> Maker:
    """How to compile a call. Errors: XPathError for a name that is unknown or a count that does not fit."""
    found = functions().get(_plain_name(name, namespaces))
    if found is None:
        raise XPathError(_unknown(name), offset)
    if not found.takes(count):
        raise XPathError(
            message(
                N_("The function {name}() takes {wanted} arguments, not {count}."),
                name=name,
                wanted=_wanted(found),
                count=count,
            ),
            offset,
        )
    return found.make


def _plain_name(name: str, namespaces: Mapping[str, str]) -> str:
    """jr:itext stays itself only while jr is JavaRosa's prefix."""
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return name
    uri = namespaces.get(prefix, JAVAROSA if prefix == "jr" else "")
    return f"jr:{local}" if uri == JAVAROSA else f"{{{uri}}}{local}"


def _unknown(name: str) -> Message:
    near = difflib.get_close_matches(name, functions(), n=1)
    if near:
        return message(N_("There is no function {name}(). Did you mean {near}()?"), name=name, near=near[0])
    return message(N_("There is no function {name}()."), name=name)


def _wanted(function: Function) -> str:
    if function.most == inf:
        return f"{function.least}+"
    return str(function.least) if function.most == function.least else f"{function.least}–{int(function.most)}"
