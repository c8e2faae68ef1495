"""Where a fact is asked: from a path of the analysis to the question of the open checklist that holds it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from os.path import commonprefix
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.casework.openings import Opening, Openings
from officer_app.checklists.binding import BoundAnswer
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Unworded
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
        return self._answered(path) or self.asked(path)[0]

    def _name(self, path: str) -> Sayable:
        """Rows of a list by the name that the customer gave them: the creditor, the slip, the goods."""
        row = _node(self._session.facts(), path)
        named = [row[key] for key in _NAMES if key in row] if isinstance(row, Mapping) else []
        given = next((name for name in named if isinstance(name, str) and name), "")
        return Verbatim(given) if given and path.endswith("]") else name_of(path)

    def _answered(self, path: str) -> str:
        """Reckoned answers have no question of their own: the nearest by name is the one they come from."""
        for answer in self._bound:
            if _within(answer.path, path):
                return answer.ref if answer.ref in self._shown else self._nearest(answer.ref)
        return ""

    def _nearest(self, ref: str) -> str:
        group = ref.rpartition("/")[0] + "/"
        beside = [known for known in self._shown if known.startswith(group)]
        return max(beside, key=lambda known: len(commonprefix([known, ref])), default="")

    def asked(self, path: str) -> tuple[str, Opening | None]:
        """The question still to be answered for a fact, and what opens it while it stands in a closed part.

        The ref is that of a question that is asked now, "" where the checklist never asks.
        """
        found = self._asking_for(path)
        shown = [question for question in found if question.relevant]
        unanswered = (question.ref for question in shown if not question.value)
        first = next(unanswered, shown[0].ref if shown else "")
        if first:
            return first, None
        closed = found[0].ref if found else self._declared(path)
        opening = self._openings.to(closed) if closed else None
        if opening is not None:
            return opening.ref, opening
        # What is only reckoned has no question of its own: the nearest by name is the one it comes from.
        return (self._nearest(closed) if closed else ""), None

    def shown(self, ref: str) -> str:
        """The question itself where it is asked now, else the one whose answer opens it; "" for neither."""
        if ref in self._shown:
            return ref
        opening = self._openings.to(ref)
        return opening.ref if opening is not None else ""

    def is_answered(self, ref: str) -> bool:
        """Whether a question that is asked now has an answer."""
        return ref in self._shown and bool(self._session.peek(ref))

    def _asking_for(self, path: str) -> list[Unworded]:
        """The questions that bear a fact or stand in a group of facts: in a list, those of its row."""
        general = _PLACE.sub("[]", path)
        found = [question for question in self._questions if question.fact and _within(question.fact, general)]
        row = self._row(path)
        return [question for question in found if question.ref.startswith(row)] if row else found

    def _row(self, path: str) -> str:
        """Where the row of a list stands that a path leads into: /data/debts/debt[2]/; "" outside of lists."""
        list_, mark, _ = path.rpartition("]")
        within = next((answer for answer in self._bound if mark and _within(answer.path, f"{list_}]")), None)
        return f"{within.ref.rpartition(']')[0]}]/" if within is not None and "]" in within.ref else ""

    def _declared(self, path: str) -> str:
        """Where the form would ask, in a list that has no row yet."""
        general = _PLACE.sub("[]", path)
        nodes = self._session.form.root.down()
        return next((node.path for node in nodes if node.fact_path and _within(node.fact_path, general)), "")

    @cached_property
    def _bound(self) -> tuple[BoundAnswer, ...]:
        return self._session.bound_answers()

    @cached_property
    def _openings(self) -> Openings:
        return Openings(self._session, self._questions)

    @cached_property
    def _questions(self) -> tuple[Unworded, ...]:
        return self._session.questions()

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
