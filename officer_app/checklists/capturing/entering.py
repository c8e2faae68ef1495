"""Where a value goes: which entry of a list, which ticks open the question, and what a new entry begins with."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Protocol

from officer_app.base.spoken.measures import Kind
from officer_app.base.words import CHINESE, Bilingual
from officer_app.checklists.capturing.gates import Gate
from officer_app.checklists.capturing.lexicon import Lexicon
from officer_app.checklists.capturing.places import FormWords, PlaceWords
from officer_app.checklists.capturing.valuing import Line, Valued, chosen
from officer_app.checklists.controls import QuestionType
from officer_app.checklists.definitions import Definition

# The units that amounts are filed in, whatever was said: 20 斤 of rice is 10, and beside it stands 公斤.
_OWN_UNITS: Final = {
    Kind.PIECE: Bilingual("", ""),
    Kind.WEIGHT: Bilingual("kg", "公斤"),
    Kind.VOLUME: Bilingual("litres", "升"),
    Kind.LENGTH: Bilingual("km", "公里"),
    Kind.AREA: Bilingual("m²", "平方米"),
    Kind.ENERGY: Bilingual("kWh", "度"),
}


class Answers(Protocol):
    """What filing needs to know of a checklist's answers: a `FormSession`, or one with answers still to come."""

    def peek(self, ref: str) -> str | None:
        """What a question holds; None where there is no such question."""

    def count(self, ref: str) -> int:
        """How many entries a list has."""


@dataclass(slots=True)
class Entry:
    """A question's ref and all that is written with it."""

    ref: str
    answers: dict[str, str]
    adds: tuple[str, ...]
    number: int | None
    is_new: bool
    was: str
    name: str
    also: tuple[tuple[Bilingual, str], ...]


@dataclass(slots=True)
class _Draft:
    """What is being put together; `at` says where each repeat stands, by its path."""

    at: dict[str, str] = field(default_factory=dict)
    adds: list[str] = field(default_factory=list)
    answers: dict[str, str] = field(default_factory=dict)
    also: list[tuple[Bilingual, str]] = field(default_factory=list)
    fresh: set[str] = field(default_factory=set)  # refs of entries that do not exist yet
    number: int | None = None
    is_new: bool = False
    name: str = ""


