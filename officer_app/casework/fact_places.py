"""Where a fact is asked: from a path of the analysis to the question of the open checklist that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import commonprefix
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question
from officer_app.credit.reading import FactNode
from officer_app.credit.vocabulary import label_of, spec_of

_PLACE: Final = re.compile(r"\[(\d+)\]")
_STEP: Final = re.compile(r"([a-z_0-9]+)(?:\[(\d+)\])?")
# What names a row of a list, the best first.
_NAMES: Final = ("name", "creditor", "item", "beneficiary", "description", "owner")
_NUMBERED: Final = N_("{fact} {number:count}")


@dataclass(frozen=True, slots=True)
class FactPlace:
    """A fact, what people call it, and the question to go to; `ref` is "" where no checklist asks for it."""

    path: str
    label: Sayable
    ref: str


class FactPlaces:
    """The questions of one checklist as they stand now; make a new one after a change."""

    def __init__(self, session: FormSession) -> None:
        self._session = session

    def of(self, paths: Iterable[str]) -> tuple[FactPlace, ...]:
        """Places of these facts and groups of facts, each question once, in their order."""
        found: dict[str, FactPlace] = {}
        for path in paths:
            if spec_of(path) is None:
                continue
            ref = self.ref(path)
            found.setdefault(ref or path, FactPlace(path, self._name(path), ref))
        return tuple(found.values())

    def ref(self, path: str) -> str:
        """The question of a fact, or the first of a group: the one that holds it, else the one that would ask it."""
        return self._answered(path) or self._asking(path)

    def _name(self, path: str) -> Sayable:
        """Rows of a list by the name that the customer gave them: the creditor, the slip, the goods."""
        row = _node(self._session.facts(), path)
        named = [row[key] for key in _NAMES if key in row] if isinstance(row, Mapping) else []
        given = next((name for name in named if isinstance(name, str) and name), "")
        return Verbatim(given) if given and path.endswith("]") else name_of(path)

    def _answered(self, path: str) -> str:
        """Reckoned answers have no question of their own: the nearest by name is the one they come from."""
        for answer in self._session.bound_answers():
            if _within(answer.path, path):
                return answer.ref if answer.ref in self._shown else self._nearest(answer.ref)
        return ""

    def _nearest(self, ref: str) -> str:
        group = ref.rpartition("/")[0] + "/"
        beside = [known for known in self._shown if known.startswith(group)]
        return max(beside, key=lambda known: len(commonprefix([known, ref])), default="")

    def _asking(self, path: str) -> str:
        """A question that is not asked yet waits behind the last one before it that is."""
        general, before = _PLACE.sub("[]", path), ""
        waiting = ""
        for question in self._questions:
            if question.fact is not None and _within(question.fact, general):
                if question.relevant:
                    return question.ref
                waiting = waiting or before
            elif question.relevant and not question.readonly:
                before = question.ref
        return waiting

    @cached_property
    def _questions(self) -> tuple[Question, ...]:
        return tuple(_questions(self._session))

    @cached_property
    def _shown(self) -> frozenset[str]:
        return frozenset(question.ref for question in self._questions if question.relevant)


def name_of(path: str) -> Sayable:
    """What people call a fact; the rows of a list are counted."""
    label, numbers = label_of(path), _PLACE.findall(path)
    if path.endswith("]") and numbers:
        return message(_NUMBERED, fact=label, number=int(numbers[-1]) + 1)
    return label


def _node(tree: FactNode, path: str) -> FactNode:
    """The branch at a path, "" where there is none."""
    for key, number in _STEP.findall(path):
        tree = tree.get(key, "") if isinstance(tree, Mapping) else ""
        if number:
            rows = tree if isinstance(tree, Sequence) and not isinstance(tree, str) else ()
            tree = rows[int(number)] if int(number) < len(rows) else ""
    return tree


def _within(path: str, group: str) -> bool:
    return path == group or path.startswith((f"{group}.", f"{group}["))


def _questions(session: FormSession) -> Iterator[Question]:
    pending: list[object] = [item for section in session.sections("en") for item in section.items]
    while pending:
        item = pending.pop(0)
        pending[:0] = [*getattr(item, "items", ()), *getattr(item, "instances", ())]
        yield from getattr(item, "questions", ())
