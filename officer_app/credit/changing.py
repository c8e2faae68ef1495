"""Facts with one of them put in another's place: what the case would be if the answer were another one."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final, TypeVar, cast

from officer_app.credit.nodes import FactNode, Node, Problems, plan, read_node

N = TypeVar("N", bound=Node)

_STEP: Final = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")


def changed(facts: N, path: str, value: object) -> N:
    """A copy of a group with `value` at a path below it; a group on the way that nobody named yet is begun.

    `value` is of the field's own type: Decimal, bool, str, date, group or tuple of groups. Errors: KeyError for a
    path that no fact has, IndexError for a row that is not there.
    """
    return _with(facts, _STEP.findall(path), value)


def made(of: type[N], path: str, **texts: FactNode) -> N:
    """A group of facts at a path, from texts as a form gives them."""
    return read_node(of, texts, path, Problems())


def _with(node: N, steps: list[tuple[str, str]], value: object) -> N:
    (name, place), rest = steps[0], steps[1:]
    declared = dict(plan(type(node)))[name]
    now: Any = getattr(node, name)
    if place:
        rows = list(now)
        rows[int(place)] = _with(rows[int(place)], rest, value) if rest else value
        return _put(node, name, tuple(rows))
    if not rest:
        return _put(node, name, value)
    if not isinstance(now, Node):
        nothing: Mapping[str, FactNode] = {}
        now = read_node(cast("type[Node]", declared.of), nothing, node.at(name), Problems())
    return _put(node, name, _with(now, rest, value))


def _put(node: N, name: str, value: object) -> N:
    fields: dict[str, Any] = {name: value}
    return replace(node, **fields)
