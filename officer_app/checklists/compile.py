"""From an author's workbook to a form that can be filled, or to the list of what is wrong, cell by cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from officer_app.base.canonical import digest
from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, message
from officer_app.checklists.form import Form, inspected
from officer_app.checklists.problems import Complaint, FormProblem, FormRefused, ProblemCode, plain_problem
from officer_app.checklists.vocabulary import Vocabulary, fact_complaints
from officer_app.checklists.workbook import Workbook, compiler_name, undeclared_prefixes, xform_of

MAX_SOURCE: Final = 10_000_000


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
        return _checked(source, source, file_name, None, vocabulary, ())
    book = Workbook.read(source, file_name)
    prefixes = undeclared_prefixes(book)
    if prefixes:
        raise FormRefused(file_name, prefixes)
    xml, warnings = xform_of(book)
    return _checked(source, xml, file_name, book, vocabulary, warnings)


def _checked(
    source: bytes,
    xml: bytes,
    file_name: str,
    book: Workbook | None,
    vocabulary: Vocabulary,
    warnings: Sequence[FormProblem],
) -> CompiledForm:
    form, complaints = _inspected(xml, file_name)
    complaints = [*complaints, *fact_complaints(form.root, vocabulary)]
    problems = [plain_problem(each) if book is None else book.placed(each) for each in complaints]
    fatal = tuple(problem for problem in problems if problem.fatal)
    if fatal:
        raise FormRefused(file_name, tuple(sorted(fatal, key=lambda problem: problem.row or 0)))
    return CompiledForm(
        form_id=form.form_id,
        version=form.version,
        title=form.title,
        file_name=file_name,
        source=source,
        source_sha256=digest(source),
        xml=xml,
        xml_sha256=digest(xml),
        compiler=compiler_name() if book is not None else "",
        warnings=(*warnings, *(problem for problem in problems if not problem.fatal)),
        languages=form.languages,
        facts=form.facts,
    )


def _inspected(xml: bytes, file_name: str) -> tuple[Form, list[Complaint]]:
    try:
        return inspected(xml)
    except Fault as fault:
        if fault.code is not Code.FORM_DAMAGED:
            raise
        sentence = message(N_("The form is not sound XML ({place})."), place=fault.where or file_name)
        raise FormRefused(file_name, (FormProblem(ProblemCode.STRUCTURE, sentence),)) from fault
