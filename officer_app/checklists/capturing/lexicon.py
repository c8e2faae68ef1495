"""The words of the trades: what people call what the questions ask for. Data from a resource file, read here."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from officer_app.base.pinyin import spellings
from officer_app.base.spoken.reading import folded
from officer_app.checklists.capturing.shorthand import Spelling, spelling

_LATIN: Final = re.compile(r"[a-z][a-z']*")


@dataclass(frozen=True, slots=True)
class Word:
    """Names of one thing, the facts it may be about (the likeliest first), and what else is known when it is said.

    `behind` says that somebody is named before it: 老冯欠我 is owed to us, 欠我弟弟 is not.
    """

    chinese: tuple[str, ...]
    english: tuple[str, ...]
    facts: tuple[str, ...]
    known: Mapping[str, str] = field(default_factory=dict)
    behind: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """A number with a look of its own (an identity number, a phone), and the fact that it is."""

    look: re.Pattern[str]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Met:
    """A word that stands in a text: how it was written, where, and how much of the text it covers."""

    word: Word
    term: str
    start: int
    end: int
    by_sound: bool = False


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words; `empty` are those that carry no name (欠, 一共, the); `lists` what a new entry begins with."""

    words: tuple[Word, ...]
    shapes: tuple[Shape, ...]
    choices: tuple[tuple[str, str, tuple[str, ...], tuple[str, ...]], ...]  # fact, value, Chinese, English
    lists: Mapping[str, Mapping[str, str]]
    empty: tuple[str, ...]
    no: tuple[str, ...]
    income: tuple[str, ...]  # facts that bring money in: of a range the lower end is careful
    sounds: Mapping[str, tuple[tuple[Word, str], ...]]
    spelling: Spelling

    def met_in(self, text: str) -> tuple[Met, ...]:
        """The words in a text, by characters, by English words and by pinyin; a longer one hides what it contains."""
        flat = folded(text)
        found = [one for one in (*self._by_letters(flat), *self._by_sound(flat)) if one.start or not one.word.behind]
        return tuple(one for one in found if not any(_hides(other, one) for other in found))

    def _by_letters(self, flat: str) -> Iterator[Met]:
        for word in self.words:
            for term in word.chinese:
                at = flat.find(term)
                if at >= 0:
                    yield Met(word, term, at, at + len(term))
            for term in word.english:
                met = english_in(term, flat)
                if met is not None:
                    yield Met(word, term, met.start(), met.end())

    def _by_sound(self, flat: str) -> Iterator[Met]:
        for met in _LATIN.finditer(flat):
            at = met.start()
            while at < met.end():
                end = next(
                    (end for end in range(met.end(), at + 1, -1) if flat[at:end] in self.sounds), None
                )  # the longest sound first: qiandidi is 欠 and 弟弟
                if end is None:
                    break
                for word, term in self.sounds[flat[at:end]]:
                    yield Met(word, term, at, end, by_sound=True)
                at = end


def english_in(term: str, flat: str) -> re.Match[str] | None:
    """An English word or phrase as a whole, its plural too."""
    if term not in flat:
        return None
    return re.search(rf"(?<![a-z]){re.escape(term)}(?:e?s)?(?![a-z])", flat)


def _hides(other: Met, one: Met) -> bool:
    if other is one or (other.start, other.end) == (one.start, one.end):
        return False
    return other.start <= one.start and one.end <= other.end


def read_lexicon(text: str) -> Lexicon:
    """The lexicon of a TOML text. Errors: tomllib.TOMLDecodeError, KeyError for a row without its facts."""
    table = tomllib.loads(text)
    words = tuple(
        Word(_chinese(row), _english(row), tuple(row["to"]), dict(row.get("known", {})), row.get("behind", False))
        for row in table["word"]
    )
    choices = tuple((row["fact"], row["value"], _chinese(row), _english(row)) for row in table["choice"])
    empty = tuple(sorted((*table["empty"]["zh"].split(), *_terms(table["empty"]["en"])), key=len, reverse=True))
    return Lexicon(
        words=words,
        shapes=tuple(Shape(re.compile(row["look"]), tuple(row["to"])) for row in table["shape"]),
        choices=choices,
        lists={row["list"]: dict(row["known"]) for row in table["entry"]},
        empty=empty,
        no=(*table["no"]["zh"].split(), *_terms(table["no"]["en"])),
        income=tuple(table["income"]["facts"]),
        sounds=_sounds(words),
        spelling=spelling(
            (
                *(term for word in words for term in word.chinese),
                *(term for one in choices for term in one[2]),
                *empty,
            ),
            table.get("short", {}),
            frozenset(one for word in words for term in word.english for one in term.split()),
        ),
    )


def _chinese(row: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(str(row.get("zh", "")).split())


def _english(row: Mapping[str, Any]) -> tuple[str, ...]:
    return _terms(str(row.get("en", "")))


def _terms(text: str) -> tuple[str, ...]:
    return tuple(term.strip() for term in text.split(";") if term.strip())


def _sounds(words: tuple[Word, ...]) -> Mapping[str, tuple[tuple[Word, str], ...]]:
    """Full pinyin from two letters on, initials where they are of two signs or more: 房租 fangzu, fz."""
    found: dict[str, list[tuple[Word, str]]] = {}
    for word in words:
        for term in word.chinese:
            full, initials = spellings(term)
            for sound in {full, initials} - {""}:
                if len(sound) >= 2:
                    found.setdefault(sound, []).append((word, term))
    return {sound: tuple(pairs) for sound, pairs in found.items()}
