"""What the checklist keeps closed until somebody says that it was looked at.

A question named `more_…` opens deeper parts of its section or row: by a tick for each part, or by a yes. Which facts
stand behind which tick is read from the form itself, so that a new part needs no second list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from officer_app.checklists.definitions import Definition, Sort

# opener -> answer -> facts behind it, as they are bound there (inside a row: within the row's entry)
Openers: TypeAlias = "Mapping[str, Mapping[str, tuple[str, ...]]]"

_OPENED: Final = re.compile(
    r"selected\(\s*\S*?(?P<ticked>more_\w+)\s*,\s*'(?P<part>\w+)'\s*\)|(?P<agreed>more_\w+)\s*=\s*'yes'"
)


def openers(root: Definition) -> Openers:
    """Every opener of a form with the facts behind each of its answers, in the form's order."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for node in root.down():
        for name, answer in _opened_by(node):
            parts = found.setdefault(name, {})
            parts[answer] = (*parts.get(answer, ()), *_facts(node))
    return found


def _opened_by(node: Definition) -> Iterator[tuple[str, str]]:
    relevant = node.bind.relevant
    for asked in _OPENED.finditer(relevant.source) if relevant is not None else ():
        yield asked["ticked"] or asked["agreed"], asked["part"] or "yes"


def _facts(node: Definition) -> Iterator[str]:
    """The facts bound at and below a node; a list stands for all that is in its rows."""
    if node.bind.fact:
        yield node.bind.fact
    if not (node.sort is Sort.REPEAT and node.bind.fact):
        for child in node.children.values():
            yield from _facts(child)
