"""The second officer's signature under what a visit holds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of second signatures; older visits have none."""
    op.create_table(
        "cosign",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("statement", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name="fk_cosign_visit"),
        sa.ForeignKeyConstraint(["by"], ["user.id"], name="fk_cosign_by"),
        sa.PrimaryKeyConstraint("id", name="pk_cosign"),
    )
    op.create_index("ix_cosign_visit", "cosign", ["visit"])


def downgrade() -> None:
    """Forget the second signatures; the visits stay."""
    op.drop_table("cosign")
