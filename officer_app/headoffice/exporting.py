"""The warehouse as rows for the workbook: the newest version of each case, one row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, Final, Generic, TypeVar

from sqlalchemy import Connection, Select, func, select

from officer_app.base.clock import CHINA, local_date
from officer_app.base.words import Bilingual, Verbatim
from officer_app.headoffice.exceptions import Exceptions, count_exceptions
from officer_app.headoffice.intake import ACCEPTED
from officer_app.headoffice.tables import (
    BOOK,
    CASES,
    CHECKS,
    CONTRADICTIONS,
    DECISIONS,
    DEVICE_LOG,
    DOSSIERS,
    FIGURES,
    FLAGS,
    LOAN_DAYS,
    LOG_HEADS,
    PHOTOS,
)
from officer_app.headoffice.warehouse import Warehouse
from officer_app.workbooks.rows import (
    AppTotals,
    AuditRow,
    CheckRow,
    ContradictionRow,
    DecisionRow,
    FigureRow,
    LoanRow,
    MonitoringRow,
    PersonRow,
    PhotoRow,
    WorkbookData,
)

T = TypeVar("T")
_BATCH: Final = 500
_FIGURES: Final[Mapping[str, str]] = {
    "binding_cap": "loan_sizing.binding_cap",
    "monthly_sales": "income_statement_month.adopted_monthly_sales",
    "disposable_income": "household_month.disposable_income",
    "dscr": "capacity_at_tested_loan.dscr",
    "risk_index": "risk_index.index",
}


@dataclass(frozen=True, slots=True)
class Exporter:
    """Who exports, when and with which program: it stands on the workbook's first sheet; and why, for the log."""

    institution: str
    made_by: str
    made_at: datetime
    program_version: str
    why: str = ""


def workbook_data(warehouse: Warehouse, by: Exporter) -> WorkbookData:
    """Everything for the workbook, read from the warehouse while it is written; memory does not grow with it.

    Persons are the applicants by name: numbers and phones stay in the sealed dossiers.
    """
    return WorkbookData(
        institution=by.institution,
        made_at=by.made_at,
        made_by=by.made_by,
        program_version=by.program_version,
        versions=(),
        identities_shown=False,
        loans=_Rows(warehouse, _cases(), _loan),
        persons=_Rows(warehouse, _cases(), _person),
        figures=_Rows(warehouse, _of_newest(FIGURES), _figure),
        checks=_Rows(warehouse, _of_newest(CHECKS), _check),
        contradictions=_Rows(warehouse, _of_newest(CONTRADICTIONS), _contradiction),
        photos=_Rows(warehouse, _of_newest(PHOTOS), _photo),
        decisions=_Rows(warehouse, _decisions(), _decision),
        audit=_Rows(warehouse, _log(), _entry),
        app_totals=totals(warehouse),
        exceptions=Exceptions(warehouse),
        monitoring=_Rows(warehouse, _newest_days(), _monitored),
    )


def unfinished(state: str) -> bool:
    """Whether a case still waits for somebody: nobody decided, or not for good."""
    return state in {"submitted", "escalated", "returned"}


def totals(warehouse: Warehouse) -> AppTotals:
    """The sums as the warehouse has them, counted apart from the rows of the workbook."""
    failed = CHECKS.c.verdict == "failed"
    with warehouse.transaction() as connection:
        amounts = [
            (requested, recommended or Decimal(0), approved or Decimal(0))
            for requested, recommended, approved in connection.execute(
                select(CASES.c.requested, CASES.c.recommended, CASES.c.approved)
            )
        ]

        def count(statement: Select[Any]) -> int:
            found = select(func.count()).select_from(statement.subquery())
            return int(connection.execute(found).scalar_one())

        return AppTotals(
            cases=len(amounts),
            requested=sum((row[0] for row in amounts), Decimal(0)),
            recommended=sum((row[1] for row in amounts), Decimal(0)),
            approved=sum((row[2] for row in amounts), Decimal(0)),
            checks=count(_of_newest(CHECKS)),
            checks_failed=count(_of_newest(CHECKS).where(failed)),
            photos=count(_of_newest(PHOTOS)),
            decisions=count(_decisions()),
            exceptions=count_exceptions(connection),
        )


