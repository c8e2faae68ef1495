"""Who appears in which case, by keyed hash of each number."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table of links; it fills as cases are assessed and dossiers arrive."""
    op.create_table(
        "person_link",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("number_hash", sa.Text(), nullable=False),
        sa.Column("person_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case"], ["case_file.id"], name="fk_person_link_case"),
        sa.PrimaryKeyConstraint("id", name="pk_person_link"),
    )
    op.create_index("ix_person_link_case", "person_link", ["case"])
    op.create_index("ix_person_link_number_hash", "person_link", ["number_hash"])
    op.create_index("ix_person_link_person_hash_role", "person_link", ["person_hash", "role"])


def downgrade() -> None:
    """Forget the links."""
    op.drop_table("person_link")
