"""Every single write to the answers, so that a change can be taken back exactly, and told."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final, NamedTuple, TypeAlias

from officer_app.checklists.answers import Answer
from officer_app.checklists.changes import Changes, Dropped
from officer_app.checklists.definitions import Sort
from officer_app.checklists.graph import Rule
from officer_app.checklists.xpath.nodes import Node


class Slot(Enum):
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


def violation_of(node: Answer) -> Violation | None:
    """What is wrong with an answer now."""
    if not node.relevant:
        return None
    if node.stored == "":
        return Violation.REQUIRED if node.required else None
    return Violation.CONSTRAINT if node.invalid else None


def is_readonly(node: Answer) -> bool:
    """Whether the person may not change an answer: by its own rule, a group's, or because it is reckoned."""
    each: Node | None = node
    while isinstance(each, Answer):
        if each.readonly:
            return True
        each = each.parent
    return node.definition.bind.calculate is not None


class _Before(NamedTuple):
    stored: str
    relevant: bool
    readonly: bool
    required: bool
    violation: Violation | None


@dataclass(slots=True)
class _Family:
    """The instances of one repeat below one parent before the change, with their answers if they may shift."""

    count: int
    answers: dict[str, str] | None


class Journal:
    """Collects the writes of one change."""

    def __init__(self) -> None:
        """An empty journal."""
        self.entries: list[Entry] = []
        self.dropped: list[tuple[Answer, str]] = []
        self.relabelled: dict[Answer, None] = {}
        self.rechosen: dict[Answer, None] = {}
        self._before: dict[Answer, _Before] = {}
        self._families: dict[tuple[Answer, str], _Family] = {}

    def touch(self, node: Answer) -> None:
        """Remember how a node was, the first time it is about to change."""
        if node not in self._before:
            self._before[node] = _Before(
                node.stored, node.relevant, is_readonly(node), node.required, violation_of(node)
            )

    def write(self, node: Answer, slot: Slot, new: str | bool) -> None:
        """Set a property and note it."""
        self.touch(node)
        self.entries.append(Write(node, slot, getattr(node, slot.value), new))
        put(node, slot, new)

    def place(self, parent: Answer, node: Answer, place: int, *, inserted: bool) -> None:
        """Put in or take out a repeat instance and note it."""
        self._note_family(parent, node.key, shifts=not inserted or place < len(parent.named.get(node.key, ())))
        self.entries.append(Placing(parent, node, place, inserted))
        if inserted:
            parent.place(node, place)
        else:
            parent.take_out(node)

    def _note_family(self, parent: Answer, key: str, *, shifts: bool) -> None:
        family = self._families.get((parent, key))
        if family is None:
            count = len(parent.named.get(key, ()))
            family = self._families[(parent, key)] = _Family(count, None)
        if shifts and family.answers is None:
            family.answers = self._answers_before(parent, key)

    def _answers_before(self, parent: Answer, key: str) -> dict[str, str]:
        """The kept answers of a repeat as they were before the change, whatever of it was written since."""
        found: dict[str, str] = {}
        ref = family_ref(parent, key)
        for member in parent.family(key):
            _keep(member, f"{ref}[{member.number}]", found)
        for node, before in self._before.items():
            if before.stored != node.stored and _inside(node, parent, key):
                found.pop(node.ref(), None)
                if before.stored != "" or node.definition.default != "":
                    found[node.ref()] = before.stored
        for (inner, name), family in self._families.items():
            if inner is not parent and _inside(inner, parent, key):
                found.update(family.answers or {})
                found[family_ref(inner, name)] = str(family.count)
        return found

    # --- telling -------------------------------------------------------------------------------------

    def changes(self, root: Answer) -> Changes:
        """What is different now, by ref."""
        alive = {node: node.ref() for node in self._before if _hangs(node, root)}
        differs = {slot: set[str]() for slot in ("values", "relevance", "readonly", "required", "violations")}
        stored: dict[str, str | None] = {}
        for node, ref in alive.items():
            before = self._before[node]
            self._compare(node, ref, before, differs)
            if node.definition.is_leaf and before.stored != node.stored:
                stored[ref] = node.stored if worth_keeping(node) else None
        self._tell_families(root, stored)
        return Changes(
            **{name: frozenset(refs) for name, refs in differs.items()},
            choices=_refs(self.rechosen, root),
            labels=_refs(self.relabelled, root),
            repeats={
                family_ref(parent, key): (family.count, len(parent.named.get(key, ())))
                for (parent, key), family in self._families.items()
                if _hangs(parent, root)
            },
            dropped=tuple(Dropped(node.ref(), text) for node, text in self.dropped if _hangs(node, root)),
            stored=stored,
        )

    def _compare(self, node: Answer, ref: str, before: _Before, differs: dict[str, set[str]]) -> None:
        if before.stored != node.stored:
            differs["values"].add(ref)
        if before.relevant != node.relevant:
            differs["relevance"].add(ref)
        if before.readonly != is_readonly(node):
            differs["readonly"].add(ref)
        if before.required != node.required:
            differs["required"].add(ref)
        if before.violation is not violation_of(node):
            differs["violations"].add(ref)

    def _tell_families(self, root: Answer, stored: dict[str, str | None]) -> None:
        for (parent, key), family in self._families.items():
            if not _hangs(parent, root):
                continue
            ref, members = family_ref(parent, key), parent.family(key)
            if family.answers is None:
                for member in members[family.count :]:
                    stored.update(kept_answers(member))
            else:
                now = _answers_of_family(parent, key)
                stored.update({gone: None for gone in family.answers if gone not in now})
                stored.update({each: text for each, text in now.items() if family.answers.get(each) != text})
            stored[ref] = str(len(members))


def put(node: Answer, slot: Slot, new: str | bool) -> None:
    """Set a property without noting it; expressions see the stored text only while the node is relevant."""
    setattr(node, slot.value, new)
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


def _answers_of_family(parent: Answer, key: str) -> dict[str, str]:
    found: dict[str, str] = {}
    ref = family_ref(parent, key)
    for member in parent.family(key):
        _keep(member, f"{ref}[{member.number}]", found)
    return found


def _inside(node: Answer, parent: Answer, key: str) -> bool:
    """Whether a node stands in an instance of a repeat."""
    above: Node | None = node
    while isinstance(above, Answer):
        if above.parent is parent:
            return above.key == key
        above = above.parent
    return False


def _hangs(node: Answer, root: Answer) -> bool:
    """Whether a node is still part of the form."""
    while node is not root:
        parent = node.parent
        if parent is None or not isinstance(parent, Answer):
            return False
        if node.number and not (
            node.number <= len(parent.named[node.key]) and parent.named[node.key][node.number - 1] is node
        ):
            return False
        node = parent
    return True


def _refs(nodes: dict[Answer, None], root: Answer) -> frozenset[str]:
    return frozenset(node.ref() for node in nodes if _hangs(node, root))


SOFT: Final = frozenset({Rule.LABEL, Rule.CHOICES})
