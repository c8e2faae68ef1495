"""Conditions that are always true, never true, or drawn anew each time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from officer_app.base.words import N_, message
from officer_app.checklists.authoring.draft import Draft, Kind, Row
from officer_app.checklists.authoring.references import name_of, readable
from officer_app.checklists.lint.rule import Found, Rule
from officer_app.checklists.problems import Mark
from officer_app.checklists.xpath.syntax import Binary, Call, Expression, Number, Text, parts

_CONDITIONS: Final = ("relevant", "constraint", "required", "read_only")
_GIVES_TRUTH: Final = frozenset(
    {"true", "false", "not", "boolean", "selected", "regex", "contains", "starts-with", "ends-with", "checklist"}
)
_COMPARING: Final = frozenset({"=", "!=", "<", "<=", ">", ">=", "and", "or"})
_SAYS_NO: Final = frozenset({"no", "false", "0"})
_WORDS: Final = frozenset({"false", "true", "no", "yes"})


# --- text taken for truth --------------------------------------------------------------------------


def _taken_for_truth(tree: Expression) -> Iterator[Expression]:
    """What is asked whether it is true: operands of and, or, not(), the condition of if()."""
    for part in parts(tree):
        if isinstance(part, Binary) and part.operator in ("and", "or"):
            yield from (part.left, part.right)
        elif isinstance(part, Call) and part.arguments and part.name in ("not", "if", "boolean"):
            yield part.arguments[0]


def _false_texts(draft: Draft) -> Iterator[Found]:
    for written in draft.written():
        whole = (written.tree,) if written.column.name in _CONDITIONS else ()
        for part in (*whole, *_taken_for_truth(written.tree)):
            if isinstance(part, Text) and part.value.lower() in _WORDS:
                sentence = message(N_("The text '{words}' is true, whatever it says."), words=part.value)
                yield Found(sentence, written.row.number, written.column.header)
            row = draft.question(name_of(part)) if name_of(part) else None
            if row is not None and _may_say_no(draft, row):
                sentence = message(
                    N_("{question} is true here as soon as it is answered, even with no or false."),
                    question=row.name,
                )
                yield Found(sentence, written.row.number, written.column.header)


def _may_say_no(draft: Draft, row: Row) -> bool:
    if row.select == "select_one":
        return any(choice.name.lower() in _SAYS_NO for choice in draft.choices.get(row.list_name, ()))
    if row.type != "calculate":
        return False
    tree = readable(row.text("calculation"))
    if isinstance(tree, Binary):
        return tree.operator in _COMPARING
    return isinstance(tree, Call) and tree.name in _GIVES_TRUTH


# --- conditions that never hold --------------------------------------------------------------------


def settled(tree: Expression) -> bool | None:
    """What a condition always is, if it hangs on no answer; None when it may be either."""
    match tree:
        case Call(name="true", arguments=()):
            return True
        case Call(name="false", arguments=()):
            return False
        case Call(name="not", arguments=(only,)):
            inner = settled(only)
            return None if inner is None else not inner
        case Binary():
            return _joined(tree) if tree.operator in ("and", "or") else _compared(tree)
        case Number() | Text():
            return bool(tree.value)
        case _:
            return None


def _joined(tree: Binary) -> bool | None:
    decides = tree.operator == "or"
    sides = (settled(tree.left), settled(tree.right))
    if decides in sides:
        return decides
    if not decides and _contradicts(tree):
        return False
    return None if None in sides else not decides


def _compared(tree: Binary) -> bool | None:
    if tree.operator not in ("=", "!="):
        return None
    if isinstance(tree.left, Number | Text) and isinstance(tree.right, Number | Text):
        return (str(tree.left.value) == str(tree.right.value)) is (tree.operator == "=")
    return None


def _contradicts(tree: Binary) -> bool:
    """Whether a chain of `and` wants one question to be two things at once."""
    wanted: dict[str, str] = {}
    waiting: list[Expression] = [tree]
    while waiting:
        part = waiting.pop()
        if isinstance(part, Binary) and part.operator == "and":
            waiting.extend((part.left, part.right))
        elif isinstance(part, Binary) and part.operator == "=" and isinstance(part.right, Text):
            name = name_of(part.left)
            if name and wanted.setdefault(name, part.right.value) != part.right.value:
                return True
    return False


def _never(row: Row) -> bool:
    tree = readable(row.text("relevant")) if row.text("relevant") else None
    return tree is not None and settled(tree) is False


def _nevers(draft: Draft) -> Iterator[Found]:
    for row in draft.rows:
        if row.kind in (Kind.QUESTION, Kind.BEGIN) and _never(row):
            sentence = message(N_("{question} is never shown: its condition cannot hold."), question=row.name)
            yield Found(sentence, row.number, row.cell("relevant")[0])


def _required_nevers(draft: Draft) -> Iterator[Found]:
    for row in draft.asked():
        header, text = row.cell("required")
        if text.lower() not in ("yes", "true", "true()"):
            continue
        group = next((each for each in (*row.around, row) if _never(each)), None)
        if group is not None:
            sentence = message(
                N_("{question} is required, but {group} is never shown."), question=row.name, group=group.name
            )
            yield Found(sentence, row.number, header)


# --- chance ----------------------------------------------------------------------------------------


def _chance(draft: Draft) -> Iterator[Found]:
    for written in draft.written():
        kept = {
            id(inner)
            for part in parts(written.tree)
            if isinstance(part, Call) and part.name == "once"
            for inner in parts(part)
        }
        if any(
            isinstance(part, Call) and part.name == "random" and id(part) not in kept for part in parts(written.tree)
        ):
            sentence = message(N_("{question} is drawn anew whenever the form is opened."), question=written.row.name)
            yield Found(sentence, written.row.number, written.column.header)


RULES: Final = (
    Rule(Mark("TRUTH_OF_TEXT", N_("Compare it: ${x} = 'yes', or ${x} = 'true' for a calculation.")), _false_texts),
    Rule(Mark("NEVER_SHOWN", N_("Correct the condition, or delete the row.")), _nevers, fatal=False),
    Rule(
        Mark("NEVER_REQUIRED", N_("Correct the condition of the group, or clear the cell.")),
        _required_nevers,
        fatal=False,
    ),
    Rule(Mark("CHANCE", N_("Write once(random()), so that the first draw is kept.")), _chance, fatal=False),
)
