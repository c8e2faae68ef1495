"""Lines in letters: fz3200/y is 房租3200/月, qdd6wms is 欠弟弟6万没说. Several readings where the letters allow them.

Pure. Letters are words of the lexicon by their initials or in full pinyin; behind a number they are its unit. Nothing
is decided here: each reading makes its own proposals, and the officer sees what was read beside each.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from math import prod
from typing import Final

from officer_app.base.pinyin import spellings
from officer_app.base.spoken.reading import folded

MOST: Final = 8
_RUN: Final = re.compile(r"[a-z]+")
# Ways to read one run that are carried on while it is cut into words.
_KEPT: Final = 8
_LETTER_ALONE: Final = 20  # what a letter costs that no word explains; a word costs 1
_NOT_NAMED: Final = 2
_HOMONYM: Final = 0.1  # what a later word of the same letters costs more than an earlier one


@dataclass(frozen=True, slots=True)
class Spelling:
    """What letters may stand for: `words` by initials and pinyin, `units` behind a number, `spans` behind a stroke."""

    words: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]  # English words and signs that stand for themselves
    first: Mapping[str, int]  # how many of a sound's words were named as what it usually means

    @property
    def longest(self) -> int:
        """Of how many letters the longest word is."""
        return max(map(len, self.words), default=0)


def spelling(terms: Iterable[str], short: Mapping[str, Mapping[str, str]], whole: frozenset[str]) -> Spelling:
    """The table of all terms: by initials of two letters and more, and in full pinyin; `short` comes before them."""
    words: dict[str, list[str]] = {sound: text.split() for sound, text in short.get("words", {}).items()}
    first = {sound: len(found) for sound, found in words.items()}
    for term in dict.fromkeys(terms):
        if term.isascii():
            continue
        for sound in dict.fromkeys(reversed(spellings(term))):
            if len(sound) > 1 and term not in words.setdefault(sound, []):
                words[sound].append(term)
    return Spelling(
        {sound: tuple(found) for sound, found in words.items()},
        {sound: tuple(text.split()) for sound, text in short.get("units", {}).items()},
        {sound: tuple(text.split()) for sound, text in short.get("spans", {}).items()},
        whole,
        first,
    )


@dataclass(frozen=True, slots=True)
class Reading:
    """A line in characters; `left` counts letters that no word explains, `turns` how often a later word was taken."""

    text: str
    left: int = 0
    turns: int = 0


def readings(text: str, table: Spelling) -> tuple[Reading, ...]:
    """What a line may say in characters, the likeliest first; the line itself where it holds nothing to be read."""
    text = _reckoned(text)
    flat = folded(text)
    runs = [met for met in _RUN.finditer(flat) if met.group() not in table.whole]
    if not runs:
        return (Reading(text),)
    found: list[tuple[float, str]] = [(0, "")]
    at = 0
    for met in runs:
        between = text[at : met.start()]
        ways = _ways(met.group(), flat[: met.start()], table)
        found = sorted(
            (cost + more, begun + between + said) for cost, begun in found for more, said in ways
        )[: 2 * MOST]
        at = met.end()
    least = found[0][0] % _LETTER_ALONE
    made: dict[str, Reading] = {}
    for cost, begun in found:
        left, rest = divmod(cost, _LETTER_ALONE)
        made.setdefault(begun, Reading(begun + text[at:], int(left), max(0, round((rest - least) / _HOMONYM))))
    return tuple(made.values())[:MOST]


_MONTH: Final = re.compile(r"(?<![\d-])((?:19|20)\d\d)-(1[0-2]|0?[1-9])(?![\d-])")
_SUM: Final = re.compile(r"(?<![\d.*+])\d+(?:\.\d+)?(?:[*+]\d+(?:\.\d+)?)+(?![\d.])")


def _reckoned(text: str) -> str:
    """100*28 is 2800, 2021-3 is a month: sums are reckoned, products first, exactly."""
    text = _MONTH.sub(r"\1年\2月", text)
    return _SUM.sub(lambda met: f"{_sum(met.group()).normalize():f}", text)


def _sum(words: str) -> Decimal:
    return sum((prod(map(Decimal, part.split("*")), start=Decimal(1)) for part in words.split("+")), Decimal(0))


def _ways(run: str, before: str, table: Spelling) -> list[tuple[float, str]]:
    """How one run of letters may be cut into words, the cheapest first."""
    best: list[list[tuple[float, str]]] = [[] for _ in range(len(run) + 1)]
    best[0] = [(0, "")]
    for at in range(len(run)):
        here = sorted(best[at])[:_KEPT]
        for end, cost, said in _steps(run, at, before, table):
            best[end].extend((so_far + cost, begun + said) for so_far, begun in here)
    return sorted(best[len(run)])[:_KEPT]


def _steps(run: str, at: int, before: str, table: Spelling) -> Iterator[tuple[int, float, str]]:
    yield at + 1, _LETTER_ALONE, run[at]
    if at == 0:
        behind = table.spans if before.endswith("/") else table.units if before[-1:].isdigit() else {}
        for end in range(1, len(run) + 1):
            for place, said in enumerate(behind.get(run[:end], ())):
                yield end, 0.5 + _HOMONYM * place, said
    for end in range(at + 1, min(len(run), at + table.longest) + 1):
        named = table.first.get(run[at:end], 0)
        for place, said in enumerate(table.words.get(run[at:end], ())):
            yield end, 1 + _HOMONYM * (place if place < named or not named else place + _NOT_NAMED), said
