"""From the questions of the open visit to the rows of a spreadsheet, and from a typed cell back to its question."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from officer_app.base.words import N_, Sayable, Verbatim, message
from officer_app.checklists.session import FormSession
from officer_app.checklists.view import Block, Instance, Question, QuestionType, RepeatBlock
from officer_app.credit.fields import FactKind
from officer_app.credit.vocabulary import label_of, spec_of
from officer_app.desktop.kit.arithmetic import plain
from officer_app.desktop.kit.theme import Role
from officer_app.desktop.screens.statements.plan import FactLine, Lines, Listing
from officer_app.desktop.widgets.sheet import Entry, SheetCell, SheetRow, source_tone
from officer_app.desktop.widgets.table import Column, ColumnKind

SPARE: Final = "+"
TOTAL: Final = "="
AMOUNT: Final = "amount"
SOURCE: Final = "source"
_NUMBERS: Final = frozenset({QuestionType.DECIMAL, QuestionType.INTEGER, QuestionType.RANGE})
_NOT_ASKED: Final = message(N_("The checklist does not ask for this now: answer the question before it."))
_WIDTHS: Final = {FactKind.MONEY: 124, FactKind.PERCENT: 96, FactKind.NUMBER: 96, FactKind.INT: 84}
_CHOICE_WIDTH: Final = 128
_TEXT_WIDTH: Final = 150


@dataclass(frozen=True, slots=True)
class Grid:
    """Rows to show; `waits` names the list that the checklist does not ask for yet."""

    columns: tuple[Column, ...]
    rows: tuple[SheetRow, ...]
    waits: str = ""


class Questions:
    """The questions of one checklist by the facts they give, as they stand now in one language."""

    def __init__(self, session: FormSession, language: str) -> None:
        self.single: dict[str, Question] = {}
        self.lists: dict[str, RepeatBlock] = {}
        for section in session.sections(language):
            self._take(section.items)

    def member(self, instance: Instance, fact: str) -> Question | None:
        """The question of a row that gives a fact; the one that applies where there are two."""
        found = [question for question in _inside(instance) if question.fact == fact]
        return next((question for question in found if question.relevant), found[0] if found else None)

    def _take(self, items: Iterable[Block | RepeatBlock]) -> None:
        for item in items:
            if isinstance(item, RepeatBlock):
                if item.fact and (item.fact not in self.lists or item.relevant):
                    self.lists[item.fact] = item
            else:
                for question in item.questions:
                    known = self.single.get(question.fact or "")
                    if question.fact and (known is None or not known.relevant):
                        self.single[question.fact] = question


def _inside(instance: Instance) -> Iterator[Question]:
    for item in instance.items:
        if isinstance(item, Block):
            yield from item.questions


def lines_grid(part: Lines, questions: Questions) -> Grid:
    """Single facts: what it is, how much, and where from."""
    sourced = any(line.source for line in part.lines)
    columns = (
        Column("what", message(N_("Item")), stretch=True),
        Column(AMOUNT, message(N_("Amount")), ColumnKind.MONEY, 140),
        *((Column(SOURCE, message(N_("Where from")), width=_CHOICE_WIDTH),) if sourced else ()),
    )
    rows = tuple(_line(line, questions, sourced=sourced) for line in part.lines if line.fact in questions.single)
    if part.total is not None:
        amounts = (questions.single.get(line.fact) for line in part.lines)
        total = _sum(question.value for question in amounts if question is not None and question.relevant)
        cells = (SheetCell(words=part.total, strong=True), SheetCell(total, words=_figure(total), strong=True))
        rows = (*rows, SheetRow(TOTAL, (*cells, SheetCell(strong=True)) if sourced else cells))
    return Grid(columns, rows)


def _line(line: FactLine, questions: Questions, *, sourced: bool) -> SheetRow:
    question, source = questions.single[line.fact], questions.single.get(line.source)
    where = source.value if source is not None and source.relevant else ""
    cells: tuple[SheetCell, ...] = (SheetCell(words=label_of(line.fact)), _cell(question, source_tone(where)))
    if sourced:
        cells = (*cells, _cell(source, source_tone(where)) if source is not None else SheetCell())
    return SheetRow(line.fact, cells)


def list_grid(part: Listing, questions: Questions, *, editable: bool) -> Grid:
    """A list: its rows, one that waits for the next, and the totals."""
    block = questions.lists.get(part.fact)
    names = tuple(name for name in part.columns if spec_of(f"{part.fact}.{name}") is not None)
    columns = tuple(_column(f"{part.fact}.{name}", name, stretch=place == 0) for place, name in enumerate(names))
    if block is None or not block.relevant:
        return Grid(columns, (), waits=part.fact)
    rows = tuple(_row(instance, part, names, questions) for instance in block.instances)
    if editable and not block.fixed:
        rows = (*rows, _spare(part, names))
    if part.totals and len(block.instances) > 1:
        rows = (*rows, _totals(part, names, rows))
    return Grid(columns, rows)


def _row(instance: Instance, part: Listing, names: tuple[str, ...], questions: Questions) -> SheetRow:
    asked = [questions.member(instance, f"{part.fact}.{name}") for name in names]
    values = dict(zip(names, (question.value if question is not None else "" for question in asked), strict=True))
    tone = source_tone(values.get("source", ""))
    cells = tuple(
        _cell(question, tone if name in part.totals or name == "source" else None)
        if question is not None
        else SheetCell(words=Verbatim("—"), tip=_NOT_ASKED)
        for name, question in zip(names, asked, strict=True)
    )
    return SheetRow(instance.ref, cells, removable=True)


def _spare(part: Listing, names: tuple[str, ...]) -> SheetRow:
    first = message(N_("Type here for another row"))
    cells = tuple(
        SheetCell(entry=_entry_of(f"{part.fact}.{name}"), tip=first if place == 0 else None)
        for place, name in enumerate(names)
    )
    return SheetRow(SPARE, cells, spare=True)


def _entry_of(fact: str) -> Entry:
    """What a cell takes whose question is not there yet; choices come with the row."""
    spec = spec_of(fact)
    if spec is None or spec.kind in (FactKind.CHOICE, FactKind.YES_NO):
        return Entry.FIXED
    return Entry.NUMBER if spec.kind in _WIDTHS else Entry.TEXT


def _totals(part: Listing, names: tuple[str, ...], rows: tuple[SheetRow, ...]) -> SheetRow:
    cells = []
    for place, name in enumerate(names):
        total = _sum(row.cells[place].value for row in rows) if name in part.totals else ""
        words: Sayable | None = message(N_("Together")) if place == 0 else _figure(total)
        cells.append(SheetCell(total, words=words, strong=True))
    return SheetRow(TOTAL, tuple(cells))


def _column(fact: str, name: str, *, stretch: bool) -> Column:
    spec = spec_of(fact)
    kind = spec.kind if spec is not None else FactKind.LABEL
    width = _WIDTHS.get(kind, _CHOICE_WIDTH if kind in (FactKind.CHOICE, FactKind.YES_NO) else _TEXT_WIDTH)
    title = message(N_("Where from")) if name == SOURCE else label_of(fact)
    return Column(name, title, ColumnKind.MONEY if kind in _WIDTHS else ColumnKind.TEXT, width, stretch)


def _cell(question: Question, tone: Role | None = None) -> SheetCell:
    if not question.relevant:
        return SheetCell(words=Verbatim("—"), tip=_NOT_ASKED)
    wrong: Sayable | None = None
    if question.violation is not None and question.value:
        wrong = Verbatim(question.violation.text) if question.violation.text else question.violation.message
    return SheetCell(
        question.value,
        entry=_entry(question),
        choices=tuple((choice.name, choice.label) for choice in question.choices),
        tone=tone,
        wrong=wrong,
        tip=Verbatim(question.hint) if question.hint else None,
    )


def _entry(question: Question) -> Entry:
    if question.readonly:
        return Entry.FIXED
    if question.type in _NUMBERS:
        return Entry.NUMBER
    return Entry.CHOICE if question.choices else Entry.TEXT


def _sum(values: Iterable[str]) -> str:
    total = Decimal(0)
    for value in values:
        try:
            total += Decimal(value) if value else 0
        except InvalidOperation:
            continue  # what is no number yet is marked in its own cell
    return plain(total)


def _figure(total: str) -> Sayable | None:
    return message("{total:money}", total=Decimal(total)) if total else None


def refs(grid_fact: str, questions: Questions) -> Mapping[str, Instance]:
    """The rows of a list by their key."""
    block = questions.lists.get(grid_fact)
    return {instance.ref: instance for instance in block.instances} if block is not None else {}
