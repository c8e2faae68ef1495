"""Every question of a form that can be answered by a captured line, with its words in both languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from officer_app.base.words import Bilingual
from officer_app.checklists.capturing.gates import Gate, gates_of, paths_in
from officer_app.checklists.choosing import called, text_of
from officer_app.checklists.controls import Control, GroupPart, Part, QuestionType, RepeatPart
from officer_app.checklists.definitions import Definition, Sort
from officer_app.checklists.form import Form
from officer_app.checklists.wordings import NO_TEXTS, Phrase, Wording

_ASKED: Final = frozenset(
    {QuestionType.TEXT, QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.DATE, QuestionType.SELECT_ONE}
)
_HAN: Final = re.compile(r"[\u4e00-\u9fff]+")
_LATIN: Final = re.compile(r"[a-z]{3,}")
_DULL: Final = frozenset(
    {
        "the",
        "and",
        "for",
        "are",
        "was",
        "with",
        "from",
        "that",
        "this",
        "what",
        "how",
        "who",
        "does",
        "did",
        "his",
        "her",
    }
    | {
        "its",
        "not",
        "yes",
        "one",
        "any",
        "per",
        "you",
        "yuan",
        "month",
        "months",
        "day",
        "days",
        "year",
        "years",
        "many",
    }
    | {"much", "all", "each", "than", "there", "have", "has", "been"}
)


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """One question: where it is, what it is called, what it takes, and what opens it."""

    path: str
    fact: str
    type: QuestionType
    label: Bilingual
    trail: tuple[Bilingual, ...]
    choices: tuple[tuple[str, Bilingual], ...]
    gates: tuple[tuple[Gate, ...], ...]
    unit: str  # as the label says it, for questions whose fact names none
    lists: tuple[str, ...]  # the repeats around it that people fill, outermost first
    grams: frozenset[str]
    around: frozenset[str]
    definition: Definition


class FormWords:
    """The searchable words of one form. Built once; reading it changes nothing."""

    def __init__(self, form: Form) -> None:
        self.form = form
        self._chinese = form.language_for("zh_CN")
        self._english = form.language_for("en")

    @cached_property
    def places(self) -> tuple[PlaceWords, ...]:
        """Every question that can take a captured line, in the form's order."""
        return tuple(self._walk(self.form.body, ()))

    @cached_property
    def by_fact(self) -> Mapping[str, tuple[PlaceWords, ...]]:
        """The questions of each fact."""
        found: dict[str, tuple[PlaceWords, ...]] = {}
        for place in self.places:
            found[place.fact] = (*found.get(place.fact, ()), place)
        return found

    @cached_property
    def by_path(self) -> Mapping[str, PlaceWords]:
        """The question at each path."""
        return {place.path: place for place in self.places}

    @cached_property
    def rarity(self) -> Mapping[str, int]:
        """How telling a pair of signs or a word is: 6 where one question alone has it, 1 where half of them do."""
        counts: dict[str, int] = {}
        for place in self.places:
            for gram in place.grams | place.around:
                counts[gram] = counts.get(gram, 0) + 1
        return {gram: max(1, 7 - count.bit_length()) for gram, count in counts.items()}

    def naming(self, repeat: str) -> PlaceWords | None:
        """The question that names an entry of a list: its first required text, else its first text."""
        texts = [place for place in self.places if place.lists[-1:] == (repeat,) and place.type is QuestionType.TEXT]
        needed = [place for place in texts if place.definition.bind.required is not None]
        return next(iter(needed or texts), None)

    def _walk(self, parts: Iterable[Part], trail: tuple[Bilingual, ...]) -> Iterator[PlaceWords]:
        for part in parts:
            if isinstance(part, Control):
                if part.type in _ASKED and self._fact(part.definition) and part.definition.bind.calculate is None:
                    yield self._place(part, trail)
            elif not _is_fixed(part):
                inner = self._said(part.label)
                yield from self._walk(part.parts, (*trail, inner) if inner.english or inner.chinese else trail)

    def _fact(self, definition: Definition) -> str:
        """Its fact; where a calculation alone turns the answer into one (a month out of a day), that."""
        return definition.fact_path or self._reckoned.get(definition.path, "")

    @cached_property
    def _reckoned(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for node in self.form.root.down():
            if node.fact_path and node.bind.calculate is not None:
                asked = set(paths_in(node.bind.calculate.source, node))
                if len(asked) == 1:
                    found.setdefault(asked.pop(), node.fact_path)
        return found

    def _place(self, control: Control, trail: tuple[Bilingual, ...]) -> PlaceWords:
        label, definition = self._said(control.label), control.definition
        hint = self._said(control.hint)
        around = [*trail, hint]
        return PlaceWords(
            path=definition.path,
            fact=self._fact(definition),
            type=control.type,
            label=label,
            trail=trail,
            choices=tuple(self._choices(control)),
            gates=gates_of(definition),
            unit=unit_in(label),
            lists=tuple(node.path for node in definition.repeats()),
            grams=grams(f"{label.chinese} {label.english}"),
            around=frozenset().union(*(grams(f"{one.chinese} {one.english}") for one in around)),
            definition=definition,
        )

    def _choices(self, control: Control) -> Iterator[tuple[str, Bilingual]]:
        for choice in control.choices:
            yield choice.name, self._said(choice.label)
        itemset = control.itemset
        for item in control.listed:
            if itemset is not None:
                one, other = (
                    called(item, itemset, self.form.translations.get(language, NO_TEXTS))
                    for language in (self._english, self._chinese)
                )
                yield text_of(item, itemset.name), Bilingual(_plain(one), _plain(other))

    def _said(self, wording: Wording) -> Bilingual:
        return Bilingual(self._in(wording, self._english), self._in(wording, self._chinese))

    def _in(self, wording: Wording, language: str) -> str:
        return _plain(self.form.translations.get(language, NO_TEXTS).of(wording))


# What stands in brackets at the end of a label, and the unit that facts call so.
_UNITS: Final = {
    "元": "money",
    "元/月": "money/month",
    "元/天": "money/day",
    "元/年": "money/year",
    "元/升": "money/litre",
    "%": "percent",
    "%/年": "percent/year",
    "%/月": "percent/month",
    "年": "years",
    "月": "months",
    "天": "days",
    "小时": "hours",
    "分钟": "minutes",
    "公斤": "kg",
    "吨": "tonnes",
    "升": "litre",
    "公里": "km",
    "亩": "mu",
    "平方米": "m2",
    "人": "persons",
}
_IN_BRACKETS: Final = re.compile(r"（(?P<unit>[^（）]{1,6})）\s*$")


def unit_in(label: Bilingual) -> str:
    """The unit at the end of a label, as facts declare theirs: 每月（元/月） is money/month."""
    met = _IN_BRACKETS.search(label.chinese)
    return _UNITS.get(met["unit"], "") if met is not None else ""


def _is_fixed(part: GroupPart | RepeatPart) -> bool:
    """Lists whose length the form sets ask their own questions: nothing is added to them."""
    return isinstance(part, RepeatPart) and part.definition.sort is Sort.REPEAT and part.definition.count is not None


def _plain(phrase: Phrase) -> str:
    text = phrase if isinstance(phrase, str) else "".join(part for part in phrase if isinstance(part, str))
    return "" if text == "-" else text


def grams(text: str) -> frozenset[str]:
    """What a text is compared by: pairs of Chinese signs, and Latin words of three letters or more."""
    flat = text.lower()
    pairs = {run[at : at + 2] for run in _HAN.findall(flat) for at in range(len(run) - 1)}
    return frozenset(pairs | {word for word in _LATIN.findall(flat) if word not in _DULL})
