"""Proven lies of a contradiction, and its explanation's letters, by which the same words are found in other cases."""

from __future__ import annotations

import unicodedata

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for name in ("lie_said", "lie_found", "alike"):
        op.add_column("contradiction", sa.Column(name, sa.Text(), nullable=False, server_default=""))
    op.create_index(op.f("ix_contradiction_alike"), "contradiction", ["alike"], unique=False)
    _fill()


def _fill() -> None:
    """Explanations written before this step are found again as well."""
    connection = op.get_bind()
    rows = connection.execute(sa.text("SELECT id, explanation FROM contradiction WHERE explanation <> ''")).all()
    for key, explanation in rows:
        connection.execute(
            sa.text("UPDATE contradiction SET alike = :alike WHERE id = :key"),
            {"alike": _letters(explanation), "key": key},
        )


def _letters(explanation: str) -> str:
    folded = unicodedata.normalize("NFKC", explanation).casefold()
    return "".join(sign for sign in folded if unicodedata.category(sign).startswith("L"))


def downgrade() -> None:
    op.drop_index(op.f("ix_contradiction_alike"), table_name="contradiction")
    for name in ("alike", "lie_found", "lie_said"):
        op.drop_column("contradiction", name)
