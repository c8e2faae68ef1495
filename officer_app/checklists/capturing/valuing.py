"""Which value a line has for one question: its amount in the question's unit, its day, its choice, its words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final, TypeGuard

from officer_app.base.spoken.converting import DAYS_PER_MONTH, Converted, Side, Target, into, target_of
from officer_app.base.spoken.dates import SaidDay, day_in, year_in
from officer_app.base.spoken.measures import Kind, Measure, Span
from officer_app.base.spoken.reading import Amount, amounts, folded
from officer_app.checklists.capturing.lexicon import Lexicon, Met, english_in
from officer_app.checklists.capturing.places import PlaceWords, grams
from officer_app.checklists.controls import QuestionType

_NUMBERS: Final = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL})
_YES_NO: Final = frozenset({"yes", "no"})
_LONGEST_NAME: Final = 30
_WHOLE: Final = 100
_THOUSANDS: Final = 10_000
_MOST_PERSONS: Final = 300
_LEAST_A_MONTH: Final = 10
_PERSONS: Final = frozenset(
    {"口", "口人", "个", "个人", "人", "位", "名", "people", "person", "persons", "staff", "workers"}
)
# Facts that are the price of one: only these are told by the bottle or by the kilo.
_OF_ONE: Final = re.compile(r"price|cost|ticket|per_|_unit|wage|rate|average|yuan")
# Facts read from a bill, whose unit nobody is asked for.
_BILLED: Final = "meters[]."
_ONE: Final = Decimal(1)
_MARKS: Final = re.compile(r"[\s,，。.!！?？;；:：、/“”\"'()（）~—-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """A captured line, read once."""

    text: str
    flat: str
    amounts: tuple[Amount, ...]
    day: SaidDay | None
    met: tuple[Met, ...]
    grams: frozenset[str]
    name: str
    denied: bool
    shapes: Mapping[str, str]  # fact -> the number with that look
    doubt: int = 0  # what speaks against this reading of it
    unread: bool = False  # whether letters are left that no word explains


@dataclass(frozen=True, slots=True)
class Valued:
    """The text to file, how well it fits (more is better), and the amount that it comes from."""

    text: str
    fit: int
    amount: Amount | None = None
    converted: Converted | None = None


def read_line(text: str, lexicon: Lexicon, today: date) -> Line:
    """Everything a line says, whatever the form."""
    flat = folded(text)
    shapes = {
        fact: met.group()
        for shape in lexicon.shapes
        for met in [shape.look.search(text)]
        if met
        for fact in shape.facts
    }
    found = () if shapes else amounts(text)
    day, met = day_in(text, today), lexicon.met_in(text)
    return Line(
        text=text.strip(),
        flat=flat,
        amounts=found,
        day=day,
        met=met,
        grams=grams(flat),
        name=_name(text, flat, found, day, met, lexicon),
        denied=any(word in flat for word in lexicon.no),
        shapes=shapes,
    )


def _name(
    text: str, flat: str, found: tuple[Amount, ...], day: SaidDay | None, met: tuple[Met, ...], lexicon: Lexicon
) -> str:
    """What is left when numbers, days and empty words are gone: who or what it is about. Sounds become signs."""
    gone = [(amount.start, amount.end) for amount in found]
    gone += [(day.start, day.end)] if day is not None else []
    for word in lexicon.empty:
        if word in flat and (word.isascii() or len(word) > 1):
            pattern = rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)
            gone += [one.span() for one in re.finditer(pattern, flat)]
    signs = {one.start: one for one in reversed(met) if one.by_sound}
    kept, at = "", 0
    while at < len(text):
        if any(start <= at < end for start, end in gone):
            kept, at = kept + " ", at + 1
        elif at in signs:
            kept, at = f"{kept} {signs[at].term} ", signs[at].end
        else:
            kept, at = kept + text[at], at + 1
    parts = (_trimmed(part, lexicon) for part in _MARKS.split(kept))
    return " ".join(part for part in parts if part)[:_LONGEST_NAME]


def _trimmed(part: str, lexicon: Lexicon) -> str:
    """A single empty sign inside a word belongs to it (所有人); at its edge it does not (欠弟弟)."""
    single = "".join(word for word in lexicon.empty if len(word) == 1 and not word.isascii())
    return part.strip(single)


def value_for(
    place: PlaceWords, line: Line, lexicon: Lexicon, unit: str, days: int = DAYS_PER_MONTH
) -> Valued | None:
    """What the line answers to a question, or None where it answers nothing."""
    if any(place.fact in shape.facts for shape in lexicon.shapes):
        first = any(place.fact == shape.facts[0] for shape in lexicon.shapes)
        return Valued(line.shapes[place.fact], 62 if first else 50) if place.fact in line.shapes else None
    if place.type in _NUMBERS:
        return max(_numbers(place, line, lexicon, unit, days), key=lambda one: one.fit, default=None)
    if place.type is QuestionType.DATE:
        return _day(line)
    if place.type is QuestionType.SELECT_ONE:
        return _choice(place, line, lexicon)
    return _text(place, line)


# --- numbers -------------------------------------------------------------------------------------------------------


def _numbers(place: PlaceWords, line: Line, lexicon: Lexicon, unit: str, days: int) -> Iterator[Valued]:
    target = target_of(unit, monthly=place.fact.endswith("_per_month"))
    side = Side.LOWER if place.fact.startswith(lexicon.income) else Side.HIGHER
    if line.denied and not line.amounts and target.kind is Kind.MONEY and any(_means(met, place) for met in line.met):
        yield Valued("0", 0)
    for at, said in enumerate(line.amounts):
        amount = _as_billed(said) if place.fact.startswith(_BILLED) else said
        converted = into(amount, target, days)
        if converted is None:
            continue
        value = converted.proposed(side)
        if place.type is QuestionType.INTEGER and value != value.to_integral_value():
            continue
        near = _nearness(amount, place, line)
        if amount.per is not None and target.kind is Kind.MONEY and not _OF_ONE.search(place.fact):
            near -= 12
        yield Valued(plain(value), _fit(amount, target, unit) + near - at, amount, converted)


def _as_billed(amount: Amount) -> Amount:
    """A bill counts in its own unit, quantity and price alike: 85 吨 of water at 4.2 a 吨 are not kilograms."""
    if _weighed(amount.per):
        return replace(amount, per=_counted(amount.per))
    if not _weighed(amount.measure):
        return amount
    factor = amount.measure.factor
    low, high = amount.low / factor, amount.high / factor
    return replace(amount, low=low, high=high, measure=_counted(amount.measure))


def _weighed(measure: Measure | None) -> TypeGuard[Measure]:
    return measure is not None and measure.kind in (Kind.WEIGHT, Kind.VOLUME)


def _counted(measure: Measure) -> Measure:
    return replace(measure, kind=Kind.PIECE, factor=_ONE)


def _fit(amount: Amount, target: Target, unit: str) -> int:
    points = _fit_of_unit(amount, target, unit) + _likely(amount, target, unit)
    if target.span is not None and amount.period is not None:
        points += 10
    if amount.per is None:
        return points
    if target.kind is Kind.MONEY:
        points += 6 if target.span is None else -10
    return points - 10 if target.kind is Kind.PIECE else points


def _fit_of_unit(amount: Amount, target: Target, unit: str) -> int:
    points = 0
    kind = amount.kind
    if kind is not None and kind is target.kind and kind is not Kind.PIECE:
        points += 8
    if kind is Kind.PIECE and unit == "persons":
        points += 8 if amount.measure is not None and amount.measure.word in _PERSONS else -12
    if kind is not None and kind is not target.kind:
        points -= 6
    if kind is Kind.PIECE and target.kind is Kind.MONEY:
        points -= 20
    if kind is None and target.kind not in (Kind.MONEY, Kind.PIECE, None):
        points -= 2 if target.kind is Kind.SHARE and amount.high <= _WHOLE else 10
    return points


def _likely(amount: Amount, target: Target, unit: str) -> int:
    """What speaks against a number that nobody would have there: 3,600 of staff, 150 per cent, 3 yuan a month."""
    points = 0
    if amount.kind is None and target.kind is not Kind.MONEY and _is_large(amount):
        points -= 12
    if target.kind is Kind.SHARE and amount.high > _WHOLE:
        points -= 12
    if unit == "persons" and amount.high > _MOST_PERSONS:
        points -= 20
    monthly = target.kind is Kind.MONEY and target.span is Span.MONTH
    return points - 8 if monthly and amount.kind is None and amount.high < _LEAST_A_MONTH else points


def _is_large(amount: Amount) -> bool:
    """Round thousands without a word behind them are money: nobody counts 20,000 of anything on a visit."""
    return amount.low >= _THOUSANDS and amount.low % 1000 == 0


def _nearness(amount: Amount, place: PlaceWords, line: Line) -> int:
    """The amount that stands right behind the word it is about: 毛利四成, 一个月三千."""
    gaps = [
        gap
        for met in line.met
        if place.fact in met.word.facts
        for gap in (abs(amount.start - met.end), abs(met.start - amount.end))
    ]
    return 4 - min(4, *gaps) if gaps else 0


def plain(value: Decimal) -> str:
    """As answers are stored: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


