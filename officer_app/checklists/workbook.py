"""The author's side: the sheets of an XLSForm, and the compiler that turns them into an XForm."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.authoring.columns import column_of
from officer_app.checklists.authoring.container import FileKind, Overweight, Unreadable, damaged, kind_of
from officer_app.checklists.authoring.draft import Draft, Kind, draft_of
from officer_app.checklists.authoring.grid import SHEET_NAMES, Book, Grid, Oddity
from officer_app.checklists.authoring.xlsx import read_xlsx, refuse_rows
from officer_app.checklists.problems import Complaint, FormProblem, FormRefused, ProblemCode

# What all cells together may hold. One text may fill a hundred thousand cells of a small file.
MAX_TEXT: Final = 3_000_000
MAX_REFERENCES: Final = 50_000
# Old workbooks are not compressed: so many bytes are read within a second.
MAX_OLD: Final = 3_000_000
_ROW: Final = re.compile(r"\[row : (\d+)\]|row (?:number )?(\d+)", re.IGNORECASE)
_SHEET: Final = re.compile(r"'?(survey|choices|settings|entities|external_choices)'? ?sheet", re.IGNORECASE)
_COLUMN: Final = re.compile(r"(?:column|the) '([\w:]+)' (?:column|value)|column '([\w:]+)'", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'([^']{1,80})'|\"([^\"]{1,80})\"")
# Which columns a property of a node may come from, most usual first.
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "calculate": ("calculation",),
    "readonly": ("read_only",),
    "choices": ("choice_filter", "type"),
    "count": ("repeat_count",),
    "setvalue": ("default", "calculation", "trigger"),
    "fact": ("bind::fact",),
    "place": ("bind::place",),
    "again": ("bind::again",),
    "jr:constraintMsg": ("constraint_message",),
    "jr:requiredMsg": ("required_message",),
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The sheets of a checklist as their author wrote them; row numbers are those of Excel."""

    file_name: str
    draft: Draft
    places: Mapping[str, int]
    sheets: Mapping[str, object]

    @classmethod
    def read(cls, source: bytes, file_name: str) -> Workbook:
        """The sheets of a file. Errors: FormRefused when it is no workbook."""
        try:
            with _quiet():
                book = _book(source, file_name)
            _refuse_weight(book)
        except Unreadable as error:
            code = ProblemCode.SIZE if isinstance(error, Overweight) else ProblemCode.FILE
            raise FormRefused(file_name, (FormProblem(code, error.sentence),)) from error
        except Exception as error:  # whatever a library trips over, the author hears of the file
            raise FormRefused(file_name, (_from_compiler(error, None),)) from error
        draft = draft_of(book)
        return cls(file_name, draft, dict(_places(draft)), book.definition(file_name))

    def placed(self, complaint: Complaint) -> FormProblem:
        """A complaint with its cell."""
        path = re.sub(r"^/[^/]+", "", complaint.path)
        row = self.places.get(path)
        return FormProblem(
            complaint.code, complaint.sentence, "survey", row, self._column(complaint.attribute, row), complaint.fatal
        )

    def _column(self, attribute: str, row: int | None) -> str:
        headers = self.draft.survey.headers if row is None else tuple(self.draft.survey.rows[row - 2])
        for name in _COLUMNS.get(attribute, (attribute,)):
            for header in headers:
                if column_of(header).name == name:
                    return header
        return attribute


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Workbooks of other programs make the reader warn about styles and properties that no form uses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


# --- files to sheets -------------------------------------------------------------------------------


