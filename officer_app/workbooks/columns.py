"""The columns of every sheet, in one table: the same ones every month, each with its meaning on the first sheet."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Final, TypeAlias

from officer_app.base.words import N_
from officer_app.workbooks.rows import (
    AuditRow,
    CheckRow,
    ContradictionRow,
    DecisionRow,
    ExceptionRow,
    FigureRow,
    LoanRow,
    MonitoringRow,
    PersonRow,
    PhotoRow,
    WorkbookData,
)

Row: TypeAlias = (
    "LoanRow | PersonRow | FigureRow | CheckRow | ContradictionRow | PhotoRow | DecisionRow | ExceptionRow"
    " | MonitoringRow | AuditRow"
)


class Kind(Enum):
    """How a column's values are written."""

    TEXT = "text"
    ID = "identifier, as text"
    CODE = "code"
    MONEY = "money"
    NUMBER = "number"
    COUNT = "whole number"
    DATE = "date"
    MOMENT = "date and time"
    ANY = "text or number"


KIND_LABELS: Final[Mapping[Kind, str]] = {
    Kind.TEXT: N_("text"),
    Kind.ID: N_("identifier, kept as text"),
    Kind.CODE: N_("code"),
    Kind.MONEY: N_("money"),
    Kind.NUMBER: N_("number"),
    Kind.COUNT: N_("whole number"),
    Kind.DATE: N_("date"),
    Kind.MOMENT: N_("date and time"),
    Kind.ANY: N_("text, number or date"),
}


class Sheet(Enum):
    """The sheets that hold rows; the value is the English name."""

    LOANS = "Loans"
    PERSONS = "Persons"
    FIGURES = "Figures"
    CHECKS = "Checks"
    CONTRADICTIONS = "Contradictions"
    PHOTOS = "Photos"
    DECISIONS = "Decisions"
    EXCEPTIONS = "Exceptions"
    MONITORING = "Monitoring"
    AUDIT = "Audit"