# --- days, choices, words ------------------------------------------------------------------------------------------


def _day(line: Line) -> Valued | None:
    if line.day is not None:
        return Valued(line.day.day.isoformat(), 10)
    return None


def _choice(place: PlaceWords, line: Line, lexicon: Lexicon) -> Valued | None:
    named = chosen(place.fact, line, lexicon)
    if named is not None and any(name == named for name, _ in place.choices):
        return Valued(named, 2 if line.amounts else 10)
    if {name for name, _ in place.choices} == _YES_NO:
        meant = any(_means(met, place) for met in line.met) or len(line.grams & place.grams) >= 2
        return Valued("no" if line.denied else "yes", 0) if meant else None
    best, most = None, 1
    for name, label in place.choices:
        shared = len(grams(f"{label.chinese} {label.english}") & line.grams)
        if shared > most:
            best, most = name, shared
    return Valued(best, 4) if best is not None else None


def chosen(fact: str, line: Line, lexicon: Lexicon) -> str | None:
    """The value of a choice whose own words stand in the line, the longest word first."""
    found = [
        (len(term), value)
        for of, value, chinese, english in lexicon.choices
        for term in (*chinese, *english)
        if of == fact and _stands(term, line.flat)
    ]
    return max(found)[1] if found else None


def _stands(term: str, flat: str) -> bool:
    return english_in(term, flat) is not None if term.isascii() else term in flat


