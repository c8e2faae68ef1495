"""Which rule reads which answer: a static graph over generic paths, put in order once.

As in JavaRosa, the vertices are the rules (calculate, relevant, count, readonly, required) and the edges come from
the paths they read. Constraints, labels and choice lists hang behind it: they read, but nothing reads them.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum

from officer_app.base.words import N_, message
from officer_app.checklists.definitions import Definition, Formula
from officer_app.checklists.problems import Complaint, ProblemCode
from officer_app.checklists.reading import Reading, readings_of


class Rule(Enum):
    """What a vertex settles."""

    COUNT = "count"
    RELEVANT = "relevant"
    CALCULATE = "calculate"
    READONLY = "readonly"
    REQUIRED = "required"
    CONSTRAINT = "constraint"
    CHOICES = "choices"
    LABEL = "label"


WRITERS = frozenset({Rule.COUNT, Rule.RELEVANT, Rule.CALCULATE})
IN_GRAPH = WRITERS | {Rule.READONLY, Rule.REQUIRED}


class Vertex:
    """One rule of one definition; `rank` is its place in the order of evaluation."""

    __slots__ = ("formula", "rank", "readings", "rule", "target")

    def __init__(
        self, rule: Rule, target: Definition, formula: Formula | None, readings: tuple[Reading, ...]
    ) -> None:
        """A rule before it is ranked."""
        self.rule = rule
        self.target = target
        self.formula = formula
        self.readings = readings
        self.rank = 0

    @property
    def seat(self) -> Definition:
        """Whose instances it is evaluated on: how often something repeats is a matter of what is around it."""
        if self.rule is Rule.COUNT and self.target.parent is not None:
            return self.target.parent
        return self.target

    def __repr__(self) -> str:
        """Rule and path, for whoever debugs."""
        return f"<{self.rule.value} {self.target.path}>"


@dataclass(frozen=True, slots=True)
class Reader:
    """A vertex that reads a definition, and how to get from a changed instance to the instances that read it.

    From the changed node `up` levels to the anchor, then `down` by these names: only instances below the same
    anchor are concerned.
    """

    vertex: Vertex
    up: int
    down: tuple[str, ...]


def vertex_of(rule: Rule, target: Definition, formulas: Iterable[Formula], top: Definition) -> Vertex:
    """A vertex that reads what its formulas read."""
    every = tuple(formulas)
    found = tuple({reading: None for formula in every for reading in readings_of(formula.tree, target, top)})
    if rule is Rule.CONSTRAINT:
        # A blank answer violates nothing, so the answer itself always counts.
        found = (*found, Reading(target, target, structure=False, wild=True))
    return Vertex(rule, target, every[0] if every else None, found)


def linked(vertices: list[Vertex]) -> list[Complaint]:
    """Rank the vertices and tell each definition its readers. Gives the cycles, which refuse the form."""
    writers = _writers(vertices)
    ordered, complaints = _ordered(vertices, writers)
    for rank, vertex in enumerate(ordered):
        vertex.rank = rank
        vertex.seat.vertices.append(vertex)
        for reading in vertex.readings:
            _tell(reading, vertex)
    return complaints


def _tell(reading: Reading, vertex: Vertex) -> None:
    start = reading.definition
    if reading.structure:
        # What changed is the number of instances below the repeat's parent.
        start = start.parent or start
    anchor = reading.anchor
    if anchor.depth > vertex.seat.depth:
        anchor = vertex.seat
    while anchor.depth > start.depth and anchor.parent is not None:
        anchor = anchor.parent
    reader = Reader(vertex, start.depth - anchor.depth, _way_down(anchor, vertex.seat))
    readers = reading.definition.structure_readers if reading.structure else reading.definition.readers
    if reader not in readers:
        readers.append(reader)


def _way_down(anchor: Definition, target: Definition) -> tuple[str, ...]:
    keys: list[str] = []
    node: Definition | None = target
    while node is not None and node is not anchor:
        keys.append(node.key)
        node = node.parent
    return tuple(reversed(keys))


def _writers(vertices: list[Vertex]) -> dict[Definition, list[Vertex]]:
    """Which vertices can change the value or the number of a definition."""
    found: dict[Definition, list[Vertex]] = {}
    for vertex in vertices:
        if vertex.rule is Rule.CALCULATE:
            found.setdefault(vertex.target, []).append(vertex)
        elif vertex.rule in (Rule.RELEVANT, Rule.COUNT):
            for below in vertex.target.down():
                found.setdefault(below, []).append(vertex)
    return found


def _before(vertex: Vertex, writers: dict[Definition, list[Vertex]]) -> Iterator[Vertex]:
    """The vertices that must have run when this one runs."""
    for reading in vertex.readings:
        for writer in writers.get(reading.definition, ()):
            if writer is not vertex or not reading.wild:
                yield writer
    if vertex.rule is not Rule.COUNT:
        yield from (each for each in writers.get(vertex.target, ()) if each.rule is Rule.COUNT)


def _ordered(vertices: list[Vertex], writers: dict[Definition, list[Vertex]]) -> tuple[list[Vertex], list[Complaint]]:
    """Writers first in topological order, form order between equals; then everything that nothing reads."""
    graph = [vertex for vertex in vertices if vertex.rule in WRITERS]
    place = {id(vertex): at for at, vertex in enumerate(graph)}
    before = [{place[id(each)] for each in _before(vertex, writers)} for vertex in graph]
    after: list[list[int]] = [[] for _ in graph]
    for at, needed in enumerate(before):
        for each in needed:
            after[each].append(at)
    left = [len(needed) for needed in before]
    ready = [at for at, count in enumerate(left) if count == 0]
    heapq.heapify(ready)
    order: list[int] = []
    while ready:
        at = heapq.heappop(ready)
        order.append(at)
        for each in after[at]:
            left[each] -= 1
            if left[each] == 0:
                heapq.heappush(ready, each)
    complaints = _cycles(graph, before, {at for at, count in enumerate(left) if count > 0})
    complaints.extend(_reading_themselves(vertices))
    sinks = [vertex for vertex in vertices if vertex.rule not in WRITERS]
    return [graph[at] for at in order] + sinks, complaints


def _cycles(graph: list[Vertex], before: list[set[int]], stuck: set[int]) -> list[Complaint]:
    """One complaint for each ring among the vertices that never became ready."""
    complaints: list[Complaint] = []
    while stuck:
        ring = _ring(before, stuck)
        if not ring:
            break
        names = " → ".join(graph[at].target.name for at in [*ring, ring[0]])
        vertex = graph[ring[0]]
        complaints.append(
            Complaint(
                ProblemCode.CYCLE,
                message(N_("These questions wait for each other: {names}"), names=names),
                vertex.target.path,
                vertex.rule.value,
            )
        )
        stuck -= set(ring)
    return complaints


def _ring(before: list[set[int]], stuck: set[int]) -> list[int]:
    """Walk backwards from any stuck vertex until one comes again."""
    for start in sorted(stuck):
        seen: dict[int, int] = {}
        trail: list[int] = []
        at: int | None = start
        while at is not None and at not in seen:
            seen[at] = len(trail)
            trail.append(at)
            at = next((each for each in sorted(before[at]) if each in stuck), None)
        if at is not None:
            return trail[seen[at] :][::-1]
    return []


def _reading_themselves(vertices: list[Vertex]) -> list[Complaint]:
    """Whether something is read-only or required must not hang on itself."""
    return [
        Complaint(
            ProblemCode.CYCLE,
            message(N_("These questions wait for each other: {names}"), names=f"{v.target.name} → {v.target.name}"),
            v.target.path,
            v.rule.value,
        )
        for v in vertices
        if v.rule in (Rule.READONLY, Rule.REQUIRED)
        and any(reading.definition is v.target and not reading.wild for reading in v.readings)
    ]
