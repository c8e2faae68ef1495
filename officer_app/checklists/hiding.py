"""What a checklist does not ask now, and the rule that keeps it closed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from officer_app.checklists.answers import Answer
from officer_app.checklists.controls import Control, GroupPart, Part, QuestionType, RepeatPart
from officer_app.checklists.definitions import Formula
from officer_app.checklists.showing import nodes_of

Name = Callable[[Part, Answer], str]


@dataclass(frozen=True, slots=True)
class Hidden:
    """Neighbours that one rule keeps closed: their labels, the ref of the first, and the rule."""

    ref: str
    labels: tuple[str, ...]
    rule: Formula


def hidden(parts: Sequence[Part], around: Answer, name: Name) -> tuple[Hidden, ...]:
    """The outermost closed parts in document order; neighbours under the same rule are one."""
    found: list[Hidden] = []
    for one in _closed(parts, around, name):
        last = found[-1] if found else None
        if last is not None and last.rule.source == one.rule.source:
            found[-1] = replace(last, labels=(*last.labels, *one.labels))
        else:
            found.append(one)
    return tuple(found)


def _closed(parts: Sequence[Part], around: Answer, name: Name) -> Iterator[Hidden]:
    for part in parts:
        for node in nodes_of(part, around):
            rule = part.definition.bind.relevant
            if node.relevant:
                if isinstance(part, GroupPart | RepeatPart):
                    yield from _closed(part.parts, node, name)
            elif rule is not None and not _only_tells(part):
                label = name(part, node)
                labels = (label,) if label else tuple(_names_inside(part, node, name))
                yield Hidden(node.ref(), labels, rule)
                break  # the other entries of a list are closed by the same rule


def _names_inside(part: Part, node: Answer, name: Name) -> Iterator[str]:
    for inner in () if isinstance(part, Control) else part.parts:
        for below in nodes_of(inner, node):
            if isinstance(inner, Control) and not _only_tells(inner):
                yield name(inner, below)


def _only_tells(part: Part) -> bool:
    return isinstance(part, Control) and part.type is QuestionType.NOTE
