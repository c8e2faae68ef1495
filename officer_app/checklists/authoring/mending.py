"""A copy of an author's sheets with what is known to be wrong taken out, so that the compiler judges the rest.

The copy is never kept: it is compiled to hear what else is wrong, with every row where its author has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.grid import SHEET_NAMES
from officer_app.checklists.problems import FormProblem

# A cell of these columns makes the row what it is: it gets something plain instead of nothing.
_ROW_MAKING: Final = frozenset({"type", "name"})


def mended(sheets: Mapping[str, object], problems: Iterable[FormProblem]) -> dict[str, object]:
    """The sheets of a workbook, in the compiler's terms, without the cells that are wrong."""
    copy: dict[str, Any] = dict(sheets)
    for name in SHEET_NAMES:
        if isinstance(copy[name], list):
            copy[name] = [dict(row) for row in copy[name]]
    begun: list[str] = []
    for problem in problems:
        if problem.row == 1:
            _drop_column(copy, problem)
        elif problem.sheet == "survey":
            begun += _mend_question(copy, problem)
        elif problem.row is not None:
            _blank_row(copy, problem)
    survey = copy.get("survey")
    if isinstance(survey, list):
        survey.extend({_header(survey, "type"): end} for end in reversed(begun))
    return copy


def _rows(copy: Mapping[str, Any], problem: FormProblem) -> list[dict[str, str]]:
    rows = copy.get(problem.sheet)
    return rows if isinstance(rows, list) else []


def _row(copy: Mapping[str, Any], problem: FormProblem) -> dict[str, str] | None:
    rows = _rows(copy, problem)
    at = (problem.row or 0) - 2
    return rows[at] if 0 <= at < len(rows) else None


def _header(rows: Iterable[Mapping[str, str]], name: str) -> str:
    """How the sheet writes a column."""
    return next((header for row in rows for header in row if column_of(header).name == name), name)


def _drop_column(copy: dict[str, Any], problem: FormProblem) -> None:
    for row in _rows(copy, problem):
        row.pop(problem.column, None)
    heads = copy.get(f"{problem.sheet}_header")
    if isinstance(heads, list) and heads:
        copy[f"{problem.sheet}_header"] = [{name: None for name in heads[0] if name != problem.column}]


def _mend_question(copy: Mapping[str, Any], problem: FormProblem) -> list[str]:
    """Mend one row; gives the end that a begin without one still needs."""
    row = _row(copy, problem)
    if row is None:
        return []
    rows = _rows(copy, problem)
    what = column_of(problem.column).name
    if what not in _ROW_MAKING:
        row.pop(problem.column, None)
        if what == "calculation" and _said(row, "type") == "calculate":
            row[problem.column] = "''"
        return []
    kind, control = _header(rows, "type"), _said(row, "type").lower().replace("_", " ")
    is_control = control.startswith(("begin ", "end "))
    if what == "type" and is_control and _said(row, "type") != _said(row, "type").lower():
        row[kind] = _said(row, "type").lower()
    elif what == "name":
        row[_header(rows, "name")] = f"row_{problem.row}_of_its_author"
    elif control.startswith("end "):
        row.clear()
    elif control.startswith("begin "):
        return [_said(row, "type").replace("begin", "end")]
    else:
        row[kind] = "text"
    return []


def _said(row: Mapping[str, str], name: str) -> str:
    return next((text for header, text in row.items() if column_of(header).name == name), "")


def _blank_row(copy: Mapping[str, Any], problem: FormProblem) -> None:
    row = _row(copy, problem)
    if row is None:
        return
    if column_of(problem.column).name in ("list_name", "name"):
        row.clear()
    else:
        row.pop(problem.column, None)
