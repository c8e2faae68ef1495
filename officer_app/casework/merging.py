"""Facts of several visits laid over each other.

A later visit's value stands over an earlier one's. Entries of a list whose declaration names a key (`credit.fields`)
are one thing when their keys are equal: they merge, and what only one visit names stays. A list without a key is
taken whole from the latest visit that answers it, since nobody can tell whether "rent" and "shop rent" are one line.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from typing import Final, TypeAlias

from officer_app.credit.nodes import FactNode
from officer_app.credit.vocabulary import VOCABULARY

Entry: TypeAlias = Mapping[str, FactNode]
# The key's texts, and which of several entries with these texts it is: two loans of one bank stay two.
EntryKey: TypeAlias = tuple[tuple[str, ...], int]

_MARK: Final = "id"


def overlay(below: Mapping[str, FactNode], above: Mapping[str, FactNode], path: str = "") -> Mapping[str, FactNode]:
    """`above` over `below`, both at `path` of the vocabulary: maps merge, lists by their key, texts are replaced."""
    merged = dict(below)
    for name, node in above.items():
        merged[name] = _over(merged.get(name), node, f"{path}{name}")
    return merged


def entries(nodes: Sequence[FactNode], key: tuple[str, ...]) -> Iterator[tuple[EntryKey, Entry]]:
    """The maps of a list, each with what it is known by."""
    seen: dict[tuple[str, ...], int] = {}
    for node in nodes:
        if isinstance(node, Mapping):
            texts = tuple(_plain(node.get(name, "")) for name in key)
            seen[texts] = seen.get(texts, -1) + 1
            yield (texts, seen[texts]), node


def key_of(path: str) -> tuple[str, ...]:
    """The key of the list at a general path (`liabilities`); empty when it has none, or is no list."""
    spec = VOCABULARY.get(f"{path}[]")
    return spec.key if spec is not None else ()


def _over(under: FactNode | None, node: FactNode, path: str) -> FactNode:
    if isinstance(node, Mapping):
        return overlay(under, node, f"{path}.") if isinstance(under, Mapping) else node
    if isinstance(node, str) or under is None or isinstance(under, (str, Mapping)) or not key_of(path):
        return node
    return _joined(under, node, path)


def _joined(under: Sequence[FactNode], over: Sequence[FactNode], path: str) -> tuple[FactNode, ...]:
    key = key_of(path)
    found = dict(entries(under, key))
    for known, entry in entries(over, key):
        if known not in found:
            found[known] = _marked_apart(entry, found.values())
        else:
            found[known] = {**overlay(found[known], entry, f"{path}[]."), **_mark(found[known])}
    return tuple(found.values())


def _mark(entry: Entry) -> Entry:
    """The short mark that an entry goes by; the first visit's holds, since findings name it."""
    return {_MARK: entry[_MARK]} if _MARK in entry else {}


def _marked_apart(entry: Entry, others: Iterable[Entry]) -> Entry:
    """The entry under a mark of its own: two visits number their pledges from one."""
    mark, taken = entry.get(_MARK, ""), {other.get(_MARK) for other in others}
    if not mark or mark not in taken:
        return entry
    free = next(name for name in (f"{mark}_{place}" for place in count(2)) if name not in taken)
    return {**entry, _MARK: free}


def _plain(node: FactNode) -> str:
    """A key's text as people mean it: full-width as half-width, no blanks, no capitals."""
    text = node if isinstance(node, str) else ""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())
