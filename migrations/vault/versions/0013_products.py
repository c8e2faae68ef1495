"""Which list of products a draft began with; those of before keep the policy's own table."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the column; SQLite adds one that points elsewhere as long as it is empty."""
    op.execute("ALTER TABLE case_file ADD COLUMN products_pack TEXT REFERENCES pack (id)")


def downgrade() -> None:
    """Take it away again."""
    op.drop_column("case_file", "products_pack")
