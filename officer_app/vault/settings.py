"""Settings of this vault: small values by name."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert

from officer_app.base.canonical import Json
from officer_app.vault import rows
from officer_app.vault.tables import SETTING
from officer_app.vault.transactions import Reading, Writing


def get(tx: Reading, key: str) -> Json:
    """The value, or None when there is none."""
    found: Json = tx.sql.execute(select(SETTING.c.value).where(SETTING.c.key == key)).scalar()
    return found


def put(tx: Writing, key: str, value: Json) -> None:
    """Set or replace a value."""
    rows.write(tx, SETTING, insert(SETTING).values(key=key, value=value).on_conflict_do_update(set_={"value": value}))


def next_number(tx: Writing, key: str) -> int:
    """A counter that starts at 1 and never gives the same number twice."""
    last = get(tx, key)
    number = (last if isinstance(last, int) else 0) + 1
    put(tx, key, number)
    return number
