"""A checklist as it is asked with pen and paper: by place, then section, each question with what can be answered.

What stands behind a tick of a `more_…` question is left out unless the whole is wanted: a short visit fits on a few
sheets. A question that is asked only in some cases says so, since paper cannot hide it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from itertools import count
from typing import Final

from officer_app.base.words import CHINESE, ENGLISH, Bilingual
from officer_app.checklists.definitions import ASKED_AT, Definition
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Item, Question, QuestionType, RepeatBlock

# Of one list: a way to prove sales asks for sixty figures, six of which any one way needs.
_MOST_IN_SOME_CASES: Final = 8
_INSTANCE: Final = re.compile(r"\[\d+\]")
_BEHIND_A_TICK: Final = re.compile(r"\bmore_\w+")


class Answering(Enum):
    """How a question is answered on paper."""

    LINE = "line"
    LINES = "lines"
    BOXES = "boxes"
    PICTURE = "picture"
    TICK = "tick"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on paper; `sometimes` where it is not put to everybody.

    `ref` is its place in the checklist (of a list: in its first entry), `number` what stands before it, from 1 on.
    """

    label: Bilingual
    hint: Bilingual
    answering: Answering
    choices: tuple[Bilingual, ...] = ()
    sometimes: bool = False
    ref: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Several:
    """Questions that are put once for each thing there is, such as each debt.

    `ref` is the list's place in the checklist; `more` where there are others, which depend on what was answered and
    are too many for paper.
    """

    label: Bilingual
    questions: tuple[Asked, ...]
    more: bool = False
    ref: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """What is asked of one section at one place: shop, home, desk, "" where the form does not say."""

    place: str
    section: Bilingual
    items: tuple[Asked | Several, ...]


def on_paper(session: FormSession, *, whole: bool = False) -> tuple[Part, ...]:
    """The parts of a checklist that nobody has touched, sections in their order within each place.

    Lists get their first entry in the session that is handed in; it is the caller's to throw away.
    """
    for ref in _empty_lists(session):
        session.add_repeat(ref)
    found: dict[str, dict[str, list[Asked | Several]]] = {}
    headings: dict[str, Bilingual] = {}
    for chinese, english in zip(session.sections(CHINESE), session.sections(ENGLISH), strict=True):
        headings[chinese.ref] = Bilingual(english.label, chinese.label)
        reader = _Reader(session, whole=whole)
        for place, item in reader.items(chinese.items, english.items):
            found.setdefault(place, {}).setdefault(chinese.ref, []).append(item)
    counted = count(1)
    return tuple(
        Part(place, headings[ref], tuple(_numbered(item, counted) for item in items))
        for place in sorted(found, key=_order)
        for ref, items in found[place].items()
    )


def _numbered(item: Asked | Several, counted: Iterator[int]) -> Asked | Several:
    """With the numbers that stand on the paper, in its order; those of a list count once for all its entries."""
    if isinstance(item, Asked):
        return replace(item, number=next(counted))
    return replace(item, questions=tuple(replace(one, number=next(counted)) for one in item.questions))


def _order(place: str) -> int:
    return ASKED_AT.index(place) if place in ASKED_AT else len(ASKED_AT)


def _empty_lists(session: FormSession) -> list[str]:
    """Lists that begin empty; one within another has no place before its outer one has an entry."""
    lists = [item for section in session.sections(ENGLISH) for item in section.items if isinstance(item, RepeatBlock)]
    return [item.ref for item in lists if not item.instances and not item.fixed]


class _Reader:
    def __init__(self, session: FormSession, *, whole: bool) -> None:
        self._session = session
        self._whole = whole
        self._defined = {node.path: node for node in session.form.root.down()}

    def items(self, chinese: tuple[Item, ...], english: tuple[Item, ...]) -> Iterator[tuple[str, Asked | Several]]:
        for one, other in zip(chinese, english, strict=True):
            if isinstance(one, Block) and isinstance(other, Block):
                yield from self._block(one, other)
            elif isinstance(one, RepeatBlock) and isinstance(other, RepeatBlock):
                yield from self._several(one, other)

    def _block(self, chinese: Block, english: Block) -> Iterator[tuple[str, Asked]]:
        for one, other in zip(chinese.questions, english.questions, strict=True):
            if one.type is not QuestionType.NOTE and not self._is_left_out(one.ref):
                yield self._session.place_of(one.ref), _asked(one, other)

    def _several(self, chinese: RepeatBlock, english: RepeatBlock) -> Iterator[tuple[str, Asked | Several]]:
        if self._is_left_out(chinese.ref) or not chinese.instances:
            return
        if chinese.fixed:
            for one, other in zip(chinese.instances, english.instances, strict=True):
                yield from self.items(one.items, other.items)
            return
        first, also = chinese.instances[0], english.instances[0]
        within = list(self.items(first.items, also.items))
        questions = tuple(item for _place, item in within if isinstance(item, Asked))
        always = tuple(one for one in questions if not one.sometimes)
        if questions:
            label = Bilingual(english.label or also.label, chinese.label or first.label)
            more = not self._whole and len(questions) - len(always) > _MOST_IN_SOME_CASES
            yield within[0][0], Several(label, always if more else questions, more, chinese.ref)
        yield from ((place, item) for place, item in within if isinstance(item, Several))

    def _is_left_out(self, ref: str) -> bool:
        definition = self._defined.get(_INSTANCE.sub("", ref))
        if definition is None or _never_typed(definition):
            return True
        return not self._whole and any(_is_behind_a_tick(node) for node in definition.up())


def _is_behind_a_tick(node: Definition) -> bool:
    return node.bind.relevant is not None and _BEHIND_A_TICK.search(node.bind.relevant.source) is not None


def _never_typed(definition: Definition) -> bool:
    return definition.is_leaf and (definition.bind.calculate is not None or definition.bind.always_readonly)


def _asked(chinese: Question, english: Question) -> Asked:
    choices = tuple(
        Bilingual(other.label, one.label) for one, other in zip(chinese.choices, english.choices, strict=True)
    )
    return Asked(
        Bilingual(english.label, chinese.label),
        Bilingual(english.hint, chinese.hint),
        _answering(chinese),
        choices if len(choices) <= _MOST_BOXES else (),
        sometimes=not chinese.relevant,
        ref=chinese.ref,
    )


# A longer list is written by hand: nobody ticks one of sixty trades on paper.
_MOST_BOXES: Final = 24


def _answering(question: Question) -> Answering:
    if question.choices and len(question.choices) <= _MOST_BOXES:
        return Answering.BOXES
    if question.type is QuestionType.ACKNOWLEDGE:
        return Answering.TICK
    if question.type is QuestionType.IMAGE:
        return Answering.PICTURE
    return Answering.LINES if "multiline" in question.appearance else Answering.LINE
