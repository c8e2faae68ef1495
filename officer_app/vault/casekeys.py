"""A key for each case: its files are sealed under it, and nothing opens them any more once it is destroyed.

The keys lie in the encrypted database, each sealed once more under a key derived from the vault's own. While the
vault is open they are held in memory, so that a picture can be shown from any thread.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import select

from officer_app.base.ids import CaseId, new_id
from officer_app.trust import boxes
from officer_app.vault import rows
from officer_app.vault.tables import CASE_KEY
from officer_app.vault.transactions import Reading, Writing

_ABOUT: Final = "case key "


def of_case(tx: Writing, case: CaseId) -> str:
    """The name of a case's key, made at its first file. It is durable with the transaction."""
    found = tx.sql.execute(select(CASE_KEY.c.id).where(CASE_KEY.c.case == case)).scalar_one_or_none()
    if found is not None:
        return str(found)
    name, key = new_id(), boxes.new_key()
    sealed = boxes.seal(tx.files.wrapping, key, _ABOUT + name)
    rows.write(tx, CASE_KEY, CASE_KEY.insert().values(id=name, case=case, sealed=sealed, made=tx.clock.now()))
    tx.files.hold(name, key)
    return name


def hold_all(tx: Reading) -> None:
    """Open every key for as long as the vault is open. Errors: BOX_BROKEN."""
    for row in tx.sql.execute(select(CASE_KEY.c.id, CASE_KEY.c.sealed)):
        tx.files.hold(row.id, boxes.unseal(tx.files.wrapping, bytes(row.sealed), _ABOUT + row.id))


def destroy(tx: Writing, case: CaseId) -> tuple[str, ...]:
    """Destroy a case's key; gives its name, or nothing where the case never had a file."""
    names = tuple(
        str(name) for name in tx.sql.execute(select(CASE_KEY.c.id).where(CASE_KEY.c.case == case)).scalars()
    )
    rows.write(tx, CASE_KEY, CASE_KEY.delete().where(CASE_KEY.c.case == case))
    tx.destroyed.extend(names)
    return names
