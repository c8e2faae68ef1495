"""Every single write to the answers, so that a change can be taken back exactly, and told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import Final, NamedTuple, TypeAlias

from officer_app.checklists.answers import Answer, below
from officer_app.checklists.changes import Changes, Dropped, Rows
from officer_app.checklists.definitions import MAX_INSTANCES, Sort
from officer_app.checklists.graph import Rule
from officer_app.checklists.xpath.nodes import Node


class Slot(StrEnum):
    """Which property of a node was written."""

    STORED = "stored"
    ASIDE = "aside"
    OWN = "own_relevant"
    READONLY = "readonly"
    REQUIRED = "required"
    INVALID = "invalid"


class Write(NamedTuple):
    """One property of one node."""

    node: Answer
    slot: Slot
    old: str | bool
    new: str | bool


class Placing(NamedTuple):
    """A repeat instance put in (or, backwards, taken out) below its parent at a place from 0."""

    parent: Answer
    node: Answer
    place: int
    inserted: bool


Entry: TypeAlias = Write | Placing


class Violation(Enum):
    """Why an answer is not accepted as it stands."""

    REQUIRED = "required"
    CONSTRAINT = "constraint"


def violation_of(answer: Answer) -> Violation | None:
    """What is wrong with an answer."""
    return _violation(answer.stored, answer.relevant, answer.required, answer.invalid)


def _violation(stored: str, relevant: bool, required: bool, invalid: bool) -> Violation | None:
    if not relevant:
        return None
    if stored == "":
        return Violation.REQUIRED if required else None
    return Violation.CONSTRAINT if invalid else None


def is_readonly(node: Answer) -> bool:
    """Whether the person may not change an answer: by its own rule, a group's, or because it is reckoned."""
    each: Node | None = node
    while isinstance(each, Answer):
        if each.readonly:
            return True
        each = each.parent
    return node.definition.bind.calculate is not None


# How a node was: stored, relevant, required, invalid. A bare tuple, since one change may touch every row of a list.
_Before: TypeAlias = tuple[str, bool, bool, bool]


@dataclass(slots=True)
class _Family:
    """The instances of one repeat below one parent before the change.

    Those from the place `since` (from 0) may have shifted: `answers` has theirs as they were.
    """

    count: int
    since: int
    answers: dict[str, str]
    rows: tuple[int, ...]


class Journal:
    """Collects the writes of one change."""

    def __init__(self) -> None:
        """An empty journal."""
        self.entries: list[Entry] = []
        self.dropped: list[tuple[Answer, str]] = []
        self.relabelled: dict[Answer, None] = {}
        self.rechosen: dict[Answer, None] = {}
        self._before: dict[Answer, _Before] = {}
        self._locked: dict[Answer, bool] = {}
        self._families: dict[tuple[Answer, str], _Family] = {}

    def touch(self, node: Answer) -> None:
        """Remember how a node was, the first time it is about to change."""
        if node not in self._before:
            self._before[node] = (node.stored, node.relevant, node.required, node.invalid)

    def touch_lock(self, node: Answer) -> None:
        """Remember whether a node and all below it were read-only."""
        for each in below(node):
            self._locked.setdefault(each, is_readonly(each))

    def write_text(self, node: Answer, new: str) -> None:
        """Set what a node stores and note it; expressions see it only while the node is relevant."""
        old, relevant = node.stored, node.relevant
        if node not in self._before:
            self._before[node] = (old, relevant, node.required, node.invalid)
        self.entries.append(Write(node, Slot.STORED, old, new))
        node.stored = new
        node.value = new if relevant else ""

    def write(self, node: Answer, slot: Slot, new: str | bool) -> None:
        """Set a property and note it."""
        self.touch(node)
        self.entries.append(Write(node, slot, getattr(node, slot), new))
        put(node, slot, new)

    def place(self, parent: Answer, node: Answer, place: int, *, inserted: bool) -> None:
        """Put in or take out a repeat instance and note it."""
        self._note_family(parent, node.key, place)
        self.entries.append(Placing(parent, node, place, inserted))
        if inserted:
            parent.place(node, place)
        else:
            parent.take_out(node)

    def _note_family(self, parent: Answer, key: str, place: int) -> None:
        family = self._families.get((parent, key))
        if family is None:
            rows = _rows(parent, key)
            family = self._families[(parent, key)] = _Family(len(rows), len(rows), {}, rows)
        if place < family.since:
            family.answers.update(self._answers_before(parent, key, range(place, family.since)))
            family.since = place

    def _answers_before(self, parent: Answer, key: str, places: range) -> dict[str, str]:
        """The kept answers of some instances as they were before the change, whatever of it was written since.

        None of them has shifted yet, so what they are called now is what they were called.
        """
        found = _answers_of_family(parent, key, places)
        for node, before in self._before.items():
            stored = before[0]
            if stored != node.stored and _member(node, parent, key) in places:
                found.pop(node.ref(), None)
                if stored != "" or node.definition.default != "":
                    found[node.ref()] = stored
        for (inner, name), family in self._families.items():
            if inner is not parent and _member(inner, parent, key) in places:
                for added in _answers_of_family(inner, name, range(family.since, MAX_INSTANCES)):
                    found.pop(added, None)
                found.update(family.answers)
                found[family_ref(inner, name)] = str(family.count)
        return found

    # --- telling -------------------------------------------------------------------------------------

    def changes(self, root: Answer) -> Changes:
        """What is different now, by ref."""
        values, relevance, required, violations = set[str](), set[str](), set[str](), set[str]()
        stored: dict[str, str | None] = {}
        for node, (text, relevant, must, invalid) in self._before.items():
            ref = _ref_below(node, root)
            if ref is None:
                continue
            if text != node.stored:
                values.add(ref)
                if node.definition.is_leaf:
                    stored[ref] = node.stored if worth_keeping(node) else None
            if relevant != node.relevant:
                relevance.add(ref)
            if must != node.required:
                required.add(ref)
            # Nearly all are neither demanded nor refused, before and after.
            if (must or invalid or node.required or node.invalid) and _violation(
                text, relevant, must, invalid
            ) is not violation_of(node):
                violations.add(ref)
        self._tell_families(root, stored)
        rows = self._rows_of(root)
        return Changes(
            values=frozenset(values),
            relevance=frozenset(relevance),
            readonly=_refs([node for node, was in self._locked.items() if was != is_readonly(node)], root),
            required=frozenset(required),
            violations=frozenset(violations),
            choices=_refs(self.rechosen, root),
            labels=_refs(self.relabelled, root),
            repeats={one.repeat: (len(one.before), len(one.after)) for one in rows},
            rows=rows,
            dropped=tuple(
                Dropped(ref, text) for node, text in self.dropped if (ref := _ref_below(node, root)) is not None
            ),
            stored=stored,
        )

    def _rows_of(self, root: Answer) -> tuple[Rows, ...]:
        found = [
            Rows(family_ref(parent, key), family.rows, _rows(parent, key))
            for (parent, key), family in self._families.items()
            if _ref_below(parent, root) is not None
        ]
        return tuple(sorted(found, key=lambda each: each.repeat.count("/")))

    def _tell_families(self, root: Answer, stored: dict[str, str | None]) -> None:
        for (parent, key), family in self._families.items():
            if _ref_below(parent, root) is None:
                continue
            now = _answers_of_family(parent, key, range(family.since, MAX_INSTANCES))
            stored.update({gone: None for gone in family.answers if gone not in now})
            stored.update({each: text for each, text in now.items() if family.answers.get(each) != text})
            stored[family_ref(parent, key)] = str(len(parent.family(key)))


