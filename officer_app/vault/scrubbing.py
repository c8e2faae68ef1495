"""After a deletion: nothing of it stays in the folder.

SQLite overwrites what is deleted (`secure_delete`), but what an answer said before it was changed, the search index's
older pieces, the write-ahead log and the copy from before an upgrade know nothing of that. So everything is written
anew once, which is owed from the deletion's own transaction on and done at the next opening if a crash came between.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text

from officer_app.base.files import told_apart
from officer_app.vault import blobs, settings
from officer_app.vault.database import Database
from officer_app.vault.layout import Layout
from officer_app.vault.tables import CASE_SEARCH
from officer_app.vault.transactions import Reading, Writing

_OWED: Final = "scrub-owed"
# Rebuilt, not merged: a merged index may keep the words of a deleted line until they are merged away in turn.
_REBUILD: Final = text(f"INSERT INTO {CASE_SEARCH} ({CASE_SEARCH}) VALUES ('rebuild')")  # noqa: S608  a constant


def owe(tx: Writing) -> None:
    """From this transaction on a scrub is owed."""
    settings.put(tx, _OWED, True)


def is_owed(tx: Reading) -> bool:
    """Whether something was deleted and not yet scrubbed."""
    return settings.get(tx, _OWED) is True


def settle(tx: Writing) -> None:
    """It is done."""
    settings.put(tx, _OWED, False)


def sweep(tx: Reading) -> int:
    """Remove files that no row names; gives how many went."""
    return tx.files.sweep(blobs.all_digests(tx))


def forget_words(tx: Writing) -> None:
    """Make the search index anew from the lines that are left."""
    tx.sql.execute(_REBUILD)


def rewrite(database: Database, layout: Layout) -> None:
    """Write every page anew, empty the write-ahead log, drop the copies from before upgrades. Errors: DISK_FULL."""
    database.run("VACUUM")
    database.run("PRAGMA wal_checkpoint(TRUNCATE)")
    for path in layout.before_upgrades():
        with told_apart(path):
            path.unlink(missing_ok=True)
