"""What proves an explanation beside its pictures: a paper that was seen, or who else says so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("contradiction", sa.Column("proof", sa.Text(), nullable=False, server_default=""))


def downgrade() -> None:
    op.drop_column("contradiction", "proof")
