"""What head office exports, one frozen row at a time. Identities come whole; the workbook masks them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from officer_app.base.words import Sayable


@dataclass(frozen=True, slots=True)
class LoanRow:
    """One case in its latest version."""

    case_id: str
    case_number: str
    version: int
    branch: str
    officer: str
    state: str
    product: str
    lane: str
    applicant_ref: str
    requested: Decimal | None
    recommended: Decimal | None
    approved: Decimal | None
    term_months: int | None
    annual_rate_percent: Decimal | None
    binding_cap: str
    monthly_sales: Decimal | None
    disposable_income: Decimal | None
    dscr: Decimal | None
    risk_index: Decimal | None
    grade: str
    hard_flags: tuple[str, ...]
    contradictions: int
    unexplained: int
    photos: int
    submitted_on: date | None
    decided_on: date | None
    received_at: datetime | None
    dossier_digest: str
    policy_version: str
    form_version: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person's part in one case."""

    person_ref: str
    case_number: str
    part: str
    name: str
    identity: str
    phone: str
    birth_year: int | None


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One fact or result of a case."""

    case_number: str
    version: int
    path: str
    label: Sayable
    value: Decimal | str | date | None
    unit: str
    source: str


@dataclass(frozen=True, slots=True)
class CheckRow:
    """One cross-check of a case."""

    case_number: str
    version: int
    check_id: str
    title: Sayable
    told: Decimal | None
    found: Decimal | None
    deviation: Decimal | None
    tolerance: Decimal | None
    verdict: str


@dataclass(frozen=True, slots=True)
class ContradictionRow:
    """One contradiction of a case and its way out."""

    case_number: str
    version: int
    key: str
    sentence: Sayable
    standing: str
    explanation: str


@dataclass(frozen=True, slots=True)
class PhotoRow:
    """One photo: its digest and flags, never the picture."""

    case_number: str
    version: int
    photo_code: str
    shot: Sayable
    sha256: str
    taken_at: datetime | None
    received_at: datetime | None
    distance_m: Decimal | None
    flags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """One signed decision."""

    record_id: str
    case_number: str
    version: int
    verdict: str
    amount: Decimal | None
    decided_by: str
    role: str
    decided_at: datetime
    reasons: str
    conditions: str
    minutes_open: int | None
    dossier_digest: str
    key_id: str


@dataclass(frozen=True, slots=True)
class ExceptionRow:
    """One thing that an approval passed over: a rule of the policy, a hard flag, a contradiction unexplained.

    `state` is the case's today: what became of it.
    """

    case_number: str
    version: int
    branch: str
    kind: str
    code: str
    sentence: Sayable
    reason: str
    amount: Decimal | None
    decided_by: str
    decided_at: datetime
    record_id: str
    state: str


@dataclass(frozen=True, slots=True)
class MonitoringRow:
    """One loan of the book as the newest day that was told for it has it."""

    contract: str
    case_number: str
    branch: str
    officer: str
    product: str
    amount: Decimal
    paid_out_on: date | None
    due_on: date | None
    as_of: date | None
    balance: Decimal
    overdue: Decimal
    days_past_due: int


@dataclass(frozen=True, slots=True)
class AuditRow:
    """One entry of a laptop's log; `log` is the digest of that log's first entry."""

    number: int
    at: datetime
    actor: str
    action: str
    subject: str
    device: str
    entry_hash: str
    log: str = ""


@dataclass(frozen=True, slots=True)
class AppTotals:
    """The same sums as the program shows them, counted apart from the rows."""

    cases: int
    requested: Decimal
    recommended: Decimal
    approved: Decimal
    checks: int
    checks_failed: int
    photos: int
    decisions: int
    exceptions: int = 0


@dataclass(frozen=True, slots=True)
class WorkbookData:
    """One export. The rows are gone through once for each file written: hand in what can be gone through again."""

    institution: str
    made_at: datetime
    made_by: str
    program_version: str
    versions: tuple[tuple[str, str], ...]
    identities_shown: bool
    loans: Iterable[LoanRow]
    persons: Iterable[PersonRow]
    figures: Iterable[FigureRow]
    checks: Iterable[CheckRow]
    contradictions: Iterable[ContradictionRow]
    photos: Iterable[PhotoRow]
    decisions: Iterable[DecisionRow]
    audit: Iterable[AuditRow]
    app_totals: AppTotals
    exceptions: Iterable[ExceptionRow] = ()
    monitoring: Iterable[MonitoringRow] = ()
    currency: str = "CNY"
