"""Keys of cases, what was deleted, and guards that let the rows of a deleted case go and no others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make both tables; files that are here already stay under the vault's own key."""
    op.create_table(
        "case_key",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("made", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_case_key"),
        sa.UniqueConstraint("case", name="uq_case_key_case"),
    )
    op.create_table(
        "deletion",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("record_class", sa.Text(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("record", sa.LargeBinary(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_deletion"),
        sa.UniqueConstraint("case", name="uq_deletion_case"),
    )
    _guard("deletion", ("UPDATE", "DELETE"))
    _intakes(sa.Column("photo", sa.Text(), nullable=False))
    for table in _OF_VISITS:
        op.execute(f"DROP TRIGGER {table}_no_delete")
        op.execute(
            f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} WHEN NOT EXISTS (SELECT 1 FROM visit v"  # noqa: S608  constants
            ' JOIN deletion d ON d."case" = v."case" WHERE v.id = OLD.visit)'
            " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
        )


def downgrade() -> None:
    """The guards as they were. Files under a case's key cannot be opened by an older program."""
    for table in _OF_VISITS:
        op.execute(f"DROP TRIGGER {table}_no_delete")
        _guard(table, ("DELETE",))
    _intakes(
        sa.Column("photo", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["photo"], ["photo.id"], name="fk_photo_intake_photo"),
    )
    op.drop_table("deletion")
    op.drop_table("case_key")


_OF_VISITS = ("answer_event", "visit_event")


def _guard(table: str, changes: tuple[str, ...]) -> None:
    for change in changes:
        op.execute(
            f"CREATE TRIGGER {table}_no_{change.lower()} BEFORE {change} ON {table}"
            " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
        )


def _intakes(photo: sa.Column[str], *constraints: sa.ForeignKeyConstraint) -> None:
    """The receipts of photos, with or without a key to the photos; every row comes along."""
    for change in ("update", "delete"):
        op.execute(f"DROP TRIGGER photo_intake_no_{change}")
    op.rename_table("photo_intake", "photo_intake_former")
    op.create_table(
        "photo_intake",
        sa.Column("counter", sa.Integer(), nullable=False),
        photo,
        sa.Column("entry", sa.LargeBinary(), nullable=False),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("signature", sa.LargeBinary(), nullable=False),
        *constraints,
        sa.PrimaryKeyConstraint("counter", name="pk_photo_intake"),
        sa.UniqueConstraint("photo", name="uq_photo_intake_photo"),
    )
    op.execute("INSERT INTO photo_intake SELECT counter, photo, entry, digest, signature FROM photo_intake_former")
    op.drop_table("photo_intake_former")
    _guard("photo_intake", ("UPDATE", "DELETE"))