class _Rows(Generic[T]):
    """Rows of a query, made while they are gone through, as often as that is."""

    def __init__(self, warehouse: Warehouse, statement: Select[Any], make: Callable[[Connection, Any], T]) -> None:
        self._warehouse = warehouse
        self._statement = statement
        self._make = make

    def __iter__(self) -> Iterator[T]:
        start = 0
        while True:
            with self._warehouse.transaction() as connection:
                rows = connection.execute(self._statement.limit(_BATCH).offset(start)).all()
                found = [self._make(connection, row) for row in rows]
            yield from found
            start += len(found)
            if len(found) < _BATCH:
                return


def _cases() -> Select[Any]:
    forms = select(CASES, DOSSIERS.c.frozen_at, DOSSIERS.c.policy_version, DOSSIERS.c.form_versions)
    return forms.join(DOSSIERS, DOSSIERS.c.digest == CASES.c.dossier).order_by(CASES.c.number, CASES.c.case_id)


def _of_newest(table: Any, *more: Any) -> Select[Any]:
    """The rows of every case's newest dossier."""
    statement = select(CASES.c.number, CASES.c.version, table, *more)
    return statement.join(CASES, CASES.c.dossier == table.c.dossier).order_by(
        CASES.c.number, CASES.c.case_id, table.c.position
    )


def _log() -> Select[Any]:
    """Every entry that the laptops' dossiers brought, with the laptop that brought it."""
    device = select(func.min(LOG_HEADS.c.device)).where(LOG_HEADS.c.log == DEVICE_LOG.c.log).scalar_subquery()
    return select(DEVICE_LOG, device.label("device")).order_by(DEVICE_LOG.c.log, DEVICE_LOG.c.number)


def _entry(_: Connection, row: Any) -> AuditRow:
    at = _moment(row.at) or datetime.min.replace(tzinfo=UTC)
    return AuditRow(row.number, at, row.person, row.kind, row.subject, row.device or "", row.digest, row.log)


def _newest_days() -> Select[Any]:
    later = LOAN_DAYS.alias()
    newest = select(func.max(later.c.as_of)).where(later.c.contract == BOOK.c.contract).scalar_subquery()
    told = (LOAN_DAYS.c.as_of, LOAN_DAYS.c.balance, LOAN_DAYS.c.overdue, LOAN_DAYS.c.days_past_due)
    joined = BOOK.join(LOAN_DAYS, LOAN_DAYS.c.contract == BOOK.c.contract)
    return select(BOOK, *told).select_from(joined).where(LOAN_DAYS.c.as_of == newest).order_by(BOOK.c.contract)


def _monitored(_: Connection, row: Any) -> MonitoringRow:
    return MonitoringRow(
        contract=row.contract,
        case_number=row.case_number or "",
        branch=row.branch,
        officer=row.officer,
        product=row.product,
        amount=row.amount,
        paid_out_on=date.fromisoformat(row.paid_out_on),
        due_on=date.fromisoformat(row.due_on) if row.due_on else None,
        as_of=date.fromisoformat(row.as_of),
        balance=row.balance,
        overdue=row.overdue,
        days_past_due=row.days_past_due,
    )


def _decisions() -> Select[Any]:
    statement = select(DECISIONS, DOSSIERS.c.version).join(DOSSIERS, DOSSIERS.c.digest == DECISIONS.c.dossier)
    return statement.where(DECISIONS.c.standing == ACCEPTED).order_by(
        DECISIONS.c.case_number, DECISIONS.c.decided_at, DECISIONS.c.digest
    )


