"""`${…}` that lead nowhere, or to two questions, or are not closed; in every sheet, not only in the survey."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.draft import Draft, Kind
from officer_app.checklists.authoring.references import broken_reference, references
from officer_app.checklists.lint.rule import Found, Rule, nearby
from officer_app.checklists.problems import Mark, ProblemCode

_READ: Final = ("survey", "choices", "settings", "entities")


def _cells(draft: Draft) -> Iterator[tuple[str, int, str, str]]:
    """Sheet, row, header and text of every cell that has a dollar sign."""
    for sheet in _READ:
        grid = draft.book.grids.get(sheet)
        for number, cells in enumerate(grid.rows if grid is not None else (), start=2):
            for header, text in cells.items():
                if "$" in text:
                    yield sheet, number, header, text


def made_names(draft: Draft) -> Iterator[str]:
    """Names of questions that the compiler adds: the count of a repeat, the other answer of a select."""
    for row in draft.rows:
        if row.kind is Kind.BEGIN and row.repeats:
            yield f"{row.name}_count"
        elif row.select and row.type.endswith("other"):
            yield f"{row.name}_other"


def _missing(draft: Draft) -> Iterator[Found]:
    made = frozenset(made_names(draft))
    for sheet, number, header, text in _cells(draft):
        for name in dict.fromkeys(reference.name for reference in references(text)):
            if not draft.named(name) and name not in made:
                sentence = message(
                    N_("No question is called {name}.{near}"), name=name or "${}", near=nearby(name, draft.names)
                )
                yield Found(sentence, number, header, sheet)


def _ambiguous(draft: Draft) -> Iterator[Found]:
    for sheet, number, header, text in _cells(draft):
        for name in dict.fromkeys(reference.name for reference in references(text)):
            rows = draft.named(name)
            # Namesakes side by side are a mistake of their own, told at their names.
            if len({row.around for row in rows}) > 1:
                sentence = message(
                    N_("Several questions are called {name}: rows {rows}."),
                    name=name,
                    rows=", ".join(str(row.number) for row in rows[:5]),
                )
                yield Found(sentence, number, header, sheet)


def _broken(draft: Draft) -> Iterator[Found]:
    for sheet, number, header, text in _cells(draft):
        found = broken_reference(text)
        if found:
            yield Found(
                message(N_("The reference {words} is not closed rightly."), words=found), number, header, sheet
            )


RULES: Final = (
    Rule(ProblemCode.MISSING_QUESTION, _missing),
    Rule(
        Mark("REFERENCE_TWICE", N_("Give the questions different names, and refer to the one that is meant.")),
        _ambiguous,
    ),
    Rule(
        Mark("REFERENCE_BROKEN", N_("Write ${name} with a dollar sign and curly brackets of the usual width.")),
        _broken,
    ),
)
