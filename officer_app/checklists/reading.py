"""Which definitions an expression reads, found on its syntax tree without running it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Filter, Negation, Path, Step


@dataclass(frozen=True, slots=True)
class Reading:
    """A definition that is read, from where (`anchor`: the highest node of the way), and what of it.

    `structure`: how often it repeats, not what it says. `wild`: reached by a wildcard, not by its name.
    """

    definition: Definition
    anchor: Definition
    structure: bool
    wild: bool


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a path stands; None is a node of another document."""

    definition: Definition | None
    anchor: Definition
    wild: bool = False


def readings_of(tree: Expression, target: Definition, top: Definition) -> Iterator[Reading]:
    """What an expression of `target` reads of the form; `top` is the document above the root."""
    home = _Spot(target, target)
    yield from _Reader(home, top).read(tree, home)


class _Reader:
    def __init__(self, home: _Spot, top: Definition) -> None:
        self._home = home
        self._top = top

    def read(self, tree: Expression, spot: _Spot) -> Iterator[Reading]:
        waiting = [tree]
        while waiting:
            part = waiting.pop()
            match part:
                case Path() | Filter():
                    yield from self._read_path(part, spot)
                case Call():
                    waiting.extend(part.arguments)
                case Binary():
                    waiting.extend((part.left, part.right))
                case Negation():
                    waiting.append(part.operand)
                case _:
                    continue

    def _read_path(self, tree: Path | Filter, spot: _Spot) -> Iterator[Reading]:
        found: list[Reading] = []
        for end in self._ends(tree, spot, found):
            if end.definition is not self._top:
                yield from _reading(end)
        yield from found

    def _ends(self, tree: Expression, spot: _Spot, found: list[Reading]) -> list[_Spot]:
        """Where the nodes of an expression may stand; what is read on the way is added to `found`."""
        match tree:
            case Path():
                spots = self._starts(tree, spot, found)
                for step in tree.steps:
                    spots = self._stepped(spots, step, found)
                return spots
            case Filter():
                spots = self._ends(tree.base, spot, found)
                for each in spots:
                    for predicate in tree.predicates:
                        found.extend(self.read(predicate, each))
                return spots
            case Call(name="current"):
                return [self._home]
            case Call(name="randomize") if tree.arguments:
                for argument in tree.arguments[1:]:
                    found.extend(self.read(argument, spot))
                return self._ends(tree.arguments[0], spot, found)
            case Binary(operator="|"):
                return [*self._ends(tree.left, spot, found), *self._ends(tree.right, spot, found)]
            case _:
                found.extend(self.read(tree, spot))
                return [_Spot(None, self._home.anchor)]

    def _starts(self, tree: Path, spot: _Spot, found: list[Reading]) -> list[_Spot]:
        if tree.absolute:
            return [_Spot(self._top, self._top)]
        if tree.start is not None:
            return self._ends(tree.start, spot, found)
        return [spot]

    def _stepped(self, spots: list[_Spot], step: Step, found: list[Reading]) -> list[_Spot]:
        reached = list(dict.fromkeys(end for spot in spots for end in _moved(spot, step)))
        for end in reached:
            if end.definition is not None and end.definition.sort is Sort.REPEAT and step.axis != "parent":
                found.extend(_reading(end))
            for predicate in step.predicates:
                found.extend(self.read(predicate, end))
        return reached


def _reading(end: _Spot) -> Iterator[Reading]:
    if end.definition is not None:
        yield Reading(end.definition, end.anchor, structure=not end.definition.is_leaf, wild=end.wild)


def _moved(spot: _Spot, step: Step) -> Iterator[_Spot]:
    if spot.definition is None:
        yield spot
        return
    along = _along(spot.definition, step.axis)
    if step.axis == "child" and step.test.kind == "name" and step.test.name in spot.definition.children:
        along = [spot.definition.children[step.test.name]]
    for found in along:
        if step.test.kind in ("text", "node") or _named(found, step.test.name):
            anchor = found if found.depth < spot.anchor.depth else spot.anchor
            yield _Spot(found, _common(anchor, found), wild=spot.wild or _wild(step))


def _common(anchor: Definition, found: Definition) -> Definition:
    """The lowest node above both: a sibling's anchor is the parent."""
    above = set(map(id, found.up()))
    return next(each for each in anchor.up() if id(each) in above)


def _wild(step: Step) -> bool:
    return step.axis not in ("self", "parent", "child") or (step.axis == "child" and step.test.name in ("*", ""))


def _named(found: Definition, name: str) -> bool:
    return name == "*" or name.rpartition(":")[2] in (found.name, "*")


def _along(start: Definition, axis: str) -> Iterable[Definition]:  # noqa: PLR0911  one answer an axis
    parent = start.parent
    match axis:
        case "self":
            return [start]
        case "child":
            return start.children.values()
        case "parent":
            return [parent] if parent is not None else []
        case "descendant":
            return list(start.down())[1:]
        case "descendant-or-self":
            return start.down()
        case "ancestor":
            return list(start.up())[1:]
        case "ancestor-or-self":
            return start.up()
        case "following-sibling" | "preceding-sibling":
            # A repeat's instances are siblings of one another, so the start itself is among them.
            return parent.children.values() if parent is not None else []
        case "following" | "preceding":
            top = list(start.up())[-1]
            return list(top.down())
        case _:
            return []
