"""The facts of each dossier without names, numbers and phones, to try another policy on."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; dossiers that came before have no facts here."""
    op.create_table(
        "dossier_facts",
        sa.Column("dossier", sa.Text(), sa.ForeignKey("dossier.digest"), nullable=False),
        sa.Column("policy", sa.Text(), nullable=False),
        sa.Column("facts", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("dossier"),
    )


def downgrade() -> None:
    """Take it away again."""
    op.drop_table("dossier_facts")
