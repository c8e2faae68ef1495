"""Which list of products a dossier was judged by; those that came before name none."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both columns."""
    op.add_column("dossier", sa.Column("products_version", sa.Text(), nullable=True))
    op.add_column("dossier_facts", sa.Column("products", sa.Text(), nullable=True))


def downgrade() -> None:
    """Take them away again."""
    op.drop_column("dossier_facts", "products")
    op.drop_column("dossier", "products_version")
