"""The answers of one filled form: nodes that know their definition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import count
from typing import Final, cast

from officer_app.checklists.definitions import Definition, Seed, Sort
from officer_app.checklists.xpath.nodes import NO_CHILDREN, Node, NodeKind

_ROWS: Final = count(1)
_STEP: Final = re.compile(r"([^\[\]/]+)(?:\[(\d{1,6})\])?")


class Answer(Node):
    """A node of the filled form.

    `value` is what expressions see: blank while the node is not relevant. `stored` is kept all the time.
    """

    __slots__ = (
        "aside",
        "definition",
        "invalid",
        "own_relevant",
        "readonly",
        "relevant",
        "required",
        "row",
        "stored",
    )

    parent: Answer | None

    def __init__(self, definition: Definition) -> None:
        """A node without a value, relevant until a rule says otherwise."""
        super().__init__(NodeKind.ELEMENT, definition.key)
        self.local = definition.name
        self.definition = definition
        self.stored = ""
        self.aside = ""  # a whole selection of which some names are not offered at the moment
        self.own_relevant = True
        self.relevant = True
        self.readonly = False
        self.required = False
        self.invalid = False
        # What a row of a list is known by for life, wherever it stands, also when it was taken out and put back.
        self.row = next(_ROWS) if definition.sort is Sort.REPEAT else 0
        if definition.is_leaf:
            self.value = ""

    def below(self) -> list[Answer]:
        """The children; all of them are answers."""
        return cast("list[Answer]", self.children)

    def family(self, key: str) -> list[Answer]:
        """The children of a name: the instances of a repeat, or the one node."""
        return cast("list[Answer]", self.named.get(key, NO_CHILDREN))

    def ref(self) -> str:
        """The absolute path with the number of every instance: /data/asset[2]/qty."""
        steps: list[str] = []
        node: Node | None = self
        while isinstance(node, Answer):
            steps.append(f"{node.local}[{node.number}]" if node.number else node.local)
            node = node.parent
        return "/" + "/".join(reversed(steps))

    def place(self, child: Answer, among: int) -> None:
        """Put a repeat instance at a place (from 0) among its namesakes."""
        family = self.named.setdefault(child.key, [])
        if among < len(family):
            self.children.insert(_index(self.children, family[among]), child)
        else:
            self.children.insert(self._behind(child, family), child)
        family.insert(among, child)
        child.parent = self
        _number(family, among)

    def _behind(self, child: Answer, family: list[Node]) -> int:
        """Where a last instance goes: behind its namesakes, or where the form has the repeat."""
        if family:
            return _index(self.children, family[-1]) + 1
        keys = list(self.definition.children)
        later = set(keys[keys.index(child.key) + 1 :])
        return next((at for at, each in enumerate(self.children) if each.key in later), len(self.children))

    def take_out(self, child: Answer) -> None:
        """Remove a repeat instance; the others close up."""
        family = self.named[child.key]
        among = child.number - 1
        del family[among]
        del self.children[_index(self.children, child)]
        _number(family, among)


def _index(nodes: list[Node], wanted: Node) -> int:
    return next(at for at, node in enumerate(nodes) if node is wanted)


def _number(family: list[Node], since: int) -> None:
    for place in range(since, len(family)):
        family[place].number = place + 1


def grown(seed: Seed) -> Answer:
    """A node with everything below it, as the form begins."""
    node = Answer(seed.definition)
    if seed.definition.is_leaf:
        node.stored = node.value = seed.text
        return node
    node.children, node.named = [], {key: [] for key in seed.definition.children}
    for child_seed in seed.children:
        child = grown(child_seed)
        node.children.append(child)
        family = node.named[child.key]
        family.append(child)
        child.parent = node
        if child.definition.sort is Sort.REPEAT:
            child.number = len(family)
    return node


def document_of(root: Answer) -> Node:
    """The node above the root."""
    document = Node(NodeKind.DOCUMENT)
    document.children, document.named = [root], {root.key: [root]}
    root.parent = document  # type: ignore[assignment]  # the one node whose parent is no answer
    return document


def below(node: Answer) -> Iterator[Answer]:
    """The node and everything below it, in document order."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        if each.children is not NO_CHILDREN:
            waiting.extend(reversed(each.below()))


def with_refs(root: Answer) -> Iterator[tuple[str, Answer]]:
    """A root and everything below it with their refs, in document order."""
    waiting = [(f"/{root.local}", root)]
    while waiting:
        ref, node = waiting.pop()
        yield ref, node
        if node.children is not NO_CHILDREN:
            waiting.extend(
                (f"{ref}/{child.local}[{child.number}]" if child.number else f"{ref}/{child.local}", child)
                for child in reversed(node.below())
            )


def instances(start: Node, keys: tuple[str, ...]) -> list[Answer]:
    """All answers that a way by names leads to, from an answer or the document above them."""
    nodes = [start]
    for key in keys:
        if len(nodes) == 1:
            nodes = nodes[0].named.get(key, NO_CHILDREN)
        else:
            nodes = [child for node in nodes for child in node.named.get(key, NO_CHILDREN)]
    return cast("list[Answer]", nodes)


@lru_cache(maxsize=16_384)
def steps_of(ref: str) -> tuple[tuple[str, int], ...]:
    """Names and instance numbers of a ref; 0 where none is written. Empty for what is no ref."""
    if not ref.startswith("/"):
        return ()
    steps: list[tuple[str, int]] = []
    for part in ref[1:].split("/"):
        found = _STEP.fullmatch(part)
        if found is None:
            return ()
        steps.append((found[1].rpartition(":")[2], int(found[2] or 0)))
    return tuple(steps)


def found_at(root: Answer, steps: Sequence[tuple[str, int]]) -> Answer | None:
    """The node of a ref; a number left out is 1."""
    if not steps or steps[0][0] != root.local or steps[0][1] > 1:
        return None
    node = root
    for name, number in steps[1:]:
        key = key_named(node.definition, name)
        family = node.family(key) if key is not None else []
        if not max(number, 1) <= len(family):
            return None
        node = family[max(number, 1) - 1]
    return node


def key_named(definition: Definition, name: str) -> str | None:
    """The key of the child with a local name."""
    if name in definition.children:
        return name
    return next((key for key, child in definition.children.items() if child.name == name), None)
