"""Two versions of one checklist: what the newer one changes, and where an answer to the older one stands in it.

A draft keeps the version it began with. Moving it is the officer's own word, so what would change is told first, and
an answer whose question is gone is never dropped: it keeps its ref and waits as an answer without a place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final

from officer_app.base.words import CHINESE, ENGLISH, N_, Bilingual
from officer_app.checklists.choosing import called, text_of
from officer_app.checklists.controls import CHOOSING, Control, ItemSet, Part, QuestionType
from officer_app.checklists.definitions import Definition, Formula, Sort
from officer_app.checklists.form import Form
from officer_app.checklists.showing import chapters
from officer_app.checklists.wordings import NO_TEXTS, Phrase, Texts, Wording
from officer_app.checklists.xpath.nodes import Node

_NUMBER: Final = re.compile(r"\[(\d+)\]")
# A text that is put in only while one answers.
_PUT_IN: Final = "…"


class What(Enum):
    """How a question differs."""

    NEW = N_("new question")
    GONE = N_("no longer asked")
    MOVED = N_("asked elsewhere")
    REWORDED = N_("other words")
    RETYPED = N_("answered in another way")
    CHOICES = N_("other choices")
    REQUIRED = N_("newly required")
    RULE = N_("another rule for when it is asked or what is accepted")


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the newer version changes; `before` has the older words or choices where they are other ones."""

    what: What
    path: str
    section: Bilingual
    question: Bilingual
    before: Bilingual | None = None
    now: Bilingual | None = None


@dataclass(frozen=True, slots=True)
class Homeless:
    """An answer whose question the form no longer has, in the words of the form that asked it."""

    ref: str
    section: Bilingual
    question: Bilingual
    value: Bilingual


@dataclass(frozen=True, slots=True)
class Asked:
    """One question of a form as its author wrote it."""

    path: str
    section: Bilingual
    label: Bilingual
    control: Control
    choices: Mapping[str, Bilingual]


def asked_in(form: Form) -> dict[str, Asked]:
    """Every question of a form by its path, in the form's order; notes are none."""
    found: dict[str, Asked] = {}
    for chapter in chapters(form):
        heading = _words(form, chapter.heading.label) if chapter.heading is not None else Bilingual("", "")
        for control in _controls(chapter.parts):
            if control.type is not QuestionType.NOTE:
                path = control.definition.path
                label = _words(form, control.label)
                named = label if label.english or label.chinese else Bilingual(control.definition.name, "")
                found[path] = Asked(path, heading, named, control, _choices(form, control))
    return found


def differences(older: Form, newer: Form) -> tuple[Difference, ...]:
    """What the newer version changes: in its own order, then what it no longer asks."""
    before, now = asked_in(older), asked_in(newer)
    came_from = {there: here for here, there in moved(older, newer).items()}
    found = [one for asked in now.values() for one in _changes(asked, before.get(asked.path), came_from, before)]
    still = {*now, *came_from.values()}
    gone = [
        Difference(What.GONE, one.path, one.section, one.label) for one in before.values() if one.path not in still
    ]
    return (*found, *gone)


def moved(older: Form, newer: Form) -> dict[str, str]:
    """Questions that keep their name and stand elsewhere: path before -> path now.

    Only where the name stands once in each form and as many lists lie around it; anything else would be a guess.
    """
    before, now = _leaves(older), _leaves(newer)
    return {
        path: now[name].path
        for name, definition in before.items()
        if (path := definition.path) and name in now and now[name].path != path
        if len(definition.repeats()) == len(now[name].repeats())
        if _found(newer, path) is None and _found(older, now[name].path) is None
    }


def carried(answers: Mapping[str, str], older: Form, newer: Form) -> dict[str, str]:
    """The answers to the older form as the newer one keeps them: ref -> text.

    An answer that its question can no longer hold (another type, a choice that is gone) is put beside it, under its
    ref with the older version behind a #: nothing of the newer form has such a ref, so it stays without a place.
    """
    elsewhere, before, now = moved(older, newer), asked_in(older), asked_in(newer)
    kept: dict[str, str] = {}
    for ref, text in answers.items():
        path = _NUMBER.sub("", ref)
        there = elsewhere.get(path, path)
        target = ref if there == path else _renumbered(ref, there, newer)
        fits = _still_fits(text, before.get(path), now.get(there))
        kept[target if fits else f"{ref}#{older.version}"] = text
    return kept


def homeless(orphans: Mapping[str, str], forms: tuple[Form, ...]) -> tuple[Homeless, ...]:
    """Answers without a place in the words of the first form that asks them; what nobody was asked is left out."""
    known = [(form.version, asked_in(form)) for form in forms]
    found: list[Homeless] = []
    for ref, text in orphans.items():
        plain, _, version = ref.partition("#")
        path = _NUMBER.sub("", plain)
        asked = next((each[path] for of, each in known if path in each and version in ("", of)), None)
        if asked is not None and text:
            found.append(Homeless(ref, asked.section, asked.label, _said(asked, text)))
    return tuple(found)


