"""A group of facts: it knows its own path, reads itself from a tree of texts, and tells what it lacks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any, Final, TypeAlias, TypeVar, cast

from officer_app.credit.fields import MARK, Absence, Declared, FactKind
from officer_app.credit.figures import Missing, absent, invalid

FactNode: TypeAlias = "str | Mapping[str, FactNode] | Sequence[FactNode]"
FactTree: TypeAlias = Mapping[str, FactNode]

_NUMBER: Final = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?")
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_MONTH: Final = re.compile(r"[0-9]{4}-[0-9]{2}")
_YES_NO: Final = {"yes": True, "no": False}
_DAYS: Final = frozenset({FactKind.MONTH, FactKind.DATE})
_NUMERIC: Final = frozenset({FactKind.MONEY, FactKind.PERCENT, FactKind.NUMBER, FactKind.INT})

N = TypeVar("N", bound="Node")
Plan: TypeAlias = tuple[tuple[str, Declared], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A group of facts at a path: "" is the case itself, `liabilities[2]` the third debt."""

    path: str

    def at(self, name: str) -> str:
        """The path of one fact of this group."""
        return f"{self.path}.{name}" if self.path else name


@dataclass(slots=True)
class Problems:
    """What was wrong with a tree: paths that no fact has, and texts that are not of the fact's kind."""

    unknown: list[str] = field(default_factory=list)
    malformed: list[str] = field(default_factory=list)


def _declared(of: type) -> Plan:
    return tuple((item.name, item.metadata[MARK]) for item in fields(of) if MARK in item.metadata)


def _named(of: type) -> frozenset[str]:
    return frozenset(name for name, _ in plan(of))


# The declared fields of a group, in order; made once for each class, since every answer reads all facts again.
plan: Final[Callable[[type], Plan]] = cache(_declared)
_names: Final[Callable[[type], frozenset[str]]] = cache(_named)


def read_node(of: type[N], tree: Mapping[str, FactNode], path: str, problems: Problems) -> N:
    """A group from its part of the tree; problems are collected, not raised."""
    prefix = f"{path}." if path else ""
    problems.unknown += [prefix + name for name in tree if name not in _names(of)]
    found = {
        name: _read(declared, tree.get(name, ""), prefix + name, problems)
        if name in tree or not declared.plain
        else _nothing(declared, prefix + name)
        for name, declared in plan(of)
    }
    return of(path=path, **found)


def _read(declared: Declared, node: FactNode, path: str, problems: Problems) -> Any:
    if declared.many:
        return _read_list(declared, node, path, problems)
    if declared.of is not None:
        return _read_group(declared, node, path, problems)
    if not isinstance(node, str):
        problems.malformed.append(path)
        return None
    return read_value(declared, node, path, problems)


def _read_group(declared: Declared, node: FactNode, path: str, problems: Problems) -> Node | None:
    if node == "" and declared.absence is Absence.OPTIONAL:
        return None
    if node == "":
        node = {}
    if not isinstance(node, Mapping):
        problems.malformed.append(path)
        node = {}
    return read_node(cast("type[Node]", declared.of), node, path, problems)


def _read_list(declared: Declared, node: FactNode, path: str, problems: Problems) -> Any:
    if node == "":
        return {Absence.REQUIRED: absent(path), Absence.OPTIONAL: None, Absence.EMPTY: ()}[declared.absence]
    if isinstance(node, (str, Mapping)):
        problems.malformed.append(path)
        return None
    return tuple(_read_item(declared, item, f"{path}[{place}]", problems) for place, item in enumerate(node))


def _read_item(declared: Declared, node: FactNode, path: str, problems: Problems) -> Any:
    if declared.of is None:
        return _read(Declared(declared.kind), node, path, problems)
    if not isinstance(node, Mapping):
        problems.malformed.append(path)
        node = {}
    return read_node(cast("type[Node]", declared.of), node, path, problems)


def read_value(declared: Declared, text: str, path: str, problems: Problems) -> Any:  # noqa: PLR0911  one way out per kind
    """One fact from its text; an empty text is an absent fact."""
    text = text if declared.kind is FactKind.LABEL else text.strip() or (declared.default or "")
    if text == "":
        return _nothing(declared, path)
    if declared.kind in _NUMERIC:
        return _read_number(declared, text, path, problems)
    match declared.kind:
        case FactKind.YES_NO if text in _YES_NO:
            return _YES_NO[text]
        case FactKind.CHOICE if text in declared.choices:
            return text
        case FactKind.LABEL:
            return text
        case FactKind.MONTH | FactKind.DATE:
            return _read_day(declared.kind, text, path, problems)
        case _:
            problems.malformed.append(path)
            return None


def _nothing(declared: Declared, path: str) -> Any:
    if declared.kind in _NUMERIC:
        return absent(path)
    if declared.kind is FactKind.LABEL:
        return ""
    return None if declared.kind in _DAYS else absent(path)


def _read_number(declared: Declared, text: str, path: str, problems: Problems) -> Decimal | Missing | None:
    pattern = _WHOLE if declared.kind is FactKind.INT else _NUMBER
    if not pattern.fullmatch(text):
        problems.malformed.append(path)
        return None
    value = Decimal(text)
    return value if declared.least <= value <= declared.most else invalid(path)


def _read_day(kind: FactKind, text: str, path: str, problems: Problems) -> date | None:
    try:
        if kind is FactKind.MONTH and _MONTH.fullmatch(text):
            return date.fromisoformat(f"{text}-01")
        if kind is FactKind.DATE:
            return date.fromisoformat(text)
    except ValueError:
        pass
    problems.malformed.append(path)
    return None


def lacking(node: Node) -> Iterator[str]:
    """Paths of required facts that are not there, below a group."""
    for name, declared in plan(type(node)):
        value = getattr(node, name)
        if isinstance(value, Node):
            yield from lacking(value)
        elif isinstance(value, tuple):
            for item in value:
                yield from lacking(item) if isinstance(item, Node) else _absent_path(item)
        elif declared.absence is Absence.REQUIRED:
            yield from (node.at(name),) if value == "" else _absent_path(value)


def _absent_path(value: object) -> tuple[str, ...]:
    return value.paths if isinstance(value, Missing) and value.absent else ()
