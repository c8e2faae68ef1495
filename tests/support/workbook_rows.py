"""Rows of an export, as head office would hand them in."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from officer_app.base.words import Bilingual
from officer_app.workbooks.rows import (
    AppTotals,
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

AT = datetime(2026, 10, 9, 10, 20, tzinfo=UTC)
DIGEST = "3f9c" * 16
IDENTITY = "430100198811119163"

LOAN = LoanRow(
    case_id="00c1",
    case_number="2026-0417",
    version=2,
    branch="城关网点",
    officer="李慧",
    state="approved",
    product="micro_standard",
    lane="full",
    applicant_ref="p-0001",
    requested=Decimal("55000.00"),
    recommended=Decimal(41000),
    approved=Decimal(36000),
    term_months=12,
    annual_rate_percent=Decimal("13.2"),
    binding_cap="repayment_capacity",
    monthly_sales=Decimal(55350),
    disposable_income=Decimal("5862.11"),
    dscr=Decimal("1.3801"),
    risk_index=Decimal("61.25"),
    grade="C",
    hard_flags=("UNDISCLOSED_DEBT",),
    contradictions=2,
    unexplained=1,
    photos=2,
    submitted_on=date(2026, 10, 9),
    decided_on=date(2026, 10, 10),
    received_at=AT,
    dossier_digest=DIGEST,
    policy_version="2026-09-01",
    form_version="7",
)
PERSON = PersonRow("p-0001", "2026-0417", "applicant", "张桂芬", IDENTITY, "013812348000", 1988)
FIGURES = (
    FigureRow(
        "2026-0417",
        2,
        "sales.declared_monthly_sales",
        Bilingual("Declared sales", "自述月销售额"),
        Decimal(82000),
        "money",
        "told",
    ),
    FigureRow(
        "2026-0417",
        2,
        "application.first_month_of_cash_flow",
        Bilingual("First month", "首月"),
        date(2026, 10, 1),
        "month",
        "told",
    ),
    FigureRow("2026-0417", 2, "borrower.role", Bilingual("Role", "身份"), "业主", "label", "told"),
)
CHECK = CheckRow(
    "2026-0417", 2, "SALES_CHARCOAL", Bilingual("Charcoal", "木炭"), Decimal(82000), Decimal(55350),
    Decimal("-0.325"), Decimal("0.1"), "failed",
)  # fmt: skip
CONTRADICTION = ContradictionRow(
    "2026-0417",
    2,
    "SALES_ROUTES_DEVIATE:SALES",
    Bilingual("Told 82,000; charcoal shows 55,350", "自述 82,000；木炭测算 55,350"),
    "stands",
    "问到时改口“那是去年”",
)
PHOTO = PhotoRow(
    "2026-0417", 2, "front", Bilingual("Shop front", "门头"), "ab" * 32, AT, AT, Decimal(320), ("DISTANCE_LOOK",)
)
DECISION = DecisionRow(
    "r-1",
    "2026-0417",
    2,
    "approve_with_conditions",
    Decimal(36000),
    "王芳",
    "manager",
    AT,
    "能还",
    "备用金",
    4,
    DIGEST,
    "cd" * 32,
)
EXCEPTION = ExceptionRow(
    "2026-0417",
    2,
    "城关网点",
    "unexplained",
    "SALES_ROUTES_DEVIATE:SALES",
    Bilingual("Told 82,000; charcoal shows 55,350", "自述 82,000；木炭测算 55,350"),
    "能还",
    Decimal(36000),
    "王芳",
    AT,
    "r-1",
    "approved_with_conditions",
)
MONITORING = MonitoringRow(
    contract="0017",
    case_number="2026-0417",
    branch="城东支行",
    officer="李明",
    product="经营贷",
    amount=Decimal(50000),
    paid_out_on=date(2026, 10, 12),
    due_on=date(2027, 10, 12),
    as_of=date(2026, 11, 1),
    balance=Decimal("46000.50"),
    overdue=Decimal(0),
    days_past_due=0,
)
AUDIT = AuditRow(1, AT, "王芳", "decide", "2026-0417", "00aa11bb22cc33dd", "ef" * 32)


def workbook_data(**changes: object) -> WorkbookData:
    """One case with all its rows; totals that agree."""
    data = WorkbookData(
        institution="青石县惠农小额贷款公司",
        made_at=AT,
        made_by="赵敏",
        program_version="0.1.0",
        versions=(("policy", "2026-09-01"),),
        identities_shown=False,
        loans=(LOAN,),
        persons=(PERSON,),
        figures=FIGURES,
        checks=(CHECK,),
        contradictions=(CONTRADICTION,),
        photos=(PHOTO, replace(PHOTO, photo_code="stock", sha256="cd" * 32)),
        decisions=(DECISION,),
        exceptions=(EXCEPTION,),
        monitoring=(MONITORING,),
        audit=(AUDIT,),
        app_totals=AppTotals(1, Decimal(55000), Decimal(41000), Decimal(36000), 1, 1, 2, 1, 1),
    )
    return replace(data, **changes)  # type: ignore[arg-type]  # a test names the field it changes