# --- one question ---------------------------------------------------------------------------------------


def _changes(
    now: Asked, same: Asked | None, came_from: Mapping[str, str], before: Mapping[str, Asked]
) -> Iterator[Difference]:
    here = now.path, now.section, now.label
    old = same or before.get(came_from.get(now.path, ""))
    if old is None:
        yield Difference(What.NEW, *here)
        return
    if same is None:
        yield Difference(What.MOVED, *here, old.section, now.section)
    if old.label != now.label:
        yield Difference(What.REWORDED, *here, old.label, now.label)
    if old.control.type is not now.control.type:
        yield Difference(What.RETYPED, *here)
    elif old.choices != now.choices:
        yield Difference(What.CHOICES, *here, _listed(old, now), _listed(now, old))
    if _source(now.control.definition.bind.required) and not _source(old.control.definition.bind.required):
        yield Difference(What.REQUIRED, *here)
    if _rules(old.control.definition) != _rules(now.control.definition):
        yield Difference(What.RULE, *here)


def _listed(these: Asked, others: Asked) -> Bilingual:
    """The choices that only one of two has, or that are called otherwise there."""
    only = [words for name, words in these.choices.items() if others.choices.get(name) != words]
    return Bilingual(", ".join(one.english for one in only), "、".join(one.chinese for one in only))


def _rules(definition: Definition) -> tuple[str, str]:
    return _source(definition.bind.relevant), _source(definition.bind.constraint)


def _source(formula: Formula | None) -> str:
    return "" if formula is None or formula.source.strip() == "false()" else " ".join(formula.source.split())


def _still_fits(text: str, old: Asked | None, now: Asked | None) -> bool:
    if old is None or now is None or not text:
        return True
    if old.control.type is not now.control.type:
        return _may_become(old.control.type, now.control.type)
    if now.control.type not in CHOOSING or not now.choices:
        return True
    picked = [text] if now.control.type is QuestionType.SELECT_ONE else text.split()
    return all(name in now.choices or name not in old.choices for name in picked)


def _may_become(old: QuestionType, now: QuestionType) -> bool:
    """Any answer may become a text, but for a file; a whole number may become one with decimals."""
    if now is QuestionType.TEXT:
        return old not in (QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE)
    return (old, now) == (QuestionType.INTEGER, QuestionType.DECIMAL)


def _said(asked: Asked, text: str) -> Bilingual:
    if asked.control.type not in CHOOSING:
        return Bilingual(text, text)
    picked = [text] if asked.control.type is QuestionType.SELECT_ONE else text.split()
    words = [asked.choices.get(name, Bilingual(name, name)) for name in picked]
    return Bilingual(", ".join(one.english for one in words), "、".join(one.chinese for one in words))


# --- the form -------------------------------------------------------------------------------------------


def _controls(parts: tuple[Part, ...] | list[Part]) -> Iterator[Control]:
    for part in parts:
        if isinstance(part, Control):
            yield part
        else:
            yield from _controls(part.parts)


def _leaves(form: Form) -> dict[str, Definition]:
    """Questions by the names that stand once."""
    every = [node for node in form.root.down() if node.is_leaf and node.control is not None]
    often = Counter(node.name for node in every)
    return {node.name: node for node in every if often[node.name] == 1}


def _found(form: Form, path: str) -> Definition | None:
    node: Definition | None = form.root
    for name in path.strip("/").split("/")[1:]:
        node = node.child_named(name) if node is not None else None
    return node


def _renumbered(ref: str, path: str, newer: Form) -> str:
    """The moved question's ref with the numbers that the instances around it had."""
    numbers = iter(_NUMBER.findall(ref))
    node, steps = newer.root, [newer.root.name]
    for name in path.strip("/").split("/")[1:]:
        below = node.child_named(name)
        if below is None:
            break
        node = below
        steps.append(f"{name}[{next(numbers, '1')}]" if node.sort is Sort.REPEAT else name)
    return "/" + "/".join(steps)


def _choices(form: Form, control: Control) -> dict[str, Bilingual]:
    found = {choice.name: _words(form, choice.label) for choice in control.choices}
    if control.itemset is not None:
        found |= {text_of(item, control.itemset.name): _item(form, control.itemset, item) for item in control.listed}
    return found


def _item(form: Form, itemset: ItemSet, item: Node) -> Bilingual:
    english, chinese = (_plain(called(item, itemset, _texts(form, each))) for each in (ENGLISH, CHINESE))
    return Bilingual(english, chinese)


def _words(form: Form, wording: Wording) -> Bilingual:
    english, chinese = (_plain(_texts(form, each).of(wording)) for each in (ENGLISH, CHINESE))
    return Bilingual(english, chinese)


def _texts(form: Form, language: str) -> Texts:
    return form.translations.get(form.language_for(language), NO_TEXTS)


def _plain(phrase: Phrase) -> str:
    if isinstance(phrase, str):
        return "" if phrase == "-" else phrase
    return "".join(part if isinstance(part, str) else _PUT_IN for part in phrase).strip()
