"""The first form of the warehouse."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str, *, null: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=null)


def _number(name: str, *, null: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=null)


def _bytes(name: str) -> sa.Column[bytes]:
    return sa.Column(name, sa.LargeBinary(), nullable=False)


def _of_dossier() -> sa.Column[str]:
    return sa.Column("dossier", sa.Text(), sa.ForeignKey("dossier.digest"), nullable=False)


def upgrade() -> None:
    """Make every table."""
    op.create_table(
        "device_cursor", _text("device"), _number("next"), _text("gaps"), sa.PrimaryKeyConstraint("device")
    )
    op.create_table(
        "case_file",
        _text("case_id"),
        _text("number"),
        _text("branch"),
        _text("officer_id"),
        _text("officer"),
        _text("applicant"),
        _text("product"),
        _text("lane"),
        _text("state"),
        _number("version"),
        _text("dossier"),
        _text("requested"),
        _text("recommended", null=True),
        _text("approved", null=True),
        _number("term_months", null=True),
        _text("grade"),
        _text("received_at"),
        _text("decided_at", null=True),
        sa.PrimaryKeyConstraint("case_id"),
    )
    _dossier()
    _rows()
    _decision()
    _receipt_and_quarantine()


def _dossier() -> None:
    op.create_table(
        "dossier",
        _text("digest"),
        sa.Column("case_id", sa.Text(), sa.ForeignKey("case_file.case_id"), nullable=False),
        _text("case_number"),
        _number("version"),
        _text("previous", null=True),
        _text("policy_version"),
        _text("form_versions"),
        _text("program"),
        _text("audit_head"),
        _text("frozen_at"),
        _text("received_at"),
        _text("device"),
        _number("counter"),
        _text("key_id"),
        _bytes("manifest"),
        _bytes("signature"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_dossier_case_id", "dossier", ["case_id"])


def _rows() -> None:
    op.create_table(
        "dossier_check",
        _of_dossier(),
        _text("id"),
        _number("position"),
        _text("title"),
        _text("title_zh"),
        _text("verdict"),
        _text("told", null=True),
        _text("found", null=True),
        _text("deviation", null=True),
        _text("tolerance", null=True),
        sa.PrimaryKeyConstraint("dossier", "id"),
    )
    op.create_table(
        "figure",
        _of_dossier(),
        _text("name"),
        _number("position"),
        _text("value"),
        sa.PrimaryKeyConstraint("dossier", "name"),
    )
    op.create_table(
        "photo",
        _of_dossier(),
        _text("part"),
        _number("position"),
        _text("sha256"),
        _text("shot"),
        _text("taken_at", null=True),
        _text("taken_in_at"),
        _text("metres", null=True),
        _text("findings"),
        sa.PrimaryKeyConstraint("dossier", "part"),
    )
    op.create_index("ix_photo_sha256", "photo", ["sha256"])
    op.create_table(
        "flag",
        _of_dossier(),
        _number("position"),
        _text("code"),
        _text("sentence"),
        _text("sentence_zh"),
        sa.Column("hard", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("dossier", "position"),
    )
    op.create_table(
        "contradiction",
        _of_dossier(),
        _number("position"),
        _text("code"),
        _text("sentence"),
        _text("sentence_zh"),
        _text("standing"),
        _text("explanation"),
        sa.PrimaryKeyConstraint("dossier", "position"),
    )


def _decision() -> None:
    op.create_table(
        "decision",
        _text("digest"),
        _text("record_id"),
        _text("dossier"),
        _text("case_id"),
        _text("case_number"),
        _text("outcome"),
        _text("amount", null=True),
        _number("term_months", null=True),
        _text("annual_rate", null=True),
        _text("conditions"),
        _text("questions"),
        _text("reason"),
        _text("decided_by_id"),
        _text("decided_by"),
        _text("role"),
        _text("decided_at"),
        _number("minutes_open"),
        _text("received_at"),
        _text("device"),
        _number("counter"),
        _text("key_id"),
        _text("standing"),
        _text("refused_for", null=True),
        _bytes("record"),
        _bytes("signature"),
        _bytes("memo"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_decision_dossier", "decision", ["dossier"])


def _receipt_and_quarantine() -> None:
    op.create_table(
        "receipt",
        _text("digest"),
        _text("kind"),
        _text("case_id"),
        _text("received_at"),
        _text("device"),
        _number("counter"),
        _text("reader"),
        sa.Column("queued", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "quarantine",
        _text("device"),
        _number("counter"),
        _text("received_at"),
        _text("code"),
        _text("place"),
        _bytes("data"),
        sa.PrimaryKeyConstraint("device", "counter"),
    )


def downgrade() -> None:
    """Take every table away again."""
    for name in (
        "quarantine",
        "receipt",
        "decision",
        "contradiction",
        "flag",
        "photo",
        "figure",
        "dossier_check",
        "dossier",
        "case_file",
        "device_cursor",
    ):
        op.drop_table(name)
