"""What must be answered first so that a closed part of the checklist opens: the tick, and the words on it.

A part is closed by the `relevant` of its question or of a group around it. The outermost part that is closed names
the question to go to; when that one is closed as well, the way goes on from there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from os.path import commonprefix
from typing import Final

from officer_app.base.words import Bilingual
from officer_app.checklists.definitions import Definition
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Question, Unworded

_TICKED: Final = re.compile(r"selected\(\s*(?P<of>[\w./]+)\s*,\s*'(?P<choice>\w+)'\s*\)")
_CHOSEN: Final = re.compile(r"(?P<of>[\w./]+)\s*=\s*'(?P<choice>\w*)'")
_NAMED: Final = re.compile(r"[\w.]*/[\w./]+")
_INSTANCE: Final = re.compile(r"\[\d+\]")


@dataclass(frozen=True, slots=True)
class Opening:
    """A question that is asked now, and the choice that opens what is wanted; no choice when several would do."""

    ref: str
    question: Bilingual
    choice: Bilingual | None


class Openings:
    """The ways to the closed parts of one checklist as it stands; make a new one after a change."""

    def __init__(self, session: FormSession, questions: Iterable[Unworded]) -> None:
        """Take the questions as `session` shows them now."""
        self._session = session
        self._by_name: dict[str, list[Unworded]] = {}
        for question in questions:
            self._by_name.setdefault(question.name, []).append(question)

    def to(self, ref: str) -> Opening | None:
        """How the question or part at a ref is opened; None where no answer opens it.

        `ref` may lack the places in its lists: /data/debts/debt/debt_plan.
        """
        seen: set[str] = set()
        while ref not in seen:
            seen.add(ref)
            found = self._closed_by(ref)
            if found is None or found[0].relevant:
                return None if found is None else self._opening(*found)
            ref = found[0].ref
        return None

    def _closed_by(self, ref: str) -> tuple[Unworded, tuple[str, ...]] | None:
        """The question that keeps the outermost closed part around a ref closed, and the choices that open it."""
        doubtful = None
        for source in _conditions(self._definition(ref)):
            wanted = _wanted(source)
            question = self._nearest(next(iter(wanted), ""), ref)
            if question is None:
                continue
            choices = wanted[question.name]
            if choices and not set(choices) & set(question.value.split()):
                return question, choices
            doubtful = doubtful if choices else (question, choices)
        return doubtful

    def _definition(self, ref: str) -> Definition | None:
        node: Definition | None = self._session.form.root
        for step in _INSTANCE.sub("", ref).split("/")[2:]:
            node = node.child_named(step) if node is not None else None
        return node

    def _nearest(self, name: str, ref: str) -> Unworded | None:
        """In a list, the opener of the same row."""
        return max(
            self._by_name.get(name, ()), key=lambda question: len(commonprefix([question.ref, ref])), default=None
        )

    def _opening(self, question: Unworded, choices: tuple[str, ...]) -> Opening:
        english, chinese = (self._session.question(question.ref, language) for language in ("en", "zh_CN"))
        chosen = None
        if len(choices) == 1:
            chosen = Bilingual(_label(english, choices[0]), _label(chinese, choices[0]))
        return Opening(question.ref, Bilingual(english.label, chinese.label), chosen)


def _conditions(node: Definition | None) -> Iterator[str]:
    """What must hold for a node to be asked, from the outside in."""
    around = () if node is None else tuple(node.up())
    for each in reversed(around):
        if each.bind.relevant is not None:
            yield each.bind.relevant.source


def _wanted(source: str) -> Mapping[str, tuple[str, ...]]:
    """The questions that a condition names, each with the choices that fulfil it: none when it is about no choice."""
    found: dict[str, tuple[str, ...]] = {}
    for pattern in (_TICKED, _CHOSEN):
        for hit in pattern.finditer(source):
            name = _last(hit["of"])
            found[name] = (*found.get(name, ()), hit["choice"])
    for named in _NAMED.findall(source):
        found.setdefault(_last(named), ())
    return found


def _last(path: str) -> str:
    return path.rpartition("/")[2]


def _label(question: Question, name: str) -> str:
    return next((choice.label for choice in question.choices if choice.name == name), name)
