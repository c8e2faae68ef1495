"""What keeps a question closed, and which answers open it: has_debts = 'yes', selected(more_person, 'spouse')."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from officer_app.checklists.definitions import Definition

_PATH: Final = r"(?P<path>[/.\w]+)"
_TICKED: Final = re.compile(rf"selected\(\s*{_PATH}\s*,\s*'(?P<value>[^']+)'\s*\)")
_EQUAL: Final = re.compile(rf"{_PATH}\s*=\s*'(?P<value>[^']+)'")


@dataclass(frozen=True, slots=True)
class Gate:
    """One answer that opens what stands behind: the question's path, the value, whether it is one tick of several."""

    path: str
    value: str
    ticked: bool


def gates_of(definition: Definition) -> tuple[tuple[Gate, ...], ...]:
    """For each rule that closes a question or what it stands in, outermost first: the answers that would open it."""
    found = [tuple(_gates(node)) for node in definition.up() if node.bind.relevant is not None]
    return tuple(reversed([gates for gates in found if gates]))


def _gates(node: Definition) -> Iterator[Gate]:
    source = node.bind.relevant.source if node.bind.relevant is not None else ""
    for met in _TICKED.finditer(source):
        yield Gate(_absolute(met["path"], node), met["value"], ticked=True)
    for met in _EQUAL.finditer(source):
        yield Gate(_absolute(met["path"], node), met["value"], ticked=False)


def paths_in(source: str, node: Definition) -> Iterator[str]:
    """The questions that an expression reads, from the top."""
    for met in re.finditer(r"(?:\.\./|/)[/.\w]+", re.sub(r"'[^']*'", "", source)):
        yield _absolute(met.group(), node)


def _absolute(path: str, node: Definition) -> str:
    """A path as the form writes it, from the top: ../route_kind inside /data/sales/route."""
    if path.startswith("/"):
        return path
    here: Definition | None = node
    steps = path.split("/")
    while steps and steps[0] in ("..", "."):
        step = steps.pop(0)
        here = here.parent if step == ".." and here is not None else here
    return "/".join([here.path if here is not None else "", *steps])
