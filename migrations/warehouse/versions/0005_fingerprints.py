"""What copies of a photo are found by; dossiers that came before have none, and are found by their bytes alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column."""
    op.add_column("photo", sa.Column("fingerprint", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("photo", "fingerprint")
