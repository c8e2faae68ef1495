"""From a captured line to at most five questions that it may answer, each with everything that filing would write.

Pure: reads a form and its answers, changes nothing. The order is: the words of the trades, then the words of the
form, then how well the value fits the question's unit, period and type, then where the officer was last.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from typing import Final

from officer_app.base.spoken.converting import DAYS_PER_MONTH, Converted
from officer_app.base.spoken.measures import Kind
from officer_app.base.spoken.reading import Amount
from officer_app.base.words import CHINESE, Bilingual
from officer_app.checklists.capturing.entering import Answers, Entering, Entry
from officer_app.checklists.capturing.lexicon import Lexicon, Met
from officer_app.checklists.capturing.places import FormWords, PlaceWords
from officer_app.checklists.capturing.shorthand import Reading, readings, sounds_of
from officer_app.checklists.capturing.valuing import Line, Valued, read_line, value_for
from officer_app.checklists.controls import QuestionType

MOST: Final = 5
# Candidates that are worked out in full; the rest never came near.
_TRIED: Final = 14
# Below this a proposal would be a guess: the line belongs into the tray.
_LEAST: Final = 8
# What stays closed until somebody ticks it is meant less often.
_DEEP: Final = 6
# What speaks against a reading of letters: each that stands for nothing, each word that is not the likeliest.
_UNREAD: Final = 16
_LATER: Final = 3
_LATEST: Final = 15
# What a line without any known word is worth at the questions beside the one just filed.
_BESIDE: Final = 14
_HELD: Final = 6
# Something that no word names and that costs so much a month: of the business, else of the household.
_FLOWS: Final = (("operating_costs[].monthly_amount", 14), ("household.monthly_expenses[].monthly_amount", 11))
# So much at once: what is sold, what the loan buys, what stands there. A small sum is a price, a large one is bought.
_SUMS: Final = ("products[].sale_price", "application.purpose_items[].amount", "assets.machinery_equipment")
_SMALL: Final = 1000
_AGAIN: Final = 60
_NAME: Final = re.compile(r"[\u4e00-\u9fff]{2,12}")


@dataclass(frozen=True, slots=True)
class Proposal:
    """One question a line may answer. `adds` are lists to be lengthened first, `answers` all that is written.

    `value` is what the question itself gets. `entry` counts the list's entries from 1; `is_new` says that it is made
    for this. `was` is the answer that would be replaced. `also` names the ticks that open the question. `words` is
    the line as it was read: letters have become the words that they stand for.
    """

    ref: str
    label: Bilingual
    trail: tuple[Bilingual, ...]
    value: str
    answers: Mapping[str, str]
    adds: tuple[str, ...] = ()
    entry: int | None = None
    is_new: bool = False
    was: str = ""
    name: str = ""
    amount: Amount | None = None
    converted: Converted | None = None
    choice: Bilingual | None = None
    facts: frozenset[str] = frozenset()
    score: int = 0
    also: tuple[tuple[Bilingual, str], ...] = ()
    words: str = ""


def names_in(answers: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The Chinese names among answers, by initials and full pinyin: 顺达运输 is found again by sdys."""
    found: dict[str, tuple[str, ...]] = {}
    for text in dict.fromkeys(answers):
        if _NAME.fullmatch(text):
            for sound in sounds_of(text):
                found[sound] = (*found.get(sound, ()), text)
    return found


@dataclass(frozen=True, slots=True)
class Asking:
    """What proposing needs beside the line: words, units of facts, the day, the question filed last.

    `names` are words that stand in the file already, by their letters (`names_in`): a name is written once.
    """

    words: FormWords
    lexicon: Lexicon
    unit_of: Callable[[str], str]
    today: date
    last: str = ""
    days: int = DAYS_PER_MONTH
    language: str = "zh_CN"
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def proposals(session: Answers, text: str, asking: Asking) -> tuple[Proposal, ...]:
    """The likeliest questions first; none where no word of the line is known.

    A line that begins with + is another entry of the list that was filed in last, one that begins with = another
    answer to the question that was.
    """
    text, going_on = text.strip(), _going_on(text.strip(), asking)
    text = text[1:].strip() if going_on is not None else text
    if not text:
        return ()
    another = going_on is GoingOn.ANOTHER
    entering = Entering(session, asking.words, asking.lexicon, asking.last, asking.language, another=another)
    ranked = [one for line in _lines(text, asking) for one in _ranked(line, asking, entering, going_on)]
    ranked.sort(key=lambda one: -one.score)
    made = (_proposal(scored, entering) for scored in ranked[:_TRIED])
    found: list[Proposal] = []
    for one in made:
        if one is not None and _is_near_first(one, found) and all(one.answers != other.answers for other in found):
            found.append(one)
    return tuple(found[:MOST])


