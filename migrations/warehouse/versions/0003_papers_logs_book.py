"""Papers judged later, the logs of the laptops, the old book with its arrears, what was exported, and views."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_TABLES = (
    "export_log",
    "loan_day",
    "book_loan",
    "imported_file",
    "log_finding",
    "log_head",
    "device_log",
    "paper_check",
    "looked_through",
)
# The same statement on both: amounts are exact text in the tables and numbers in the views.
_VIEWS = {
    "v_case": """
        SELECT case_id, number AS case_number, version, branch, officer_id, officer, product, lane, state, grade,
               trade, village,
               CAST(requested AS NUMERIC) AS requested, CAST(recommended AS NUMERIC) AS recommended,
               CAST(approved AS NUMERIC) AS approved, term_months,
               substr(received_at, 1, 10) AS received_on, substr(decided_at, 1, 10) AS decided_on
        FROM case_file""",
    "v_check": """
        SELECT c.case_id, c.number AS case_number, c.branch, c.officer_id, c.trade, c.product,
               k.id AS check_id, k.title, k.title_zh, k.verdict, k.told, k.found, k.deviation, k.tolerance
        FROM case_file c JOIN dossier_check k ON k.dossier = c.dossier""",
    "v_flag": """
        SELECT c.case_id, c.number AS case_number, c.branch, f.code, f.sentence, f.sentence_zh, f.hard
        FROM case_file c JOIN flag f ON f.dossier = c.dossier""",
    "v_contradiction": """
        SELECT c.case_id, c.number AS case_number, c.branch, x.code, x.sentence, x.sentence_zh, x.standing,
               x.explanation
        FROM case_file c JOIN contradiction x ON x.dossier = c.dossier""",
    "v_photo": """
        SELECT c.case_id, c.number AS case_number, c.branch, p.sha256, p.shot, p.taken_at, p.taken_in_at, p.findings
        FROM case_file c JOIN photo p ON p.dossier = c.dossier""",
    "v_decision": """
        SELECT record_id, case_id, case_number, outcome, CAST(amount AS NUMERIC) AS amount, term_months,
               CAST(annual_rate AS NUMERIC) AS annual_rate, decided_by_id, decided_by, role,
               substr(decided_at, 1, 10) AS decided_on, minutes_open, standing, refused_for
        FROM decision""",
    "v_arrears": """
        SELECT b.contract, b.case_number, b.branch, b.officer, b.product, b.trade, b.village,
               CAST(b.amount AS NUMERIC) AS amount, b.paid_out_on, d.as_of,
               CAST(d.balance AS NUMERIC) AS balance, CAST(d.overdue AS NUMERIC) AS overdue, d.days_past_due
        FROM book_loan b JOIN loan_day d ON d.contract = b.contract
        WHERE d.as_of = (SELECT max(n.as_of) FROM loan_day n WHERE n.contract = b.contract)""",
    "v_quarantine": """
        SELECT device, counter, received_at, code, place FROM quarantine""",
}


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def upgrade() -> None:
    """Make the tables, fill in which papers wait to be judged, and lay the views over everything."""
    op.add_column("case_file", _text("trade", null=True))
    op.add_column("case_file", _text("village", null=True))
    _papers()
    _logs()
    _book()
    op.create_index("ix_dossier_check_id", "dossier_check", ["id", "verdict"])
    op.create_index("ix_case_file_number", "case_file", ["number"])
    for name, statement in _VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {statement}")


def downgrade() -> None:
    """Take everything away again."""
    for name in reversed(_VIEWS):
        op.execute(f"DROP VIEW {name}")
    op.drop_index("ix_case_file_number", "case_file")
    op.drop_index("ix_dossier_check_id", "dossier_check")
    for name in _TABLES:
        op.drop_table(name)
    op.drop_column("case_file", "village")
    op.drop_column("case_file", "trade")


def _papers() -> None:
    op.create_table("looked_through", _text("what"), _text("at"), sa.PrimaryKeyConstraint("what"))
    op.create_table(
        "paper_check",
        _text("record"),
        _text("kind"),
        _text("device"),
        _number("counter"),
        _text("standing"),
        _text("code", null=True),
        _text("checked_at", null=True),
        sa.PrimaryKeyConstraint("record"),
    )
    op.create_index("ix_paper_check_standing", "paper_check", ["standing"])
    # What came in before was judged whole when it came in.
    for table, kind in (("dossier", "dossier"), ("decision", "decision")):
        op.execute(
            "INSERT INTO paper_check (record, kind, device, counter, standing, code, checked_at) "  # noqa: S608  two names of ours
            f"SELECT digest, '{kind}', device, counter, 'holds', NULL, received_at FROM {table}"
        )


def _logs() -> None:
    op.create_table(
        "device_log",
        _text("log"),
        _number("number"),
        _text("previous"),
        _text("digest"),
        _text("at"),
        _text("person"),
        _text("kind"),
        _text("subject"),
        _text("detail"),
        sa.PrimaryKeyConstraint("log", "number"),
    )
    op.create_table(
        "log_head",
        sa.Column("dossier", sa.Text(), sa.ForeignKey("dossier.digest"), nullable=False),
        _text("log"),
        _number("number"),
        _text("digest"),
        _text("device"),
        _number("counter"),
        _text("received_at"),
        sa.PrimaryKeyConstraint("dossier"),
    )
    op.create_index("ix_log_head_log", "log_head", ["log", "number"])
    op.create_table(
        "log_finding",
        _text("log"),
        _number("number"),
        _text("kind"),
        _text("dossier"),
        _text("found_at"),
        sa.PrimaryKeyConstraint("log", "number", "kind", "dossier"),
    )


def _book() -> None:
    op.create_table(
        "imported_file",
        _text("sha256"),
        _text("kind"),
        _text("name"),
        _text("at"),
        _text("person"),
        _number("rows"),
        sa.PrimaryKeyConstraint("sha256", "kind"),
    )
    op.create_table(
        "book_loan",
        _text("contract"),
        _text("case_number", null=True),
        _text("branch"),
        _text("officer"),
        _text("product"),
        _text("trade"),
        _text("village"),
        _text("amount"),
        _text("paid_out_on"),
        _text("due_on", null=True),
        sa.PrimaryKeyConstraint("contract"),
    )
    op.create_index("ix_book_loan_case_number", "book_loan", ["case_number"])
    op.create_table(
        "loan_day",
        _text("contract"),
        _text("as_of"),
        _text("balance"),
        _text("overdue"),
        _number("days_past_due"),
        _text("paid"),
        sa.PrimaryKeyConstraint("contract", "as_of"),
    )
    op.create_table(
        "export_log",
        _text("id"),
        _text("at"),
        _text("person"),
        _text("kind"),
        _text("asked"),
        _text("file"),
        _text("sha256"),
        _number("rows"),
        sa.PrimaryKeyConstraint("id"),
    )
