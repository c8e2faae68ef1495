"""Totals and single answers of repeats, asked for from the wrong side."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.draft import Draft, Kind, Row, Written
from officer_app.checklists.authoring.references import name_of
from officer_app.checklists.lint.comparisons import NUMBERS
from officer_app.checklists.lint.rule import Found, Rule
from officer_app.checklists.lint.types import entry_of
from officer_app.checklists.problems import Mark
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Filter, Negation, Path, parts

_TOTALS: Final = frozenset({"sum", "count", "max", "min", "avg", "count-non-empty", "join", "concat"})
# What takes all instances as they are: a node-set is no slip there.
_OF_SETS: Final = _TOTALS | {
    "indexed-repeat",
    "position",
    "jr:choice-name",
    "count-selected",
    "once",
    "randomize",
    "distinct-values",
}


def _inside(draft: Draft) -> Iterator[Found]:
    for written in draft.written():
        for part in parts(written.tree):
            if not isinstance(part, Call) or part.name not in _TOTALS or len(part.arguments) != 1:
                continue
            row = draft.question(name_of(part.arguments[0]))
            if row is None or row.kind is not Kind.QUESTION or not row.own_repeats:
                continue
            if row.own_repeats[-1] in written.row.around:
                sentence = message(
                    N_("{total}({question}) inside the repeat {repeat} sees only this one entry."),
                    total=part.name,
                    question=row.name,
                    repeat=row.own_repeats[-1].name,
                )
                yield Found(sentence, written.row.number, written.column.header)


def _blank_totals(draft: Draft) -> Iterator[Found]:
    for written in draft.written("calculation", "constraint", "relevant"):
        for part in parts(written.tree):
            if isinstance(part, Call) and part.name == "sum" and len(part.arguments) == 1:
                row = draft.question(name_of(part.arguments[0]))
                if row is not None and _may_be_blank(row) and row.own_repeats:
                    sentence = message(
                        N_("The sum stays blank as long as one {question} is not answered."), question=row.name
                    )
                    yield Found(sentence, written.row.number, written.column.header)


def _may_be_blank(row: Row) -> bool:
    """Whether a number may be left without an answer; a calculation speaks for itself."""
    entry = entry_of(row)
    return (
        entry is not None and entry.name in NUMBERS and row.text("required").lower() not in ("yes", "true", "true()")
    )


def _from_outside(draft: Draft) -> Iterator[Found]:
    for written in draft.written("calculation", "relevant", "constraint", "required", "repeat_count"):
        for name in dict.fromkeys(_single(written.tree)):
            row = draft.question(name)
            if row is not None and row.own_repeats and row.own_repeats[-1] not in written.row.around:
                sentence = message(
                    N_("{question} stands in the repeat {repeat}. From outside, only its first entry is seen."),
                    question=name,
                    repeat=row.own_repeats[-1].name,
                )
                yield Found(sentence, written.row.number, written.column.header)


def _single(tree: Expression) -> Iterator[str]:
    """References that stand where one value is wanted."""
    match tree:
        case Path():
            name = name_of(tree)
            if name:
                yield name
        case Call():
            if tree.name not in _OF_SETS:
                for argument in tree.arguments:
                    yield from _single(argument)
        case Binary():
            # Any instance may answer a comparison of equality: authors use that.
            if tree.operator not in ("=", "!=", "|"):
                yield from (*_single(tree.left), *_single(tree.right))
        case Negation():
            yield from _single(tree.operand)
        case Filter():
            yield from _single(tree.base)
        case _:
            return


def unguarded(written: Written) -> Iterator[str]:
    """References that are reckoned with directly: operands of + - * div mod."""
    for part in parts(written.tree):
        if isinstance(part, Binary) and part.operator in ("+", "-", "*", "div", "mod"):
            yield from (name for name in (name_of(part.left), name_of(part.right)) if name)
        elif isinstance(part, Negation):
            name = name_of(part.operand)
            if name:
                yield name


def _looked_at(written: Written) -> set[str]:
    """Questions that the expression itself compares with a blank."""
    found: set[str] = set()
    for part in parts(written.tree):
        if isinstance(part, Binary) and part.operator in ("=", "!="):
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if getattr(other, "value", None) == "":
                    found.add(name_of(one))
    return found


def _blank_numbers(draft: Draft) -> Iterator[Found]:
    for written in draft.written("calculation"):
        safe = _looked_at(written)
        for name in dict.fromkeys(unguarded(written)):
            row = draft.question(name)
            if row is not None and name not in safe and _may_be_blank(row):
                sentence = message(N_("The result stays blank as long as {question} is not answered."), question=name)
                yield Found(sentence, written.row.number, written.column.header)


RULES: Final = (
    Rule(Mark("TOTAL_INSIDE", N_("Move the total out of the repeat, behind its end_repeat.")), _inside),
    Rule(
        Mark("TOTAL_BLANK", N_("Write sum(${x}[. != '']) to add what is answered, or make the question required.")),
        _blank_totals,
        fatal=False,
    ),
    Rule(
        Mark("REPEAT_OUTSIDE", N_("Use sum(), max() or indexed-repeat(), or move the row into the repeat.")),
        _from_outside,
        fatal=False,
    ),
    Rule(
        Mark("NUMBER_BLANK", N_("Write coalesce(${x}, 0) where blank means nothing, or make the question required.")),
        _blank_numbers,
        fatal=False,
    ),
)
