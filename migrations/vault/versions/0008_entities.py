"""What finished visits made of entities: rows of lists that later checklists choose from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; older visits made none."""
    op.create_table(
        "entity_change",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("list_name", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("verb", sa.Text(), nullable=False),
        sa.Column("properties", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name="fk_entity_change_visit"),
        sa.PrimaryKeyConstraint("id", name="pk_entity_change"),
    )
    op.create_index("ix_entity_change_visit", "entity_change", ["visit"])
    op.create_index("ix_entity_change_list_name", "entity_change", ["list_name"])


def downgrade() -> None:
    """Forget the lists; the answers that made them stay."""
    op.drop_table("entity_change")