def reading_of(text: str, asking: Asking) -> tuple[Reading, Line]:
    """The likeliest reading of a line, and what it says."""
    found = _readings(text, asking)
    return found[0], read_line(found[0].text, asking.lexicon, asking.today)


class GoingOn(Enum):
    """How a line goes on with the one before it, by its first sign."""

    ANOTHER = "+"
    AGAIN = "="


def _going_on(text: str, asking: Asking) -> GoingOn | None:
    if text.startswith(GoingOn.ANOTHER.value) and _list_of(asking):
        return GoingOn.ANOTHER
    if text.startswith(GoingOn.AGAIN.value) and _generic(asking.last) in asking.words.by_path:
        return GoingOn.AGAIN
    return None


def _is_near_first(one: Proposal, found: list[Proposal]) -> bool:
    """Whether a proposal is worth reading beside the best."""
    return not found or one.score * 3 >= found[0].score


def _lines(text: str, asking: Asking) -> Iterator[Line]:
    """In Chinese what the letters of a line may stand for; else, and where some stand for nothing, as typed."""
    found = _readings(text, asking)
    for one in found:
        doubt = _UNREAD * one.left + min(_LATER * one.turns, _LATEST)
        yield replace(read_line(one.text, asking.lexicon, asking.today), doubt=doubt, unread=one.left > 0)
    if found[0].left:
        yield replace(read_line(text, asking.lexicon, asking.today), unread=True)


def _readings(text: str, asking: Asking) -> tuple[Reading, ...]:
    if asking.language != CHINESE or any(shape.look.search(text) for shape in asking.lexicon.shapes):
        return (Reading(((text, text),)),)
    return readings(text, asking.lexicon.spelling, asking.names)


@dataclass(frozen=True, slots=True)
class _Scored:
    line: Line
    place: PlaceWords
    valued: Valued
    score: int


def _ranked(line: Line, asking: Asking, entering: Entering, going_on: GoingOn | None) -> list[_Scored]:
    found: list[_Scored] = []
    for path, points in _points(line, asking, entering, going_on).items():
        place = asking.words.by_path[path]
        if going_on is GoingOn.ANOTHER and place.lists != _list_of(asking):
            continue
        score = points - _DEEP * entering.is_deep(place) - line.doubt
        valued = value_for(place, line, asking.lexicon, asking.unit_of(place.fact) or place.unit, asking.days)
        if valued is not None and score + valued.fit >= _LEAST:
            found.append(_Scored(line, place, valued, score + valued.fit))
    found.sort(key=lambda one: -one.score)
    return found


def _points(line: Line, asking: Asking, entering: Entering, going_on: GoingOn | None) -> dict[str, int]:
    if going_on is GoingOn.AGAIN:
        return {_generic(asking.last): _AGAIN}
    points: dict[str, int] = {}
    for fact in line.shapes:
        for place in asking.words.by_fact.get(fact, ()):
            points[place.path] = 40
    for fact, worth in _by_words(line.met):
        for place in asking.words.by_fact.get(fact, ()):
            points[place.path] = points.get(place.path, 0) + worth
    _by_labels(line, asking.words, points)
    _unnamed(line, asking.words, points)
    if going_on is GoingOn.ANOTHER:
        same = _generic(asking.last)
        points[same] = points.get(same, 0) + _BESIDE
    elif (line.amounts or line.day) and not line.met:
        _beside(asking, entering, points)
    return {path: score + _near(asking.words.by_path[path], asking.last) for path, score in points.items()}


def _unnamed(line: Line, words: FormWords, points: dict[str, int]) -> None:
    """Something that no word names, with its money: better five places to choose from than none."""
    named = line.unread or any(len(met.term) > 1 for met in line.met)
    money = [one for one in line.amounts if one.per is None and one.kind in (None, Kind.MONEY)]
    if named or not line.name or not money:
        return
    flows = [one for one in money if one.period is not None]
    for fact, worth in _FLOWS if flows else _as_sums(money[0]):
        for place in words.by_fact.get(fact, ()):
            points[place.path] = points.get(place.path, 0) + worth


