"""Values beside the labels of a printed paper: in the same line, right of it, and further lines below."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.evidence.reading.lines import Lie, Line, Placed

_FAR: Final = 14.0  # line heights between a label and its value, at most
_NEXT_ROW: Final = 1.4  # line heights from one row of a value to the next, at most
# The reader knows the old characters too and now and then takes a printed label for one; values stay as read.
_OLD: Final = str.maketrans("別號碼執經營類稱關發機證証業範圍場記實", "别号码执经营类称关发机证证业范围场记实")
_ASIDE: Final = 1.5  # line heights by which rows of one value may begin apart


@dataclass(frozen=True, slots=True)
class Value:
    """What stands at a label, and the lines it stands in."""

    text: str
    lines: tuple[Line, ...]


def values(lie: Lie, labels: Sequence[str], long: Iterable[str] = ()) -> Mapping[str, Value]:
    """The value of each label that was found; those in `long` may go on below.

    A longer label wins over a shorter one that it begins with; a label without a value is left out.
    """
    pieces = [piece for placed in lie.placed for piece in _pieces(placed, labels)]
    loose = [placed for placed in lie.placed if not any(label in in_print(placed.text) for label in labels)]
    rows = frozenset(long)
    found: dict[str, Value] = {}
    for label, text, at in pieces:
        parts = [at] if text else []
        if not parts:
            beside = _beside(at, loose)
            parts = [] if beside is None else [beside]
        if parts and label not in found:
            below = _below(parts[0], at, loose, lie.placed) if label in rows else ()
            told = (text or parts[0].text, *(one.text for one in below))
            found[label] = Value("".join(told), tuple(one.line for one in (*parts, *below)))
    return found


def in_print(text: str) -> str:
    """A text as labels are printed, sign by sign."""
    return text.translate(_OLD)


def _pieces(placed: Placed, labels: Sequence[str]) -> Iterator[tuple[str, str, Placed]]:
    """Labels in one line, each with what follows it there: a reader often takes a whole row as one line."""
    ordered = sorted(labels, key=len, reverse=True)
    hits = list(re.finditer("|".join(map(re.escape, ordered)), in_print(placed.text)))
    if not hits or hits[0].start() > 1:  # within a sentence it is a word and no label
        return
    ends = [hit.start() for hit in hits[1:]] + [len(placed.text)]
    for hit, end in zip(hits, ends, strict=True):
        yield hit[0], placed.text[hit.end() : end].strip(":;,.|"), placed


def _beside(at: Placed, loose: Sequence[Placed]) -> Placed | None:
    """The nearest line to the right of a label, on its level."""
    right = [one for one in loose if at.is_level_with(one) and -at.height < one.left - at.right < _FAR * at.height]
    return min(right, key=lambda one: one.left, default=None)


def _below(first: Placed, label: Placed, loose: Sequence[Placed], every: Sequence[Placed]) -> tuple[Placed, ...]:
    """Further rows of a value: right below, beginning where it begins, with nothing printed left of them."""
    found: list[Placed] = []
    last = first
    while True:
        under = [one for one in loose if one not in (*found, first) and _goes_on(last, one, first)]
        nearest = min(under, key=lambda one: one.top, default=None)
        if nearest is None or _has_label(nearest, label, every):
            return tuple(found)
        found.append(nearest)
        last = nearest


def _goes_on(last: Placed, one: Placed, first: Placed) -> bool:
    gap = one.top - last.bottom
    alike = 0.6 < one.height / max(first.height, 1.0) < 1.6
    near = abs(one.left - first.left) < _ASIDE * first.height
    return -0.3 * first.height < gap < _NEXT_ROW * first.height and near and alike


def _has_label(row: Placed, label: Placed, every: Sequence[Placed]) -> bool:
    """Whether something is printed in the column of the labels beside a row: then the row is another value."""
    return any(
        one is not label and one.is_level_with(row) and one.left < label.right and one.right <= row.left + 1
        for one in every
    )
