"""What people tell each other about a case as signed records; the day from which a pack holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of notices; older packs hold from their arrival."""
    op.create_table(
        "notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("dossier_digest", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name="fk_notice_case"),
        sa.ForeignKeyConstraint(["dossier_digest"], ["dossier.digest"], name="fk_notice_dossier_digest"),
        sa.PrimaryKeyConstraint("id", name="pk_notice"),
    )
    op.create_index("ix_notice_case", "notice", ["case"])
    op.add_column("pack", sa.Column("effective", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    """Forget them; what was decided stays."""
    op.drop_column("pack", "effective")
    op.drop_table("notice")
