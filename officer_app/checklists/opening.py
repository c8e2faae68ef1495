"""How a session begins: metadata on the first opening, stored answers on every other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from officer_app.checklists.answers import Answer, below, found_at, grown, key_named, steps_of
from officer_app.checklists.definitions import MAX_INSTANCES, Definition, Sort
from officer_app.checklists.xpath.context import Surroundings
from officer_app.checklists.xpath.dates import day_text, moment_text


def preload(root: Answer, around: Surroundings, properties: Mapping[str, str]) -> None:
    """Fill metadata questions: start, today, uid, deviceid and the like."""
    for node in below(root):
        bind = node.definition.bind
        if bind.preload and node.definition.is_leaf and not node.stored:
            node.stored = node.value = _preloaded(bind.preload, bind.preload_parameters, around, properties)


def _preloaded(kind: str, what: str, around: Surroundings, properties: Mapping[str, str]) -> str:
    if kind == "timestamp" and what == "start":
        return moment_text(around.now())
    if kind == "date" and what == "today":
        return day_text(around.now())
    if kind == "uid":
        digits = f"{around.random.getrandbits(128):032x}"
        return f"uuid:{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-a{digits[17:20]}-{digits[20:]}"
    if kind == "property":
        return properties.get(what, "")
    return ""


def restore(root: Answer, answers: Mapping[str, str]) -> dict[str, str]:
    """Put stored answers back; gives those that the form has no place for.

    What is not mentioned stays as the form begins: a default that was cleared is stored as "".
    """
    parsed = {ref: steps_of(ref) for ref in answers}
    counted = {ref: steps for ref, steps in parsed.items() if _is_count(root.definition, steps, answers[ref])}
    for ref, steps in parsed.items():
        if ref not in counted:
            _make_room(root, steps)
    for ref, steps in sorted(counted.items(), key=lambda each: len(each[1])):
        _set_count(root, steps, int(answers[ref]))
    orphans: dict[str, str] = {}
    for ref, text in answers.items():
        node = found_at(root, parsed[ref])
        if node is not None and node.definition.is_leaf:
            node.stored = node.value = text
        elif ref not in counted:
            orphans[ref] = text
    return orphans


def _make_room(root: Answer, steps: Sequence[tuple[str, int]]) -> None:
    """Let every repeat on a ref's way have as many instances as the ref needs."""
    node = root
    for name, number in steps[1:]:
        key = key_named(node.definition, name)
        if key is None:
            return
        _grow(node, node.definition.children[key], max(number, 1))
        family = node.family(key)
        if not max(number, 1) <= len(family):
            return
        node = family[max(number, 1) - 1]


def _grow(parent: Answer, definition: Definition, count: int) -> None:
    if definition.sort is Sort.REPEAT and definition.template is not None:
        while len(parent.named[definition.key]) < min(count, MAX_INSTANCES):
            parent.place(grown(definition.template), len(parent.named[definition.key]))


def _set_count(root: Answer, steps: Sequence[tuple[str, int]], count: int) -> None:
    parent = found_at(root, steps[:-1])
    key = key_named(parent.definition, steps[-1][0]) if parent is not None else None
    if parent is None or key is None:
        return
    _grow(parent, parent.definition.children[key], count)
    while len(parent.named[key]) > count:
        parent.take_out(parent.family(key)[-1])


def _is_count(root: Definition, steps: Sequence[tuple[str, int]], text: str) -> bool:
    """Whether a stored ref is a repeat's own, which says how often it repeats."""
    if len(steps) < 2 or steps[0][0] != root.name or not text.isdecimal():
        return False
    definition = root
    for name, _number in steps[1:]:
        key = key_named(definition, name)
        if key is None:
            return False
        definition = definition.children[key]
    return definition.sort is Sort.REPEAT
