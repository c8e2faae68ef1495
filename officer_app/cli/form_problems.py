"""What is wrong with a checklist, as lines for people and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from officer_app.base.words import N_, message, say

if TYPE_CHECKING:
    from officer_app.base.canonical import Json
    from officer_app.checklists.problems import FormProblem


def as_json(problems: Iterable[FormProblem], language: str) -> list[Json]:
    """Each problem with its code, its cell, what is wrong and what to do."""
    return [
        {
            "code": problem.code.name,
            "sheet": problem.sheet,
            "row": problem.row,
            "column": problem.column,
            "cell": problem.cell,
            "message": say(problem.sentence, language),
            "remedy": say(problem.remedy, language),
            "fatal": problem.fatal,
        }
        for problem in problems
    ]


def lines(problems: Iterable[FormProblem], language: str) -> Iterator[str]:
    """Two lines for each problem: where and what, then how to mend it; a dot marks what is only a notice."""
    for problem in problems:
        mark = "✗" if problem.fatal else "·"
        yield f"{mark} {_place(problem, language)}: {say(problem.sentence, language)}"
        yield f"    {say(problem.remedy, language)}"


def _place(problem: FormProblem, language: str) -> str:
    if problem.row is None:
        return say(message(N_("{sheet} {column}"), sheet=problem.sheet, column=problem.column), language).strip()
    place = message(N_("{sheet} row {row} {column}"), sheet=problem.sheet, row=problem.row, column=problem.column)
    address = f" [{problem.cell}]" if problem.cell else ""
    return say(place, language).strip() + address
