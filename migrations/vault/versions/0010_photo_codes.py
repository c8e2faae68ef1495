"""The visit codes that were read back from a picture; pictures taken in before were not searched for any."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; no row stands for a picture that was not searched."""
    op.create_table(
        "photo_code",
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("read", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["photo"], ["photo.id"], name="fk_photo_code_photo"),
        sa.PrimaryKeyConstraint("photo", name="pk_photo_code"),
    )


def downgrade() -> None:
    """Forget what was read; the pictures still show it."""
    op.drop_table("photo_code")
