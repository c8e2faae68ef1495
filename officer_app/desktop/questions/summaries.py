"""The instances of a repeat in a table: one line each, with its first answers and how complete it is."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base.words import N_, Message, Sayable, Verbatim, message
from officer_app.checklists.view import Block, Instance, Item, Question, QuestionType, RepeatBlock, ViolationKind
from officer_app.desktop.widgets.cells import Cell
from officer_app.desktop.widgets.states import State
from officer_app.desktop.widgets.table import Column, ColumnKind, Row

_COLUMNS: Final = 4
NUMBERS: Final = frozenset({QuestionType.INTEGER, QuestionType.DECIMAL, QuestionType.RANGE})
_UNTOLD: Final = frozenset(
    {QuestionType.NOTE, QuestionType.IMAGE, QuestionType.AUDIO, QuestionType.VIDEO, QuestionType.FILE}
)


def columns(block: RepeatBlock) -> tuple[Column, ...]:
    """The first questions as columns, and the state at the end."""
    told = _told(block.instances[0]) if block.instances else ()
    made = tuple(_column(question, first=place == 0) for place, question in enumerate(told))
    return (*made, Column("state", message(N_("State")), width=130))


def rows(block: RepeatBlock) -> tuple[Row, ...]:
    """One row for each instance; its key is the instance's index."""
    return tuple(_row(instance) for instance in block.instances)


def questions_of(items: tuple[Item, ...]) -> tuple[Question, ...]:
    """All questions in a list of items, in order, those of nested repeats left out."""
    found: list[Question] = []
    for item in items:
        if isinstance(item, Block):
            found.extend(item.questions)
    return tuple(found)


def _told(instance: Instance) -> tuple[Question, ...]:
    asked = [question for question in questions_of(instance.items) if question.type not in _UNTOLD]
    return tuple(asked[:_COLUMNS])


def _column(question: Question, *, first: bool) -> Column:
    kind = ColumnKind.MONEY if question.type in NUMBERS else ColumnKind.TEXT
    return Column(question.name, Verbatim(question.label), kind, 120, stretch=first)


def _row(instance: Instance) -> Row:
    cells = tuple(_cell(question) for question in _told(instance))
    return Row(str(instance.index), (*cells, Cell(state_words(instance), state=_state(instance))))


def _cell(question: Question) -> Cell:
    if not question.value or not question.relevant:
        return Cell()
    if question.type in NUMBERS:
        try:
            return Cell(number=Decimal(question.value))
        except InvalidOperation:
            return Cell(Verbatim(question.value))
    return Cell(Verbatim(shown_answer(question)))


def shown_answer(question: Question) -> str:
    """An answer as people read it: the label of a choice, not its name."""
    if question.type in (QuestionType.SELECT_ONE, QuestionType.SELECT_MULTIPLE):
        labels = {choice.name: choice.label for choice in question.choices}
        return " · ".join(labels.get(name, name) for name in question.value.split())
    return question.value


def _open_count(instance: Instance) -> int:
    return sum(
        question.relevant and question.required and not question.value for question in questions_of(instance.items)
    )


def _is_wrong(instance: Instance) -> bool:
    return any(
        question.violation is not None and question.violation.kind is ViolationKind.CONSTRAINT
        for question in questions_of(instance.items)
    )


def _state(instance: Instance) -> State:
    if _is_wrong(instance):
        return State.STOP
    return State.CANNOT_TELL if _open_count(instance) else State.PASSED


def state_words(instance: Instance) -> Sayable:
    """How complete an entry is."""
    if _is_wrong(instance):
        return Message(N_("Check the answer"))
    open_ones = _open_count(instance)
    return message(N_("{n:count} missing"), n=open_ones) if open_ones else Message(N_("Complete"))
