"""Which answers may stand as they were in an earlier case: `bind::again`, an expression on a question or a group.

A question without one has its group's; without any, it is asked anew. Constants are written true() and false().
"""

from __future__ import annotations

from collections.abc import Sequence

from officer_app.checklists.answers import Answer, found_at, key_named
from officer_app.checklists.definitions import Definition
from officer_app.checklists.xpath.context import Context
from officer_app.checklists.xpath.values import to_boolean

_ALWAYS, _NEVER = "true()", "false()"


def stands(root: Answer, steps: Sequence[tuple[str, int]], context: Context) -> bool:
    """Whether the answer at a ref may stand; in a row that is not there yet, whether it may in every row."""
    definition, depth = _defined(root.definition, steps), len(steps)
    if definition is None or not definition.is_leaf:
        return False
    while definition is not None and definition.bind.again is None:
        definition, depth = definition.parent, depth - 1
    if definition is None or definition.bind.again is None:
        return False
    again = definition.bind.again
    if again.source in {_ALWAYS, _NEVER}:
        return again.source == _ALWAYS
    node = found_at(root, steps[:depth])
    if node is None:
        return False
    context.current = node
    return to_boolean(again.run(node, context))


def _defined(top: Definition, steps: Sequence[tuple[str, int]]) -> Definition | None:
    """What the form declares at a ref, None where it declares nothing."""
    definition = top if steps and steps[0][0] == top.name else None
    for name, _number in steps[1:]:
        key = key_named(definition, name) if definition is not None else None
        definition = definition.children[key] if definition is not None and key is not None else None
    return definition
