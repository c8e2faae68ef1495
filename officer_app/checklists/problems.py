"""What is wrong with a checklist: told all at once, each with its cell and its remedy."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from officer_app.base.errors import Code, Fault
from officer_app.base.words import N_, Message, message


class Kind(Protocol):
    """A kind of problem: the code that scripts see, and what to do about it."""

    @property
    def name(self) -> str:
        """The code."""
        ...

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        ...


@dataclass(frozen=True, slots=True)
class Mark:
    """A kind of problem that a rule of the lint declares beside itself; `how` is a marked text."""

    name: str
    how: str

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return Message(self.how)


class ProblemCode(Enum):
    """Every kind of problem, with what to do about it."""

    FILE = N_("Open it in Excel and save it as .xlsx without a password, then check the new file.")
    SIZE = N_(
        "Put a long list into a .csv file beside the workbook, asked with select_one_from_file; divide long sheets."
    )
    COMPILER = N_("Mend the cell as the sentence says.")
    EXPRESSION = N_("Correct the expression; brackets, quotation marks and commas come in pairs.")
    FUNCTION = N_("Use a function of XLSForm; its reference lists them all.")
    MISSING_QUESTION = N_("Check the name of the question that the expression asks for.")
    CYCLE = N_("Let one of these questions do without the others.")
    PREFIX = N_("Name the column without a colon after bind::, for example bind::fact.")
    FACT_UNKNOWN = N_("Take the path from the list of facts.")
    FACT_KIND = N_("Choose a question type that fits the fact.")
    FACT_CHOICE = N_("Name the choices as the fact's values are named.")
    FACT_PLACE = N_("Bind the repeat to a list, and questions inside it to parts of its entries.")
    STRUCTURE = N_("Compile the form again from its workbook.")
    ROUNDING = N_("Write round(…, 2) around the calculation: money has two decimals.")

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return Message(self.value)


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem by the form's own terms: which node, which of its properties."""

    code: ProblemCode
    sentence: Message
    path: str = ""
    attribute: str = ""
    fatal: bool = True


@dataclass(frozen=True, slots=True)
class FormProblem:
    """A problem by the author's terms: sheet, row and column of the workbook; row None is the whole sheet.

    Fatal ones refuse the checklist; the others are told and left to the author. `cell` is Excel's address, E5.
    """

    code: Kind
    sentence: Message
    sheet: str = ""
    row: int | None = None
    column: str = ""
    fatal: bool = True
    cell: str = ""

    @property
    def remedy(self) -> Message:
        """What to do about it."""
        return self.code.remedy


class FormRefused(Fault):
    """A checklist that cannot be used, with everything that is wrong with it, and what else was noticed."""

    def __init__(
        self, file_name: str, problems: tuple[FormProblem, ...], notices: tuple[FormProblem, ...] = ()
    ) -> None:
        """Take the file's name and all problems, the first standing for the place."""
        first = problems[0]
        place = f"{first.sheet}:{first.row or ''}:{first.column}".strip(":")
        super().__init__(Code.FORM_REFUSED, where=place, file=file_name, count=len(problems))
        self.problems = problems
        self.notices = notices


def plain_problem(complaint: Complaint) -> FormProblem:
    """A complaint about a form that has no workbook: the node stands for the cell."""
    return FormProblem(
        complaint.code,
        complaint.sentence,
        "",
        None,
        f"{complaint.path} {complaint.attribute}".strip(),
        complaint.fatal,
    )


def expression_problem(path: str, attribute: str, sentence: Message, *, function: bool) -> Complaint:
    """An expression that cannot be read."""
    code = ProblemCode.FUNCTION if function else ProblemCode.EXPRESSION
    return Complaint(
        code, message(N_("{question}: {why}"), question=path.rpartition("/")[2], why=sentence), path, attribute
    )