def _book(source: bytes, file_name: str) -> Book:
    suffix = file_name.lower().rpartition(".")[2]
    kind = kind_of(source)
    if kind is FileKind.LOCKED:
        raise Unreadable(message(N_("The workbook is locked with a password, so nothing of it can be read.")))
    if kind is FileKind.TEXT and suffix != "md":
        raise Unreadable(message(N_("This is no workbook: Excel did not write it.")))
    if kind is FileKind.TEXT:
        return _foreign_book(source.decode("utf-8-sig"), ".md")
    if kind is FileKind.XLS and len(source) > MAX_OLD:
        raise Overweight(
            message(N_("An old workbook of more than {limit} MB is not read."), limit=MAX_OLD // 1_000_000)
        )
    book = read_xlsx(source) if kind is FileKind.XLSX else _old_book(source)
    if suffix != kind.value:
        book.oddities.append(Oddity("renamed"))
    return book


def _refuse_weight(book: Book) -> None:
    """The compiler takes its time for every sign and every reference. Errors: Unreadable."""
    texts = [text for grid in book.grids.values() for row in grid.rows for text in row.values()]
    if sum(map(len, texts)) > MAX_TEXT:
        raise Overweight(message(N_("The cells hold more than {limit:count} characters."), limit=MAX_TEXT))
    if sum(text.count("${") for text in texts) > MAX_REFERENCES:
        raise Overweight(message(N_("The cells hold more than {limit:count} references."), limit=MAX_REFERENCES))


def _old_book(source: bytes) -> Book:
    """A .xls. Its reader stumbles over damage with errors of any kind. Errors: Unreadable."""
    try:
        return _foreign_book(source, ".xls")
    except Exception as error:
        raise damaged() from error


def _foreign_book(source: str | bytes, file_type: str) -> Book:
    """Old workbooks and tables in text are read by the compiler's own readers."""
    from pyxform.xls2json_backends import get_xlsform

    data: Any = get_xlsform(source, file_type=file_type)
    grids: dict[str, Grid] = {}
    for name in SHEET_NAMES:
        rows, headers = getattr(data, name), getattr(data, f"{name}_header")
        refuse_rows(name, len(rows or ()))
        if rows is not None or headers:
            grids[name] = Grid(name, tuple((headers or [{}])[0]), [dict(row) for row in rows or ()])
    return Book(tuple(data.sheet_names or ()), grids)


def _places(draft: Draft) -> Iterator[tuple[str, int]]:
    """Path of each question below the root, and its row."""
    for row in draft.rows:
        if row.kind in (Kind.QUESTION, Kind.BEGIN):
            yield row.path, row.number
            if row.repeats:
                yield f"{row.path}_count", row.number


# --- sheets to XML ---------------------------------------------------------------------------------


def xform_of(book: Workbook) -> tuple[bytes, tuple[FormProblem, ...]]:
    """The XForm's XML and the compiler's warnings. Errors: FormRefused."""
    return xform_of_sheets(book, book.sheets)


def xform_of_sheets(book: Workbook, sheets: Mapping[str, object]) -> tuple[bytes, tuple[FormProblem, ...]]:
    """The same of a copy of its sheets. Errors: FormRefused."""
    from pyxform.xls2xform import convert

    told: list[str] = []
    try:
        with _quiet():
            result = convert(dict(sheets), warnings=told, validate=False, pretty_print=False)
        return str(result.xform).encode(), tuple(_warning(text) for text in told)
    except Exception as error:  # the compiler raises its own errors, and bare ones of Python where it stumbles
        raise FormRefused(book.file_name, (_from_compiler(error, book),)) from error


def refusal_of_rows(book: Workbook, sheets: Mapping[str, object]) -> FormRefused | None:
    """What the compiler refuses while it reads the rows, without writing a form; None when it reads them all."""
    from pyxform.xls2json import workbook_to_json
    from pyxform.xls2json_backends import get_xlsform

    try:
        with _quiet():
            data: Any = get_xlsform(dict(sheets))
            workbook_to_json(workbook_dict=data, fallback_form_name=data.fallback_form_name, warnings=[])
    except Exception as error:  # noqa: BLE001  as when it compiles: its own errors, and bare ones of Python
        return FormRefused(book.file_name, (_from_compiler(error, book),))
    return None


def compiler_name() -> str:
    """The compiler and its version, stored with every compiled form."""
    return f"pyxform {version('pyxform')}"


def _from_compiler(error: Exception, book: Workbook | None) -> FormProblem:
    text = " ".join(str(error).split())[:400]
    row, sheet, column = _located(text)
    if row is None and book is not None:
        row, column = _cell_quoted_in(text, book)
    return FormProblem(ProblemCode.COMPILER, _said(text or type(error).__name__), sheet, row, column)


def _said(text: str) -> Message:
    return message(N_("The compiler of forms says: {words}"), words=text)


def _warning(text: str) -> FormProblem:
    plain = " ".join(text.split())[:400]
    row, sheet, column = _located(plain)
    return FormProblem(ProblemCode.COMPILER, _said(plain), sheet, row, column, fatal=False)


def _located(text: str) -> tuple[int | None, str, str]:
    row, sheet, column = _ROW.search(text), _SHEET.search(text), _COLUMN.search(text)
    return (
        int(row[1] or row[2]) if row else None,
        sheet[1].lower() if sheet else "survey",
        (column[1] or column[2]) if column else "",
    )


def _cell_quoted_in(text: str, book: Workbook) -> tuple[int | None, str]:
    """Row and column of a name or type that the compiler quotes without its place, if just one cell has it."""
    quoted = {found for pair in _QUOTED.findall(text) for found in pair if found}
    cells = [
        (row.number, name) for row in book.draft.rows for name in ("type", "name") if row.text(name).strip() in quoted
    ]
    return cells[0] if len(cells) == 1 else (None, "")
