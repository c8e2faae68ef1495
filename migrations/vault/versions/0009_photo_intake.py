"""The signed chain of receipts of photos, the closer look at two that met, and layers over a sealed original."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; photos that are here already have no receipt, no looks and no layers."""
    op.add_column("photo", sa.Column("layers", sa.Text(), nullable=False, server_default="null"))
    op.create_table(
        "photo_intake",
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("photo", sa.Text(), nullable=False),
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["photo"], ["photo.id"], name="fk_photo_intake_photo"),
        sa.PrimaryKeyConstraint("counter", name="pk_photo_intake"),
        sa.UniqueConstraint("photo", name="uq_photo_intake_photo"),
    )
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER photo_intake_no_{change.lower()} BEFORE {change} ON photo_intake"
            " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
        )
    op.create_table(
        "photo_look",
        sa.Column("one", sa.Text(), nullable=False),
        sa.Column("other", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("carried", sa.Integer(), nullable=False),
        sa.Column("alike", sa.Integer(), nullable=False),
        sa.Column("mirrored", sa.Boolean(), nullable=False),
        sa.Column("region", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["one"], ["photo.id"], name="fk_photo_look_one"),
        sa.ForeignKeyConstraint(["other"], ["photo.id"], name="fk_photo_look_other"),
        sa.PrimaryKeyConstraint("one", "other", name="pk_photo_look"),
    )
    op.create_index("ix_photo_look_other", "photo_look", ["other"])


def downgrade() -> None:
    """Forget receipts, looks and layers; the photos stay."""
    op.drop_table("photo_look")
    op.drop_table("photo_intake")
    op.drop_column("photo", "layers")
