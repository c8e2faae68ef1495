"""What head office deletes itself: whose word a notice and a certificate is, what is gone, and where it lay."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make columns and tables; what is here now names its own deliveries, copies that came before do not."""
    for table in ("notice", "deletion"):
        op.add_column(table, sa.Column("office", sa.Boolean(), nullable=False, server_default=sa.text("false")))
    op.add_column("deletion", sa.Column("ordered_by", sa.Text(), nullable=True))
    op.create_table(
        "purged",
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer()),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_index("ix_purged_case_id", "purged", ["case_id"])
    op.create_table(
        "delivery",
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text()),
        sa.PrimaryKeyConstraint("device", "counter"),
    )
    op.create_index("ix_delivery_case_id", "delivery", ["case_id"])
    op.create_table(
        "cleared",
        sa.Column("store", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("store", "device", "counter"),
    )
    here = _named("delivery")
    for name in ("dossier", "decision"):
        came = _named(name)
        known = sa.exists().where(here.c.device == came.c.device, here.c.counter == came.c.counter)
        first = sa.select(came.c.device, came.c.counter, sa.func.min(came.c.case_id)).where(~known)
        rows = first.group_by(came.c.device, came.c.counter)
        op.execute(sa.insert(here).from_select(["device", "counter", "case_id"], rows))


def _named(table: str) -> sa.TableClause:
    return sa.table(table, sa.column("device"), sa.column("counter"), sa.column("case_id"))


def downgrade() -> None:
    """Forget them; certificates of head office's own go with them."""
    op.execute("DELETE FROM deletion WHERE office")
    op.drop_table("cleared")
    op.drop_table("delivery")
    op.drop_table("purged")
    op.drop_column("deletion", "ordered_by")
    for table in ("notice", "deletion"):
        op.drop_column(table, "office")