def _rows(parent: Answer, key: str) -> tuple[int, ...]:
    return tuple([each.row for each in parent.family(key)])


def put(node: Answer, slot: Slot, new: str | bool) -> None:
    """Set a property without noting it; expressions see the stored text only while the node is relevant."""
    setattr(node, slot, new)
    if slot is Slot.STORED:
        node.value = node.stored if node.relevant else ""


def worth_keeping(node: Answer) -> bool:
    """Whether a stored text must be written down: it is there, or a default was cleared."""
    return node.stored != "" or node.definition.default != ""


def family_ref(parent: Answer, key: str) -> str:
    """The ref of a repeat without an instance number."""
    return f"{parent.ref()}/{parent.definition.children[key].name}"


def kept_answers(node: Answer) -> dict[str, str]:
    """All stored texts below a node, and how often its repeats repeat."""
    found: dict[str, str] = {}
    _keep(node, node.ref(), found)
    return found


def _keep(node: Answer, ref: str, found: dict[str, str]) -> None:
    if node.definition.is_leaf:
        if worth_keeping(node):
            found[ref] = node.stored
        return
    for key, child in node.definition.children.items():
        below_ref = f"{ref}/{child.name}"
        family = node.family(key)
        if child.sort is Sort.REPEAT:
            found[below_ref] = str(len(family))
            for member in family:
                _keep(member, f"{below_ref}[{member.number}]", found)
        else:
            for member in family:
                _keep(member, below_ref, found)


def _answers_of_family(parent: Answer, key: str, places: range) -> dict[str, str]:
    """All stored texts of the instances at some places (from 0) of a repeat."""
    found: dict[str, str] = {}
    ref = family_ref(parent, key)
    for member in parent.family(key)[places.start : places.stop]:
        _keep(member, f"{ref}[{member.number}]", found)
    return found


def _member(node: Answer, parent: Answer, key: str) -> int:
    """The place (from 0) of the instance of a repeat that a node stands in; -1 when in none."""
    above: Node | None = node
    while isinstance(above, Answer):
        if above.parent is parent:
            return above.number - 1 if above.key == key else -1
        above = above.parent
    return -1


def _ref_below(node: Answer, root: Answer) -> str | None:
    """The ref of a node, None when it is no longer part of the form."""
    way = ""
    while node is not root:
        parent = node.parent
        if parent is None:
            return None
        number = node.number
        if number:
            family = parent.named[node.key]
            if number > len(family) or family[number - 1] is not node:
                return None
            way = f"/{node.local}[{number}]{way}"
        else:
            way = f"/{node.local}{way}"
        node = parent
    return f"/{root.local}{way}"


def _refs(nodes: Iterable[Answer], root: Answer) -> frozenset[str]:
    return frozenset(ref for node in nodes if (ref := _ref_below(node, root)) is not None)


SOFT: Final = frozenset({Rule.LABEL, Rule.CHOICES})