class Entering:
    """Finds or makes the entry. `last` is the question filed before: a line without a name goes on there.

    `another`: in the list of `last` a new entry is meant, whatever the line names.
    """

    def __init__(
        self,
        session: Answers,
        words: FormWords,
        lexicon: Lexicon,
        last: str,
        language: str,
        *,
        another: bool = False,
    ) -> None:
        self.words = words
        self._another = another
        self._session = session
        self._lexicon = lexicon
        self._last = last
        self._language = language

    def entry_for(self, place: PlaceWords, valued: Valued, line: Line) -> Entry | None:
        """All that filing writes, or None where the question cannot be opened."""
        draft = _Draft()
        for repeat in place.definition.repeats():
            self._choose(repeat, place, line, draft)
        ref = self._ref(place.definition, draft)
        if not self._open(place, draft):
            return None
        draft.answers[ref] = valued.text
        if place.lists:
            self._fill(place, valued, line, draft)
        was = self._session.peek(ref) or "" if not self._is_fresh(ref, draft) else ""
        return Entry(
            ref, draft.answers, tuple(draft.adds), draft.number, draft.is_new, was, draft.name, tuple(draft.also)
        )

    def is_deep(self, place: PlaceWords) -> bool:
        """Whether the question waits behind a tick outside of any list that nobody has set."""
        return any(
            all(gate.ticked and not _holds(gate, self._session.peek(gate.path) or "") for gate in rule)
            for rule in place.gates
        )

    def beside(self, place: PlaceWords) -> str | None:
        """What a question holds in the entry that was filed in last; None where it is not asked there."""
        asked = all(
            any(_holds(gate, self._session.peek(self._ref_beside(gate.path, place)) or "") for gate in rule)
            for rule in place.gates
        )
        return self._session.peek(self._ref_beside(place.path, place)) or "" if asked else None

    def _ref_beside(self, path: str, place: PlaceWords) -> str:
        base, inside, _ = self._last.rpartition("]")
        listed = place.lists[-1] if place.lists else ""
        return f"{base}]{path[len(listed) :]}" if inside and listed and path.startswith(f"{listed}/") else path

    # --- which entry -----------------------------------------------------------------------------------------------

    def _choose(self, repeat: Definition, place: PlaceWords, line: Line, draft: _Draft) -> None:
        """The entry that is meant: by name, by its kind, the one just spoken of, a blank one, a new one."""
        parent = self._ref(repeat.parent, draft) if repeat.parent is not None else ""
        family = f"{parent}/{repeat.name}"
        count = 0 if self._is_fresh(parent, draft) else self._session.count(family)
        if self._is_fresh(parent, draft):
            # A new entry begins with empty lists inside it, unless their length is reckoned.
            if repeat.count is None:
                draft.adds.append(family)
            draft.at[repeat.path] = f"{family}[1]"
            draft.fresh.add(f"{family}[1]")
            return
        found = self._known(repeat, family, count, place, line)
        if found is None:
            found = self._blank(repeat, family, count)
            draft.is_new = True
        if found is None:
            found = count + 1
            draft.adds.append(family)
            draft.fresh.add(f"{family}[{found}]")
        draft.number = found
        draft.at[repeat.path] = f"{family}[{found}]"

    def _known(self, repeat: Definition, family: str, count: int, place: PlaceWords, line: Line) -> int | None:
        if self._another and place.lists[-1:] == (repeat.path,):
            return None
        inner = [gate for rule in place.gates for gate in rule if gate.path.startswith(f"{repeat.path}/")]
        keys = self._keys(repeat, line)
        mentioned = self._last_in(family)
        for number in range(count, 0, -1):
            base = f"{family}[{number}]"
            if any(self._value(base, repeat, path) == value for path, value in keys):
                return number
            if self._is_called(repeat, base, line) and self._could_open(inner, base, repeat):
                return number
            if inner and self._is_open(inner, base, repeat):
                return number
        if (
            mentioned
            and self._could_open(inner, f"{family}[{mentioned}]", repeat)
            and self._goes_on(repeat, place, line, keys)
        ):
            return mentioned
        return None

    def _goes_on(self, repeat: Definition, place: PlaceWords, line: Line, keys: list[tuple[str, str]]) -> bool:
        """Another question about the entry just filed, or a line that names nobody."""
        naming = self.words.naming(repeat.path)
        same = self._last.endswith(f"/{place.definition.name}")
        if keys or (naming is not None and naming.path == place.path):
            return False
        return not same or (not line.name and naming is not None)

    def _keys(self, repeat: Definition, line: Line) -> list[tuple[str, str]]:
        """Required choices of an entry that the line makes: which meter, which insurance; not who or why."""
        if self.words.naming(repeat.path) is not None:
            return []
        return [
            (place.path, value)
            for place in self._of(repeat)
            if place.type is QuestionType.SELECT_ONE and place.definition.bind.required is not None
            for value in [chosen(place.fact, line, self._lexicon)]
            if value is not None
        ]

    def _is_called(self, repeat: Definition, base: str, line: Line) -> bool:
        naming = self.words.naming(repeat.path)
        if naming is None:
            return False
        name = self._value(base, repeat, naming.path)
        return len(name) > 1 and len(line.name) > 1 and (name in line.name or line.name in name)

    def _is_open(self, gates: list[Gate], base: str, repeat: Definition) -> bool:
        return all(
            any(self._value(base, repeat, gate.path) == gate.value for gate in gates if gate.path == path)
            for path in {gate.path for gate in gates if not gate.ticked}
        ) and any(not gate.ticked for gate in gates)

    def _could_open(self, gates: list[Gate], base: str, repeat: Definition) -> bool:
        """Whether no choice made in an entry keeps the question closed for good."""
        offered: dict[str, set[str]] = {}
        for gate in gates:
            if not gate.ticked:
                offered.setdefault(gate.path, {"", "no"}).add(gate.value)
        return all(self._value(base, repeat, path) in values for path, values in offered.items())

    def _blank(self, repeat: Definition, family: str, count: int) -> int | None:
        for number in range(1, count + 1):
            base = f"{family}[{number}]"
            if not any(self._value(base, repeat, place.path) for place in self._of(repeat)):
                return number
        return None

    def _last_in(self, family: str) -> int | None:
        if not self._last.startswith(f"{family}["):
            return None
        number = self._last[len(family) + 1 :].partition("]")[0]
        return int(number) if number.isdigit() else None

    # --- opening and filling ---------------------------------------------------------------------------------------

    def _open(self, place: PlaceWords, draft: _Draft) -> bool:
        return all(self._open_one(rule, draft) for rule in place.gates)

    def _open_one(self, rule: tuple[Gate, ...], draft: _Draft) -> bool:
        refs = [(gate, self._ref_of(gate.path, draft)) for gate in rule]
        if any(_holds(gate, self._now(ref, draft)) for gate, ref in refs if ref):
            return True
        for gate, ref in refs:
            now = self._now(ref, draft)
            if not ref or not (gate.ticked or now in ("", "no")):
                continue
            written = f"{now} {gate.value}".strip() if gate.ticked else gate.value
            draft.answers[ref] = written
            self._tell(gate, draft)
            return True
        return False

    def _tell(self, gate: Gate, draft: _Draft) -> None:
        place = self.words.by_path.get(gate.path)
        label = next((label for name, label in place.choices if name == gate.value), None) if place else None
        if place is not None and label is not None:
            draft.also.append((place.label, gate.value))

    def _fill(self, place: PlaceWords, valued: Valued, line: Line, draft: _Draft) -> None:
        """The rest of an entry, as far as the line says it."""
        repeat = place.definition.repeats()[-1]
        base = draft.at[repeat.path]
        self._name(repeat, place, line, draft)
        for other in self._of(repeat):
            if other.path == place.path:
                continue
            value = self._said(other, valued, line)
            ref = self._ref(other.definition, draft)
            if value and not self._now(ref, draft) and (ref.startswith(base)):
                draft.answers[ref] = value

    def _name(self, repeat: Definition, place: PlaceWords, line: Line, draft: _Draft) -> None:
        naming = self.words.naming(repeat.path)
        if naming is None or naming.path == place.path:
            draft.name = line.name
            return
        ref = self._ref(naming.definition, draft)
        draft.name = (
            self._now(ref, draft) or self._kind_opened(repeat, draft) or line.name or self._thing(place, line)
        )
        if draft.name and not self._now(ref, draft):
            draft.answers[ref] = draft.name

    def _kind_opened(self, repeat: Definition, draft: _Draft) -> str:
        """An entry that a choice opened is called by it: a route by the way it proves sales."""
        for place in self._of(repeat):
            written = draft.answers.get(self._ref(place.definition, draft), "")
            label = next((label for name, label in place.choices if name == written and len(place.choices) > 2), None)
            if label is not None:
                return label.chinese if self._language == CHINESE else label.english
        return ""

    def _thing(self, place: PlaceWords, line: Line) -> str:
        return next((met.term for met in line.met if place.fact in met.word.facts), "")

    def _said(self, other: PlaceWords, valued: Valued, line: Line) -> str:
        if other.type is QuestionType.SELECT_ONE:
            offered = {name for name, _ in other.choices}
            known = (met.word.known.get(other.fact, "") for met in line.met)
            value = next(filter(None, known), "") or chosen(other.fact, line, self._lexicon) or self._default(other)
            return value if value in offered else ""
        return self._unit(valued) if other.fact.endswith(".unit") else ""

    def _unit(self, valued: Valued) -> str:
        """The unit of the number that is filed: as it was said where the number is, else the kind's own."""
        amount, converted = valued.amount, valued.converted
        measure = amount.measure if amount is not None else None
        if measure is None or amount is None or converted is None or measure.kind not in _OWN_UNITS:
            return ""
        if converted.low == amount.low / measure.factor:
            return measure.word
        own = _OWN_UNITS[measure.kind]
        return own.chinese if self._language == CHINESE else own.english

    def _default(self, place: PlaceWords) -> str:
        known = self._lexicon.lists.get(place.fact.rpartition(".")[0], {})
        return known.get(place.fact.rpartition(".")[2], "")

    # --- refs ------------------------------------------------------------------------------------------------------

    def _of(self, repeat: Definition) -> Iterator[PlaceWords]:
        return (place for place in self.words.places if place.lists[-1:] == (repeat.path,))

    def _ref(self, definition: Definition, draft: _Draft) -> str:
        return self._ref_of(definition.path, draft)

    @staticmethod
    def _ref_of(path: str, draft: _Draft) -> str:
        for repeat in sorted(draft.at, key=len, reverse=True):
            if path == repeat or path.startswith(f"{repeat}/"):
                return draft.at[repeat] + path[len(repeat) :]
        return path

    def _value(self, base: str, repeat: Definition, path: str) -> str:
        return self._session.peek(base + path[len(repeat.path) :]) or ""

    def _now(self, ref: str, draft: _Draft) -> str:
        if ref in draft.answers:
            return draft.answers[ref]
        return "" if self._is_fresh(ref, draft) else self._session.peek(ref) or ""

    @staticmethod
    def _is_fresh(ref: str, draft: _Draft) -> bool:
        return any(ref == base or ref.startswith(f"{base}/") for base in draft.fresh)


def _holds(gate: Gate, now: str) -> bool:
    return gate.value in now.split() if gate.ticked else now == gate.value
