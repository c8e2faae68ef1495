"""What a rule of the lint is: a kind of problem, and a function that finds it in an author's draft."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Final, TypeAlias

from officer_app.base.words import N_, Message, Verbatim, message
from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.problems import FormProblem, Kind

SURVEY: Final = "survey"
CHOICES: Final = "choices"
SETTINGS: Final = "settings"


@dataclass(frozen=True, slots=True)
class Found:
    """One place where a rule is broken: the sentence, and the cell; row None is the whole sheet."""

    sentence: Message
    row: int | None = None
    column: str = ""
    sheet: str = SURVEY


Find: TypeAlias = Callable[[Draft], Iterable[Found]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its kind says code and remedy; fatal ones refuse the checklist, the others are notices."""

    kind: Kind
    find: Find
    fatal: bool = True

    def problems(self, draft: Draft) -> Iterable[FormProblem]:
        """Everything that it finds, by the author's terms."""
        for found in self.find(draft):
            yield FormProblem(self.kind, found.sentence, found.sheet, found.row, found.column, self.fatal)


def near(name: str, known: Iterable[str], *, many: int = 2) -> tuple[str, ...]:
    """The known names that a wrong one may have meant, nearest first."""
    lowered = {each.lower(): each for each in known}
    # One slip among three signs is already a third of them.
    found = difflib.get_close_matches(name.lower(), lowered, n=many, cutoff=0.6 if len(name) > 3 else 0.5)
    return tuple(lowered[each] for each in found)


def nearby(name: str, known: Iterable[str]) -> Message | Verbatim:
    """The end of a sentence: " Did you mean this?", or nothing."""
    found = near(name, known)
    if not found:
        return Verbatim("")
    return message(N_(" Did you mean {near}?"), near=tuple(Verbatim(each) for each in found))