def _text(place: PlaceWords, line: Line) -> Valued | None:
    if line.unread and not any(_means(met, place) for met in line.met):
        return None  # letters that nobody can read are no answer in words
    if place.fact.endswith(".year"):
        year = year_in(line.text)
        return Valued(str(year[0]), 8) if year is not None else None
    if place.definition.bind.required is not None and place.lists:
        text = line.name or line.text
    else:
        text = _behind_its_word(place, line)
    return Valued(text, _fit_of_words(line))


def _fit_of_words(line: Line) -> int:
    """A sum of money is hardly ever said to answer in words."""
    if any(amount.kind is Kind.MONEY or (amount.kind is None and _is_large(amount)) for amount in line.amounts):
        return -12
    return -6 if line.amounts else 0


def _behind_its_word(place: PlaceWords, line: Line) -> str:
    """承租人何秀兰 answers with 何秀兰: the word that led here is not part of the answer where it stands first."""
    flat, cut = line.flat, 0
    for met in sorted(line.met, key=lambda one: one.start):
        if met.start <= cut and len(met.term) > 1 and _means(met, place):
            cut = max(cut, met.end)
    rest = _MARKS.sub(" ", line.text[cut:]).strip() if cut and len(flat) == len(line.text) else line.text
    return rest or line.text


def _means(met: Met, place: PlaceWords) -> bool:
    return place.fact in met.word.facts
