"""A checklist as its author wrote it: rows with their place among groups, choice lists. Nothing is compiled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from officer_app.checklists.authoring.columns import EXPRESSIONS, Column, column_of
from officer_app.checklists.authoring.grid import Book, Grid
from officer_app.checklists.authoring.references import readable
from officer_app.checklists.xpath.syntax import Expression

_CONTROL: Final = re.compile(r"(begin|end)[ _](group|repeat|loop|lgroup|looped group)\b", re.IGNORECASE)
_SELECT: Final = re.compile(
    r"(?P<command>select_one_from_file|select_multiple_from_file|select one from file|select multiple from file"
    r"|select_one_external|select_one|select_multiple|select one from|select one|select1|select all that apply from"
    r"|select all that apply|add select one prompt using|add select multiple prompt using|rank)"
    r" (?P<list>\S+)(?: (?P<other>or specify other|or_other|or other))?",
)
_SEVERAL: Final = ("select_multiple", "select multiple", "select all", "add select multiple")
# What the compiler writes for yes and no in these columns.
_YES_NO: Final = {"yes": "true()", "true": "true()", "no": "false()", "false": "false()"}
_YES_NO_COLUMNS: Final = frozenset({"required", "read_only"})


class Kind(Enum):
    """What a row of the survey sheet is."""

    QUESTION = "question"
    BEGIN = "begin"
    END = "end"
    REMARK = "remark"


@dataclass(slots=True, eq=False)
class Row:
    """One row of the survey sheet. `number` is Excel's; `around` are the groups and repeats it stands in."""

    number: int
    kind: Kind
    type: str
    name: str
    cells: Mapping[str, str]
    around: tuple[Row, ...] = ()
    repeats: bool = False
    list_name: str = ""
    select: str = ""

    def cell(self, name: str) -> tuple[str, str]:
        """Header and text of a column by its usual name; the header is "" when the row leaves it blank."""
        for header, text in self.cells.items():
            if column_of(header).name == name:
                return header, text
        return "", ""

    def text(self, name: str) -> str:
        """The text of a column by its usual name."""
        return self.cell(name)[1]

    def spoken(self, name: str) -> dict[str, str]:
        """The texts of a column by language."""
        columns = ((column_of(header), text) for header, text in self.cells.items())
        return {column.language: text for column, text in columns if column.name == name}

    @property
    def path(self) -> str:
        """The names of all around it and its own, as the form's XML nests them, without the root."""
        return "".join(f"/{each.name}" for each in (*self.around, self))

    @property
    def own_repeats(self) -> tuple[Row, ...]:
        """The repeats around it, outermost first."""
        return tuple(each for each in self.around if each.repeats)


@dataclass(frozen=True, slots=True)
class Written:
    """An expression in a cell: its row, its column, its text and its tree."""

    row: Row
    column: Column
    text: str
    tree: Expression


@dataclass(frozen=True, slots=True)
class Choice:
    """One row of the choices sheet."""

    number: int
    list_name: str
    name: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class Draft:
    """Everything an author wrote; `unbalanced` are begin and end rows without their partner."""

    book: Book
    survey: Grid
    rows: tuple[Row, ...]
    unbalanced: tuple[Row, ...]
    choices: Mapping[str, tuple[Choice, ...]]
    loose_choices: tuple[Choice, ...]
    languages: tuple[str, ...]
    _named: dict[str, list[Row]] = field(default_factory=dict)
    _expressions: list[Written] = field(default_factory=list)

    def named(self, name: str) -> list[Row]:
        """The rows of a name; several when the name is used in several groups."""
        if not self._named:
            for row in self.rows:
                if row.kind in (Kind.QUESTION, Kind.BEGIN) and row.name:
                    self._named.setdefault(row.name, []).append(row)
        return self._named.get(name, [])

    @property
    def names(self) -> Sequence[str]:
        """All names of questions, groups and repeats."""
        self.named("")
        return list(self._named)

    def question(self, name: str) -> Row | None:
        """The question of a name, if there is exactly one."""
        found = self.named(name)
        return found[0] if len(found) == 1 else None

    def asked(self) -> Iterator[Row]:
        """Questions and calculations, no groups."""
        return (row for row in self.rows if row.kind is Kind.QUESTION)

    def written(self, *columns: str) -> Iterator[Written]:
        """The expressions that can be read, of these columns or of all."""
        wanted = columns or EXPRESSIONS
        if not self._expressions:
            self._expressions.extend(self._readable())
        return (each for each in self._expressions if each.column.name in wanted)

    def _readable(self) -> Iterator[Written]:
        for row in self.rows:
            for header, text in row.cells.items():
                column = column_of(header)
                if column.name in EXPRESSIONS:
                    tree = readable(expression_text(column, text))
                    if tree is not None:
                        yield Written(row, column, text, tree)

    def choice_columns(self, list_name: str) -> tuple[str, ...]:
        """The columns that a list's choices may be filtered by."""
        grid = self.book.grids.get("choices")
        return () if grid is None or list_name not in self.choices else grid.headers