SHEET_LABELS: Final[Mapping[Sheet, str]] = {
    Sheet.LOANS: N_("Loans"),
    Sheet.PERSONS: N_("Persons"),
    Sheet.FIGURES: N_("Figures"),
    Sheet.CHECKS: N_("Checks"),
    Sheet.CONTRADICTIONS: N_("Contradictions"),
    Sheet.PHOTOS: N_("Photos"),
    Sheet.DECISIONS: N_("Decisions"),
    Sheet.EXCEPTIONS: N_("Exceptions"),
    Sheet.MONITORING: N_("Monitoring"),
    Sheet.AUDIT: N_("Audit"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the row's field, its head, its kind, its width in characters; its meaning where that is not plain."""

    key: str
    head: str
    kind: Kind
    width: float
    meaning: str = ""


_CASE: Final = Column("case_number", N_("Case number"), Kind.ID, 16)
_VERSION: Final = Column("version", N_("Version"), Kind.COUNT, 9, N_("Grows by one with each return to the officer"))
_DIGEST: Final = Column(
    "dossier_digest", N_("Dossier digest"), Kind.ID, 20, N_("SHA-256 of the sealed file's manifest")
)

COLUMNS: Final[Mapping[Sheet, tuple[Column, ...]]] = {
    Sheet.LOANS: (
        Column("case_id", N_("Case ID"), Kind.ID, 18, N_("The program's own name for the case")),
        _CASE,
        _VERSION,
        Column("branch", N_("Branch"), Kind.TEXT, 14),
        Column("officer", N_("Loan officer"), Kind.TEXT, 14),
        Column("state", N_("State"), Kind.CODE, 12),
        Column("product", N_("Product"), Kind.CODE, 14),
        Column("lane", N_("Lane"), Kind.CODE, 10, N_("How thorough the visit had to be")),
        Column("applicant_ref", N_("Applicant"), Kind.ID, 18, N_("See the sheet of persons")),
        Column("requested", N_("Requested amount"), Kind.MONEY, 13),
        Column("recommended", N_("Recommended amount"), Kind.MONEY, 13),
        Column("approved", N_("Approved amount"), Kind.MONEY, 13),
        Column("term_months", N_("Term in months"), Kind.COUNT, 10),
        Column("annual_rate_percent", N_("Annual rate %"), Kind.NUMBER, 10),
        Column("binding_cap", N_("Binding cap"), Kind.CODE, 18, N_("The lowest of all caps of the loan")),
        Column("monthly_sales", N_("Monthly sales"), Kind.MONEY, 13, N_("As adopted by the analysis, not as told")),
        Column(
            "disposable_income", N_("Disposable income"), Kind.MONEY, 13, N_("A month, before the new instalment")
        ),
        Column("dscr", N_("DSCR"), Kind.NUMBER, 9, N_("Income before debts by debt service with the new loan")),
        Column("risk_index", N_("Risk index"), Kind.NUMBER, 9, N_("0 to 100, higher is safer")),
        Column("grade", N_("Grade"), Kind.CODE, 8),
        Column("hard_flags", N_("Hard flags"), Kind.CODE, 26),
        Column("contradictions", N_("Number of contradictions"), Kind.COUNT, 10),
        Column("unexplained", N_("Number unexplained"), Kind.COUNT, 10, N_("Contradictions that stand unexplained")),
        Column("photos", N_("Number of photos"), Kind.COUNT, 9),
        Column("submitted_on", N_("Submitted on"), Kind.DATE, 12),
        Column("decided_on", N_("Decided on"), Kind.DATE, 12),
        Column("received_at", N_("Received at"), Kind.MOMENT, 18, N_("Head office's own clock")),
        _DIGEST,
        Column("policy_version", N_("Policy version"), Kind.ID, 14),
        Column("form_version", N_("Form version"), Kind.ID, 14),
    ),
    Sheet.PERSONS: (
        Column("person_ref", N_("Person"), Kind.ID, 18, N_("The program's own name for the person")),
        _CASE,
        Column("part", N_("Part in the case"), Kind.CODE, 14),
        Column("name", N_("Name"), Kind.TEXT, 14, N_("Masked unless the export was authorised to show identities")),
        Column("identity", N_("Identity number"), Kind.ID, 22, N_("Masked unless authorised; always text")),
        Column("phone", N_("Phone"), Kind.ID, 16, N_("Masked unless authorised; always text")),
        Column("birth_year", N_("Year of birth"), Kind.COUNT, 10),
    ),
    Sheet.FIGURES: (
        _CASE,
        _VERSION,
        Column("path", N_("Path"), Kind.ID, 36, N_("The fact's name in the vocabulary, or the result's name")),
        Column("label", N_("Label"), Kind.TEXT, 30),
        Column("value", N_("Value"), Kind.ANY, 18),
        Column("unit", N_("Unit"), Kind.CODE, 12),
        Column("source", N_("Source"), Kind.CODE, 18, N_("Where the value comes from: seen, told, paper, computed")),
    ),
    Sheet.CHECKS: (
        _CASE,
        _VERSION,
        Column("check_id", N_("Check"), Kind.ID, 22),
        Column("title", N_("Title"), Kind.TEXT, 34),
        Column("told", N_("Told"), Kind.NUMBER, 14),
        Column("found", N_("Found"), Kind.NUMBER, 14),
        Column("deviation", N_("Deviation"), Kind.NUMBER, 12),
        Column("tolerance", N_("Tolerance"), Kind.NUMBER, 12),
        Column("verdict", N_("Verdict"), Kind.CODE, 12),
    ),
    Sheet.CONTRADICTIONS: (
        _CASE,
        _VERSION,
        Column("key", N_("Contradiction"), Kind.ID, 30, N_("Its code and what it is about")),
        Column("sentence", N_("What does not agree"), Kind.TEXT, 60),
        Column("standing", N_("Exit"), Kind.CODE, 14, N_("Explained, corrected, or stands unexplained")),
        Column("explanation", N_("Explanation"), Kind.TEXT, 60, N_("In the loan officer's words")),
    ),
    Sheet.PHOTOS: (
        _CASE,
        _VERSION,
        Column("photo_code", N_("Photo"), Kind.ID, 18),
        Column("shot", N_("Shot"), Kind.TEXT, 20),
        Column("sha256", N_("SHA-256"), Kind.ID, 30, N_("Of the original file, byte for byte")),
        Column("taken_at", N_("Taken at"), Kind.MOMENT, 18, N_("As the camera claims")),
        Column("received_at", N_("Taken in at"), Kind.MOMENT, 18, N_("As the laptop claims")),
        Column("distance_m", N_("Distance in m"), Kind.NUMBER, 12, N_("From the address point")),
        Column("flags", N_("Flags"), Kind.CODE, 30),
    ),
    Sheet.DECISIONS: (
        Column("record_id", N_("Record"), Kind.ID, 20),
        _CASE,
        _VERSION,
        Column("verdict", N_("Decision"), Kind.CODE, 22),
        Column("amount", N_("Amount"), Kind.MONEY, 13),
        Column("decided_by", N_("Decided by"), Kind.TEXT, 14),
        Column("role", N_("Role"), Kind.CODE, 14),
        Column("decided_at", N_("Decided at"), Kind.MOMENT, 18, N_("As the deciding laptop claims")),
        Column("reasons", N_("Reasons"), Kind.TEXT, 40),
        Column("conditions", N_("Conditions"), Kind.TEXT, 40),
        Column(
            "minutes_open", N_("Minutes open"), Kind.COUNT, 10, N_("How long the file was open before the decision")
        ),
        _DIGEST,
        Column("key_id", N_("Key"), Kind.ID, 20, N_("Whose key signed the record")),
    ),
    Sheet.EXCEPTIONS: (
        _CASE,
        _VERSION,
        Column("branch", N_("Branch"), Kind.TEXT, 14),
        Column("kind", N_("Kind of exception"), Kind.CODE, 18, N_("What the approval passed over")),
        Column("code", N_("Rule"), Kind.ID, 30, N_("Code of the flag, the cap or the contradiction")),
        Column("sentence", N_("What was passed over"), Kind.TEXT, 60),
        Column("reason", N_("Reason"), Kind.TEXT, 50, N_("In the words of whoever decided")),
        Column("amount", N_("Approved amount"), Kind.MONEY, 13),
        Column("decided_by", N_("Decided by"), Kind.TEXT, 14),
        Column("decided_at", N_("Decided at"), Kind.MOMENT, 18, N_("As the deciding laptop claims")),
        Column("record_id", N_("Record"), Kind.ID, 20),
        Column("state", N_("State today"), Kind.CODE, 22, N_("What became of the case")),
    ),
    Sheet.MONITORING: (
        Column("contract", N_("Contract"), Kind.ID, 20, N_("As the core banking system names the loan")),
        _CASE,
        Column("branch", N_("Branch"), Kind.TEXT, 14),
        Column("officer", N_("Loan officer"), Kind.TEXT, 14),
        Column("product", N_("Product"), Kind.CODE, 14),
        Column("amount", N_("Loan amount"), Kind.MONEY, 13),
        Column("paid_out_on", N_("Paid out on"), Kind.DATE, 12),
        Column("due_on", N_("Matures on"), Kind.DATE, 12),
        Column("as_of", N_("As of"), Kind.DATE, 12, N_("The newest day that was imported for the loan")),
        Column("balance", N_("Balance"), Kind.MONEY, 13),
        Column("overdue", N_("Overdue amount"), Kind.MONEY, 13),
        Column("days_past_due", N_("Days past due"), Kind.COUNT, 10),
    ),
    Sheet.AUDIT: (
        Column("log", N_("Log"), Kind.ID, 20, N_("The laptop's log, named by the hash of its first entry")),
        Column("number", N_("Number"), Kind.COUNT, 10),
        Column("at", N_("At"), Kind.MOMENT, 18),
        Column("actor", N_("Who"), Kind.TEXT, 14),
        Column("action", N_("Action"), Kind.CODE, 22),
        Column("subject", N_("Subject"), Kind.ID, 24),
        Column("device", N_("Device"), Kind.ID, 18),
        Column("entry_hash", N_("Entry hash"), Kind.ID, 30, N_("Chained: each entry's hash covers the one before")),
    ),
}


def rows_of(data: WorkbookData, sheet: Sheet) -> Iterable[Row]:
    """The rows of a sheet."""
    rows: Mapping[Sheet, Iterable[Row]] = {
        Sheet.LOANS: data.loans,
        Sheet.PERSONS: data.persons,
        Sheet.FIGURES: data.figures,
        Sheet.CHECKS: data.checks,
        Sheet.CONTRADICTIONS: data.contradictions,
        Sheet.PHOTOS: data.photos,
        Sheet.DECISIONS: data.decisions,
        Sheet.EXCEPTIONS: data.exceptions,
        Sheet.MONITORING: data.monitoring,
        Sheet.AUDIT: data.audit,
    }
    return rows[sheet]
