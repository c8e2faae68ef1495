"""From an author's workbook to a form that can be filled, or to the list of what is wrong, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, message
from officer_app.checklists.authoring.draft import Draft
from officer_app.checklists.authoring.mending import mended
from officer_app.checklists.form import Form, inspected
from officer_app.checklists.lint import linted
from officer_app.checklists.problems import Complaint, FormProblem, FormRefused, ProblemCode, plain_problem
from officer_app.checklists.vocabulary import Vocabulary, fact_complaints
from officer_app.checklists.workbook import Workbook, compiler_name, refusal_of_rows, xform_of_sheets

MAX_SOURCE: Final = 10_000_000
# The compiler names one cell and stops. Reading the rows costs it a tenth of a whole compilation, and nearly all
# that it refuses it refuses there: so the rows are read until it is content, and compiled whole twice at most.
_COMPILATIONS: Final = 2
_READINGS: Final = 20
_TOO_DEEP: Final = "NESTING"
_SHEETS: Final = ("", "survey", "choices", "settings")


@dataclass(frozen=True, slots=True)
class CompiledForm:
    """A checklist with its source and its XForm, as it is stored; drafts stay with these bytes."""

    form_id: str
    version: str
    title: str
    file_name: str
    source: bytes
    source_sha256: str
    xml: bytes
    xml_sha256: str
    compiler: str
    warnings: tuple[FormProblem, ...]
    languages: tuple[str, ...]
    facts: tuple[str, ...]


def compile_form(source: bytes, file_name: str, vocabulary: Vocabulary) -> CompiledForm:
    """Compile an XLSForm (.xlsx, .md) or take an XForm (.xml), and check it against the facts there are.

    Errors: FormRefused with all problems; FORM_TOO_LARGE.
    """
    if len(source) > MAX_SOURCE:
        raise Fault(Code.FORM_TOO_LARGE, where=file_name, limit_mb=MAX_SOURCE // 1_000_000)
    if file_name.lower().endswith(".xml"):
        return _taken(source, file_name, vocabulary)
    book = Workbook.read(source, file_name)
    found = linted(book.draft)
    xml, form, more = _compiled(book, found, vocabulary)
    problems = _in_order([*found, *more], book.draft)
    fatal = tuple(problem for problem in problems if problem.fatal)
    notices = tuple(problem for problem in problems if not problem.fatal)
    if fatal or form is None:
        raise FormRefused(file_name, fatal, notices)
    return _kept(source, xml, file_name, form, compiler_name(), notices)


def _taken(source: bytes, file_name: str, vocabulary: Vocabulary) -> CompiledForm:
    """An XForm as it came: nobody's cells, so nodes stand for them."""
    form, complaints = _inspected(source, file_name)
    problems = [plain_problem(each) for each in (*complaints, *fact_complaints(form.root, vocabulary))]
    fatal = tuple(problem for problem in problems if problem.fatal)
    notices = tuple(problem for problem in problems if not problem.fatal)
    if fatal:
        raise FormRefused(file_name, fatal, notices)
    return _kept(source, source, file_name, form, "", notices)


def _kept(
    source: bytes, xml: bytes, file_name: str, form: Form, compiler: str, notices: tuple[FormProblem, ...]
) -> CompiledForm:
    return CompiledForm(
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        file_name=file_name,
        source=source,
        source_sha256=digest(source),
        xml=xml,
        xml_sha256=digest(xml),
        compiler=compiler,
        warnings=notices,
        languages=form.languages,
        facts=form.facts,
    )


def _compiled(
    book: Workbook, found: Sequence[FormProblem], vocabulary: Vocabulary
) -> tuple[bytes, Form | None, list[FormProblem]]:
    """The XForm and what compiler and loader find, in a copy of the sheets without what is known to be wrong."""
    wrong = [problem for problem in found if problem.fatal]
    more: list[FormProblem] = []
    if any(problem.code.name == _TOO_DEEP for problem in wrong):
        return b"", None, more  # a begin taken out of the depth would leave its end to be complained of
    for _ in range(_COMPILATIONS):
        try:
            xml, warnings = xform_of_sheets(book, mended(book.sheets, wrong) if wrong else book.sheets)
        except FormRefused as refused:
            known = len(wrong)
            _add_refusals(book, refused, wrong)
            more += wrong[known:]
            continue
        form, complaints = _inspected(xml, book.file_name)
        complaints += fact_complaints(form.root, vocabulary)
        more += [book.placed(each) for each in complaints]
        return xml, form, [*more, *_unsaid(warnings, found)]
    return b"", None, more


def _add_refusals(book: Workbook, refused: FormRefused | None, wrong: list[FormProblem]) -> None:
    """Add what the compiler refused, and what else it refuses in the rows once that is taken out."""
    for _ in range(_READINGS):
        if refused is None or refused.problems[0] in wrong:
            return
        wrong.append(refused.problems[0])
        refused = refusal_of_rows(book, mended(book.sheets, wrong))
    wrong.append(FormProblem(ProblemCode.COMPILER, message(N_("The compiler of forms has still more to say."))))


def _unsaid(warnings: Iterable[FormProblem], found: Iterable[FormProblem]) -> list[FormProblem]:
    """The compiler's warnings about what no rule of ours has said in the author's language."""
    said = {(problem.sheet, problem.row) for problem in found}
    return [
        warning
        for warning in warnings
        if warning.row is not None and (warning.sheet, warning.row) not in said and (warning.sheet, 1) not in said
    ]


def _in_order(problems: Iterable[FormProblem], draft: Draft) -> list[FormProblem]:
    """Sheet by sheet, row by row, column by column; nothing twice."""

    def place(problem: FormProblem) -> tuple[int, int, int]:
        grid = draft.book.grids.get(problem.sheet)
        headers = grid.headers if grid is not None else ()
        sheet = _SHEETS.index(problem.sheet) if problem.sheet in _SHEETS else len(_SHEETS)
        column = headers.index(problem.column) if problem.column in headers else len(headers)
        return sheet, problem.row or 0, column

    return [_addressed(problem, draft) for problem in sorted(dict.fromkeys(problems), key=place)]


def _addressed(problem: FormProblem, draft: Draft) -> FormProblem:
    """The problem with the address that Excel's name box takes."""
    grid = draft.book.grids.get(problem.sheet)
    letter = grid.letters.get(problem.column) if grid is not None else None
    return replace(problem, cell=f"{letter}{problem.row}") if letter and problem.row else problem


def _inspected(xml: bytes, file_name: str) -> tuple[Form, list[Complaint]]:
    try:
        return inspected(xml)
    except Fault as fault:
        if fault.code is not Code.FORM_DAMAGED:
            raise
        sentence = message(N_("The form is not sound XML ({place})."), place=fault.where or file_name)
        raise FormRefused(file_name, (FormProblem(ProblemCode.STRUCTURE, sentence),)) from fault