def _loan(connection: Connection, row: Any) -> LoanRow:
    def column(statement: Select[Any]) -> list[Any]:
        return list(connection.execute(statement).scalars())

    wanted = FIGURES.c.name.in_(_FIGURES.values())
    told = select(FIGURES.c.name, FIGURES.c.value).where(FIGURES.c.dossier == row.dossier, wanted)
    figures: dict[str, str] = {found.name: found.value for found in connection.execute(told)}
    standings = column(select(CONTRADICTIONS.c.standing).where(CONTRADICTIONS.c.dossier == row.dossier))
    hard = column(select(FLAGS.c.code).where(FLAGS.c.dossier == row.dossier, FLAGS.c.hard.is_(True)))
    photos = column(select(func.count()).where(PHOTOS.c.dossier == row.dossier))[0]
    accepted = DECISIONS.c.standing == ACCEPTED
    rates = column(select(DECISIONS.c.annual_rate).where(DECISIONS.c.dossier == row.dossier, accepted))
    return LoanRow(
        case_id=row.case_id,
        case_number=row.number,
        version=row.version,
        branch=row.branch,
        officer=row.officer,
        state=row.state,
        product=row.product,
        lane=row.lane,
        applicant_ref=row.case_id,
        requested=row.requested,
        recommended=row.recommended,
        approved=row.approved,
        term_months=row.term_months,
        annual_rate_percent=_percent(rates),
        binding_cap=figures.get(_FIGURES["binding_cap"], ""),
        monthly_sales=_number(figures.get(_FIGURES["monthly_sales"])),
        disposable_income=_number(figures.get(_FIGURES["disposable_income"])),
        dscr=_number(figures.get(_FIGURES["dscr"])),
        risk_index=_number(figures.get(_FIGURES["risk_index"])),
        grade=row.grade,
        hard_flags=tuple(hard),
        contradictions=len(standings),
        unexplained=sum(1 for standing in standings if standing in {"open", "stands"}),
        photos=photos,
        submitted_on=local_date(row.frozen_at),
        decided_on=None if row.decided_at is None else local_date(row.decided_at),
        received_at=row.received_at,
        dossier_digest=row.dossier,
        policy_version=row.policy_version,
        form_version=row.form_versions,
    )


def _person(_: Connection, row: Any) -> PersonRow:
    return PersonRow(row.case_id, row.number, "applicant", row.applicant, "", "", None)


def _figure(_: Connection, row: Any) -> FigureRow:
    number = _number(row.value)
    value = row.value if number is None else number
    return FigureRow(row.number, row.version, row.name, Verbatim(row.name), value, "", "computed")


def _check(_: Connection, row: Any) -> CheckRow:
    return CheckRow(
        case_number=row.number,
        version=row.version,
        check_id=row.id,
        title=Bilingual(row.title, row.title_zh),
        told=_number(row.told),
        found=_number(row.found),
        deviation=_number(row.deviation),
        tolerance=_number(row.tolerance),
        verdict=row.verdict,
    )


def _contradiction(_: Connection, row: Any) -> ContradictionRow:
    return ContradictionRow(
        case_number=row.number,
        version=row.version,
        key=row.code,
        sentence=Bilingual(row.sentence, row.sentence_zh),
        standing=row.standing,
        explanation=row.explanation,
    )


def _photo(_: Connection, row: Any) -> PhotoRow:
    return PhotoRow(
        case_number=row.number,
        version=row.version,
        photo_code=row.part,
        shot=Verbatim(row.shot),
        sha256=row.sha256,
        taken_at=_moment(row.taken_at),
        received_at=_moment(row.taken_in_at),
        distance_m=_number(row.metres),
        flags=tuple(row.findings),
    )


def _decision(_: Connection, row: Any) -> DecisionRow:
    return DecisionRow(
        record_id=row.record_id,
        case_number=row.case_number,
        version=row.version,
        verdict=row.outcome,
        amount=row.amount,
        decided_by=row.decided_by,
        role=row.role,
        decided_at=row.decided_at,
        reasons=row.reason,
        conditions="\n".join(row.conditions),
        minutes_open=row.minutes_open,
        dossier_digest=row.dossier,
        key_id=row.key_id,
    )


def _number(text: str | None) -> Decimal | None:
    """A decimal where the text is one; a grade, a code or "not defined" is none."""
    if text is None:
        return None
    try:
        value = Decimal(text)
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _percent(rates: Iterable[Decimal | None]) -> Decimal | None:
    found = [rate for rate in rates if rate is not None]
    return found[-1] * 100 if found else None


def _moment(text: str | None) -> datetime | None:
    """A camera's claim; without a zone it is taken as the institution's own wall clock."""
    try:
        moment = datetime.fromisoformat(text) if text else None
    except ValueError:
        return None
    return moment.replace(tzinfo=CHINA) if moment is not None and moment.tzinfo is None else moment