def expression_text(column: Column, text: str) -> str:
    """A cell as the compiler takes it: yes and no of required and read_only are words of expressions."""
    if column.name in _YES_NO_COLUMNS:
        return _YES_NO.get(text.lower(), text)
    return text


def draft_of(book: Book) -> Draft:
    """The author's checklist of a file's sheets."""
    survey = book.grids.get("survey") or Grid("survey")
    rows, unbalanced = _rows(survey)
    lists, loose = _lists(book.grids.get("choices"))
    spoken = [column_of(header) for header in survey.headers]
    languages = tuple({column.language: None for column in spoken if column.language})
    return Draft(book, survey, rows, unbalanced, lists, loose, languages)


def _rows(survey: Grid) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    found: list[Row] = []
    around: list[Row] = []
    unbalanced: list[Row] = []
    for number, cells in enumerate(survey.rows, start=2):
        if not cells:
            continue
        row = _row(number, cells)
        row.around = tuple(around)
        found.append(row)
        if row.kind is Kind.BEGIN:
            around.append(row)
        elif row.kind is Kind.END:
            if around and around[-1].repeats == row.repeats:
                around.pop()
            else:
                unbalanced.append(row)
    return tuple(found), (*unbalanced, *around)


def _row(number: int, cells: Mapping[str, str]) -> Row:
    by_name: dict[str, str] = {}
    for header, text in cells.items():
        by_name.setdefault(column_of(header).name, text)
    kind, name = by_name.get("type", "").strip(), by_name.get("name", "").strip()
    control = _CONTROL.match(kind)
    if control is not None:
        what = Kind.BEGIN if control[1].lower() == "begin" else Kind.END
        return Row(number, what, kind, name, cells, repeats=control[2].lower() != "group")
    if not kind and not name and "label" not in by_name:
        return Row(number, Kind.REMARK, kind, name, cells)
    select = _SELECT.fullmatch(kind)
    if select is None:
        return Row(number, Kind.QUESTION, kind, name, cells)
    return Row(number, Kind.QUESTION, kind, name, cells, list_name=select["list"], select=_select(select["command"]))


def _select(command: str) -> str:
    if command == "rank":
        return "rank"
    return "select_multiple" if command.startswith(_SEVERAL) else "select_one"


def _lists(grid: Grid | None) -> tuple[dict[str, tuple[Choice, ...]], tuple[Choice, ...]]:
    lists: dict[str, list[Choice]] = {}
    loose: list[Choice] = []
    for number, cells in enumerate(grid.rows if grid is not None else (), start=2):
        by_name = {column_of(header).name: text for header, text in cells.items()}
        choice = Choice(number, by_name.get("list_name", "").strip(), by_name.get("name", "").strip(), cells)
        if choice.list_name:
            lists.setdefault(choice.list_name, []).append(choice)
        elif choice.name:
            loose.append(choice)
    return {name: tuple(choices) for name, choices in lists.items()}, tuple(loose)
