"""The author's side: sheets and rows of an XLSForm, and the compiler that turns it into an XForm."""

from __future__ import annotations

import contextlib
import re
import warnings
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.metadata import version
from typing import Any, Final

from officer_app.base.words import N_, Message, message
from officer_app.checklists.problems import Complaint, FormProblem, FormRefused, ProblemCode

_ROW: Final = re.compile(r"\[row : (\d+)\]|row (?:number )?(\d+)", re.IGNORECASE)
_SHEET: Final = re.compile(r"'?(survey|choices|settings|entities|external_choices)'? ?sheet", re.IGNORECASE)
_COLUMN: Final = re.compile(r"(?:column|the) '([\w:]+)' (?:column|value)|column '([\w:]+)'", re.IGNORECASE)
_QUOTED: Final = re.compile(r"'([^']{1,80})'|\"([^\"]{1,80})\"")
# Prefixes that pyxform declares in every form.
_DECLARED: Final = frozenset({"jr", "orx", "odk", "h", "ev", "xsd", "entities"})
# Which columns a property of a node may come from, most usual first.
_COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "relevant": ("relevant", "relevance", "bind::relevant"),
    "calculate": ("calculation", "calculate", "bind::calculate"),
    "readonly": ("read_only", "readonly", "bind::readonly"),
    "required": ("required", "bind::required"),
    "constraint": ("constraint", "bind::constraint"),
    "choices": ("choice_filter", "type"),
    "count": ("repeat_count", "jr:count", "count"),
    "setvalue": ("default", "calculation", "trigger"),
    "fact": ("bind::fact",),
    "label": ("label",),
    "hint": ("hint",),
    "jr:constraintMsg": ("constraint_message", "constraint message"),
    "jr:requiredMsg": ("required_message", "required message"),
    "type": ("type",),
}


@dataclass(frozen=True, slots=True)
class Workbook:
    """The survey sheet as rows of header -> cell; row numbers are those that the author sees."""

    file_name: str
    rows: tuple[Mapping[str, str], ...]
    headers: tuple[str, ...]
    places: Mapping[str, int]
    sheets: Mapping[str, object]

    @classmethod
    def read(cls, source: bytes, file_name: str) -> Workbook:
        """The sheets of a file. Errors: FormRefused when it is no workbook."""
        try:
            with _quiet():
                data = _sheets(source, file_name)
        except Exception as error:
            raise FormRefused(file_name, (_from_compiler(error, None),)) from error
        rows = tuple(dict(row) for row in data.survey or ())
        headers = tuple((data.survey_header or [{}])[0])
        sheets = {part.name: getattr(data, part.name) for part in fields(data)}
        sheets["fallback_form_name"] = file_name.rpartition("/")[2].rpartition(".")[0]
        return cls(file_name, rows, headers, dict(_places(rows)), sheets)

    def placed(self, complaint: Complaint) -> FormProblem:
        """A complaint with its cell."""
        path = re.sub(r"^/[^/]+", "", complaint.path)
        row = self.places.get(path)
        return FormProblem(
            complaint.code, complaint.sentence, "survey", row, self._column(complaint.attribute, row), complaint.fatal
        )

    def _column(self, attribute: str, row: int | None) -> str:
        cells = self.rows[row - 2] if row is not None else dict.fromkeys(self.headers, "")
        for name in _COLUMNS.get(attribute, (attribute,)):
            for header in cells:
                plain = header.partition("::")[0] if not header.startswith("bind::") else header
                if plain.strip().lower() == name:
                    return header
        return attribute


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Workbooks of other programs make the reader warn about styles and properties that no form uses."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _sheets(source: bytes, file_name: str) -> Any:
    from pyxform.xls2json_backends import get_xlsform

    if file_name.lower().endswith(".md"):
        return get_xlsform(source.decode("utf-8-sig"), file_type=".md")
    return get_xlsform(source, file_type=".xls" if file_name.lower().endswith(".xls") else ".xlsx")


def _places(rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, int]]:
    """Path of each question below the root, and its row. Blank rows count, the header is row 1."""
    groups: list[str] = []
    for number, row in enumerate(rows, start=2):
        kind = str(row.get("type") or "").strip().lower().replace("_", " ")
        name = str(row.get("name") or "").strip()
        if kind.startswith("end "):
            del groups[-1:]
        elif kind:
            path = "".join(f"/{group}" for group in (*groups, name))
            yield path, number
            if kind.startswith("begin ") and kind.endswith(("group", "repeat")):
                groups.append(name)
                if kind.endswith("repeat"):
                    yield f"{path}_count", number


def undeclared_prefixes(book: Workbook) -> tuple[FormProblem, ...]:
    """Columns such as bind::x:y, whose prefix nobody declares: the compiler would write broken XML silently."""
    problems: list[FormProblem] = []
    for header in book.headers:
        parts = header.split("::")
        prefix, colon, _local = parts[-1].partition(":")
        passes_through = len(parts) > 1 and parts[0].strip().lower() in ("bind", "body", "instance")
        if passes_through and colon and prefix.strip() not in _DECLARED:
            sentence = message(N_("The column {header} uses a prefix that is not declared."), header=header)
            problems.append(FormProblem(ProblemCode.PREFIX, sentence, "survey", 1, header))
    return tuple(problems)


def xform_of(book: Workbook) -> tuple[bytes, tuple[FormProblem, ...]]:
    """The XForm's XML and the compiler's warnings. Errors: FormRefused."""
    from pyxform.xls2xform import convert

    told: list[str] = []
    try:
        with _quiet():
            result = convert(dict(book.sheets), warnings=told, validate=False, pretty_print=False)
    except Exception as error:
        raise FormRefused(book.file_name, (_from_compiler(error, book),)) from error
    return str(result.xform).encode(), tuple(_warning(text) for text in told)


def compiler_name() -> str:
    """The compiler and its version, stored with every compiled form."""
    return f"pyxform {version('pyxform')}"


def _from_compiler(error: Exception, book: Workbook | None) -> FormProblem:
    text = " ".join(str(error).split())
    row, sheet, column = _located(text)
    if row is None and book is not None:
        row, column = _cell_quoted_in(text, book)
    return FormProblem(ProblemCode.COMPILER, _said(text or type(error).__name__), sheet, row, column)


def _said(text: str) -> Message:
    return message(N_("The compiler of forms says: {words}"), words=text)


def _warning(text: str) -> FormProblem:
    plain = " ".join(text.split())
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
        (number, column)
        for number, row in enumerate(book.rows, start=2)
        for column in ("type", "name")
        if str(row.get(column) or "").strip() in quoted
    ]
    return cells[0] if len(cells) == 1 else (None, "")