def _as_sums(amount: Amount) -> Iterator[tuple[str, int]]:
    price, *bought = _SUMS
    ordered = (price, *bought) if amount.high < _SMALL else (*bought, price)
    return ((fact, 14 - 2 * at) for at, fact in enumerate(ordered))


def _list_of(asking: Asking) -> tuple[str, ...]:
    """The lists around the question filed last."""
    place = asking.words.by_path.get(_generic(asking.last))
    return place.lists if place is not None else ()


def _beside(asking: Asking, entering: Entering, points: dict[str, int]) -> None:
    """A number alone goes on with what was just spoken of: what is still open behind it, then the same once more."""
    plain = _generic(asking.last)
    here = asking.words.by_path.get(plain)
    if here is None:
        return
    around = [one for one in asking.words.places if one.lists == here.lists and _group(one.path) == _group(plain)]
    at = around.index(here)
    for far, one in enumerate((*around[at + 1 :], *around[:at])):
        holds = entering.beside(one)
        if holds is not None:
            points[one.path] = points.get(one.path, 0) + _BESIDE - min(far // 2, 6) - (_HELD if holds else 0)
    points[plain] = points.get(plain, 0) + _BESIDE - 3


def _group(path: str) -> str:
    return path.rpartition("/")[0]


def _by_words(met: tuple[Met, ...]) -> Iterator[tuple[str, int]]:
    """Each word counts once for a fact, the longer the more; its first fact before its others."""
    best: dict[tuple[str, int], int] = {}
    for one in met:
        length = len(one.term) if not one.term.isascii() else (len(one.term) + 2) // 3
        worth = 12 + 5 * min(length, 4) - (4 if one.by_sound else 0)
        for rank, fact in enumerate(one.word.facts):
            key = (fact, one.start)
            best[key] = max(best.get(key, -99), worth - 4 * rank)
    for (fact, _start), worth in best.items():
        yield fact, worth


def _by_labels(line: Line, words: FormWords, points: dict[str, int]) -> None:
    for place in words.places:
        own, around = line.grams & place.grams, line.grams & (place.around - place.grams)
        if own or around:
            worth = sum(2 * words.rarity[gram] for gram in own) + sum(words.rarity[gram] for gram in around)
            points[place.path] = points.get(place.path, 0) + min(worth, 24)


def _near(place: PlaceWords, last: str) -> int:
    """Who has just filed a debt goes on about it."""
    if not last:
        return 0
    inside = last.replace("[", "/").split("/")
    plain = "/" + "/".join(step for step in inside if step and not step.rstrip("]").isdigit())
    if place.lists and plain.startswith(f"{place.lists[-1]}/"):
        return 7 if place.path != plain else 2
    section = "/".join(place.path.split("/")[:3])
    return 2 if plain.startswith(f"{section}/") else 0


def _proposal(scored: _Scored, entering: Entering) -> Proposal | None:
    place, valued, line = scored.place, scored.valued, scored.line
    entry = entering.entry_for(place, valued, line)
    if entry is None:
        return None
    choice = next((label for name, label in place.choices if name == valued.text), None)
    return Proposal(
        ref=entry.ref,
        label=place.label,
        trail=place.trail,
        value=valued.text,
        answers=entry.answers,
        adds=entry.adds,
        entry=entry.number,
        is_new=entry.is_new,
        was=entry.was if entry.was != valued.text else "",
        name=entry.name,
        amount=valued.amount,
        converted=valued.converted,
        choice=choice if place.type is QuestionType.SELECT_ONE else None,
        facts=_facts(entry, entering.words),
        score=scored.score,
        also=entry.also,
        words=line.text,
    )


def _facts(entry: Entry, words: FormWords) -> frozenset[str]:
    """The facts that filing would give."""
    paths = {_generic(ref) for ref in entry.answers}
    return frozenset(words.by_path[path].fact for path in paths if path in words.by_path)


def _generic(ref: str) -> str:
    return "/".join(step.partition("[")[0] for step in ref.split("/"))
