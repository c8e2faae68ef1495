"""What happened while a checklist was filled, event by event."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; visits begun before it have no log."""
    op.create_table(
        "visit_event",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("visit", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("sitting", sa.Text(), nullable=False),
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("ref", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["visit"], ["visit.id"], name="fk_visit_event_visit"),
        sa.ForeignKeyConstraint(["who"], ["user.id"], name="fk_visit_event_who"),
        sa.PrimaryKeyConstraint("number", name="pk_visit_event"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_visit_event_visit", "visit_event", ["visit"])
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER visit_event_no_{change.lower()} BEFORE {change} ON visit_event"
            " BEGIN SELECT RAISE(ABORT, 'only ever added to'); END"
        )


def downgrade() -> None:
    """Forget the events."""
    op.drop_table("visit_event")
