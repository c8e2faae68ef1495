"""Headers: unknown ones, two for the same thing, prefixes that nobody declares."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring import columns
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.lint.rule import SETTINGS, SURVEY, Found, Rule, near, nearby
from officer_app.checklists.problems import Mark, ProblemCode

# Prefixes that the compiler declares in every form.
_DECLARED: Final = frozenset({"jr", "orx", "odk", "h", "ev", "xsd", "entities"})
_PASSED_THROUGH: Final = ("bind", "body", "control", "instance")
_KNOWN: Final = {SURVEY: columns.SURVEY, SETTINGS: columns.SETTINGS}
# Settings of the shipped tools that carry their own prefix.
_FREE: Final = ("bind::", "body::", "control::", "instance::", "attribute::", "sms_", "entities::", "jr:")


def _unknown(draft: Draft) -> Iterator[Found]:
    for sheet, known in _KNOWN.items():
        grid = draft.book.grids.get(sheet)
        for header in grid.headers if grid is not None else ():
            name = column_of(header).name
            if name not in known and not name.startswith(_FREE) and near(name, known):
                sentence = message(N_("No column is called {header}.{near}"), header=header, near=nearby(name, known))
                yield Found(sentence, 1, header, sheet)


def _same(draft: Draft) -> Iterator[Found]:
    for sheet in ("survey", "choices", "settings"):
        grid = draft.book.grids.get(sheet)
        seen: dict[tuple[str, str], str] = {}
        for header in grid.headers if grid is not None else ():
            column = column_of(header)
            other = seen.setdefault((column.name, column.language), header)
            if other != header:
                sentence = message(N_("The columns {other} and {header} mean the same."), other=other, header=header)
                yield Found(sentence, 1, header, sheet)


def _prefixes(draft: Draft) -> Iterator[Found]:
    """Columns such as bind::x:y: the compiler would write broken XML silently."""
    for header in draft.survey.headers:
        parts = header.split("::")
        prefix, colon, _local = parts[-1].partition(":")
        if (
            len(parts) > 1
            and parts[0].strip().lower() in _PASSED_THROUGH
            and colon
            and prefix.strip() not in _DECLARED
        ):
            sentence = message(N_("The column {header} uses a prefix that is not declared."), header=header)
            yield Found(sentence, 1, header)


RULES: Final = (
    Rule(
        Mark("COLUMN_UNKNOWN", N_("Correct the header in row 1. As it is, the column is not read.")),
        _unknown,
        fatal=False,
    ),
    Rule(Mark("COLUMN_TWICE", N_("Keep one of the columns and delete the other.")), _same),
    Rule(ProblemCode.PREFIX, _prefixes),
)
