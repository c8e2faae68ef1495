"""`${question}` in cells: which questions are meant, and expressions read as trees with such references in them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from officer_app.checklists.xpath.failure import XPathError
from officer_app.checklists.xpath.parser import parse
from officer_app.checklists.xpath.syntax import Expression, Path, parts

_REFERENCE: Final = re.compile(r"\$\{([^}]*)\}")
_BROKEN: Final = re.compile(r"\$\s*[{｛（(][^}]*$|\$\s*[｛（(][^}｝）)]*[}｝）)]|\$\{[^}]*$")
_LAST_SAVED: Final = "last-saved#"
# The root under which references stand in a tree; no question can be called so, for a name of one sign is real.
_MARK: Final = "__question__"
# The compiler takes these for plain quotation marks.
_QUOTES: Final = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_NAME: Final = re.compile(r"[^\W\d][\w.\-·]*")


@dataclass(frozen=True, slots=True)
class Reference:
    """One `${…}`: the name in it, and whether the value that was saved last is meant."""

    name: str
    last_saved: bool = False


def references(text: str) -> Iterator[Reference]:
    """All references of a cell, in order."""
    for found in _REFERENCE.finditer(text):
        name = found[1].strip()
        yield Reference(name.removeprefix(_LAST_SAVED), last_saved=name.startswith(_LAST_SAVED))


def broken_reference(text: str) -> str:
    """A `${` that is not closed, or written with other brackets; "" when there is none."""
    found = _BROKEN.search(text)
    return found[0][:40] if found is not None else ""


@lru_cache(maxsize=4096)
def read_expression(text: str) -> Expression:
    """The tree of a cell's expression; a reference is a path that `name_of` knows. Errors: XPathError."""
    return parse(_REFERENCE.sub(_marked, text.translate(_QUOTES)))


def _marked(found: re.Match[str]) -> str:
    name = found[1].strip()
    if name.startswith(_LAST_SAVED):
        return f"instance('__last-saved')/{_MARK}/{_plain(name.removeprefix(_LAST_SAVED))}"
    return f"/{_MARK}/{_plain(name)}"


def _plain(name: str) -> str:
    return name if _NAME.fullmatch(name) else "unreadable"


def name_of(tree: Expression, *, exactly: bool = True) -> str:
    """The question that a tree refers to; `exactly`: nothing but the reference, no predicate, no further step."""
    if not isinstance(tree, Path) or not tree.absolute or len(tree.steps) < 2:
        return ""
    if tree.steps[0].test.name != _MARK:
        return ""
    if exactly and (len(tree.steps) > 2 or tree.steps[1].predicates):
        return ""
    return tree.steps[1].test.name


def readable(text: str) -> Expression | None:
    """The tree of an expression, or None when it cannot be read: another rule says so."""
    try:
        return read_expression(text)
    except XPathError:
        return None


def names_in(tree: Expression) -> Iterator[str]:
    """Every question that a tree refers to, anywhere in it."""
    for part in parts(tree):
        name = name_of(part, exactly=False)
        if name:
            yield name
