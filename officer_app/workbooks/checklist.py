"""A checklist as a workbook for editing in Excel: the author's sheets, all facts to choose from, all types.

Every cell is a text, row for row as the source has it, so that what Excel saves compiles to the same form.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from officer_app.base.words import CHINESE, ENGLISH, N_, translate
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.grid import SHEET_NAMES, Book
from officer_app.checklists.definitions import ASKED_AT
from officer_app.checklists.repertoire import APPEARANCES, TYPES, Entry
from officer_app.credit.vocabulary import FactSpec
from officer_app.workbooks.checklist_notes import COLUMN_NOTES

_FACTS: Final = "facts"
_TYPES: Final = "types"
_LOOKS: Final = "appearances"
_ROOM: Final = 2_000  # rows below the last one that may still be written
_HEAD_FILL: Final = PatternFill("solid", fgColor="FF123B3A")
_HEAD_FONT: Final = Font(bold=True, color="FFFFFFFF")
_GROUP_FILL: Final = PatternFill("solid", fgColor="FFE4EEEC")
_LINE: Final = Border(bottom=Side("hair", color="FFB8C4C2"))
_WRAPPED: Final = Alignment(vertical="top", wrap_text=True)
_WIDTHS: Final = {
    "type": 22,
    "name": 24,
    "label": 34,
    "hint": 34,
    "constraint_message": 28,
    "required_message": 28,
    "relevant": 30,
    "constraint": 26,
    "calculation": 36,
    "bind::fact": 40,
    "list_name": 20,
    "form_title": 34,
    "instance_name": 40,
}
# What may be chosen in the cells of a column: the sheet whose first column lists it.
_CHOSEN: Final = {"type": _TYPES, "appearance": _LOOKS, "bind::fact": _FACTS}
# The same where the few words need no sheet.
_WORDS: Final = {
    "required": ("yes", "no"),
    "read_only": ("yes", "no"),
    "bind::place": ASKED_AT,
    "bind::again": ("true()", "false()"),
}
_CONTROLS: Final = (
    ("begin_group", N_("questions that belong together begin here")),
    ("end_group", N_("questions that belong together end here")),
    ("begin_repeat", N_("questions that are asked for each entry of a list begin here")),
    ("end_repeat", N_("questions that are asked for each entry of a list end here")),
)


def checklist_workbook(book: Book, facts: Iterable[FactSpec]) -> bytes:
    """The workbook of a checklist, with the facts that its questions may fill."""
    target = Workbook()
    target.remove(target.worksheets[0])
    for name in SHEET_NAMES:
        grid = book.grids.get(name)
        if grid is not None and grid.headers:
            _write_author_sheet(target.create_sheet(name), name, grid.headers, grid.rows)
    counts = {
        _FACTS: _write_facts(target.create_sheet(_FACTS), facts),
        _TYPES: _write_types(target.create_sheet(_TYPES)),
        _LOOKS: _write_entries(target.create_sheet(_LOOKS), APPEARANCES),
    }
    if "survey" in target.sheetnames:
        _offer(target["survey"], counts)
        target.active = target.sheetnames.index("survey")
    found = BytesIO()
    target.save(found)
    return found.getvalue()


def _write_author_sheet(
    sheet: Worksheet, name: str, headers: Sequence[str], rows: Sequence[Mapping[str, str]]
) -> None:
    _head(sheet, headers, [_WIDTHS.get(column_of(header).name, 16) for header in headers])
    for header, cell in zip(headers, sheet[1], strict=True):
        note = COLUMN_NOTES.get((name, column_of(header).name))
        if note is not None:
            cell.comment = _comment(note)
    for number, row in enumerate(rows, start=2):
        for at, header in enumerate(headers, start=1):
            if row.get(header):
                _put(sheet, number, at, row[header])
        if str(row.get("type", "")).startswith("begin"):
            _shade(sheet, number, len(headers))
    sheet.freeze_panes = "C2" if name == "survey" else "A2"


def _comment(note: str) -> Comment:
    comment = Comment(f"{translate(note, CHINESE)}\n{note}", "Firsthand")
    comment.width, comment.height = 320, 110
    return comment


def _head(sheet: Worksheet, heads: Sequence[str], widths: Sequence[float]) -> None:
    for at, (head, width) in enumerate(zip(heads, widths, strict=True), start=1):
        _put(sheet, 1, at, head)
        cell = sheet.cell(1, at)
        cell.fill, cell.font = _HEAD_FILL, _HEAD_FONT
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.row_dimensions[1].height = 32
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}1"


def _put(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """A text, whatever it begins with: nothing becomes a formula, a number or a date."""
    cell = sheet.cell(row, column)
    cell.value = text
    cell.data_type = "s"
    cell.number_format = "@"
    cell.alignment = _WRAPPED
    cell.border = _LINE


def _shade(sheet: Worksheet, row: int, width: int) -> None:
    for at in range(1, width + 1):
        sheet.cell(row, at).fill = _GROUP_FILL


# --- what may be chosen ----------------------------------------------------------------------------


def _write_facts(sheet: Worksheet, facts: Iterable[FactSpec]) -> int:
    heads = (N_("Fact"), N_("Chinese"), N_("English"), N_("Kind"), N_("Unit"), N_("Allowed values"))
    _head(sheet, [_both(head) for head in heads], (52, 30, 38, 14, 16, 60))
    number = 1
    for number, fact in enumerate(facts, start=2):
        texts = (
            fact.path,
            translate(fact.label, CHINESE),
            fact.label,
            fact.kind.value,
            fact.unit,
            "yes, no" if fact.kind.value == "yes/no" else ", ".join(fact.choices),
        )
        _row(sheet, number, texts)
    return number


def _write_types(sheet: Worksheet) -> int:
    _write_entries(sheet, TYPES)
    for number, (name, asked) in enumerate(_CONTROLS, start=len(TYPES) + 2):
        _row(sheet, number, (name, translate(asked, CHINESE), asked, "", ""))
    return len(TYPES) + len(_CONTROLS) + 1


def _write_entries(sheet: Worksheet, entries: Sequence[Entry]) -> int:
    heads = (N_("Written as"), N_("Chinese"), N_("English"), N_("How far it is given"), N_("Meant for"))
    _head(sheet, [_both(head) for head in heads], (26, 44, 60, 26, 40))
    for number, entry in enumerate(entries, start=2):
        texts = (
            entry.name,
            translate(entry.asked, CHINESE),
            entry.asked,
            _both(entry.standing.value),
            ", ".join(entry.of),
        )
        _row(sheet, number, texts)
    return len(entries) + 1


def _row(sheet: Worksheet, number: int, texts: Sequence[str]) -> None:
    for at, text in enumerate(texts, start=1):
        if text:
            _put(sheet, number, at, text)


def _both(text: str) -> str:
    """A word in both languages, Chinese first."""
    return f"{translate(text, CHINESE)} {translate(text, ENGLISH)}"


def _offer(survey: Worksheet, counts: Mapping[str, int]) -> None:
    """Let authors choose in the cells; what they type instead is judged by the check, not by Excel."""
    last = survey.max_row + _ROOM
    for at, cell in enumerate(survey[1], start=1):
        name = column_of(str(cell.value)).name
        letter = get_column_letter(at)
        if name in _CHOSEN:
            sheet = _CHOSEN[name]
            rule = DataValidation("list", formula1=f"{sheet}!$A$2:$A${counts[sheet]}", allow_blank=True)
        elif name in _WORDS:
            rule = DataValidation("list", formula1=f'"{",".join(_WORDS[name])}"', allow_blank=True)
        else:
            continue
        rule.showErrorMessage = False
        survey.add_data_validation(rule)
        rule.add(f"{letter}2:{letter}{last}")
