"""What Excel shows and a checklist does not read: formulas, merged cells, hidden sheets, rows far below."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.authoring.grid import Oddity
from officer_app.checklists.lint.rule import Find, Found, Rule
from officer_app.checklists.problems import Mark

Say = Callable[[Oddity], Message]


def _each(kind: str, say: Say) -> Find:
    def find(draft: Draft) -> Iterator[Found]:
        for name, grid in draft.book.grids.items():
            for oddity in grid.oddities:
                if oddity.kind == kind:
                    yield Found(say(oddity), oddity.row, oddity.column, name)

    return find


def _whole_file(draft: Draft) -> Iterator[Found]:
    for oddity in draft.book.oddities:
        if oddity.kind == "renamed":
            sentence = message(N_("The file is an Excel workbook of another kind than its name says."))
            yield Found(sentence, None, "", "")


def _formula(oddity: Oddity) -> Message:
    return message(
        N_("The cell holds a formula. What it showed when Excel saved it is read: ={formula}"), formula=oddity.detail
    )


def _formula_empty(oddity: Oddity) -> Message:
    return message(N_("The cell holds a formula without a result: ={formula}"), formula=oddity.detail)


def _error(oddity: Oddity) -> Message:
    return message(N_("The formula of the cell ended in an error: ={formula}"), formula=oddity.detail)


def _merged(oddity: Oddity) -> Message:
    return message(N_("The cells {area} are merged: only the first of them is read."), area=oddity.detail)


def _doubled(oddity: Oddity) -> Message:
    return message(
        N_("The column {header} is there twice. The second, in {letters}, is not read."),
        header=oddity.column,
        letters=oddity.detail,
    )


def _headless(oddity: Oddity) -> Message:
    return message(N_("The cell stands below no header, so it is not read: {words}"), words=oddity.detail)


def _far(_oddity: Oddity) -> Message:
    return message(N_("This row stands more than a thousand rows below the others. It and what follows is not read."))


def _hidden(_oddity: Oddity) -> Message:
    return message(N_("The sheet is hidden in Excel, but it is read."))


_KEEP: Final = N_("Copy the cell and paste it as a value, so that the checklist says what you see.")
RULES: Final = (
    Rule(Mark("FORMULA", _KEEP), _each("formula", _formula), fatal=False),
    Rule(Mark("FORMULA_EMPTY", _KEEP), _each("formula_empty", _formula_empty)),
    Rule(Mark("CELL_ERROR", N_("Write what the cell should say in place of the formula.")), _each("error", _error)),
    Rule(
        Mark("MERGED", N_("Unmerge the cells and write into each what it should say.")),
        _each("merged", _merged),
        fatal=False,
    ),
    Rule(Mark("COLUMN_TWICE", N_("Keep one of the columns and delete the other.")), _each("doubled", _doubled)),
    Rule(
        Mark("NO_HEADER", N_("Give the column a header in row 1, or clear the cell.")),
        _each("headless", _headless),
        fatal=False,
    ),
    Rule(Mark("FAR_ROW", N_("Move the row up, or delete it.")), _each("far", _far)),
    Rule(
        Mark("HIDDEN_SHEET", N_("Show the sheet in Excel, so that the next author sees it.")),
        _each("hidden", _hidden),
        fatal=False,
    ),
    Rule(
        Mark("FILE_RENAMED", N_("Open it in Excel and save it as .xlsx.")),
        _whole_file,
        fatal=False,
    ),
)
