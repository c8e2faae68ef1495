"""What stands in the cells of somebody else's table, as answers to the questions of a list."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from io import StringIO
from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.checklists.view import Question, QuestionType, RepeatBlock
from officer_app.desktop.kit.arithmetic import plain, reckon
from officer_app.desktop.questions.summaries import NUMBERS, questions_of
from officer_app.desktop.widgets.date_field import read_date, read_month

# A block of cells larger than this was not meant for one visit.
MOST_ROWS: Final = 300
_NO_CELL: Final = frozenset(
    {QuestionType.NOTE, QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE}
)
_CURRENCY: Final = re.compile(r"^[¥￥]|元$|%$|％$")
_BETWEEN: Final = re.compile(r"[、,，;；·]")


def asked_in_cells(block: RepeatBlock) -> tuple[Question, ...]:
    """The questions that are columns: those that apply in any entry and are answered in words."""
    if not block.instances:
        return ()
    applies = {question.name for one in block.instances for question in questions_of(one.items) if question.relevant}
    first = questions_of(block.instances[0].items)
    return tuple(question for question in first if question.name in applies and question.type not in _NO_CELL)


def read_cell(question: Question, text: str, today: date) -> str | None:
    """The answer as it is stored; None when the text is none to this question. "" clears."""
    text = text.strip()
    if not text:
        return ""
    if question.type in NUMBERS:
        return _number(question, text)
    if question.type is QuestionType.DATE:
        read = read_month if "month-year" in question.appearance else read_date
        day = read(text.split()[0], today)
        return day.isoformat() if day is not None else None
    if question.type is QuestionType.SELECT_ONE:
        return _choice(question, text)
    if question.type is QuestionType.SELECT_MULTIPLE:
        found = [_choice(question, part.strip()) for part in _BETWEEN.split(text) if part.strip()]
        names = [name for name in found if name is not None]
        return " ".join(dict.fromkeys(names)) if len(names) == len(found) else None
    return text


def why_not(question: Question, text: str) -> Sayable:
    """Why a text is no answer to a question."""
    if question.type in NUMBERS:
        words = N_("“{typed}” is no number that fits here.")
    elif question.type is QuestionType.DATE:
        words = N_("“{typed}” is no day.")
    else:
        words = N_("“{typed}” is not among the choices.")
    return message(words, typed=Verbatim(text))


def _number(question: Question, text: str) -> str | None:
    if re.fullmatch(r"[(（].*[)）]", text):
        return None  # how accountants write a loss: the sum in brackets would turn its sign
    value = reckon(_CURRENCY.sub("", text).strip().lstrip("="))
    if value is None or (question.type is QuestionType.INTEGER and value != value.to_integral_value()):
        return None
    return plain(value)


def _choice(question: Question, text: str) -> str | None:
    """Tables hold what people read: the label of a choice stands for its name."""
    known = {choice.name: choice.name for choice in question.choices}
    known |= {choice.label.strip(): choice.name for choice in question.choices}
    return known.get(text)


def lines_of(text: str) -> tuple[tuple[str, ...], ...]:
    """The rows of a block as spreadsheets copy it: tabs between cells, quotes around one with line breaks."""
    rows = csv.reader(StringIO(text.replace("\r\n", "\n").rstrip("\n"), newline=""), delimiter="\t")
    return tuple(tuple(cell.strip() for cell in row) for row in rows)


@dataclass(slots=True)
class Block:
    """What a pasted block comes to: entries to add, answers by ref, and the texts that are no answer, by ref."""

    adds: int = 0
    answers: dict[str, str] = field(default_factory=dict)
    untaken: dict[str, str] = field(default_factory=dict)
    beyond: int = 0  # cells right of the last column


def placed(
    block: RepeatBlock, lines: Sequence[Sequence[str]], top: int, edge: int, today: date, *, grows: bool
) -> Block:
    """Put a block of cells onto a list, from the entry `top` and the column `edge` on, both from nought.

    A first line that repeats the headings says which column is which, and is left out. Empty cells change nothing.
    """
    asked = asked_in_cells(block)
    order = _by_heading(asked, lines[0]) if lines else None
    columns: Mapping[int, int] = order or {place: edge + place for place in range(max(map(len, lines), default=0))}
    found = Block()
    for down, line in enumerate(lines[1:] if order else lines):
        at = top + down
        if at >= len(block.instances) and not grows:
            found.beyond += sum(bool(cell) for cell in line)
            continue
        for place, cell in enumerate(line):
            column = columns.get(place, len(asked))
            if cell and column >= len(asked):
                found.beyond += 1
            elif cell:
                _place(found, block, asked[column], at, cell, today)
    return found


def _place(found: Block, block: RepeatBlock, column: Question, at: int, cell: str, today: date) -> None:
    question = question_at(block, column, at)
    ref = ref_at(block, column, at)
    stored = read_cell(question, cell, today) if not question.readonly else None
    found.adds = max(found.adds, at + 1 - len(block.instances))
    if stored is None or not question.relevant:
        found.untaken[ref] = cell
    else:
        found.answers[ref] = stored


def question_at(block: RepeatBlock, column: Question, at: int) -> Question:
    """The question of an entry in a column; that of the first entry for one that is still to come."""
    if at >= len(block.instances):
        return column
    return next((one for one in questions_of(block.instances[at].items) if one.name == column.name), column)


def ref_at(block: RepeatBlock, column: Question, at: int) -> str:
    """Where the answer of an entry stands, of one that is still to come, too."""
    return f"{block.ref}[{at + 1}]" + column.ref[len(block.instances[0].ref) :]


def _by_heading(asked: Sequence[Question], line: Sequence[str]) -> Mapping[int, int] | None:
    """Column of the block to column of the list, when the line holds two headings at least and nothing else."""
    titles = {_bare(question.label): place for place, question in enumerate(asked)}
    told = [cell for cell in line if cell]
    known = {place: titles[_bare(cell)] for place, cell in enumerate(line) if _bare(cell) in titles}
    least = min(2, len(asked))
    return known if len(known) >= least and len(known) == len(told) else None


def _bare(label: str) -> str:
    """A heading without its unit in brackets."""
    return re.sub(r"\s*[(（].*?[)）]\s*$", "", label.strip()).casefold()


NOT_ASKED: Final = Message(N_("The checklist does not ask for this now: answer the question before it."))
