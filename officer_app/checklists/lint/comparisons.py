"""Comparisons that can never hold: numbers with words, choices that no list has, dates written otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.draft import Draft, Row, Written
from officer_app.checklists.authoring.references import name_of
from officer_app.checklists.lint.rule import Found, Rule, nearby
from officer_app.checklists.lint.types import entry_of
from officer_app.checklists.problems import Mark
from officer_app.checklists.xpath.syntax import (
    Binary,
    Call,
    Expression,
    Filter,
    Number,
    Path,
    Step,
    Test,
    Text,
    parts,
)

_EQUAL: Final = frozenset({"=", "!="})
_DOT: Final = Path(absolute=False, start=None, steps=(Step("self", Test("node")),))
_COMPARING: Final = frozenset({"=", "!=", "<", "<=", ">", ">="})
NUMBERS: Final = frozenset({"integer", "decimal", "range"})
_DATES: Final = frozenset({"date", "dateTime", "today"})
_ISO: Final = re.compile(r"\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})?)?")
_OTHER: Final = "other"


def _compared(draft: Draft, operators: frozenset[str] = _COMPARING) -> Iterator[tuple[Written, Row, Expression]]:
    """Each comparison of a question with something else: where, which question, with what."""
    for written in draft.written():
        inside = {id(part) for predicate in _predicates(written.tree) for part in parts(predicate)}
        for part in parts(written.tree):
            for one, other in _sides(part, operators):
                row = _meant(draft, written, one, dot=id(one) not in inside)
                if row is not None:
                    yield written, row, other


def _sides(part: Expression, operators: frozenset[str]) -> Iterator[tuple[Expression, Expression]]:
    """What is compared with what, both ways round; selected() asks for a value of its list."""
    if isinstance(part, Binary) and part.operator in operators:
        yield from ((part.left, part.right), (part.right, part.left))
    elif isinstance(part, Call) and part.name == "selected" and len(part.arguments) == 2:
        yield part.arguments[0], part.arguments[1]


def _predicates(tree: Expression) -> Iterator[Expression]:
    """The conditions between square brackets: a dot in one is not the answer of the row."""
    for part in parts(tree):
        if isinstance(part, Path):
            yield from (predicate for step in part.steps for predicate in step.predicates)
        elif isinstance(part, Filter):
            yield from part.predicates


def _meant(draft: Draft, written: Written, tree: Expression, *, dot: bool) -> Row | None:
    """The question that one side stands for: by its name, or by the dot of its own constraint."""
    name = name_of(tree)
    if name:
        return draft.question(name)
    if dot and written.column.name == "constraint" and tree == _DOT:
        return written.row
    return None


def _kind(row: Row) -> str:
    entry = entry_of(row)
    return entry.name if entry is not None else ""


def _numbers(draft: Draft) -> Iterator[Found]:
    for written, row, other in _compared(draft):
        if _kind(row) not in NUMBERS:
            continue
        if isinstance(other, Text) and other.value.strip() and not _is_number(other.value):
            sentence = message(
                N_("{question} is a number, so it is never {words}."), question=row.name, words=other.value
            )
            yield Found(sentence, written.row.number, written.column.header)
        choosing = draft.question(name_of(other)) if name_of(other) else None
        if choosing is not None and _names(draft, choosing) and not any(map(_is_number, _names(draft, choosing))):
            sentence = message(
                N_("{question} is a number, but the choices of {other} are words."),
                question=row.name,
                other=choosing.name,
            )
            yield Found(sentence, written.row.number, written.column.header)


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


def _names(draft: Draft, row: Row) -> tuple[str, ...]:
    """The values that a select may take, as far as the sheet choices tells."""
    if row.select not in ("select_one", "select_multiple") or row.list_name not in draft.choices:
        return ()
    names = tuple(choice.name for choice in draft.choices[row.list_name])
    return (*names, _OTHER) if row.type.endswith("other") else names


def _choices(draft: Draft) -> Iterator[Found]:
    for written, row, other in _compared(draft, _EQUAL):
        known = _names(draft, row)
        for value in _values(other) if known else ():
            if value not in known:
                sentence = message(
                    N_("{question} has no choice {value}.{near}"),
                    question=row.name,
                    value=value,
                    near=nearby(value, known),
                )
                yield Found(sentence, written.row.number, written.column.header)


def _values(tree: Expression) -> list[str]:
    if isinstance(tree, Text):
        return tree.value.split()
    if isinstance(tree, Number) and tree.value.is_integer():
        return [str(int(tree.value))]
    return []


def _dates(draft: Draft) -> Iterator[Found]:
    for written, row, other in _compared(draft):
        if _kind(row) in _DATES and isinstance(other, (Text, Number)):
            value = other.value if isinstance(other, Text) else f"{other.value:g}"
            if value and not (isinstance(other, Text) and _ISO.fullmatch(value)):
                sentence = message(
                    N_("{question} is a date, but {words} is not written as one."), question=row.name, words=value
                )
                yield Found(sentence, written.row.number, written.column.header)


def _made_dates(draft: Draft) -> Iterator[Found]:
    for written in draft.written():
        for part in parts(written.tree):
            if isinstance(part, Call) and part.name in ("date", "date-time") and len(part.arguments) == 1:
                (only,) = part.arguments
                if isinstance(only, Text) and only.value and not _ISO.fullmatch(only.value):
                    sentence = message(N_("{words} is not written as a date."), words=only.value)
                    yield Found(sentence, written.row.number, written.column.header)


_ISO_REMEDY: Final = N_("Write date('2026-10-08'): year, month and day with hyphens and all zeros.")
RULES: Final = (
    Rule(Mark("COMPARE_NUMBER", N_("Compare a number with a number, without quotation marks.")), _numbers),
    Rule(Mark("COMPARE_CHOICE", N_("Write the value as the sheet choices has it in the column name.")), _choices),
    Rule(Mark("COMPARE_DATE", _ISO_REMEDY), _dates),
    Rule(Mark("COMPARE_DATE", _ISO_REMEDY), _made_dates),
)
