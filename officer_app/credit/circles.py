"""Who guarantees for whom, and where it runs in a circle: such guarantees all fall together.

Source: DOMAIN, row 39 and the bad input "circular guarantees".
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from officer_app.credit.facts.case import CaseFacts

_BORROWER: Final = "—"  # as long as the name is not known


@dataclass(frozen=True, slots=True)
class Circle:
    """A shortest ring of guarantees among people who all stand for each other; the first name is not repeated.

    `people` is how many hang together by such rings: more than the ring where several rings share somebody.
    """

    names: tuple[str, ...]
    people: int
    paths: tuple[str, ...]


@dataclass(slots=True)
class _Map:
    """People and their guarantees; a person is known by the identity number, else by the name."""

    named: dict[str, set[str]] = field(default_factory=dict)  # name: the people who bear it
    shown: dict[str, str] = field(default_factory=dict)
    edges: dict[str, dict[str, str]] = field(default_factory=dict)  # guarantor: {for whom: path}

    def know(self, name: str, resident_id: str) -> None:
        """Somebody with a number: later the name alone means the same person, if nobody else bears it."""
        key = _plain(resident_id)
        for word in (_plain(name), key):
            if key and word:
                self.named.setdefault(word, set()).add(key)

    def person(self, name: str, resident_id: str) -> str:
        """The key of somebody the facts describe; "" for nobody. All who have numbers must be known before."""
        bearers = self.named.get(_plain(name), set())
        key = _plain(resident_id) or (next(iter(bearers)) if len(bearers) == 1 else _plain(name))
        if key:
            self.shown.setdefault(key, name.strip() or resident_id.strip())
            self.edges.setdefault(key, {})
            for word in (_plain(name), _plain(resident_id)):
                if word:
                    self.named.setdefault(word, set()).add(key)
        return key

    def found(self, word: str) -> str:
        """Whoever is meant by a name or number; a name that two people bear means neither of them."""
        bearers = self.named.get(_plain(word), set())
        if len(bearers) == 1:
            return next(iter(bearers))
        key = f"?{_plain(word)}" if bearers else _plain(word)
        if key:
            self.shown.setdefault(key, word.strip())
            self.edges.setdefault(key, {})
        return key

    def stands(self, guarantor: str, for_whom: str, path: str) -> None:
        """One guarantee."""
        if guarantor and for_whom:
            self.edges[guarantor].setdefault(for_whom, path)


def _plain(word: str) -> str:
    return "".join(word.split()).casefold()


def guarantee_circles(facts: CaseFacts) -> tuple[Circle, ...]:
    """Every knot of people who guarantee for each other, directly or round about, with a shortest ring of it.

    Of any length: borrower and guarantors, guarantees given, members of a joint-liability group.
    """
    found = _mapped(facts)
    knots = _knots({person: tuple(others) for person, others in found.edges.items()})
    return tuple(_circle(found, knot) for knot in knots)


def _mapped(facts: CaseFacts) -> _Map:
    found = _Map()
    members = facts.joint_group.members if facts.joint_group is not None else ()
    everybody = (
        (facts.borrower.name, facts.borrower.resident_id),
        *((item.name or item.id, item.resident_id) for item in facts.guarantors),
        *((item.name, item.resident_id) for item in members),
    )
    for name, number in everybody:
        found.know(name, number)
    borrower = found.person(facts.borrower.name, facts.borrower.resident_id) or found.person(_BORROWER, "")
    own = [found.person(item.name or item.id, item.resident_id) for item in facts.guarantors]
    others = [found.person(item.name, item.resident_id) for item in members]
    for item, key in zip(facts.guarantors, own, strict=True):
        found.stands(key, borrower, item.path)
        if item.guaranteed_by_borrower is True:
            found.stands(borrower, key, item.at("guaranteed_by_borrower"))
    for given in facts.guarantees_given:
        key = found.found(given.beneficiary)
        found.stands(borrower, key, given.path)
        if given.mutual is True:
            found.stands(key, borrower, given.at("mutual"))
    for member, key in zip(members, others, strict=True):
        for name in member.guarantees_for:
            found.stands(key, found.found(name), member.at("guarantees_for"))
    return found


def _knots(graph: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Strongly connected people, and whoever stands for himself: Tarjan's search without recursion."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    stack: list[str] = []
    on_stack: set[str] = set()
    for root in graph:
        if root in order:
            continue
        way = [(root, iter(graph[root]))]
        order[root] = low[root] = len(order)
        stack.append(root)
        on_stack.add(root)
        while way:
            person, rest = way[-1]
            after = next(rest, None)
            if after is None:
                way.pop()
                if way:
                    low[way[-1][0]] = min(low[way[-1][0]], low[person])
                if low[person] == order[person]:
                    yield from _closed(graph, stack, on_stack, person)
            elif after not in order:
                order[after] = low[after] = len(order)
                stack.append(after)
                on_stack.add(after)
                way.append((after, iter(graph[after])))
            elif after in on_stack:
                low[person] = min(low[person], order[after])


def _closed(
    graph: Mapping[str, tuple[str, ...]], stack: list[str], on_stack: set[str], first: str
) -> Iterator[tuple[str, ...]]:
    """Take one finished knot off the stack; a single person is one only by standing for himself."""
    taken = [stack.pop()]
    while taken[-1] != first:
        taken.append(stack.pop())
    on_stack.difference_update(taken)
    knot = tuple(reversed(taken))
    if len(knot) > 1 or first in graph[first]:
        yield knot


def _circle(found: _Map, knot: tuple[str, ...]) -> Circle:
    ring = _shortest_ring(found.edges, knot)
    steps = zip(ring, (*ring[1:], ring[0]), strict=True)
    paths = tuple(dict.fromkeys(found.edges[one][other] for one, other in steps))
    return Circle(tuple(found.shown[person] for person in ring), len(knot), paths)


def _shortest_ring(edges: Mapping[str, Mapping[str, str]], knot: tuple[str, ...]) -> tuple[str, ...]:
    """A shortest way from the knot's first person back to it, inside the knot."""
    first, inside = knot[0], frozenset(knot)
    came: dict[str, str] = {}
    waiting = deque([first])
    while waiting:
        person = waiting.popleft()
        for other in edges[person]:
            if other == first:
                return _walked(came, first, person)
            if other in inside and other not in came:
                came[other] = person
                waiting.append(other)
    return knot


def _walked(came: Mapping[str, str], first: str, last: str) -> tuple[str, ...]:
    way = [last]
    while way[-1] != first:
        way.append(came[way[-1]])
    return tuple(reversed(way))
