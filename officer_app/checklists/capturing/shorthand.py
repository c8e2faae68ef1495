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
# What a step costs: a word 1; a unit less; a letter that no word explains; each later word of the same letters more,
# and more again behind words that were named as what these letters usually mean.
_UNIT: Final = 0.5
_LETTER_ALONE: Final = 20
_HOMONYM: Final = 0.1
_NOT_NAMED: Final = 2


@dataclass(frozen=True, slots=True)
class Spelling:
    """What letters may stand for: `words` by initials and pinyin, `units` behind a number, `spans` behind a /."""

    words: Mapping[str, tuple[str, ...]]
    units: Mapping[str, tuple[str, ...]]
    spans: Mapping[str, tuple[str, ...]]
    whole: frozenset[str]  # English words and signs that stand for themselves
    named: Mapping[str, int]  # how many of a sound's words were named as what it usually means
    longest: int


def spelling(terms: Iterable[str], short: Mapping[str, Mapping[str, str]], whole: frozenset[str]) -> Spelling:
    """The table of all terms; `short` says what letters usually mean, and names units and spans."""
    usual = {sound: text.split() for sound, text in short.get("words", {}).items()}
    words = {sound: list(found) for sound, found in usual.items()}
    for term in dict.fromkeys(terms):
        for sound in sounds_of(term):
            if term not in words.setdefault(sound, []):
                words[sound].append(term)
    return Spelling(
        words={sound: tuple(found) for sound, found in words.items()},
        units={sound: tuple(text.split()) for sound, text in short.get("units", {}).items()},
        spans={sound: tuple(text.split()) for sound, text in short.get("spans", {}).items()},
        whole=whole,
        named={sound: len(found) for sound, found in usual.items()},
        longest=max(map(len, words), default=0),
    )


def sounds_of(term: str) -> tuple[str, ...]:
    """Initials and full pinyin of a Chinese term, from two letters on."""
    if term.isascii():
        return ()
    return tuple(sound for sound in dict.fromkeys(reversed(spellings(term))) if len(sound) > 1)


Piece = tuple[str, str]  # as typed, as read


@dataclass(frozen=True, slots=True)
class Reading:
    """A line in characters; `left` counts letters that no word explains, `turns` how often a later word was taken."""

    pieces: tuple[Piece, ...]
    left: int = 0
    turns: int = 0

    @property
    def text(self) -> str:
        """As it is read."""
        return "".join(read for _typed, read in self.pieces)

    def typed_at(self, at: int) -> int:
        """Where a place of the reading stands in what was typed: inside a word, where the word begins."""
        typed, read = 0, 0
        for was, now in self.pieces:
            if at < read + len(now):
                return typed + (at - read if was == now else 0)
            typed, read = typed + len(was), read + len(now)
        return typed


def readings(text: str, table: Spelling, names: Mapping[str, tuple[str, ...]]) -> tuple[Reading, ...]:
    """What a line may say in characters, the likeliest first. `names` are words of this file, by their sound."""
    flat = folded(text)
    found: list[tuple[float, tuple[Piece, ...]]] = [(0, ())]
    at = 0
    for met in _RUN.finditer(flat):
        if met.group() in table.whole:
            continue
        ways = _ways(met.group(), flat[: met.start()], table, names)
        found = sorted(
            (cost + more, (*begun, *_figures(text[at : met.start()]), *said))
            for cost, begun in found
            for more, said in ways
        )[: 2 * MOST]
        at = met.end()
    least = found[0][0] % _LETTER_ALONE
    made: dict[str, Reading] = {}
    for cost, begun in found:
        left, rest = divmod(cost, _LETTER_ALONE)
        one = Reading((*begun, *_figures(text[at:])), int(left), max(0, round((rest - least) / _HOMONYM)))
        made.setdefault(one.text, one)
    return tuple(made.values())[:MOST]


_FIGURES: Final = re.compile(
    r"(?<![\d-])(?P<year>(?:19|20)\d\d)-(?P<month>1[0-2]|0?[1-9])(?![\d-])"
    r"|(?<![\d.*+])\d+(?:\.\d+)?(?:[*+]\d+(?:\.\d+)?)+(?![\d.*+])"
)


def _figures(text: str) -> Iterator[Piece]:
    """100*28 is 2800, 2021-3 is a month of that year; the rest stays as it is."""
    at = 0
    for met in _FIGURES.finditer(text):
        if met.start() > at:
            yield text[at : met.start()], text[at : met.start()]
        yield met.group(), f"{met['year']}年{met['month']}月" if met["year"] else _reckoned(met.group())
        at = met.end()
    if at < len(text):
        yield text[at:], text[at:]


def _reckoned(words: str) -> str:
    """A sum of products, exactly."""
    total = sum((prod(map(Decimal, part.split("*")), start=Decimal(1)) for part in words.split("+")), Decimal(0))
    return f"{total.normalize():f}"


def _ways(
    run: str, before: str, table: Spelling, names: Mapping[str, tuple[str, ...]]
) -> list[tuple[float, tuple[Piece, ...]]]:
    """How one run of letters may be cut into words, the cheapest first."""
    best: list[list[tuple[float, tuple[Piece, ...]]]] = [[] for _ in range(len(run) + 1)]
    best[0] = [(0, ())]
    for at in range(len(run)):
        here = sorted(best[at])[:_KEPT]
        for end, cost, said in _steps(run, at, before, table, names):
            best[end].extend((so_far + cost, (*begun, (run[at:end], said))) for so_far, begun in here)
    return sorted(best[len(run)])[:_KEPT]


def _steps(
    run: str, at: int, before: str, table: Spelling, names: Mapping[str, tuple[str, ...]]
) -> Iterator[tuple[int, float, str]]:
    """What the letters from a place on may be: where it ends, what it costs, what it says."""
    yield at + 1, _LETTER_ALONE, run[at]
    behind = table.spans if before.endswith("/") else table.units if before[-1:].isdigit() else {}
    for end in range(at + 1, len(run) + 1):
        sound = run[at:end]
        for place, said in enumerate(behind.get(sound, ()) if at == 0 else ()):
            yield end, _UNIT + _HOMONYM * place, said
        for said in names.get(sound, ()):
            yield end, 1, said
        if len(sound) <= table.longest:
            yield from ((end, cost, said) for cost, said in _words(sound, table))


def _words(sound: str, table: Spelling) -> Iterator[tuple[float, str]]:
    named = table.named.get(sound, 0)
    for place, said in enumerate(table.words.get(sound, ())):
        later = place if place < named or not named else place + _NOT_NAMED
        yield 1 + _HOMONYM * later, said
